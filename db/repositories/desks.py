"""Desks and their editors."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.ports import DeskRecord
from db.models import DeskRow, EditorRow
from db.repositories.statements import insert_unless_there


class DeskRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, workspace: str, channel: str) -> DeskRecord | None:
        query = select(DeskRow).where(DeskRow.workspace == workspace, DeskRow.channel == channel)
        row = await self._session.scalar(query)
        return _record(row) if row is not None else None

    async def get(self, desk_id: int) -> DeskRecord:
        return _record(await self._session.get_one(DeskRow, desk_id))

    async def all(self, workspace: str | None = None) -> Sequence[DeskRecord]:
        query = select(DeskRow).order_by(DeskRow.id)
        if workspace is not None:
            query = query.where(DeskRow.workspace == workspace)
        return [_record(row) for row in await self._session.scalars(query)]

    async def add(self, workspace: str, channel: str, at: datetime) -> DeskRecord | None:
        """Add a desk; None where the channel is one already."""
        insert = insert_unless_there(self._session, DeskRow, workspace=workspace, channel=channel, created_at=at)
        row = await self._session.scalar(insert.returning(DeskRow))
        return _record(row) if row is not None else None

    async def add_editor(self, desk: DeskRecord, person: str, at: datetime) -> None:
        await self._session.execute(
            insert_unless_there(
                self._session, EditorRow, desk_id=desk.id, person=person, workspace=desk.workspace, since=at
            )
        )

    async def is_editor(self, desk: DeskRecord, person: str) -> bool:
        return await self._session.get(EditorRow, (desk.id, person)) is not None


def _record(row: DeskRow) -> DeskRecord:
    return DeskRecord(id=row.id, workspace=row.workspace, channel=row.channel)
