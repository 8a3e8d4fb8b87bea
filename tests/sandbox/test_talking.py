"""What people say, and the events that the app gets of it."""

import json
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.member import Member
from bot.sandbox.stand_in import StandIn
from tests.sandbox.newcomer import Endpoint

LINK = "https://reuters.example/iran-oil"


@pytest.fixture
def ana(stand_in: StandIn, endpoint: Endpoint) -> Member:  # noqa: ARG001 - the app listens in every test here
    return stand_in.member("ana")


def heard(endpoint: Endpoint) -> list[dict[str, Any]]:
    """The events that the app got, in their order; takes them away."""
    found = [json.loads(body)["event"] for _, body in endpoint.requests]
    endpoint.requests.clear()
    return found


def links(message: dict[str, Any]) -> list[str]:
    return [
        part["url"]
        for block in message.get("blocks", [])
        for section in block["elements"]
        for part in section["elements"]
        if part["type"] == "link"
    ]


async def test_an_edit_shows_the_message_before_and_after(ana: Member, endpoint: Endpoint) -> None:
    ts = await ana.posts("#vric", f"Look: {LINK}")
    await ana.edits("#vric", ts, "Look: https://infobae.example/petroleo")

    _, event = heard(endpoint)
    assert (event["type"], event["subtype"], event["hidden"]) == ("message", "message_changed", True)
    assert links(event["previous_message"]) == [LINK]
    assert links(event["message"]) == ["https://infobae.example/petroleo"]
    assert event["message"]["ts"] == ts != event["ts"]
    assert event["message"]["edited"]["user"] == "U001ANA"


async def test_a_preview_changes_a_message_and_none_of_its_links(
    stand_in: StandIn, ana: Member, endpoint: Endpoint
) -> None:
    ts = await ana.posts("#vric", LINK)
    await stand_in.unfurls("#vric", ts)
    await stand_in.detects_language("#vric", ts)

    _, unfurled, detected = heard(endpoint)
    assert links(unfurled["message"]) == links(unfurled["previous_message"]) == [LINK]
    assert "attachments" not in unfurled["previous_message"]
    assert unfurled["message"]["attachments"][0]["from_url"] == "https://preview.example/"
    assert detected["subtype"] == "message_changed"
    assert detected["message"] == detected["previous_message"]


async def test_a_message_without_replies_is_deleted(ana: Member, stand_in: StandIn, endpoint: Endpoint) -> None:
    ts = await ana.posts("#vric", LINK)
    await ana.deletes("#vric", ts)

    _, event = heard(endpoint)
    assert (event["subtype"], event["deleted_ts"]) == ("message_deleted", ts)
    assert links(event["previous_message"]) == [LINK]
    assert stand_in.messages("#vric") == []


async def test_a_message_with_replies_leaves_a_tombstone(
    ana: Member, stand_in: StandIn, endpoint: Endpoint, client: AsyncWebClient, vric: str
) -> None:
    ts = await ana.posts("#vric", LINK)
    await client.chat_postMessage(channel=vric, text="a card", thread_ts=ts)
    await stand_in.settled()
    heard(endpoint)

    await ana.deletes("#vric", ts)

    (event,) = heard(endpoint)
    assert (event["subtype"], event["message"]["subtype"]) == ("message_changed", "tombstone")
    assert (event["message"]["user"], event["message"]["ts"]) == ("USLACKBOT", ts)
    assert links(event["message"]) == []
    assert links(event["previous_message"]) == [LINK]
    assert [message.text for message in stand_in.thread("#vric", ts)] == ["a card"]


async def test_a_mention_comes_as_a_message_and_as_a_mention(ana: Member, endpoint: Endpoint) -> None:
    await ana.posts("#vric", "@vric how are we doing")

    message, mention = sorted(heard(endpoint), key=lambda event: event["type"], reverse=True)
    assert (message["type"], mention["type"]) == ("message", "app_mention")
    assert message["ts"] == mention["ts"]
    assert mention["text"] == "<@U000VRIC> how are we doing"


