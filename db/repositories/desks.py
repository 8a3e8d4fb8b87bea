"""Desks and their editors."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.editorial.houses import HouseChoice
from bot.ports import NOBODYS, DeskRecord, Standing
from db.models import (
    ChangeRow,
    DeskRow,
    IssueRow,
    ItemRow,
    PassageRow,
    PersonRow,
    PublicationRow,
)
from db.repositories.statements import insert_unless_there
from db.repositories.teams import TeamRepository


class DeskRepository:
    def __init__(self, session: AsyncSession, teams: TeamRepository) -> None:
        self._session = session
        self._teams = teams

    async def find(self, workspace: str, channel: str) -> DeskRecord | None:
        query = select(DeskRow).where(DeskRow.workspace == workspace, DeskRow.channel == channel)
        row = await self._session.scalar(query)
        return record_of(row) if row is not None else None

    async def get(self, desk_id: int) -> DeskRecord:
        return record_of(await self._session.get_one(DeskRow, desk_id))

    async def all(self, workspace: str | None = None) -> Sequence[DeskRecord]:
        """The desks of a workspace, else those of every workspace that there is."""
        wanted = DeskRow.workspace == workspace if workspace is not None else DeskRow.workspace != NOBODYS
        query = select(DeskRow).where(wanted).order_by(DeskRow.id)
        return [record_of(row) for row in await self._session.scalars(query)]

    async def add(self, workspace: str, channel: str, at: datetime) -> DeskRecord | None:
        """Add a desk; None where the channel is one already."""
        insert = insert_unless_there(self._session, DeskRow, workspace=workspace, channel=channel, created_at=at)
        row = await self._session.scalar(insert.returning(DeskRow))
        return record_of(row) if row is not None else None

    async def adopt(self, desk: DeskRecord, workspace: str, channel: str, at: datetime) -> DeskRecord:
        """Give a desk that no channel has to one: all that it holds is of that workspace then."""
        for table in (IssueRow, ItemRow, ChangeRow):
            await self._session.execute(update(table).where(table.desk_id == desk.id).values(workspace=workspace))
        issues = select(IssueRow.id).where(IssueRow.desk_id == desk.id)
        for kept in (PassageRow, PublicationRow):
            await self._session.execute(update(kept).where(kept.issue_id.in_(issues)).values(workspace=workspace))
        await self._session.execute(update(ItemRow).where(ItemRow.desk_id == desk.id).values(channel=channel))
        given = update(DeskRow).where(DeskRow.id == desk.id)
        await self._session.execute(given.values(workspace=workspace, channel=channel, created_at=at))
        return replace(desk, workspace=workspace, channel=channel)

    async def has_items(self, desk: DeskRecord) -> bool:
        """Whether anything was ever dropped at a desk."""
        query = select(ItemRow.id).where(ItemRow.desk_id == desk.id).limit(1)
        return await self._session.scalar(query) is not None

    async def choose(self, desk: DeskRecord, choice: HouseChoice) -> DeskRecord | None:
        """Give a desk another house; None where somebody gave it one since it was seen."""
        seen = desk.house
        stands = (DeskRow.id == desk.id, DeskRow.house == seen.name, DeskRow.title == seen.title)
        chosen = update(DeskRow).where(*stands, DeskRow.zone == seen.zone)
        values = {"house": choice.name, "title": choice.title, "zone": choice.zone}
        row = await self._session.scalar(chosen.values(**values).returning(DeskRow.id))
        return replace(desk, house=choice) if row is not None else None

    async def add_editor(self, desk: DeskRecord, person: str, at: datetime) -> bool:
        """Make somebody an editor, and the owner of a desk that has none; False where they are named already."""
        team = await self._teams.of(desk)
        if person in {*team.owners, *team.editors}:
            return False
        named = {"editors": (*team.editors, person)} if team.owners else {"owners": (person,)}
        return await self._teams.write(desk, replace(team, **named), by=person, at=at)

    async def seen(self, desk: DeskRecord) -> str:
        """The time of the last message that a desk has read; that at which it was made, where it has read none."""
        row = await self._session.get_one(DeskRow, desk.id, populate_existing=True)
        return row.seen or f"{row.created_at.timestamp():.6f}"

    async def saw(self, desk: DeskRecord, message: str) -> None:
        """A desk has read its channel up to a message; what it has read before stays read."""
        later = (DeskRow.seen.is_(None)) | (DeskRow.seen < message)
        await self._session.execute(update(DeskRow).where(DeskRow.id == desk.id, later).values(seen=message))

    async def summary(self, desk: DeskRecord) -> tuple[str, datetime] | None:
        """The newest summary of a desk, and when it was begun."""
        row = await self._session.get_one(DeskRow, desk.id, populate_existing=True)
        return (row.summary, row.summary_at) if row.summary and row.summary_at else None

    async def begin_summary(self, desk: DeskRecord, key: str, at: datetime) -> None:
        await self._session.execute(update(DeskRow).where(DeskRow.id == desk.id).values(summary=key, summary_at=at))

    async def roster(self, desk: DeskRecord) -> tuple[Sequence[str], datetime] | None:
        """Who was in the channel of a desk when that was last asked, and when it was; None where it never was."""
        row = await self._session.get_one(DeskRow, desk.id, populate_existing=True)
        return (row.roster, row.roster_at) if row.roster_at is not None else None

    async def keep_roster(self, desk: DeskRecord, people: Sequence[str], at: datetime) -> None:
        found = update(DeskRow).where(DeskRow.id == desk.id).values(roster=list(people), roster_at=at)
        await self._session.execute(found)

    async def editors(self, desk: DeskRecord) -> Sequence[str]:
        """Everybody who owns or edits a desk, those of its user groups last; guests and who has left are not."""
        roles = (await self._teams.of(desk)).roles
        outside = select(PersonRow.person).where(
            PersonRow.workspace == desk.workspace,
            PersonRow.person.in_(list(roles)),
            PersonRow.standing.not_in([Standing.MEMBER.value, Standing.EDITOR.value]),
        )
        left = set(await self._session.scalars(outside))
        return [person for person in roles if person not in left]

    async def hold(self, desk_id: int) -> None:
        """Let other changes of this desk wait until this transaction ends; what is read from now on stands till then.

        SQLite has one writer anyway. On PostgreSQL an issue could otherwise close between the question whether it is
        open and the item that goes into it, and two messages with the same links in another order could block each
        other. Rows that only refer to the desk are not kept waiting.
        """
        query = select(DeskRow.id).where(DeskRow.id == desk_id)
        await self._session.execute(query.with_for_update(key_share=True))

    async def hold_of(self, item_id: int) -> DeskRecord | None:
        """Hold the desk of an item; None where there is no such item."""
        query = select(DeskRow).join(ItemRow, ItemRow.desk_id == DeskRow.id).where(ItemRow.id == item_id)
        row = await self._session.scalar(query.with_for_update(key_share=True, of=DeskRow))
        return record_of(row) if row is not None else None


def record_of(row: DeskRow) -> DeskRecord:
    """A desk with the house that it chose."""
    choice = HouseChoice(row.house, row.title, row.zone)
    return DeskRecord(id=row.id, workspace=row.workspace, channel=row.channel, house=choice)
