"""The homes of the app that members look at."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.ports import OpenedHome
from db.models import ChangeRow, HomeRow
from db.repositories.statements import insert_or_update

_LATEST = select(func.max(ChangeRow.id)).where(ChangeRow.desk_id == HomeRow.desk_id).correlate(HomeRow)


class HomeRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def opened(self, workspace: str, person: str, desk_id: int | None, at: datetime) -> None:
        """Remember that somebody opened their home, which shows a desk as it stands now."""
        latest = await self._session.scalar(select(func.max(ChangeRow.id)).where(ChangeRow.desk_id == desk_id))
        seen = {"desk_id": desk_id, "opened_at": at, "due_at": at, "seen": latest or 0}
        await self._session.execute(
            insert_or_update(
                self._session,
                HomeRow,
                keys=("workspace", "person"),
                values={"workspace": workspace, "person": person} | seen,
                update=seen,
            )
        )

    async def desk_of(self, workspace: str, person: str) -> int | None:
        row = await self._session.get(HomeRow, (workspace, person))
        return row.desk_id if row is not None else None

    async def ask(self, home: OpenedHome, due_at: datetime) -> None:
        """Remember that a home is shown again at a moment, with the desk's latest change."""
        mine = (HomeRow.workspace == home.workspace, HomeRow.person == home.person)
        await self._session.execute(update(HomeRow).where(*mine).values(seen=home.latest, due_at=due_at))

    async def changed(self, *, opened_since: datetime, due_before: datetime) -> Sequence[OpenedHome]:
        """The homes opened since a moment whose desk has changed, or that were last due before another one."""
        opened = (
            select(HomeRow.workspace, HomeRow.person, HomeRow.due_at, HomeRow.seen, _LATEST.label("latest"))
            .where(HomeRow.opened_at > opened_since, HomeRow.desk_id.is_not(None))
            .subquery()
        )
        query = (
            select(opened, ChangeRow.by)
            .join(ChangeRow, ChangeRow.id == opened.c.latest)
            .where(or_(opened.c.latest > opened.c.seen, opened.c.due_at < due_before))
            .order_by(opened.c.workspace, opened.c.person)
        )
        return [OpenedHome(*row) for row in await self._session.execute(query)]
