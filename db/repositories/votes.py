"""Votes: who starred which message, as far as the newest event tells."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import VoteRow
from db.repositories.statements import insert_or_update


class VoteRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def keep(self, workspace: str, channel: str, message: str, person: str, *, given: bool, order: str) -> bool:
        """Keep what an event tells of a vote; False where a newer one, or the same, told of it before."""
        statement = insert_or_update(
            self._session,
            VoteRow,
            keys=("workspace", "channel", "message", "person"),
            values={
                "workspace": workspace,
                "channel": channel,
                "message": message,
                "person": person,
                "given": given,
                "told": order,
            },
            update={"given": given, "told": order},
            where=VoteRow.told < order,
        )
        return await self._session.scalar(statement.returning(VoteRow.person)) is not None

    async def given(self, workspace: str, channel: str, messages: Collection[str]) -> Mapping[str, Collection[str]]:
        """Who votes for each of these messages now."""
        query = select(VoteRow.message, VoteRow.person).where(
            VoteRow.workspace == workspace,
            VoteRow.channel == channel,
            VoteRow.message.in_(messages),
            VoteRow.given,
        )
        found = defaultdict[str, set[str]](set)
        for message, person in await self._session.execute(query):
            found[message].add(person)
        return found
