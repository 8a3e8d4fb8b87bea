"""What was published: versions of an issue, added and never altered."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.editorial.issue import Issue
from bot.ports import DeskRecord, Publication
from db.models import PublicationRow


class PublicationRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, desk: DeskRecord, issue: Issue, publication: Publication) -> None:
        self._session.add(
            PublicationRow(
                issue_id=issue.id,
                version=publication.version,
                workspace=desk.workspace,
                at=publication.at,
                by=publication.by,
                note=publication.note,
                manifest=dict(publication.manifest),
            )
        )
        await self._session.flush()

    async def corrections(self, issue_id: int) -> Sequence[Publication]:
        """The versions after the first, oldest first, without what they are made of."""
        query = (
            select(PublicationRow.version, PublicationRow.at, PublicationRow.by, PublicationRow.note)
            .where(PublicationRow.issue_id == issue_id, PublicationRow.version > 1)
            .order_by(PublicationRow.version)
        )
        return [Publication(row.version, row.at, row.by, row.note, {}) for row in await self._session.execute(query)]

    async def newest(self, issue_id: int) -> Publication | None:
        """The newest version of an issue; None where it was never published."""
        query = (
            select(PublicationRow)
            .where(PublicationRow.issue_id == issue_id)
            .order_by(PublicationRow.version.desc())
            .limit(1)
        )
        row = await self._session.scalar(query)
        return Publication(row.version, row.at, row.by, row.note, row.manifest) if row is not None else None
