"""A channel becomes a desk of a house, with a title, a zone, a first deadline and editors of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.desk.base import DeskBase
from bot.desk.errors import EditorsOnlyError, PersonUnknownError
from bot.desk.fields import FieldRefusal, FieldsRefusedError, FieldTrouble
from bot.desk.issues import greeting_of
from bot.desk.places import DIRECT
from bot.desk.planning import comes_again, is_ahead
from bot.desk.reminders import period_of
from bot.desk.roles import tell_of_roles
from bot.desk.team_errors import ChannelNeededError, DeskInUseError, SetUpMeanwhileError
from bot.editorial.calendar import closes_at, next_deadline, window
from bot.editorial.house import House
from bot.editorial.houses import HouseChoice, HouseUnknownError
from bot.editorial.issue import Issue, IssueState
from bot.editorial.moment import MomentUnclearError, read_moment
from bot.editorial.role import Act
from bot.ports import Change, DeskRecord, LeaseLostError, Standing, UnitOfWork

TITLE_MOST = 60
"""Characters of the title of a publication."""


@dataclass(frozen=True, slots=True)
class SetupForm:
    """What is asked before a channel becomes a desk; `stands` is what it has already, None where it is none yet.

    `house` and `zone` are what is chosen where nobody chooses anything else.
    """

    channel: str
    houses: tuple[House, ...]
    stands: HouseChoice | None
    house: House
    zone: str
    editors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Setup:
    """What somebody wrote into the form: a house by its name, editors by their ids, the rest as it was typed."""

    house: str
    title: str
    zone: str
    deadline: str
    editors: tuple[str, ...]


class SettingUp(DeskBase):
    async def may_set_up(self, workspace: str, by: str, *, now: datetime) -> bool:
        """Whether somebody may make a channel a desk: an editor may, and in a workspace without a desk any member."""
        try:
            person = await self.person(workspace, by, now)
        except PersonUnknownError:
            return False
        if person.standing is not Standing.MEMBER:
            return person.standing is Standing.EDITOR
        async with self._unit_of_work() as work:
            desks = await work.desks.all(workspace)
            return not desks or any([await self._is_known_editor(work, desk, by) for desk in desks])

    async def setup_form(self, workspace: str, channel: str, *, by: str, now: datetime) -> SetupForm:
        """What a channel can become.

        Raises:
            ChannelNeededError: it is a direct conversation.
            DeskInUseError: it is a desk that holds items already.
            EditorsOnlyError: whoever asks is none.
        """
        desk = await self._may_become(workspace, channel, by, now)
        async with self._unit_of_work() as work:
            editors = await work.desks.editors(desk) if desk is not None else [by]
        stands = desk.house if desk is not None else None
        house = self.houses.of(stands or HouseChoice())
        return SetupForm(channel, self.houses.all, stands, house, house.calendar.zone, tuple(editors))

    async def set_up(
        self, workspace: str, channel: str, wish: Setup, *, seen: HouseChoice | None, by: str, now: datetime
    ) -> tuple[DeskRecord, Issue]:
        """Make a channel a desk, or a desk that holds nothing another one; gives it with its open issue.

        `seen` is what the form showed: where somebody set the channel up meanwhile, nothing is overwritten.

        Raises:
            FieldsRefusedError: by field, what cannot be stored.
            SetUpMeanwhileError: somebody else did it since the form was opened.
        """
        await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            await self._must_be_as_seen(work, workspace, channel, seen)
        await self._may_become(workspace, channel, by, now)
        choice, deadline = self._read(wish, now)
        await self._must_be_members(workspace, wish.editors, now)
        async with self._unit_of_work() as work:
            known = await self._must_be_as_seen(work, workspace, channel, seen)
            made = known or await self._desk_at(work, workspace, channel, by, now, choice)
            await work.desks.hold(made.id)
            await self._must_be_empty(work, known)
            is_taken = known is None and await work.issues.open_of(made.id) is not None
            desk = await work.desks.choose(made, choice) if not is_taken else None
            if desk is None:
                raise SetUpMeanwhileError(channel)
            issue = await self._begun(work, desk, deadline, now)
            team = await work.teams.of(desk)
            for editor in (by, *wish.editors):
                if await work.desks.add_editor(desk, editor, now):
                    await work.changes.add(Change("editor added", by, now, desk, after={"editor": editor}))
            await tell_of_roles(work, desk, team, await work.teams.of(desk), by=by, now=now)
            before = _told(known.house) if known is not None else {}
            after = _told(choice) | {"deadline": issue.deadline.isoformat()}
            await work.changes.add(Change("set up", by, now, desk, issue.id, before=before, after=after))
            if known is not None:  # else the channel is greeted when the bot is invited
                await work.outbox.show(greeting_of(desk), at=now)
            return desk, issue

    async def _must_be_as_seen(
        self, work: UnitOfWork, workspace: str, channel: str, seen: HouseChoice | None
    ) -> DeskRecord | None:
        """The desk of a channel, None where it is none, if it still is what the form showed."""
        known = await work.desks.find(workspace, channel)
        if (known.house if known is not None else None) != seen:
            raise SetUpMeanwhileError(channel)
        return known

    async def _may_become(self, workspace: str, channel: str, by: str, now: datetime) -> DeskRecord | None:
        """The desk of a channel that may become another one, None where it is none yet."""
        await self._member(workspace, by, now)
        if channel.startswith(DIRECT):
            raise ChannelNeededError(channel)
        async with self._unit_of_work() as work:
            desk = await work.desks.find(workspace, channel)
            await self._must_be_empty(work, desk)
        if desk is not None:
            await self._editor(desk, by, now, Act.SETUP)
        elif not await self.may_set_up(workspace, by, now=now):
            raise EditorsOnlyError(by)
        return desk

    async def _must_be_empty(self, work: UnitOfWork, desk: DeskRecord | None) -> None:
        if desk is not None and await work.desks.has_items(desk):
            raise DeskInUseError(self.house_of(desk).title)

    def _read(self, wish: Setup, now: datetime) -> tuple[HouseChoice, datetime | None]:
        """What was chosen, and the first deadline where one was named; what a house says anyway is no choice."""
        refused = {}
        title, zone = " ".join(wish.title.split()), wish.zone.strip()
        if len(title) > TITLE_MOST:
            refused["title"] = FieldRefusal(FieldTrouble.PUBLICATION_TOO_LONG)
        try:
            ZoneInfo(zone or "UTC")
        except (ZoneInfoNotFoundError, ValueError, OSError):
            refused["zone"] = FieldRefusal(FieldTrouble.ZONE_UNKNOWN)
            zone = ""
        try:
            house = self.houses.of(HouseChoice(wish.house))
        except HouseUnknownError:
            raise FieldsRefusedError({"house": FieldRefusal(FieldTrouble.HOUSE_GONE)}) from None
        choice = HouseChoice(
            "" if house == self.houses.default else house.name,
            "" if title == house.title else title,
            "" if zone == house.calendar.zone else zone,
        )
        deadline = None
        if wish.deadline.strip():
            rule = self.houses.of(choice).calendar
            try:
                deadline = read_moment(wish.deadline, zone=rule.zone, now=now, at=rule.at)
            except MomentUnclearError:
                refused["deadline"] = FieldRefusal(FieldTrouble.MOMENT_UNCLEAR)
            else:
                if not is_ahead(deadline, now):
                    refused["deadline"] = FieldRefusal(FieldTrouble.MOMENT_NOT_AHEAD)
        if refused:
            raise FieldsRefusedError(refused)
        return choice, deadline

    async def _must_be_members(self, workspace: str, people: Sequence[str], now: datetime) -> None:
        """Refuse editors who are guests, apps or gone, by name."""
        found = {person: await self._standing_of(workspace, person, now) for person in people}
        guests = [person for person, standing in found.items() if standing is not None and not standing.is_of_desk]
        if guests:
            names = await self._names(workspace, guests, now)
            said = ", ".join(names[person] for person in guests)
            raise FieldsRefusedError({"editors": FieldRefusal(FieldTrouble.NO_MEMBER, said)})

    async def _begun(self, work: UnitOfWork, desk: DeskRecord, wanted: datetime | None, now: datetime) -> Issue:
        """The open issue of a desk that has just been set up, with the deadline that was wanted."""
        house = self.house_of(desk)
        rule = house.calendar
        deadline = wanted or next_deadline(rule, now)
        issue = await work.issues.open_of(desk.id)
        if issue is None:
            return await self._open_next(work, desk, deadline, now)
        first, last = window(rule, deadline)
        is_first = await work.issues.before(issue) is None
        changed = await work.issues.change(
            issue.id,
            expect={"state": IssueState.OPEN.value, "deadline": issue.deadline},
            values={
                "number": house.first_number if is_first else issue.number,
                "window_start": first,
                "window_end": last,
                "deadline": deadline,
                "closes_at": closes_at(rule, deadline),
            },
        )
        if changed is None:
            raise LeaseLostError(f"No. {issue.number} was changed by somebody else.")
        claimed = await work.claims.taken(desk.id, period_of(issue))
        await work.claims.give_back(desk.id, period_of(issue), comes_again(rule, deadline, claimed, now))
        return changed


def _told(choice: HouseChoice) -> dict[str, str]:
    return {"house": choice.name, "title": choice.title, "zone": choice.zone}
