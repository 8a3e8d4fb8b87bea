"""Who somebody is, as Slack describes them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.ports import Standing
from handlers.people import person_of

NOON = datetime(2021, 1, 12, 12, 0, tzinfo=UTC)


def user(*, profile: dict[str, Any] | None = None, **marks: Any) -> dict[str, Any]:  # noqa: ANN401 - as Slack has them
    return {"id": "U1", "name": "ben", "tz": "America/Bogota", "profile": profile or {}, **marks}


def test_whoever_is_away_is_so_until_their_status_ends() -> None:
    away = person_of(user(profile={"status_emoji": ":palm_tree:", "status_expiration": int(NOON.timestamp())}))

    assert away.is_away(NOON - timedelta(seconds=1))
    assert not away.is_away(NOON)


def test_a_status_without_an_end_holds_until_it_is_another() -> None:
    ill = {"status_emoji": "", "status_text": "Out sick", "status_expiration": 0}

    assert person_of(user(profile=ill)).is_away(NOON + timedelta(days=3650))
    assert not person_of(user(profile={"status_emoji": ":bus:", "status_text": "Commuting"})).is_away(NOON)
    assert not person_of(user()).is_away(NOON)


def test_somebody_who_left_is_gone_and_one_without_a_zone_has_none() -> None:
    left = {key: value for key, value in user(deleted=True).items() if key != "tz"}

    assert (person_of(left).standing, person_of(left).zone) == (Standing.GONE, "")


@pytest.mark.parametrize(
    ("marks", "standing"),
    [
        ({}, Standing.MEMBER),
        ({"is_admin": True}, Standing.EDITOR),
        ({"is_owner": True}, Standing.EDITOR),
        ({"is_restricted": True}, Standing.GUEST),
        ({"is_restricted": True, "is_ultra_restricted": True}, Standing.GUEST),
        ({"is_stranger": True, "is_admin": True}, Standing.GUEST),
        ({"is_bot": True}, Standing.APP),
        ({"id": "USLACKBOT"}, Standing.APP),
        ({"deleted": True, "is_restricted": True}, Standing.GONE),
    ],
)
def test_what_slack_says_of_somebody_is_what_they_are(marks: dict[str, Any], standing: Standing) -> None:
    assert person_of(user(**marks)).standing is standing
