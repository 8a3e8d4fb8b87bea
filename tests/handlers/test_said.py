"""Fault 8: what the app itself or another one wrote is no member's message, at whatever depth an event says so."""

from typing import Any

import pytest

from handlers.said import drop_of

LINK = "https://reuters.example/iran-oil"
MEMBERS = {"user": "U_ANA", "ts": "1610377200.000100", "text": f"<{LINK}>"}
OWN = [{"user": "U_BOT"}, {"bot_id": "B_OWN"}, {"app_id": "A_OWN"}]
OTHERS = {"bot_id": "B_FEED", "app_id": "A_FEED", "subtype": "bot_message", "user": None}


def told(event: dict[str, Any]) -> dict[str, Any]:
    authorizations = [{"user_id": "U_BOT", "is_bot": True}]
    event = {"type": "message", "channel": "C_VRIC", "ts": "1610377201.000100", **event}
    return {"team_id": "T_VRIC", "api_app_id": "A_OWN", "authorizations": authorizations, "event": event}


def changed(now: dict[str, Any], was: dict[str, Any]) -> dict[str, Any]:
    return told({"subtype": "message_changed", "message": now, "previous_message": was})


@pytest.mark.parametrize("mark", OWN)
def test_own_posts_edits_and_deletions_are_ignored_at_every_depth(mark: dict[str, Any]) -> None:
    own, bare = MEMBERS | mark, {"ts": MEMBERS["ts"], "user": "USLACKBOT", "subtype": "tombstone"}

    assert drop_of(told(own)) is None
    assert drop_of(changed(own, MEMBERS)) is None
    assert drop_of(changed(MEMBERS, own)) is None
    assert drop_of(changed(bare, own)) is None
    assert drop_of(told({"subtype": "message_deleted", "previous_message": own})) is None


def test_other_apps_are_read_only_where_they_are_allowed() -> None:
    event = told(MEMBERS | OTHERS)

    assert drop_of(event) is None
    for name in ("B_FEED", "A_FEED"):
        drop = drop_of(event, bots=[name])
        assert drop is not None
        assert (drop.links, drop.member) == ((LINK,), "B_FEED")


def test_a_member_is_read_in_each_of_these() -> None:
    for subtype in (None, "thread_broadcast", "file_share", "me_message"):
        drop = drop_of(told(MEMBERS | {"subtype": subtype}))
        assert drop is not None
        assert (drop.links, drop.member, drop.message) == ((LINK,), "U_ANA", MEMBERS["ts"])
    assert drop_of(told(MEMBERS | {"subtype": "channel_topic"})) is None
