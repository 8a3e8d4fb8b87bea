"""Socket Mode: frames, acknowledgements, several sockets, and the end of each."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from bot.sandbox.clock import MovableClock
from bot.sandbox.stand_in import StandIn
from tests.sandbox.newcomer import bolt_app, client_of


async def _url(stand_in: StandIn) -> str:
    answer = await client_of(stand_in).apps_connections_open(app_token=stand_in.app_token)
    return str(answer["url"])


@asynccontextmanager
async def a_socket(stand_in: StandIn) -> AsyncIterator[ClientConnection]:
    """A socket that has been greeted, spoken by hand."""
    async with connect(await _url(stand_in), proxy=None) as connection:
        assert json.loads(await connection.recv())["type"] == "hello"
        yield connection


async def _frame(connection: ClientConnection) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(await connection.recv())
    return found


async def _acknowledge(connection: ClientConnection, **payload: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    frame = await _frame(connection)
    answer = {"envelope_id": frame["envelope_id"]} | ({"payload": payload} if payload else {})
    await connection.send(json.dumps(answer))
    return frame


async def test_a_socket_needs_a_ticket_and_a_ticket_opens_one(stand_in: StandIn) -> None:
    url = await _url(stand_in)

    async with connect(url, proxy=None) as connection:
        hello = await _frame(connection)
        with pytest.raises(InvalidStatus):
            await connect(url, proxy=None)

    assert (hello["num_connections"], hello["connection_info"]["app_id"]) == (1, "A0VRIC")
    with pytest.raises(SlackApiError):
        await AsyncWebClient(base_url=stand_in.api_url).apps_connections_open(app_token=stand_in.bot_token)


async def test_an_event_is_a_frame_that_is_acknowledged(stand_in: StandIn) -> None:
    async with a_socket(stand_in) as connection:
        _, frame = await asyncio.gather(stand_in.member("ana").posts("#vric", "a link"), _acknowledge(connection))

    assert (frame["type"], frame["accepts_response_payload"]) == ("events_api", False)
    assert (frame["retry_attempt"], frame["retry_reason"]) == (0, "")
    assert frame["payload"]["event"]["text"] == "a link"
    assert [delivery.status for delivery in stand_in.deliveries] == [200]


async def test_an_answer_travels_in_the_acknowledgement(stand_in: StandIn) -> None:
    async with a_socket(stand_in) as connection:
        _, frame = await asyncio.gather(
            stand_in.member("ana").commands("#vric", "/vric status"), _acknowledge(connection, text="*18* of 100")
        )

    assert (frame["type"], frame["accepts_response_payload"]) == ("slash_commands", True)
    assert [message.words for message in stand_in.member("ana").whispers("#vric")] == ["18 of 100"]


@pytest.mark.parametrize("patience_s", [0.05])
async def test_an_event_that_is_not_acknowledged_comes_again(stand_in: StandIn, clock: MovableClock) -> None:
    async with a_socket(stand_in) as connection:
        await stand_in.member("ana").posts("#vric", "a link")
        clock.advance(timedelta(minutes=1))
        frames = [await _frame(connection), await _frame(connection), await _acknowledge(connection)]
        await stand_in.settled()

    assert [frame["retry_attempt"] for frame in frames] == [0, 1, 2]
    assert {frame["retry_reason"] for frame in frames[1:]} == {"http_timeout"}
    assert len({frame["payload"]["event_id"] for frame in frames}) == 1
    assert len({frame["envelope_id"] for frame in frames}) == 3


async def test_each_event_goes_to_one_of_several_sockets(stand_in: StandIn) -> None:
    async def take_all(connection: ClientConnection, into: list[str]) -> None:
        try:
            while True:
                into.append((await _acknowledge(connection))["payload"]["event"]["text"])
        except ConnectionClosed:
            return

    first: list[str] = []
    second: list[str] = []
    async with a_socket(stand_in) as one, a_socket(stand_in) as other:
        taking = [asyncio.create_task(take_all(one, first)), asyncio.create_task(take_all(other, second))]
        for number in range(40):
            await stand_in.member("ana").posts("#vric", f"link {number}")
    await asyncio.gather(*taking)

    assert sorted(first + second) == sorted(f"link {number}" for number in range(40))
    assert first
    assert second


async def test_an_event_on_a_socket_that_breaks_comes_again_on_another(stand_in: StandIn) -> None:
    async with a_socket(stand_in) as first:
        posting = asyncio.create_task(stand_in.member("ana").posts("#vric", "a link"))
        await _frame(first)
        async with a_socket(stand_in) as second:
            await first.close()
            frame = await _acknowledge(second)
            await posting

    assert (frame["retry_attempt"], frame["retry_reason"]) == (1, "connection_failed")


async def test_an_eleventh_socket_is_sent_away(stand_in: StandIn) -> None:
    async def open_all(count: int) -> dict[str, Any]:
        if count == 0:
            async with connect(await _url(stand_in), proxy=None) as connection:
                return await _frame(connection)
        async with a_socket(stand_in):
            return await open_all(count - 1)

    assert (await open_all(10))["reason"] == "too_many_websockets"


async def test_a_warning_leaves_the_socket_open_and_a_refresh_closes_it(stand_in: StandIn) -> None:
    async with a_socket(stand_in) as connection:
        await stand_in.disconnects("warning")
        warned = await _frame(connection)
        await asyncio.gather(stand_in.member("ana").posts("#vric", "still here"), _acknowledge(connection))
        await stand_in.disconnects()
        refreshed = await _frame(connection)
        with pytest.raises(ConnectionClosed):
            await connection.recv()

    assert (warned["type"], warned["reason"]) == ("disconnect", "warning")
    assert refreshed["reason"] == "refresh_requested"
    assert not stand_in.deliverer.is_connected


async def test_bolt_opens_a_new_socket_when_it_is_asked_to(stand_in: StandIn) -> None:
    app, heard = bolt_app(stand_in), []

    @app.event("message")
    async def hear(event: dict[str, Any]) -> None:
        heard.append(event["text"])

    handler = AsyncSocketModeHandler(app, stand_in.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call] # Bolt leaves this one untyped
    await stand_in.deliverer.connected()
    await stand_in.member("ana").posts("#vric", "before")
    await stand_in.disconnects()
    await stand_in.deliverer.connected()
    await stand_in.member("ana").posts("#vric", "after")
    await handler.close_async()  # type: ignore[no-untyped-call] # the same

    assert heard == ["before", "after"]
