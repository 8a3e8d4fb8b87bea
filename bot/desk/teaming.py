"""Who owns and edits a desk: shown to its members, changed by its owners, and kept in step with the workspace."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.desk.errors import NoDeskError, PersonUnknownError
from bot.desk.fields import FieldRefusal, FieldsRefusedError, FieldTrouble
from bot.desk.footings import anywhere
from bot.desk.homes import Homes
from bot.desk.roles import keep_group, tell_of_roles
from bot.desk.team_errors import TeamChangedError
from bot.desk.team_page import Asker, TeamForm, TeamPage, TeamWish
from bot.editorial.item import ItemState
from bot.editorial.role import Act, Footing, may
from bot.ports import (
    Change,
    DeskRecord,
    EditorGroup,
    Person,
    Receipt,
    Standing,
    Team,
    UnitOfWork,
    UserGroup,
    WorkspaceSilentError,
)

_FRESH = timedelta(minutes=1)


class Teaming(Homes):
    async def asker(self, workspace: str, channel: str, person: str, *, now: datetime) -> Asker:
        """How somebody stands where they ask; who the workspace does not know is nobody."""
        try:
            desk = await self.desk_for(workspace, channel, person, now=now)
        except NoDeskError:
            desk = None
        try:
            found = await self.person(workspace, person, now)
        except PersonUnknownError:
            return Asker(Footing(None), desk)
        if desk is None:
            return Asker(anywhere(found), None)
        await self._groups_in_step(desk, now)
        async with self._unit_of_work() as work:
            return Asker(await self._footing(work, desk, person), desk)

    async def is_of_desks(self, workspace: str, person: str, *, now: datetime) -> bool:
        """Whether somebody may be of a desk at all: a guest, an app and who has left may not."""
        try:
            return (await self.person(workspace, person, now)).standing.is_of_desk
        except PersonUnknownError:
            return True  # each use case asks again, and refuses

    async def has_left(self, workspace: str, person: str, *, now: datetime) -> bool:
        """Whether nobody reads any more what this person is told."""
        try:
            return (await self.person(workspace, person, now)).standing is Standing.GONE
        except PersonUnknownError:
            return False

    async def team(self, desk: DeskRecord, *, by: str, now: datetime) -> TeamPage:
        """Who owns and edits a desk, and who filed in its open issue; who has left counts no more."""
        await self._member(desk.workspace, by, now)
        await self._groups_in_step(desk, now)
        async with self._unit_of_work() as work:
            issue = await self._open_issue_of(work, desk, now)
            team, stands = await work.teams.of(desk), await self._footing(work, desk, by)
            filed = Counter(item.found_by for item in await work.items.of_issue(issue.id, ItemState.FILED))
        names = await self._names(desk.workspace, {*team.roles, *filed}, now)
        async with self._unit_of_work() as work:
            known = await work.people.some(desk.workspace, list(names))
        there = {
            each: count for each, count in filed.most_common() if each in known and known[each][0].standing.is_of_desk
        }
        return TeamPage(self.house_of(desk), desk, issue, team, there, names, may(stands, Act.ROLES))

    async def team_form(self, desk_id: int, *, workspace: str, by: str, now: datetime) -> TeamForm:
        """The team of a desk, for an owner who changes it.

        Raises:
            OwnersOnlyError: whoever asks is none.
        """
        desk = await self.desk_numbered(desk_id, workspace=workspace)
        await self._editor(desk, by, now, Act.ROLES)
        offered = await self._people.groups(workspace) or ()
        async with self._unit_of_work() as work:
            team = await work.teams.of(desk)
        named = {group.id: UserGroup(group.id, group.name) for group in team.groups}
        groups = {**named, **{group.id: group for group in offered}}
        return TeamForm(desk, team, tuple(sorted(groups.values(), key=lambda group: group.name.casefold())))

    async def change_team(self, desk_id: int, wish: TeamWish, *, workspace: str, by: str, now: datetime) -> TeamPage:
        """Name owners and editors; each who gains or loses a role by it is told in private.

        Raises:
            OwnersOnlyError: whoever does it is none.
            FieldsRefusedError: nobody is to own the desk, or somebody is named who is not of it.
            TeamChangedError: somebody else changed the team meanwhile.
        """
        desk = await self.desk_numbered(desk_id, workspace=workspace)
        await self._editor(desk, by, now, Act.ROLES)
        async with self._unit_of_work() as work:
            known = await work.teams.of(desk)
            await self._must_be_as_shown(work, desk, known, wish)
        await self._must_be_of_desk(workspace, wish, known, now)
        new = await self._new_groups(workspace, wish, known, now)
        async with self._unit_of_work() as work:
            await work.desks.hold(desk.id)
            team = await work.teams.of(desk)
            editors = tuple(each for each in wish.editors if each not in wish.owners)
            kept = [group for group in team.groups if wish.groups is None or group.id in wish.groups]
            wished = replace(team, owners=wish.owners, editors=editors, groups=(*kept, *new))
            await self._must_be_as_shown(work, desk, team, wish)
            if _named(team) != _named(wished):
                if not await work.teams.write(desk, wished, by=by, at=now):
                    raise TeamChangedError("")
                await _log(work, desk, team, wished, by, now)
                await tell_of_roles(work, desk, team, wished, by=by, now=now)
        return await self.team(desk, by=by, now=now)

    async def group_changed(
        self, workspace: str, group: str, *, name: str | None, now: datetime, receipt: Receipt
    ) -> None:
        """Keep a user group in step with what the workspace says of it now, where a desk has it.

        Raises:
            WorkspaceSilentError: it does not say.
        """
        async with self._unit_of_work() as work:
            desks = await work.teams.desks_with_group(workspace, group)
        members = await self._people.members_of(workspace, group) if desks else ()
        if members is None:
            raise WorkspaceSilentError(group)
        async with self._unit_of_work() as work:
            for desk in desks:
                known = next((each for each in (await work.teams.of(desk)).groups if each.id == group), None)
                if known is not None:
                    said = EditorGroup(group, name or known.name, tuple(members), now)
                    await keep_group(work, desk, said, now)
            await work.inbox.finish(receipt)

    async def person_changed(self, workspace: str, said: Person, *, now: datetime, receipt: Receipt) -> None:
        """Ask anew who somebody is of whom the workspace says that they are somebody else than was known.

        Their status changes many times a day: what it says is asked for when it makes a difference.
        """
        async with self._unit_of_work() as work:
            known = await work.people.find(workspace, said.id)
        if known is not None and (known[0].standing, known[0].name) != (said.standing, said.name):
            found = await self._people.ask(workspace, said.id)
            if found is not None:
                await self._learn(workspace, found, now)
        async with self._unit_of_work() as work:
            await work.inbox.finish(receipt)

    async def _must_be_of_desk(self, workspace: str, wish: TeamWish, known: Team, now: datetime) -> None:
        """Refuse at its field, and by name, whoever cannot have a role."""
        reasons = {}
        if not wish.owners:
            reasons["owners"] = FieldRefusal(FieldTrouble.OWNER_EMPTY)
        stand = {*known.owners, *known.editors}
        for field, people in (("owners", wish.owners), ("editors", wish.editors)):
            outside = [await self._outside(workspace, each, now) for each in people if each not in stand]
            if any(outside):
                reasons[field] = FieldRefusal(FieldTrouble.NO_MEMBER, ", ".join(filter(None, outside)))
        if reasons:
            raise FieldsRefusedError(reasons)

    async def _outside(self, workspace: str, person: str, now: datetime) -> str | None:
        """The name of somebody who cannot have a role; None for whoever can."""
        try:
            found = await self.person(workspace, person, now, within=_FRESH)
        except PersonUnknownError:
            return person
        return None if found.standing.is_of_desk else found.name

    async def _new_groups(self, workspace: str, wish: TeamWish, known: Team, now: datetime) -> tuple[EditorGroup, ...]:
        """The user groups that come into the team, with their members; of one that is silent those are asked later."""
        new = [group for group in wish.groups or () if group not in {each.id for each in known.groups}]
        names = {group.id: group.name for group in (await self._people.groups(workspace) or ())} if new else {}
        found = []
        for group in new:
            members = await self._people.members_of(workspace, group)
            asked_at = now if members is not None else None
            found.append(EditorGroup(group, names.get(group, group), tuple(members or ()), asked_at))
        return tuple(found)

    async def _must_be_as_shown(self, work: UnitOfWork, desk: DeskRecord, team: Team, wish: TeamWish) -> None:
        if team.version != wish.version:
            names = await work.people.names(desk.workspace, [team.by] if team.by else [])
            raise TeamChangedError(names.get(team.by or "", ""))


def _named(team: Team) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    return frozenset(team.owners), frozenset(team.editors), frozenset(group.id for group in team.groups)


async def _log(work: UnitOfWork, desk: DeskRecord, before: Team, after: Team, by: str, now: datetime) -> None:
    """One entry for each person and for each user group that changed."""
    then, is_now = _by_hand(before), _by_hand(after)
    for person in dict.fromkeys((*then, *is_now)):
        if then.get(person) != is_now.get(person):
            was, becomes = ({"person": person, "role": roles.get(person)} for roles in (then, is_now))
            await work.changes.add(Change("role changed", by, now, desk, before=was, after=becomes))
    had, has = ({group.id: group.name for group in team.groups} for team in (before, after))
    for group in dict.fromkeys((*had, *has)):
        if (group in had) != (group in has):
            verb = "editor group added" if group in has else "editor group removed"
            about = {"group": group, "name": {**had, **has}[group]}
            await work.changes.add(Change(verb, by, now, desk, after=about))


def _by_hand(team: Team) -> Mapping[str, str]:
    """The role of each who is named by themselves."""
    return {person: role.value for person, role in replace(team, groups=()).roles.items()}
