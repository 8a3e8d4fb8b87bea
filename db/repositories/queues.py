"""What waits in inbox and outbox, what was given up there and what waits to be read, for whoever watches the desk."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, literal, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.editorial.item import Reading
from bot.ports import Backlog, Queue, Queued, Refused, Unread
from db.models import ON_THE_LIST, Base, InboxRow, ItemRow, OutboxRow

_PARKED = "parked"
_OWED: dict[Queue, ColumnElement[bool]] = {
    Queue.INBOX: InboxRow.state == "waiting",
    Queue.OUTBOX: and_(OutboxRow.state == "waiting", OutboxRow.wanted > OutboxRow.shown),
}
_TABLES: dict[Queue, type[InboxRow | OutboxRow]] = {Queue.INBOX: InboxRow, Queue.OUTBOX: OutboxRow}
_SINCE = {Queue.INBOX: InboxRow.received_at, Queue.OUTBOX: OutboxRow.asked_at}


class QueueRepository:
    """Reads both tables alike; the only thing it writes is that parked rows wait again."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def backlog(self, queue: Queue) -> Backlog:
        """How many rows wait, since when the oldest of them, and how many are parked."""
        table, owed = _TABLES[queue], _OWED[queue]
        waiting = case((owed, 1), else_=0)
        parked = case((table.state == _PARKED, 1), else_=0)
        since = case((owed, _SINCE[queue]))
        query = select(func.sum(waiting), func.sum(parked), func.min(since, type_=_SINCE[queue].type))
        row = (await self._session.execute(query.where((table.state == _PARKED) | owed))).one()
        return Backlog(queue, row[0] or 0, row[1] or 0, row[2])

    async def oldest(self, queue: Queue, *, parked: bool, limit: int) -> Sequence[Queued]:
        """The oldest rows that wait, or that are parked."""
        table = _TABLES[queue]
        wanted = table.state == _PARKED if parked else _OWED[queue]
        rows = await self._session.scalars(select(table).where(wanted).order_by(table.id).limit(limit))
        return [_queued(row, parked=parked) for row in rows]

    async def count_parked(self, queue: Queue, trouble: str) -> int:
        """How many rows are parked for a reason that begins so."""
        table = _TABLES[queue]
        query = select(func.count()).where(table.state == _PARKED, table.trouble.startswith(trouble, autoescape=True))
        return await self._session.scalar(query) or 0

    async def refused(self, workspace: str | None = None) -> Sequence[Refused]:
        """What was stopped and is not done yet, by channel and reason, the oldest first; what was given up leads.

        Of a failure its name is the reason: what else it says may hold what somebody wrote.
        """
        found: dict[tuple[Queue, str, str, bool], Refused] = {}
        for queue, table in _TABLES.items():
            place = OutboxRow.channel if queue is Queue.OUTBOX else literal("")
            moments = func.min(_SINCE[queue], type_=_SINCE[queue].type), func.min(table.due_at, type_=table.due_at.type)
            stopped = select(place, table.trouble, table.state, func.count(), *moments).where(
                table.trouble.is_not(None), (table.state == _PARKED) | _OWED[queue]
            )
            if workspace is not None:
                stopped = stopped.where(table.workspace == workspace)
            grouped = (
                stopped.group_by(place, table.trouble, table.state)
                if queue is Queue.OUTBOX
                else (stopped.group_by(table.trouble, table.state))
            )
            for channel, trouble, state, count, since, due_at in await self._session.execute(grouped):
                reason = str(trouble).partition(":")[0]
                _join(found, Refused(queue, channel, reason, state == _PARKED, count, since, due_at))
        return sorted(found.values(), key=lambda each: (not each.parked, each.since))

    async def unread(self, workspace: str | None = None) -> Unread:
        """How many pages wait to be read, and when the next is."""
        query = select(func.count(), func.min(ItemRow.read_at, type_=ItemRow.read_at.type))
        query = query.where(ItemRow.reading == Reading.WAITING.value, text(ON_THE_LIST))
        if workspace is not None:
            query = query.where(ItemRow.workspace == workspace)
        return Unread(*(await self._session.execute(query)).one())

    async def replay(self, queue: Queue, now: datetime, row_id: int | None = None) -> int:
        """Let parked rows, or one of them, wait again with fresh attempts; gives how many there were.

        A doubt about a lost answer stays: the message is looked for before it is posted again.
        """
        table = _TABLES[queue]
        parked = update(table).where(table.state == _PARKED)
        if row_id is not None:
            parked = parked.where(table.id == row_id)
        again = parked.values(state="waiting", attempts=0, due_at=now, trouble=None).returning(table.id)
        return len((await self._session.scalars(again)).all())


def _join(found: dict[tuple[Queue, str, str, bool], Refused], more: Refused) -> None:
    """Count rows together that one reason stops in one channel."""
    place = (more.queue, more.channel, more.reason, more.parked)
    known = found.get(place)
    found[place] = (
        more
        if known is None
        else replace(
            known,
            count=known.count + more.count,
            since=min(known.since, more.since),
            due_at=min(known.due_at, more.due_at),
        )
    )


def _queued(row: Base, *, parked: bool) -> Queued:
    match row:
        case InboxRow():
            kind = str(json.loads(row.body)["event"].get("type"))
            return Queued(Queue.INBOX, row.id, kind, parked, row.received_at, row.attempts, row.trouble)
        case OutboxRow():
            return Queued(Queue.OUTBOX, row.id, row.kind, parked, row.asked_at, row.attempts, row.trouble)
        case _:
            raise TypeError(row)
