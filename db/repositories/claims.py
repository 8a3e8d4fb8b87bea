"""The clock's last beat, due times that were taken, members who asked for quiet, and reminders that were sent."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.editorial.issue import Issue
from bot.ports import DeskRecord
from db.models import ClaimRow, HeartbeatRow, ReminderRow, SnoozeRow
from db.repositories.statements import insert_or_update, insert_unless_there

_CLOCK = "clock"


class ClaimRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def take(self, desk: DeskRecord, name: str, period: str, at: datetime, outcome: str) -> bool:
        """Take a due time; False where another replica has it."""
        insert = insert_unless_there(
            self._session,
            ClaimRow,
            desk_id=desk.id,
            name=name,
            period=period,
            workspace=desk.workspace,
            at=at,
            outcome=outcome,
        )
        return await self._session.scalar(insert.returning(ClaimRow.name)) is not None

    async def taken(self, desk_id: int, period: str) -> Mapping[str, str]:
        """What was taken of a period, with what became of it."""
        query = select(ClaimRow.name, ClaimRow.outcome).where(ClaimRow.desk_id == desk_id, ClaimRow.period == period)
        return {row.name: row.outcome for row in await self._session.execute(query)}

    async def give_back(self, desk_id: int, period: str, names: Collection[str]) -> None:
        """Let due times be taken again."""
        await self._session.execute(
            delete(ClaimRow).where(ClaimRow.desk_id == desk_id, ClaimRow.period == period, ClaimRow.name.in_(names))
        )

    async def snooze(self, issue: Issue, workspace: str, person: str, until: datetime) -> None:
        await self._session.execute(
            insert_or_update(
                self._session,
                SnoozeRow,
                keys=("issue_id", "person"),
                values={"issue_id": issue.id, "person": person, "workspace": workspace, "until": until},
                update={"until": until},
            )
        )

    async def snoozes(self, issue_id: int) -> Mapping[str, datetime]:
        query = select(SnoozeRow.person, SnoozeRow.until).where(SnoozeRow.issue_id == issue_id)
        return {row.person: row.until for row in await self._session.execute(query)}

    async def wake(self, issue_id: int, person: str) -> None:
        """Forget that a member asked for quiet."""
        await self._session.execute(delete(SnoozeRow).where(SnoozeRow.issue_id == issue_id, SnoozeRow.person == person))

    async def remind(self, issue: Issue, workspace: str, person: str, key: str, at: datetime) -> None:
        """Put on record that a member is sent a reminder; once, however often it is tried."""
        insert = insert_unless_there(
            self._session, ReminderRow, issue_id=issue.id, key=key, workspace=workspace, person=person, at=at
        )
        await self._session.execute(insert)

    async def reminders(self, issue_id: int, person: str) -> frozenset[str]:
        """The keys of the reminders of an issue that a member was sent."""
        query = select(ReminderRow.key).where(ReminderRow.issue_id == issue_id, ReminderRow.person == person)
        return frozenset(await self._session.scalars(query))

    async def beat(self, at: datetime) -> None:
        """Put on record that a beat is done; one that was done later stands."""
        await self._session.execute(
            insert_or_update(
                self._session,
                HeartbeatRow,
                keys=("name",),
                values={"name": _CLOCK, "at": at},
                update={"at": at},
                where=HeartbeatRow.at < at,
            )
        )

    async def beat_at(self) -> datetime | None:
        return await self._session.scalar(select(HeartbeatRow.at).where(HeartbeatRow.name == _CLOCK))
