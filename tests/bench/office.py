"""A workspace, the bot beside it, and the way to look at what both hold."""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import Executable, func, select
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.sandbox.clock import MovableClock
from bot.sandbox.stand_in import StandIn
from bot.startup import migrate_all
from db.database import Database, async_url
from db.models import InboxRow, ItemRow
from handlers.manifest import manifest
from handlers.web import SLACK_PATH
from tests.bench.load import Wire, session
from tests.bench.processes import Beside, Usage, beside
from tests.bench.sites import HOSTS, link
from tests.opening import secrets_of

CHANNELS = 20
"""Fifty events a second are too many for one channel, and no workspace talks in one alone."""

_LAG = "vric_event_loop_lag_seconds_bucket"


class Record:
    """Looks into the bot's database without taking part: it reads only, and waits for nobody."""

    def __init__(self, url: str) -> None:
        self._engine: AsyncEngine = create_async_engine(async_url(url))

    async def last_event(self) -> int:
        """The newest event on record: what the bot posts comes back to it as events, so that there are ever more."""
        return await self._count(select(func.max(InboxRow.id)))

    async def inbox(self, until: int) -> int:
        """Events that wait for their work, of those that came until one of them."""
        waiting = (InboxRow.state == "waiting", InboxRow.id <= until)
        return await self._count(select(func.count(InboxRow.id)).where(*waiting))

    async def unread(self) -> int:
        """Links whose page was not tried yet."""
        waiting = (ItemRow.reading == "waiting", ItemRow.read_attempts == 0)
        return await self._count(select(func.count(ItemRow.id)).where(*waiting))

    async def dropped(self) -> set[str]:
        """The links that are items."""
        async with self._engine.connect() as connection:
            return set(await connection.scalars(select(ItemRow.dropped)))

    async def still_waiting(self) -> str:
        """The events in the inbox that were not worked on yet, as they came."""
        async with self._engine.connect() as connection:
            return "\n".join(await connection.scalars(select(InboxRow.body).where(InboxRow.state == "waiting")))

    async def close(self) -> None:
        await self._engine.dispose()

    async def _count(self, query: Executable) -> int:
        async with self._engine.connect() as connection:
            return int(await connection.scalar(query) or 0)


@dataclass(frozen=True, slots=True)
class Office:
    """Everything of one stage; each stage has a database of its own."""

    stand_in: StandIn
    bot: Beside
    wire: Wire
    record: Record
    usage: Usage
    sites_port: int
    session: aiohttp.ClientSession
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def links(self, count: int, kind: str = "news") -> list[str]:
        """Links that nobody dropped yet."""
        return [link(self.sites_port, next(self.numbers), kind) for _ in range(count)]

    async def warms_up(self) -> None:
        """Every channel becomes a desk, and a page was read: what happens once is not measured."""
        await self.wire.at_once(self.links(2 * CHANNELS), 4)
        await self.until_empty(within_s=120)

    async def until_empty(self, within_s: float) -> tuple[float, float]:
        """Wait until inbox and pages are worked off; gives the seconds of each, for ever where they are not."""
        began, last = time.perf_counter(), await self.record.last_event()
        inbox_s = pages_s = float("inf")
        while time.perf_counter() - began < within_s:
            spent = time.perf_counter() - began
            if inbox_s > spent and not await self.record.inbox(last):
                inbox_s = spent
            if inbox_s <= spent and not await self.record.unread():
                pages_s = spent
                break
            await asyncio.sleep(0.2)
        return inbox_s, pages_s

    async def lags(self) -> dict[float, float]:
        """How often the bot's loop was late by at most so many seconds, as its metrics tell."""
        async with self.session.get(f"http://127.0.0.1:{self.bot.port}/metrics") as answer:
            page = await answer.text()
        samples = (each for family in text_string_to_metric_families(page) for each in family.samples)
        return {float(each.labels["le"]): each.value for each in samples if each.name == _LAG}


def greatest_lag(before: dict[float, float], after: dict[float, float], share: float = 1.0) -> float:
    """The bound of the bucket that holds this share of what was seen between two looks."""
    seen = {bound: after[bound] - before.get(bound, 0) for bound in sorted(after)}
    whole = seen[float("inf")]
    return next(bound for bound, count in seen.items() if count >= whole * share)


@asynccontextmanager
async def open_office(database_url: str, sites: Beside, log: Path) -> AsyncIterator[Office]:
    """Open a workspace with its channels, and the bot on a database of its own."""
    database = Database(database_url)
    await migrate_all(database, lambda _: None)
    await database.close()
    async with StandIn(manifest(), clock=MovableClock()) as stand_in, session() as client:
        workspace = stand_in.workspace
        people = [workspace.user("ana").id, workspace.user("ben").id, workspace.bot.id]
        channels = [workspace.add_channel(f"desk{number}", people).id for number in range(CHANNELS)]
        settings = secrets_of(stand_in) | {"database_url": database_url}
        pages = [(host, sites.port) for host in HOSTS]
        async with beside("bot", log, settings=settings, pages=pages) as bot:
            url = f"http://127.0.0.1:{bot.port}{SLACK_PATH}"
            stand_in.request_url = url
            record, usage = Record(database_url), Usage(bot.pid)
            watching = asyncio.create_task(usage.watch())
            try:
                wire = Wire(client, url, stand_in, channels)
                office = Office(stand_in, bot, wire, record, usage, sites.port, client)
                await office.warms_up()
                yield office
            finally:
                watching.cancel()
                stand_in.request_url = None
                await record.close()
