"""What is known of people, for when the workspace does not answer."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.ports import Person, Standing
from db.models import PersonRow
from db.repositories.statements import insert_or_update


class PeopleRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, workspace: str, person: str) -> tuple[Person, datetime] | None:
        row = await self._session.get(PersonRow, (workspace, person))
        if row is None:
            return None
        return _person(row), row.seen_at

    async def some(self, workspace: str, people: Collection[str]) -> Mapping[str, tuple[Person, datetime]]:
        """Those of these people that are known, and when each was last asked for."""
        query = select(PersonRow).where(PersonRow.workspace == workspace, PersonRow.person.in_(people))
        return {row.person: (_person(row), row.seen_at) for row in await self._session.scalars(query)}

    async def keep(self, workspace: str, person: Person, at: datetime) -> None:
        seen = {
            "name": person.name,
            "zone": person.zone,
            "standing": person.standing.value,
            "away_until": person.away_until,
            "locale": person.locale,
            "seen_at": at,
        }
        await self._session.execute(
            insert_or_update(
                self._session,
                PersonRow,
                keys=("workspace", "person"),
                values={"workspace": workspace, "person": person.id} | seen,
                update=seen,
            )
        )

    async def names(self, workspace: str, people: Sequence[str]) -> Mapping[str, str]:
        query = select(PersonRow.person, PersonRow.name).where(
            PersonRow.workspace == workspace, PersonRow.person.in_(set(people))
        )
        return {row.person: row.name for row in await self._session.execute(query)}


def _person(row: PersonRow) -> Person:
    return Person(row.person, row.name, row.zone, Standing(row.standing), row.away_until, row.locale)
