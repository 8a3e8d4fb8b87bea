"""What the app says, changes and takes back."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.clock import MovableClock
from bot.sandbox.stand_in import StandIn
from tests.sandbox.newcomer import client_of, manifest
from tests.sandbox.test_calls import refusal

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "*Tankers* &amp; more"}}
BUTTONS = {
    "type": "actions",
    "elements": [{"type": "button", "action_id": "file", "text": {"type": "plain_text", "text": "File in Iran"}}],
}
KEY = {"event_type": "card", "event_payload": {"key": "item:7"}}


async def test_a_message_stands_where_it_was_said(stand_in: StandIn, client: AsyncWebClient, vric: str) -> None:
    answer = await client.chat_postMessage(channel=vric, text="for notifications", blocks=[SECTION, BUTTONS])

    (message,) = stand_in.messages("#vric")
    assert (message.ts, message.user, message.bot_id) == (answer["ts"], stand_in.workspace.bot.id, "B0VRIC")
    assert message.words == "Tankers & more\nFile in Iran"
    assert message.buttons == ["File in Iran"]
    assert answer["message"]["bot_profile"]["app_id"] == "A0VRIC"
    assert all(block["block_id"] for block in answer["message"]["blocks"])


async def test_a_reply_joins_the_thread_of_what_it_answers(
    stand_in: StandIn, client: AsyncWebClient, vric: str
) -> None:
    top = await stand_in.member("ana").posts("#vric", "a link")

    first = await client.chat_postMessage(channel=vric, text="a card", thread_ts=top)
    second = await client.chat_postMessage(channel=vric, text="again", thread_ts=first["ts"])

    assert [message.text for message in stand_in.thread("#vric", top)] == ["a card", "again"]
    assert second["message"]["thread_ts"] == top
    assert second["message"]["parent_user_id"] == "U001ANA"
    assert [message.text for message in stand_in.messages("#vric")] == ["a link"]


async def test_an_answer_to_a_message_that_is_gone_stands_in_the_channel(
    stand_in: StandIn, client: AsyncWebClient, vric: str
) -> None:
    answer = await client.chat_postMessage(channel=vric, text="a card", thread_ts="1.000001")

    assert "thread_ts" not in answer["message"]
    assert [message.text for message in stand_in.messages("#vric")] == ["a card"]


async def test_a_reply_can_be_shown_in_the_channel_too(stand_in: StandIn, client: AsyncWebClient, vric: str) -> None:
    top = await stand_in.member("ana").posts("#vric", "a link")

    await client.chat_postMessage(channel=vric, text="for all", thread_ts=top, reply_broadcast=True)

    assert [message.text for message in stand_in.messages("#vric")] == ["a link", "for all"]
    assert [message.text for message in stand_in.thread("#vric", top)] == ["for all"]


async def test_a_message_to_a_person_goes_to_their_conversation(stand_in: StandIn, client: AsyncWebClient) -> None:
    answer = await client.chat_postMessage(channel="U002BEN", text="You have 3 of 5 items")

    ben = stand_in.member("ben")
    assert answer["channel"].startswith("D")
    assert [message.text for message in ben.direct()] == ["You have 3 of 5 items"]
    assert ben.told("3 of 5")
    assert not stand_in.member("ana").told("3 of 5")


async def test_no_message_goes_to_a_person_where_the_app_has_no_messages_tab(clock: MovableClock) -> None:
    home = {"home_tab_enabled": True, "messages_tab_enabled": False}
    async with StandIn(manifest(app_home=home), clock=clock) as stand_in:
        answer = await refusal(client_of(stand_in).chat_postMessage(channel="U002BEN", text="hello"))

    assert answer["error"] == "messages_tab_disabled"


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ({"channel": "C999", "text": "x"}, "channel_not_found"),
        ({"channel": "#vric"}, "no_text"),
        ({"channel": "#vric", "text": "a" * 40_001}, "msg_too_long"),
        ({"channel": "#vric", "text": "x", "blocks": "nonsense"}, "invalid_blocks_format"),
        ({"channel": "#vric", "text": "x", "blocks": [SECTION] * 51}, "invalid_blocks"),
        (
            {
                "channel": "#vric",
                "text": "x",
                "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "a" * 2700}}] * 5,
            },
            "msg_blocks_too_long",
        ),
        ({"channel": "#vric", "text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
        ({"channel": "#vric", "text": "x", "metadata": {"key": "7"}}, "invalid_metadata_format"),
        ({"channel": "#vric", "text": "x", "metadata": {"event_type": "card"}}, "invalid_metadata_schema"),
    ],
)
async def test_what_cannot_be_said_is_refused(
    stand_in: StandIn, client: AsyncWebClient, args: dict[str, Any], code: str
) -> None:
    assert (await refusal(client.api_call("chat.postMessage", json=args)))["error"] == code
    assert stand_in.messages("#vric") == []


async def test_refused_blocks_come_with_the_reasons(client: AsyncWebClient, vric: str) -> None:
    long = {"type": "section", "text": {"type": "mrkdwn", "text": "a" * 3001}}

    answer = await refusal(client.chat_postMessage(channel=vric, text="x", blocks=[long]))

    reason = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert answer["errors"] == [reason]
    assert answer["response_metadata"]["messages"] == [f"[ERROR] {reason}"]


async def test_the_app_speaks_only_where_it_is(stand_in: StandIn, client: AsyncWebClient) -> None:
    bot, workspace = stand_in.workspace.bot.id, stand_in.workspace
    public = workspace.add_channel("public", ["U001ANA"]).id
    private = workspace.add_channel("private", ["U001ANA"], is_private=True).id
    archived = workspace.add_channel("old", [bot], is_archived=True).id

    places = (public, private, archived)
    codes = [(await refusal(client.chat_postMessage(channel=each, text="x")))["error"] for each in places]

    assert codes == ["not_in_channel", "channel_not_found", "is_archived"]


async def test_a_channel_takes_a_burst_of_five_and_then_one_a_second(
    stand_in: StandIn, client: AsyncWebClient, vric: str, clock: MovableClock
) -> None:
    other = stand_in.workspace.add_channel("africa", [stand_in.workspace.bot.id]).id
    for number in range(5):
        await client.chat_postMessage(channel=vric, text=str(number))

    with pytest.raises(SlackApiError) as found:
        await client.chat_postMessage(channel=vric, text="one too many")
    await client.chat_postMessage(channel=other, text="elsewhere")
    clock.advance(timedelta(seconds=1))
    await client.chat_postMessage(channel=vric, text="5")

    assert found.value.response.status_code == 429
    assert found.value.response.headers["Retry-After"] == "1"
    assert [message.text for message in stand_in.messages("#vric")] == list("012345")


async def test_an_update_takes_the_place_of_text_blocks_and_metadata(
    stand_in: StandIn, client: AsyncWebClient, vric: str
) -> None:
    ts = (await client.chat_postMessage(channel=vric, text="before", blocks=[BUTTONS], metadata=KEY))["ts"]

    await client.chat_update(channel=vric, ts=ts, text="after", blocks=[SECTION])

    (message,) = stand_in.messages("#vric")
    assert (message.text, message.words, message.buttons) == ("after", "Tankers & more", [])
    assert message.metadata == KEY
    assert message.edited is None


async def test_an_update_with_text_alone_removes_the_blocks_and_is_marked(
    stand_in: StandIn, client: AsyncWebClient, vric: str
) -> None:
    ts = (await client.chat_postMessage(channel=vric, text="before", blocks=[BUTTONS]))["ts"]

    await client.chat_update(channel=vric, ts=ts, text="after")

    (message,) = stand_in.messages("#vric")
    assert (message.words, message.blocks) == ("after", [])
    assert message.edited is not None


async def test_only_its_own_messages_can_be_changed(stand_in: StandIn, client: AsyncWebClient, vric: str) -> None:
    hers = await stand_in.member("ana").posts("#vric", "hers")

    assert (await refusal(client.chat_update(channel=vric, ts=hers, text="x")))["error"] == "cant_update_message"
    assert (await refusal(client.chat_delete(channel=vric, ts=hers)))["error"] == "cant_delete_message"
    assert (await refusal(client.chat_update(channel=vric, ts="1.0", text="x")))["error"] == "message_not_found"


async def test_a_deleted_message_is_gone(stand_in: StandIn, client: AsyncWebClient, vric: str) -> None:
    ts = (await client.chat_postMessage(channel=vric, text="oops"))["ts"]

    await client.chat_delete(channel=vric, ts=ts)

    assert stand_in.messages("#vric") == []
    assert (await refusal(client.chat_update(channel=vric, ts=ts, text="x")))["error"] == "message_not_found"


async def test_an_ephemeral_is_seen_by_one_person_and_by_no_history(
    stand_in: StandIn, client: AsyncWebClient, vric: str
) -> None:
    ephemeral = await client.chat_postEphemeral(channel=vric, user="U002BEN", text="only you")

    assert [message.text for message in stand_in.member("ben").whispers("#vric")] == ["only you"]
    assert stand_in.member("ana").whispers("#vric") == []
    assert (await client.conversations_history(channel=vric))["messages"] == []
    refused = await refusal(client.chat_update(channel=vric, ts=ephemeral["message_ts"], text="x"))
    assert refused["error"] == "message_not_found"


async def test_an_ephemeral_reaches_only_members(stand_in: StandIn, client: AsyncWebClient, vric: str) -> None:
    stand_in.workspace.add_user("zoe", "Zoe Adeyemi")

    answer = await refusal(client.chat_postEphemeral(channel=vric, user=stand_in.workspace.user("zoe").id, text="x"))

    assert answer["error"] == "user_not_in_channel"


async def test_a_permalink_names_channel_and_message(stand_in: StandIn, client: AsyncWebClient, vric: str) -> None:
    ts = await stand_in.member("ana").posts("#vric", "a link")

    assert (await client.chat_getPermalink(channel=vric, message_ts=ts))["permalink"].endswith(f"#{vric}/{ts}")
    assert (await refusal(client.chat_getPermalink(channel=vric, message_ts="1.0")))["error"] == "message_not_found"
