"""Links of direct messages whose desk is to be said."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import ColumnElement, and_, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.editorial.revision import Revision
from bot.ports import DirectLinks, OfferedDesk
from db.models import DirectLinkRow
from db.repositories.statements import insert_unless_there


class DirectLinkRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, links: DirectLinks, at: datetime) -> None:
        """Put the links of a message on record; where they are, they stay as they are."""
        insert = insert_unless_there(
            self._session,
            DirectLinkRow,
            workspace=links.workspace,
            channel=links.channel,
            message=links.message,
            thread=links.thread,
            person=links.person,
            links=list(links.newest.links),
            revision=links.newest.order,
            deleted=links.newest.deleted,
            desks=[asdict(desk) for desk in links.desks],
            desk_id=links.desk_id,
            at=at,
        )
        await self._session.execute(insert)

    async def find(self, workspace: str, channel: str, message: str) -> DirectLinks | None:
        row = await self._session.get(DirectLinkRow, (workspace, channel, message), populate_existing=True)
        return _links(row) if row is not None else None

    async def revise(self, links: DirectLinks, newest: Revision) -> None:
        """Write what a newer revision of the message says."""
        values = {"links": list(newest.links), "revision": newest.order, "deleted": newest.deleted}
        await self._session.execute(update(DirectLinkRow).where(_is_row_of(links)).values(values))

    async def choose(self, links: DirectLinks, desk_id: int) -> DirectLinks | None:
        """Say for which desk links are; None where that was said before."""
        statement = (
            update(DirectLinkRow)
            .where(_is_row_of(links), DirectLinkRow.desk_id.is_(None))
            .values(desk_id=desk_id)
            .returning(DirectLinkRow)
            .execution_options(populate_existing=True)
        )
        row = await self._session.scalar(statement)
        return _links(row) if row is not None else None


def _is_row_of(links: DirectLinks) -> ColumnElement[bool]:
    return and_(
        DirectLinkRow.workspace == links.workspace,
        DirectLinkRow.channel == links.channel,
        DirectLinkRow.message == links.message,
    )


def _links(row: DirectLinkRow) -> DirectLinks:
    return DirectLinks(
        workspace=row.workspace,
        channel=row.channel,
        message=row.message,
        thread=row.thread,
        person=row.person,
        newest=Revision(row.revision, tuple(row.links), deleted=row.deleted),
        desks=tuple(OfferedDesk(**desk) for desk in row.desks),
        desk_id=row.desk_id,
    )
