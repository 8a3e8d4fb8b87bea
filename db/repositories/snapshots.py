"""What was read of items' pages."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.editorial.item import Item
from bot.extract.page import Snapshot
from bot.ports import DeskRecord
from db.models import SnapshotRow


class SnapshotRepository:
    """A row for each reading that found something new; the same bytes once more are no news."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def keep(self, desk: DeskRecord, item: Item, snapshot: Snapshot) -> None:
        newest = select(SnapshotRow.sha256).where(SnapshotRow.item_id == item.id).order_by(SnapshotRow.id.desc())
        if await self._session.scalar(newest.limit(1)) == snapshot.sha256:
            return
        row = SnapshotRow(
            workspace=desk.workspace,
            item_id=item.id,
            at=snapshot.at,
            url=snapshot.url,
            sha256=snapshot.sha256,
            size=snapshot.size,
            headers=dict(snapshot.headers),
            packed=snapshot.packed,
        )
        self._session.add(row)
        await self._session.flush()

    async def of_item(self, item_id: int) -> Sequence[Snapshot]:
        """What was read of an item, oldest first."""
        query = select(SnapshotRow).where(SnapshotRow.item_id == item_id).order_by(SnapshotRow.id)
        return [
            Snapshot(row.url, row.at, row.sha256, row.size, row.packed, row.headers)
            for row in await self._session.scalars(query)
        ]

    async def forget_copies(self, before: datetime, limit: int) -> int:
        """Remove copies that are older; digest, time, address and headers stay. Returns how many there were."""
        old = select(SnapshotRow.id).where(SnapshotRow.at < before, SnapshotRow.packed.is_not(None)).limit(limit)
        statement = update(SnapshotRow).where(SnapshotRow.id.in_(old)).values(packed=None).returning(SnapshotRow.id)
        return len((await self._session.scalars(statement)).all())
