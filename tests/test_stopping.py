"""Fault 29: asked to stop under load, the process ends in time, and what was in hand comes back."""

import asyncio
import signal
import socket
from collections import Counter
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from bot.sandbox.records import Message
from bot.sandbox.stand_in import StandIn
from bot.startup import running
from db.database import Database
from db.models import ItemRow
from handlers.web import SLACK_PATH
from tests.command_line import Running, Vric
from tests.newsroom import Newsroom

EVENTS = 200
CHANNELS = 40
"""A channel takes one card a second, so the load is spread."""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def channels_of(stand_in: StandIn) -> list[str]:
    """Channels in which the bot is."""
    workspace = stand_in.workspace
    people = [workspace.user("ana").id, workspace.bot.id]
    return [workspace.add_channel(f"desk{number}", people).id for number in range(CHANNELS)]


async def drop_links(stand_in: StandIn, channels: list[str]) -> None:
    """Two hundred messages with a link each, as fast as Slack delivers them."""
    for number in range(EVENTS):
        await stand_in.member("ana").posts(channels[number % CHANNELS], f"Look: http://127.0.0.1/page-{number}")
    await stand_in.settled()


def accepted(stand_in: StandIn) -> list[tuple[str, str]]:
    """Channel and ts of the members' messages whose event was answered well, once each."""
    answered = [each.body["event"] for each in stand_in.deliveries if each.is_accepted and "event" in each.body]
    dropped = [event for event in answered if event.get("text", "").startswith("Look: ")]
    return list(dict.fromkeys((event["channel"], event["ts"]) for event in dropped))


def cards(stand_in: StandIn, channel: str, ts: str) -> list[Message]:
    return [message for message in stand_in.workspace.thread(channel, ts) if message.bot_id]


def is_in_the_middle(stand_in: StandIn) -> bool:
    """Many links were accepted, few are shown, and many are still to come."""
    so_far = accepted(stand_in)
    return len(so_far) > EVENTS // 5 and any(cards(stand_in, *each) for each in so_far)


async def asked_to_stop(bot: Running) -> int:
    bot.asked(signal.SIGTERM)
    async with asyncio.timeout(10):
        return (await bot.ended()).status


async def every_card_is_there(stand_in: StandIn, promised: list[tuple[str, str]]) -> None:
    known: int | None = -1
    while known is not None and not all(cards(stand_in, *each) for each in promised):
        known = await stand_in.workspace.changes.after(known)


async def test_asked_to_stop_under_load_it_ends_in_ten_seconds_and_every_accepted_link_gets_its_one_card(
    tmp_path: Path, stand_in: StandIn, database: Database, database_url: str
) -> None:
    vric, port, channels = Vric(tmp_path), free_port(), channels_of(stand_in)
    vric.knows(stand_in, PORT=str(port), DATABASE_URL=database_url)

    async with vric.running("run", "--http") as bot:
        await bot.says("listens on")
        stand_in.request_url = f"http://127.0.0.1:{port}{SLACK_PATH}"
        load = asyncio.create_task(drop_links(stand_in, channels))
        known: int | None = -1
        while known is not None and not is_in_the_middle(stand_in):
            known = await stand_in.workspace.changes.after(known)
        status = await asked_to_stop(bot)
        await load
    promised = accepted(stand_in)
    shown_before = sum(len(cards(stand_in, *each)) for each in promised)
    async with vric.running("run", "--http") as bot:
        await bot.says("listens on")
        await every_card_is_there(stand_in, promised)
        status_again = await asked_to_stop(bot)

    assert (status, status_again) == (0, 0)
    assert 0 < shown_before < len(promised)
    async with database.connection() as connection:
        items = Counter((row.channel, row.message) for row in await connection.execute(select(ItemRow.__table__)))
    assert {each: items[each] for each in promised} == dict.fromkeys(promised, 1)
    assert {each: len(cards(stand_in, *each)) for each in promised} == dict.fromkeys(promised, 1)


async def test_a_post_that_hangs_when_the_bot_stops_is_given_up_in_time_and_taken_up_again(newsroom: Newsroom) -> None:
    """Slack posts it after all: whoever takes it up finds that out before posting it again."""
    held = newsroom.stand_in.holds("chat.postMessage")
    ts = await newsroom.ana.posts("#vric", newsroom.press.prints("reuters.example/iran-oil", "Iran sends tankers"))

    async with AsyncExitStack() as stack:
        await stack.enter_async_context(running(newsroom.bot))
        while not held.asked.is_set():
            newsroom.clock.advance(timedelta(seconds=1))
            await asyncio.sleep(0.05)
        async with asyncio.timeout(10):
            await stack.aclose()
    held.released.set()
    await newsroom.restarts()
    await newsroom.passes(minutes=2)

    assert len(cards(newsroom.stand_in, newsroom.card(ts).channel, ts)) == 1
    async with newsroom.bot.database.unit_of_work() as work:
        assert await work.outbox.next_due_at() is None
