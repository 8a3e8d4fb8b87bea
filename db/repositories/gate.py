"""What the gate keeps: looks at pages that are due, and what editors let pass."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.editorial.issue import Issue
from bot.editorial.item import ItemState, Reading
from bot.editorial.waiver import Waiver
from bot.ports import DeskRecord
from db.models import ItemRow, WaiverRow
from db.repositories.statements import insert_unless_there


class GateRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def ask_for_checks(self, issue_id: int, before: datetime, at: datetime) -> int:
        """Have the pages of an issue's filed items looked at that nobody looked at since a moment; says how many."""
        due = update(ItemRow).where(
            ItemRow.issue_id == issue_id,
            ItemRow.state == ItemState.FILED.value,
            ItemRow.reading != Reading.WAITING.value,
            ItemRow.url != "",
            ItemRow.check_at.is_(None),
            or_(ItemRow.checked_at.is_(None), ItemRow.checked_at < before),
        )
        return len((await self._session.scalars(due.values(check_at=at).returning(ItemRow.id))).all())

    async def claim_check(self, now: datetime, until: datetime) -> int | None:
        """Lease the item whose page has waited longest to be looked at."""
        oldest = (
            select(ItemRow.id)
            .where(ItemRow.check_at <= now)
            .order_by(ItemRow.check_at, ItemRow.id)
            .limit(1)
            .with_for_update(skip_locked=True)
            .scalar_subquery()
        )
        claimed = update(ItemRow).where(ItemRow.id == oldest).values(check_at=until).returning(ItemRow.id)
        return await self._session.scalar(claimed)

    async def next_check_at(self) -> datetime | None:
        return await self._session.scalar(select(func.min(ItemRow.check_at)))

    async def has_checks(self, issue_id: int) -> bool:
        """Whether pages of an issue wait to be looked at."""
        query = select(ItemRow.id).where(ItemRow.issue_id == issue_id, ItemRow.check_at.is_not(None)).limit(1)
        return await self._session.scalar(query) is not None

    async def waivers(self, issue_id: int) -> Mapping[str, Waiver]:
        """What editors let pass of an issue, by the key of its finding."""
        rows = await self._session.scalars(select(WaiverRow).where(WaiverRow.issue_id == issue_id))
        return {row.finding: Waiver(row.finding, row.by, row.reason, row.at) for row in rows}

    async def waive(self, desk: DeskRecord, issue: Issue, waiver: Waiver) -> bool:
        """Let a finding pass; False where somebody has done so."""
        new = insert_unless_there(
            self._session,
            WaiverRow,
            issue_id=issue.id,
            finding=waiver.finding,
            workspace=desk.workspace,
            by=waiver.by,
            reason=waiver.reason,
            at=waiver.at,
        )
        return await self._session.scalar(new.returning(WaiverRow.finding)) is not None

    async def take_back(self, issue_id: int, finding: str) -> None:
        """Let a finding block again."""
        await self._session.execute(
            delete(WaiverRow).where(WaiverRow.issue_id == issue_id, WaiverRow.finding == finding)
        )
