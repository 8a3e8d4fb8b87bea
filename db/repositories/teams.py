"""Who owns and edits a desk."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.editorial.role import Role
from bot.ports import DeskRecord, EditorGroup, Team
from db.models import DeskRow, EditorGroupRow, EditorRow, TeamRow
from db.repositories.statements import insert_or_update, insert_unless_there


class TeamRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of(self, desk: DeskRecord) -> Team:
        """Who is named at a desk, longest first."""
        people = select(EditorRow).where(EditorRow.desk_id == desk.id).order_by(EditorRow.since, EditorRow.person)
        groups = (
            select(EditorGroupRow)
            .where(EditorGroupRow.desk_id == desk.id)
            .order_by(EditorGroupRow.name, EditorGroupRow.group)
            .execution_options(populate_existing=True)
        )
        named = (await self._session.scalars(people.execution_options(populate_existing=True))).all()
        row = await self._session.get(TeamRow, desk.id, populate_existing=True)
        return Team(
            owners=tuple(each.person for each in named if each.role == Role.OWNER),
            editors=tuple(each.person for each in named if each.role != Role.OWNER),
            groups=tuple(_group(each) for each in await self._session.scalars(groups)),
            version=row.version if row is not None else 0,
            by=row.by if row is not None else None,
            at=row.at if row is not None else None,
        )

    async def write(self, desk: DeskRecord, team: Team, *, by: str, at: datetime) -> bool:
        """Name these over the version that `team` has; False where somebody changed it meanwhile."""
        if not await self._takes(desk, team.version, by, at):
            return False
        named = {**dict.fromkeys(team.editors, Role.EDITOR), **dict.fromkeys(team.owners, Role.OWNER)}
        here = EditorRow.desk_id == desk.id
        await self._session.execute(delete(EditorRow).where(here, EditorRow.person.not_in(named)))
        for person, role in named.items():
            values = {"desk_id": desk.id, "person": person, "workspace": desk.workspace, "since": at}
            put = {"role": role.value}
            keys = ("desk_id", "person")
            await self._session.execute(
                insert_or_update(self._session, EditorRow, keys=keys, values=values | put, update=put)
            )
        kept = [group.id for group in team.groups]
        of_desk = EditorGroupRow.desk_id == desk.id
        await self._session.execute(delete(EditorGroupRow).where(of_desk, EditorGroupRow.group.not_in(kept)))
        for group in team.groups:
            await self.keep_group(desk, group)
        return True

    async def keep_group(self, desk: DeskRecord, group: EditorGroup) -> None:
        """Keep what the workspace says of a user group; who else is named stays as it is."""
        said = {"name": group.name, "members": list(group.members), "asked_at": group.asked_at}
        values = {"desk_id": desk.id, "group": group.id, "workspace": desk.workspace} | said
        keys = ("desk_id", "group")
        await self._session.execute(
            insert_or_update(self._session, EditorGroupRow, keys=keys, values=values, update=said)
        )

    async def desks_naming(self, workspace: str, person: str) -> Sequence[DeskRecord]:
        """The desks at which somebody is named by themselves."""
        named = (EditorRow.workspace == workspace) & (EditorRow.person == person)
        query = select(DeskRow).join(EditorRow, EditorRow.desk_id == DeskRow.id).where(named).order_by(DeskRow.id)
        return [DeskRecord(row.id, row.workspace, row.channel) for row in await self._session.scalars(query)]

    async def desks_with_group(self, workspace: str, group: str) -> Sequence[DeskRecord]:
        """The desks whose editors are the members of a user group."""
        named = (EditorGroupRow.workspace == workspace) & (EditorGroupRow.group == group)
        query = select(DeskRow).join(EditorGroupRow, EditorGroupRow.desk_id == DeskRow.id).where(named)
        found = await self._session.scalars(query.order_by(DeskRow.id))
        return [DeskRecord(row.id, row.workspace, row.channel) for row in found]

    async def _takes(self, desk: DeskRecord, over: int, by: str, at: datetime) -> bool:
        """Count a change over a version, if it still is that one."""
        first = {"workspace": desk.workspace, "version": 0, "by": by, "at": at}
        await self._session.execute(insert_unless_there(self._session, TeamRow, desk_id=desk.id, **first))
        counted = (
            update(TeamRow)
            .where(TeamRow.desk_id == desk.id, TeamRow.version == over)
            .values(version=over + 1, by=by, at=at)
            .returning(TeamRow.desk_id)
        )
        return await self._session.scalar(counted) is not None


def _group(row: EditorGroupRow) -> EditorGroup:
    return EditorGroup(row.group, row.name, tuple(row.members), row.asked_at)