async def test_a_reply_names_its_thread_and_whom_it_answers(stand_in: StandIn, ana: Member, endpoint: Endpoint) -> None:
    top = await ana.posts("#vric", "a topic")
    await stand_in.member("ben").posts("#vric", LINK, thread_ts=top)

    _, reply = heard(endpoint)
    assert (reply["thread_ts"], reply["parent_user_id"], reply["user"]) == (top, "U001ANA", "U002BEN")


async def test_a_reply_that_is_shown_in_the_channel_comes_as_two_events(ana: Member, endpoint: Endpoint) -> None:
    top = await ana.posts("#vric", "a topic")
    await ana.posts("#vric", LINK, thread_ts=top, also_in_channel=True)

    _, *both = heard(endpoint)
    said, changed = sorted(both, key=lambda event: event["subtype"], reverse=True)
    assert (said["subtype"], changed["subtype"]) == ("thread_broadcast", "message_changed")
    assert changed["message"]["subtype"] == "thread_broadcast"
    assert links(said) == links(changed["message"]) == [LINK]


async def test_a_forwarded_message_carries_what_was_said_in_an_attachment(
    stand_in: StandIn, ana: Member, endpoint: Endpoint
) -> None:
    ts = await stand_in.member("ben").posts("#vric", LINK)
    (original,) = stand_in.messages("#vric")
    await ana.forwards("#vric", original, "see Ben's")

    _, forwarded = heard(endpoint)
    (shared,) = forwarded["attachments"]
    assert links(forwarded) == []
    assert (shared["is_share"], shared["ts"], shared["author_id"]) == (True, ts, "U002BEN")
    assert links(shared["message_blocks"][0]["message"]) == [LINK]


async def test_a_file_comes_with_its_comment(ana: Member, endpoint: Endpoint) -> None:
    await ana.shares_file("#vric", "scan.pdf", f"from {LINK}")

    (event,) = heard(endpoint)
    assert (event["subtype"], event["files"][0]["name"]) == ("file_share", "scan.pdf")
    assert links(event) == [LINK]


async def test_a_reaction_is_added_and_taken_back(
    stand_in: StandIn, ana: Member, endpoint: Endpoint, vric: str
) -> None:
    ts = await ana.posts("#vric", LINK)
    await stand_in.member("ben").reacts("#vric", ts, "pushpin")
    await stand_in.member("ben").reacts("#vric", ts, "pushpin")

    _, added, removed = heard(endpoint)
    assert (added["type"], removed["type"]) == ("reaction_added", "reaction_removed")
    assert added["item"] == removed["item"] == {"type": "message", "channel": vric, "ts": ts}
    assert (added["user"], added["item_user"], added["reaction"]) == ("U002BEN", "U001ANA", "pushpin")
    assert stand_in.messages("#vric")[0].reactions == {}


async def test_the_app_hears_who_comes_and_goes(stand_in: StandIn, endpoint: Endpoint) -> None:
    stand_in.workspace.add_channel("africa", ["U001ANA"])
    stand_in.workspace.add_user("zoe", "Zoe Adeyemi")

    await stand_in.invites_bot("#africa", by="ana")
    await stand_in.joins("#africa", "zoe")
    await stand_in.leaves("#africa", "zoe")

    invited, joined, left = heard(endpoint)
    assert (invited["type"], invited["user"], invited["inviter"]) == ("member_joined_channel", "U000VRIC", "U001ANA")
    assert (joined["user"], "inviter" in joined) == (stand_in.workspace.user("zoe").id, False)
    assert left["type"] == "member_left_channel"


async def test_a_stranger_marks_the_channel_as_shared(stand_in: StandIn, endpoint: Endpoint) -> None:
    stranger = stand_in.workspace.add_user("kai", "Kai Lindqvist", is_stranger=True)
    stand_in.workspace.channel("#vric").members.add(stranger.id)

    await stand_in.member("kai").posts("#vric", LINK)

    envelope = json.loads(endpoint.requests[0][1])
    assert envelope["is_ext_shared_channel"] is True
    assert envelope["event"]["team"] != envelope["team_id"]
