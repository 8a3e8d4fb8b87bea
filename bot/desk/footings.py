"""Who somebody is, and what they may do at a desk: what every use case asks first."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import datetime, timedelta

from bot.desk.errors import EditorsOnlyError, NotOfThisDeskError, PersonUnknownError
from bot.desk.roles import keep_group, lapse
from bot.desk.team_errors import OwnersOnlyError
from bot.editorial.role import Act, Footing, edits, footing, may
from bot.ports import DeskRecord, People, Person, Standing, UnitOfWork

REMEMBERED_FOR = timedelta(hours=1)
"""How long it is believed of somebody what the workspace last said of them."""

_GROUPS_GOOD_FOR = timedelta(minutes=3)
"""How long it is believed who is in a user group: the workspace also says by itself when that changes."""


class Footings(ABC):
    _people: People

    @abstractmethod
    def _unit_of_work(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """One transaction."""

    async def person(self, workspace: str, person: str, now: datetime, *, within: timedelta = REMEMBERED_FOR) -> Person:
        """Say who somebody is: from memory for a while, then from the workspace, from memory where that is silent.

        Raises:
            PersonUnknownError: neither the workspace nor the record knows them.
        """
        async with self._unit_of_work() as work:
            known = await work.people.find(workspace, person)
        if known is not None and now - known[1] < within:
            return known[0]
        found = await self._people.look_up(workspace, person)
        if found is not None:
            await self._learn(workspace, found, now)
            return found
        if known is None:
            raise PersonUnknownError(person)
        return known[0]

    async def _learn(self, workspace: str, found: Person, now: datetime) -> None:
        """Keep what the workspace says of somebody; the roles of who is not of its desks any more lapse."""
        async with self._unit_of_work() as work:
            await work.people.keep(workspace, found, now)
            if not found.standing.is_of_desk:
                for desk in await work.teams.desks_naming(workspace, found.id):
                    await lapse(work, desk, found, now)

    async def _member(self, workspace: str, person: str, now: datetime) -> Person:
        found = await self.person(workspace, person, now)
        if not may(anywhere(found), Act.FILE):
            raise NotOfThisDeskError(person)
        return found

    async def _is_guest(self, workspace: str, person: str, now: datetime) -> bool:
        """Whether somebody is a guest, a stranger from another workspace or an app, as far as anybody knows."""
        found = await self._standing_of(workspace, person, now)
        return found is not None and found.waits_for_editor

    async def _standing_of(self, workspace: str, person: str, now: datetime) -> Standing | None:
        try:
            return (await self.person(workspace, person, now)).standing if person else None
        except PersonUnknownError:
            return None

    async def _editor(self, desk: DeskRecord, person: str, now: datetime, to: Act = Act.EDIT) -> None:
        """Refuse whoever may not do this at a desk; who is in its user groups is asked anew where that was long ago."""
        await self._member(desk.workspace, person, now)
        await self._groups_in_step(desk, now)
        async with self._unit_of_work() as work:
            stands = await self._footing(work, desk, person)
        if not may(stands, to):
            raise EditorsOnlyError(person) if may(_AN_EDITOR, to) else OwnersOnlyError(person)

    async def _footing(self, work: UnitOfWork, desk: DeskRecord, person: str) -> Footing:
        """How somebody stands at a desk, as far as is on record."""
        known = await work.people.find(desk.workspace, person)
        standing = known[0].standing if known is not None else Standing.MEMBER
        team = await work.teams.of(desk)
        return footing(
            team.roles.get(person),
            is_of_desk=standing.is_of_desk,
            is_admin=standing is Standing.EDITOR,
            has_owner=bool(team.owners),
        )

    async def _is_known_editor(self, work: UnitOfWork, desk: DeskRecord, person: str) -> bool:
        return edits(await self._footing(work, desk, person))

    async def _groups_in_step(self, desk: DeskRecord, now: datetime) -> None:
        """Ask for the members of a desk's user groups, those lately asked for aside; where it is silent they stand."""
        async with self._unit_of_work() as work:
            groups = (await work.teams.of(desk)).groups
        for group in groups:
            if group.asked_at is not None and now - group.asked_at < _GROUPS_GOOD_FOR:
                continue
            said = await self._people.members_of(desk.workspace, group.id)
            members = tuple(said) if said is not None else group.members
            async with self._unit_of_work() as work:
                await keep_group(work, desk, replace(group, members=members, asked_at=now), now)

    async def _names(self, workspace: str, people: Iterable[str | None], now: datetime) -> Mapping[str, str]:
        wanted = {person for person in people if person}
        async with self._unit_of_work() as work:
            names = dict(await work.people.names(workspace, list(wanted)))
        for person in wanted - names.keys():
            try:
                names[person] = (await self.person(workspace, person, now)).name
            except PersonUnknownError:
                names[person] = person
        return names


_AN_EDITOR = footing(None, is_admin=True)


def anywhere(person: Person) -> Footing:
    """How somebody stands at any desk of their workspace, whatever they are named to there."""
    return footing(None, is_of_desk=person.standing.is_of_desk, is_admin=person.standing is Standing.EDITOR)
