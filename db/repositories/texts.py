"""Text files that editors brought."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.ports import BroughtText, TextPart
from db.models import TextRow


class TextRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(
        self,
        *,
        workspace: str,
        channel: str,
        person: str,
        name: str,
        key: str,
        issue_id: int | None,
        parts: Sequence[TextPart],
        at: datetime,
    ) -> BroughtText:
        row = TextRow(
            workspace=workspace,
            channel=channel,
            person=person,
            name=name,
            key=key,
            issue_id=issue_id,
            parts=[asdict(part) for part in parts],
            at=at,
        )
        self._session.add(row)
        await self._session.flush()
        return _text(row)

    async def get(self, text_id: int) -> BroughtText | None:
        """A text as it stands, while whoever asked holds it."""
        row = await self._session.get(TextRow, text_id, populate_existing=True, with_for_update=True)
        return _text(row) if row is not None else None

    async def keep(self, text: BroughtText) -> None:
        """Put on record which issue a text is for, and what became of its parts."""
        parts = [asdict(part) for part in text.parts]
        statement = update(TextRow).where(TextRow.id == text.id).values(issue_id=text.issue_id, parts=parts)
        await self._session.execute(statement)


def _text(row: TextRow) -> BroughtText:
    return BroughtText(
        id=row.id,
        workspace=row.workspace,
        channel=row.channel,
        person=row.person,
        name=row.name,
        key=row.key,
        issue_id=row.issue_id,
        parts=tuple(
            TextPart(part["chapter"], tuple(part["paragraphs"]), part["outcome"], changed=part["changed"])
            for part in row.parts
        ),
    )
