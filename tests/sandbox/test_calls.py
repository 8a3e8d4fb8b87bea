"""Tokens, scopes, arguments, faults on request, and the record of calls."""

import json
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

import aiohttp
import httpx
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.clock import MovableClock
from bot.sandbox.stand_in import StandIn
from tests.sandbox.newcomer import client_of, manifest


async def refusal(call: Awaitable[Any]) -> dict[str, Any]:
    """What Slack answers to a call that it refuses."""
    with pytest.raises(SlackApiError) as found:
        await call
    answer: dict[str, Any] = found.value.response.data
    return answer


async def test_a_call_needs_a_token_that_the_workspace_gave(stand_in: StandIn) -> None:
    stranger = client_of(stand_in, "xoxb-somebody-elses")

    async with httpx.AsyncClient(trust_env=False) as http:
        nobody = (await http.post(f"{stand_in.api_url}auth.test")).json()

    assert nobody == {"ok": False, "error": "not_authed"}
    assert (await refusal(stranger.auth_test()))["error"] == "invalid_auth"


async def test_each_token_is_for_its_own_methods(stand_in: StandIn) -> None:
    app = client_of(stand_in, stand_in.app_token)

    assert (await refusal(app.auth_test()))["error"] == "not_allowed_token_type"
    assert (await app.apps_connections_open(app_token=stand_in.app_token))["url"].startswith("ws://127.0.0.1:")


async def test_a_token_is_taken_from_the_form_too_and_never_written_down(stand_in: StandIn) -> None:
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.post(f"{stand_in.api_url}auth.test", data={"token": stand_in.bot_token})

    assert answer.json()["user_id"] == stand_in.workspace.bot.id
    assert stand_in.bot_token not in repr(stand_in.calls)


async def test_every_answer_names_the_scopes_of_the_token(client: AsyncWebClient) -> None:
    answer = await client.auth_test()

    assert set(answer.headers["x-oauth-scopes"].split(",")) == set(manifest()["oauth_config"]["scopes"]["bot"])


async def test_a_method_without_its_scope_is_refused_with_what_is_needed(clock: MovableClock) -> None:
    async with StandIn(manifest(without=("chat:write",)), clock=clock) as stand_in:
        answer = await refusal(client_of(stand_in).chat_postMessage(channel="#vric", text="hello"))

    assert answer["error"] == "missing_scope"
    assert answer["needed"] == "chat:write"
    assert "users:read" in answer["provided"].split(",")


async def test_history_needs_the_scope_of_the_kind_of_channel(clock: MovableClock) -> None:
    async with StandIn(manifest(without=("groups:history",)), clock=clock) as stand_in:
        bot = stand_in.workspace.bot.id
        secret = stand_in.workspace.add_channel("secret", [bot], is_private=True)
        stand_in.workspace.channel("#vric").members.add(bot)
        client = client_of(stand_in)

        answer = await refusal(client.conversations_history(channel=secret.id))

        assert answer["needed"] == "groups:history"
        assert (await client.conversations_history(channel=stand_in.workspace.channel("#vric").id))["ok"]


async def test_an_unknown_method_is_refused(client: AsyncWebClient) -> None:
    assert (await refusal(client.api_call("chat.shout")))["error"] == "unknown_method"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ({"text": "hello"}, "[ERROR] missing required field: channel"),
        ({"channel": "C1", "text": "hello", "colour": "red"}, "[ERROR] unknown argument: colour"),
    ],
)
async def test_missing_and_unknown_arguments_are_refused(
    client: AsyncWebClient, args: dict[str, str], message: str
) -> None:
    answer = await refusal(client.api_call("chat.postMessage", json=args))

    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == [message]


async def test_json_and_form_say_the_same(stand_in: StandIn, client: AsyncWebClient, vric: str) -> None:
    blocks = [{"type": "divider", "block_id": "line"}]

    await client.api_call("chat.postMessage", json={"channel": vric, "text": "x", "blocks": blocks})
    await client.api_call("chat.postMessage", data={"channel": vric, "text": "x", "blocks": json.dumps(blocks)})

    first, second = stand_in.calls
    assert first.args == second.args == {"channel": vric, "text": "x", "blocks": blocks}
    assert [message.blocks for message in stand_in.messages("#vric")] == [blocks, blocks]


async def test_calls_are_recorded_with_their_arguments_and_without_tokens(
    stand_in: StandIn, client: AsyncWebClient, tmp_path: Path
) -> None:
    stand_in.record_to(tmp_path / "calls.jsonl")

    await client.users_info(user="U001ANA")
    await refusal(client.users_info(user="U999"))

    lines = (tmp_path / "calls.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [
        {"method": "users.info", "args": {"user": "U001ANA"}},
        {"method": "users.info", "args": {"user": "U999"}},
    ]
    assert [(call.n, call.ok, call.error) for call in stand_in.calls] == [(1, True, None), (2, False, "user_not_found")]


async def test_a_rate_limit_on_request_is_a_429_with_its_wait(stand_in: StandIn, client: AsyncWebClient) -> None:
    stand_in.fault("users.info", "ratelimited", retry_after=30)

    with pytest.raises(SlackApiError) as found:
        await client.users_info(user="U001ANA")

    assert found.value.response.status_code == 429
    assert found.value.response.headers["Retry-After"] == "30"
    assert found.value.response["error"] == "ratelimited"
    assert (await client.users_info(user="U001ANA"))["ok"]


async def test_an_error_code_on_request_meets_as_many_calls_as_asked(stand_in: StandIn, client: AsyncWebClient) -> None:
    stand_in.fault("auth.test", "account_inactive", times=2)

    codes = [(await refusal(client.auth_test()))["error"] for _ in range(2)]

    assert codes == ["account_inactive"] * 2
    assert (await client.auth_test())["ok"]


@pytest.mark.parametrize(("kind", "is_posted"), [("500_before", False), ("500_after", True)])
async def test_a_server_error_comes_before_or_after_the_deed(
    stand_in: StandIn,
    client: AsyncWebClient,
    vric: str,
    kind: str,
    is_posted: bool,  # noqa: FBT001 - a case of two
) -> None:
    stand_in.fault("chat.postMessage", kind)

    with pytest.raises(SlackApiError) as found:
        await client.chat_postMessage(channel=vric, text="hello")

    assert found.value.response.status_code == 500
    assert bool(stand_in.messages("#vric")) is is_posted


async def test_an_answer_is_lost_after_the_deed(stand_in: StandIn, client: AsyncWebClient, vric: str) -> None:
    stand_in.fault("chat.postMessage", "hang_after")

    with pytest.raises(aiohttp.ServerDisconnectedError):
        await client.chat_postMessage(channel=vric, text="hello")

    assert [message.text for message in stand_in.messages("#vric")] == ["hello"]
    assert stand_in.calls[-1].ok


async def test_a_fault_in_one_channel_leaves_the_others_alone(
    stand_in: StandIn, client: AsyncWebClient, vric: str
) -> None:
    other = stand_in.workspace.add_channel("africa", [stand_in.workspace.bot.id]).id
    stand_in.fault("chat.postMessage", "is_archived", channel="#vric")

    assert (await client.chat_postMessage(channel=other, text="hello"))["ok"]
    assert (await refusal(client.chat_postMessage(channel=vric, text="hello")))["error"] == "is_archived"
