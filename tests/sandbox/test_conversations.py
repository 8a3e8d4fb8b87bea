"""Channels, who is in them, what was said there; people, reactions and files."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.clock import MovableClock
from bot.sandbox.stand_in import StandIn
from tests.sandbox.newcomer import client_of, manifest
from tests.sandbox.test_calls import refusal


async def _post(stand_in: StandIn, count: int) -> list[str]:
    ana = stand_in.member("ana")
    return [await ana.posts("#vric", f"message {number}") for number in range(count)]


def _texts(answer: Any) -> list[str]:  # noqa: ANN401 - Slack's client answers so
    return [message["text"] for message in answer["messages"]]


async def test_history_is_newest_first_and_turned_page_by_page(
    stand_in: StandIn, client: AsyncWebClient, vric: str
) -> None:
    await _post(stand_in, 5)

    first = await client.conversations_history(channel=vric, limit=2)
    second = await client.conversations_history(channel=vric, limit=2, cursor=first["response_metadata"]["next_cursor"])
    third = await client.conversations_history(channel=vric, limit=2, cursor=second["response_metadata"]["next_cursor"])

    assert [_texts(page) for page in (first, second, third)] == [
        ["message 4", "message 3"],
        ["message 2", "message 1"],
        ["message 0"],
    ]
    assert [page["has_more"] for page in (first, second, third)] == [True, True, False]


async def test_history_since_a_message_leaves_it_out_unless_it_is_included(
    stand_in: StandIn, client: AsyncWebClient, vric: str
) -> None:
    stamps = await _post(stand_in, 4)

    assert _texts(await client.conversations_history(channel=vric, oldest=stamps[1])) == ["message 3", "message 2"]
    assert _texts(await client.conversations_history(channel=vric, latest=stamps[1], inclusive=True)) == [
        "message 1",
        "message 0",
    ]


async def test_one_message_is_found_by_its_ts(stand_in: StandIn, client: AsyncWebClient, vric: str) -> None:
    stamps = await _post(stand_in, 4)

    only = await client.conversations_history(channel=vric, oldest=stamps[1], inclusive=True, limit=1)

    assert _texts(only) == ["message 1"]


async def test_history_counts_replies_and_leaves_them_in_their_thread(
    stand_in: StandIn, client: AsyncWebClient, vric: str
) -> None:
    (top,) = await _post(stand_in, 1)
    reply = await stand_in.member("ben").posts("#vric", "a reply", thread_ts=top)

    (shown,) = (await client.conversations_history(channel=vric))["messages"]
    thread = await client.conversations_replies(channel=vric, ts=top)

    assert (shown["reply_count"], shown["reply_users"], shown["latest_reply"]) == (1, ["U002BEN"], reply)
    assert _texts(thread) == ["message 0", "a reply"]
    assert (await refusal(client.conversations_replies(channel=vric, ts="1.0")))["error"] == "thread_not_found"


async def test_metadata_is_shown_only_where_it_is_asked_for(client: AsyncWebClient, vric: str) -> None:
    key = {"event_type": "card", "event_payload": {"key": "item:7"}}
    await client.chat_postMessage(channel=vric, text="a card", metadata=key)

    plain = await client.conversations_history(channel=vric)
    whole = await client.conversations_history(channel=vric, include_all_metadata=True)

    assert "metadata" not in plain["messages"][0]
    assert whole["messages"][0]["metadata"] == key


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ({"channel": "C999"}, "channel_not_found"),
        ({"cursor": "abc"}, "invalid_cursor"),
        ({"limit": 1001}, "invalid_limit"),
        ({"oldest": "yesterday"}, "invalid_ts_oldest"),
    ],
)
async def test_a_history_that_cannot_be_read_is_refused(
    stand_in: StandIn, client: AsyncWebClient, vric: str, args: dict[str, Any], code: str
) -> None:
    await _post(stand_in, 1)

    answer = await refusal(client.api_call("conversations.history", params={"channel": vric, **args}))

    assert answer["error"] == code


async def test_channels_are_listed_by_kind_and_private_ones_only_from_inside(
    stand_in: StandIn, client: AsyncWebClient
) -> None:
    bot, workspace = stand_in.workspace.bot.id, stand_in.workspace
    workspace.add_channel("open", ["U001ANA"])
    workspace.add_channel("inside", [bot], is_private=True)
    workspace.add_channel("outside", ["U001ANA"], is_private=True)
    workspace.add_channel("old", [bot], is_archived=True)

    everything = await client.conversations_list(types="public_channel,private_channel", exclude_archived=True)
    mine = await client.users_conversations(types="public_channel,private_channel")

    assert [channel["name"] for channel in everything["channels"]] == ["vric", "open", "inside"]
    assert [channel["name"] for channel in mine["channels"]] == ["vric", "inside", "old"]
    assert (await refusal(client.conversations_list(types="clubs")))["error"] == "invalid_types"


async def test_members_come_in_pages(client: AsyncWebClient, vric: str) -> None:
    first = await client.conversations_members(channel=vric, limit=2)
    rest = await client.conversations_members(channel=vric, limit=2, cursor=first["response_metadata"]["next_cursor"])

    assert [*first["members"], *rest["members"]] == ["U000VRIC", "U001ANA", "U002BEN"]


async def test_the_app_joins_a_public_channel_by_itself(stand_in: StandIn, client: AsyncWebClient) -> None:
    channel = stand_in.workspace.add_channel("open", ["U001ANA"])

    await client.conversations_join(channel=channel.id)

    assert stand_in.workspace.bot.id in channel.members
    assert (await client.conversations_info(channel=channel.id))["channel"]["is_member"]


async def test_a_conversation_with_one_person_is_opened_once(stand_in: StandIn, client: AsyncWebClient) -> None:
    first = await client.conversations_open(users="U002BEN")
    again = await client.conversations_open(users="U002BEN", return_im=True)

    assert first["channel"]["id"] == again["channel"]["id"]
    assert again["channel"]["user"] == "U002BEN"
    stand_in.workspace.user("ben").deleted = True
    assert (await refusal(client.conversations_open(users="U002BEN")))["error"] == "user_disabled"
    assert (await refusal(client.api_call("conversations.open")))["error"] == "users_list_not_supplied"


async def test_people_are_known_by_name_zone_and_standing(stand_in: StandIn, client: AsyncWebClient) -> None:
    stand_in.workspace.add_user("kai", "Kai Lindqvist", tz="Europe/Stockholm", is_stranger=True)

    ben = (await client.users_info(user="U002BEN"))["user"]
    kai = (await client.users_info(user=stand_in.workspace.user("kai").id))["user"]
    names = [user["name"] for user in (await client.users_list())["members"]]

    assert (ben["tz"], ben["tz_offset"], ben["is_restricted"]) == ("America/Bogota", -18_000, False)
    assert kai["is_stranger"]
    assert kai["team_id"] != ben["team_id"]
    assert names == ["vric", "ana", "ben", "kai"]
    assert (await refusal(client.users_info(user="U999")))["error"] == "user_not_found"


async def test_the_locale_of_somebody_is_told_to_whoever_asks_for_it(stand_in: StandIn, client: AsyncWebClient) -> None:
    stand_in.workspace.add_user("carla", "Carla Peña", locale="es-ES")
    carla = stand_in.workspace.user("carla").id

    plain = (await client.users_info(user=carla))["user"]
    told = (await client.users_info(user=carla, include_locale=True))["user"]
    listed = (await client.users_list(include_locale=True))["members"]

    assert "locale" not in plain
    assert told["locale"] == "es-ES"
    assert [user["locale"] for user in listed] == ["en-US", "en-US", "en-US", "es-ES"]


async def test_the_app_knows_itself_and_its_workspace(stand_in: StandIn, client: AsyncWebClient) -> None:
    me = await client.auth_test()

    assert (me["user_id"], me["bot_id"]) == (stand_in.workspace.bot.id, "B0VRIC")
    assert (await client.bots_info(bot=me["bot_id"]))["bot"]["app_id"] == "A0VRIC"
    assert (await client.team_info())["team"]["id"] == me["team_id"]


async def test_a_reaction_is_added_once_and_taken_back_once(
    stand_in: StandIn, client: AsyncWebClient, vric: str
) -> None:
    (ts,) = await _post(stand_in, 1)

    await client.reactions_add(channel=vric, timestamp=ts, name="eyes")
    twice = await refusal(client.reactions_add(channel=vric, timestamp=ts, name="eyes"))
    shown = (await client.reactions_get(channel=vric, timestamp=ts))["message"]["reactions"]
    await client.reactions_remove(channel=vric, timestamp=ts, name="eyes")
    gone = await refusal(client.reactions_remove(channel=vric, timestamp=ts, name="eyes"))

    assert shown == [{"name": "eyes", "users": ["U000VRIC"], "count": 1}]
    assert (twice["error"], gone["error"]) == ("already_reacted", "no_reaction")


async def test_a_file_is_uploaded_in_three_steps_and_shown(
    stand_in: StandIn, client: AsyncWebClient, vric: str
) -> None:
    (top,) = await _post(stand_in, 1)

    answer = await client.files_upload_v2(
        channel=vric, thread_ts=top, filename="vric-18.md", title="No. 18", content="# Iran\n", initial_comment="Here:"
    )

    (reply,) = stand_in.thread("#vric", top)
    assert reply.words == "Here:\nNo. 18 (vric-18.md)"
    assert stand_in.workspace.files[answer["files"][0]["id"]]["content"] == b"# Iran\n"


async def test_a_file_that_never_came_cannot_be_shown(client: AsyncWebClient, vric: str) -> None:
    announced = await client.files_getUploadURLExternal(filename="vric-18.md", length=7)

    answer = await refusal(
        client.files_completeUploadExternal(files=[{"id": announced["file_id"], "title": None}], channel_id=vric)
    )

    assert answer["error"] == "file_not_found"


async def test_a_workspace_without_a_scope_for_it_hides_its_name(clock: MovableClock) -> None:
    async with StandIn(manifest(without=("team:read",)), clock=clock) as stand_in:
        assert (await refusal(client_of(stand_in).team_info()))["error"] == "missing_scope"


async def test_a_status_is_shown_until_it_ends_and_a_zone_where_somebody_said_it(
    stand_in: StandIn, client: AsyncWebClient
) -> None:
    ben = stand_in.member("ben").user
    ben.status_emoji, ben.status_text = ":palm_tree:", "Vacationing"
    ben.status_expiration = int(stand_in.clock().timestamp()) + 60

    shown = (await client.users_info(user=ben.id))["user"]
    stand_in.clock.advance(timedelta(seconds=61))
    ben.tz = ""
    later = (await client.users_info(user=ben.id))["user"]

    parts = ("status_emoji", "status_text", "status_expiration")
    assert [shown["profile"][part] for part in parts] == [":palm_tree:", "Vacationing", ben.status_expiration]
    assert [later["profile"][part] for part in parts] == ["", "", 0]
    assert shown["tz"] == "America/Bogota"
    assert "tz" not in later
