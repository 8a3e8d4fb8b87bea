"""What waits in inbox and outbox and what was given up there, for whoever watches the desk."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.ports import Backlog, Queue, Queued
from db.models import Base, InboxRow, OutboxRow

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


def _queued(row: Base, *, parked: bool) -> Queued:
    match row:
        case InboxRow():
            kind = str(json.loads(row.body)["event"].get("type"))
            return Queued(Queue.INBOX, row.id, kind, parked, row.received_at, row.attempts, row.trouble)
        case OutboxRow():
            return Queued(Queue.OUTBOX, row.id, row.kind, parked, row.asked_at, row.attempts, row.trouble)
        case _:
            raise TypeError(row)
