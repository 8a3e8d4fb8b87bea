"""What editors write of an issue, changed by compare-and-swap."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.editorial.issue import Issue
from bot.ports import DeskRecord, Passage
from db.models import PassageRow
from db.repositories.statements import insert_unless_there


class PassageRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of_issue(self, issue_id: int) -> Mapping[str, Passage]:
        """The passages of an issue by their names."""
        rows = await self._session.scalars(
            select(PassageRow).where(PassageRow.issue_id == issue_id).order_by(PassageRow.name)
        )
        return {row.name: Passage(row.value, row.version, row.by, row.at) for row in rows}

    async def write(
        self, desk: DeskRecord, issue: Issue, name: str, value: Mapping[str, Any], *, over: int, by: str, at: datetime
    ) -> bool:
        """Write a passage over the version that its writer saw, 0 where there was none; False where it is another."""
        said = {"value": dict(value), "version": over + 1, "by": by, "at": at}
        if not over:
            new = insert_unless_there(
                self._session, PassageRow, issue_id=issue.id, name=name, workspace=desk.workspace, **said
            )
            return await self._session.scalar(new.returning(PassageRow.version)) is not None
        seen = update(PassageRow).where(
            PassageRow.issue_id == issue.id, PassageRow.name == name, PassageRow.version == over
        )
        return await self._session.scalar(seen.values(**said).returning(PassageRow.version)) is not None
