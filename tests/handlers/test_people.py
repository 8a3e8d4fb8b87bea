"""Who somebody is, as Slack describes them."""

from datetime import UTC, datetime, timedelta
from typing import Any

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


def test_somebody_who_left_is_a_guest_and_one_without_a_zone_has_none() -> None:
    left = {key: value for key, value in user(deleted=True).items() if key != "tz"}

    assert (person_of(left).standing, person_of(left).zone) == (Standing.GUEST, "")
