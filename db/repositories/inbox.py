"""Events that were accepted and wait for their work."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.ports import LeaseLostError, RawEvent, Receipt
from db.models import InboxRow
from db.repositories.statements import insert_each_unless_there


class InboxRepository:
    """A row waits, is leased by moving its due time into the future, and is done or parked."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, events: Sequence[RawEvent]) -> Collection[str]:
        """Put events on record; gives the ids of those that were not delivered before."""
        rows = [
            {
                "event_id": event.event_id,
                "workspace": event.workspace,
                "body": event.body,
                "received_at": event.at,
                "state": "waiting",
                "due_at": event.at,
                "attempts": 0,
            }
            for event in events
        ]
        # Its rows are not looked at again: the session, which is slower, need not learn of them.
        table = InboxRow.metadata.tables[InboxRow.__tablename__]
        insert = insert_each_unless_there(self._session, table).returning(table.c.event_id)
        return (await self._session.scalars(insert, rows)).all()

    async def claim(self, now: datetime, until: datetime) -> Receipt | None:
        """Lease the oldest event that is due, until a moment."""
        oldest = (
            select(InboxRow.id)
            .where(InboxRow.state == "waiting", InboxRow.due_at <= now)
            .order_by(InboxRow.id)
            .limit(1)
            .with_for_update(skip_locked=True)
            .scalar_subquery()
        )
        statement = (
            update(InboxRow)
            .where(InboxRow.id == oldest)
            .values(due_at=until, attempts=InboxRow.attempts + 1)
            .returning(InboxRow.id, InboxRow.workspace, InboxRow.attempts, InboxRow.body, InboxRow.received_at)
        )
        row = (await self._session.execute(statement)).first()
        if row is None:
            return None
        return Receipt(row.id, row.workspace, row.attempts, row.body, row.received_at)

    async def finish(self, receipt: Receipt) -> None:
        await self._write(receipt, state="done", trouble=None)

    async def put_back(self, receipt: Receipt, due_at: datetime, trouble: str) -> None:
        await self._write(receipt, due_at=due_at, trouble=trouble)

    async def park(self, receipt: Receipt, trouble: str) -> None:
        await self._write(receipt, state="parked", trouble=trouble)

    async def forget_done(self, before: datetime, limit: int) -> int:
        """Remove events that were done with before a moment, at most so many; gives how many there were."""
        old = (
            select(InboxRow.id)
            .where(InboxRow.state == "done", InboxRow.due_at < before)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        gone = await self._session.scalars(delete(InboxRow).where(InboxRow.id.in_(old)).returning(InboxRow.id))
        return len(gone.all())

    async def next_due_at(self) -> datetime | None:
        return await self._session.scalar(select(func.min(InboxRow.due_at)).where(InboxRow.state == "waiting"))

    async def _write(self, receipt: Receipt, **values: object) -> None:
        mine = update(InboxRow).where(
            InboxRow.id == receipt.id, InboxRow.attempts == receipt.attempt, InboxRow.state == "waiting"
        )
        written = await self._session.scalar(mine.values(**values).returning(InboxRow.id))
        if written is None:
            raise LeaseLostError(f"Event {receipt.id} was taken over.")
