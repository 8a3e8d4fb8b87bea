"""Shows what waits in inbox and outbox, and puts back what was given up there."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from bot.ports import Queue, Queued
from bot.settings import Settings
from bot.startup import must_be_migrated
from db.database import Database
from db.unit_of_work import SqlUnitOfWork

_SHOWN = 50
"""Rows of a kind that are listed: the oldest say what stops the others."""

_DIGITS = len(str(2**31 - 1))
"""Both databases count further than a number with fewer digits than this."""


class ReplayRefusedError(Exception):
    """What was named cannot be put back."""


async def what_waits(settings: Settings) -> tuple[list[str], int]:
    """Lines that tell what is parked and what waits, and how much is parked."""
    lines, all_parked = [], 0
    async with _work(settings) as work:
        for queue in Queue:
            backlog = await work.queues.backlog(queue)
            all_parked += backlog.parked
            lines.append(f"{queue}: {backlog.waiting} waiting, {backlog.parked} parked")
            for parked, count in ((True, backlog.parked), (False, backlog.waiting)):
                rows = await work.queues.oldest(queue, parked=parked, limit=_SHOWN)
                lines += [_line(row) for row in rows]
                if count > len(rows):
                    lines.append(f"  and {count - len(rows)} more {'parked' if parked else 'waiting'}")
    if all_parked:
        lines.append("When the reason is gone, put a row back with: vric queue --replay ROW (or inbox, outbox, all)")
    return lines, all_parked


async def put_back(settings: Settings, what: str, *, now: datetime) -> list[str]:
    """Let what is parked wait again, with fresh attempts; gives a line for each queue.

    Raises:
        ReplayRefusedError: nothing is called that, or that row is not parked.
    """
    queues, row_id = _named(what)
    async with _work(settings) as work:
        counts = {queue: await work.queues.replay(queue, now, row_id) for queue in queues}
    if row_id is not None and not sum(counts.values()):
        raise ReplayRefusedError(f"{what} is not parked, so there is nothing to put back. See: vric queue")
    return [f"{queue}: {count} put back" for queue, count in counts.items()]


def _named(what: str) -> tuple[Sequence[Queue], int | None]:
    name, _, number = what.partition(":")
    if what == "all":
        return tuple(Queue), None
    if name in set(Queue) and what == name:
        return (Queue(name),), None
    if name in set(Queue) and number.isascii() and number.isdigit() and len(number) < _DIGITS:
        return (Queue(name),), int(number)
    raise ReplayRefusedError(
        f"{what} names nothing that can be put back: write inbox:7, outbox:7, inbox, outbox or all."
    )


def _line(row: Queued) -> str:
    state = "parked" if row.parked else "waits"
    tried = f"{row.attempts} attempt{'' if row.attempts == 1 else 's'}"
    reason = f": {' '.join(row.trouble.split())}" if row.trouble else ""
    return f"  {row.queue}:{row.id} {state}, {row.kind}, since {row.since:%Y-%m-%d %H:%M:%S} UTC, {tried}{reason}"


@asynccontextmanager
async def _work(settings: Settings) -> AsyncIterator[SqlUnitOfWork]:
    database = Database(settings.database_url)
    try:
        await must_be_migrated(database)
        async with database.unit_of_work() as work:
            yield work
    finally:
        await database.close()
