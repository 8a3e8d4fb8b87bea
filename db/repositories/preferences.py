"""What members chose for themselves."""

from typing import Unpack

from sqlalchemy.ext.asyncio import AsyncSession

from bot.ports import Choices, Preferences
from db.models import PreferenceRow
from db.repositories.statements import insert_or_update


class PreferenceRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, workspace: str, person: str) -> Preferences:
        """What somebody chose; nothing where they never did."""
        row = await self._session.get(PreferenceRow, (workspace, person))
        return Preferences(row.language, row.desk_id, row.welcomed_at) if row is not None else Preferences()

    async def keep(self, workspace: str, person: str, **chosen: Unpack[Choices]) -> None:
        """Keep what somebody chose, and leave what they chose before."""
        await self._session.execute(
            insert_or_update(
                self._session,
                PreferenceRow,
                keys=("workspace", "person"),
                values={"workspace": workspace, "person": person, **chosen},
                update=dict(chosen),
            )
        )
