"""A member's home of the app: what it shows, and how it stays true."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.desk.awaiting import Awaiting
from bot.desk.base import card_of
from bot.desk.editions import edition_of, findings_in, waivers_of
from bot.desk.errors import NoDeskError, NotInChannelError, PersonUnknownError, SectionUnknownError
from bot.desk.home_page import Covered, DeskChoice, FittingForm, HomePage, Kept, ShortSection, Waiting
from bot.desk.places import DIRECT
from bot.desk.rosters import Rosters
from bot.desk.viewing import Viewing
from bot.desk.views import SUGGESTED, Status
from bot.editorial.future import latest_day
from bot.editorial.house import House
from bot.editorial.item import Item, ItemState, Reading
from bot.editorial.needs import Need, needs_of
from bot.editorial.outlet import Verdict, verdict
from bot.editorial.quota import Shortfall
from bot.editorial.role import Act, may
from bot.editorial.suggest import fitting
from bot.ports import Census, DeskRecord, OpenedHome, Receipt, Show, ShowingKind

_LOOKED_AT_FOR = timedelta(hours=8)
"""Whoever opened their home within a working day may still look at it."""

_AGAIN_AFTER = timedelta(seconds=15)
"""What others do is shown this long after the last time: Slack takes about a hundred homes a minute."""

_OWN_AFTER = timedelta(seconds=3)
"""Whoever did something themselves does not wait as long."""

_NEVER_LONGER = timedelta(hours=1)
"""A home says how long there is to the deadline, which changes by itself."""

_WAITING_SHOWN = 10


class Homes(Rosters, Awaiting, Viewing):
    async def show_home(self, workspace: str, member: str, *, now: datetime, receipt: Receipt | None = None) -> None:
        """Ask for a member's home, which they opened, and remember to keep it up to date."""
        desk_id = await self._desk_of_home(workspace, member, now)
        async with self._unit_of_work() as work:
            await work.homes.opened(workspace, member, desk_id, now)
            await work.outbox.show(_home_of(workspace, member), at=now)
            if receipt is not None:
                await work.inbox.finish(receipt)

    async def refresh_homes(self, *, now: datetime) -> bool:
        """Ask for the homes that somebody may look at and whose desk has changed; False where there is none.

        However much changes, a home is asked for once within a while; it is rendered when it is sent, as all is then.
        """
        asked = False
        async with self._unit_of_work() as work:
            homes = await work.homes.changed(opened_since=now - _LOOKED_AT_FOR, due_before=now - _NEVER_LONGER)
            for home in homes:
                due_at = _due(home, now)
                if due_at is not None:
                    await work.homes.ask(home, due_at)
                    await work.outbox.show(_home_of(home.workspace, home.person), at=now, due_at=due_at)
                    asked = True
        return asked

    async def home_of(self, workspace: str, member: str, *, now: datetime) -> HomePage | None:
        """What a member's home shows; None where it is not clear of which desk."""
        async with self._unit_of_work() as work:
            desk_id = await work.homes.desk_of(workspace, member)
            desk = await work.desks.get(desk_id) if desk_id is not None else None
        if desk is None:
            desk = await self.only_desk(workspace)
        return await self.home_page(desk, member, now=now) if desk is not None else None

    async def desk_for(self, workspace: str, channel: str, member: str, *, now: datetime) -> DeskRecord:
        """The desk that somebody means who asks in a channel: its own; in a direct conversation the desk of their home.

        Raises:
            NoDeskError: the channel is none, or it is not clear which of several desks is meant.
        """
        async with self._unit_of_work() as work:
            desk = await work.desks.find(workspace, channel)
        if desk is not None:
            return desk
        meant = await self._desk_of_home(workspace, member, now) if channel.startswith(DIRECT) else None
        if meant is None:
            raise NoDeskError(channel)
        async with self._unit_of_work() as work:
            return await work.desks.get(meant)

    async def home_page(self, desk: DeskRecord, member: str, *, now: datetime) -> HomePage:
        """How a desk's issue stands for a member, and what they can do next."""
        try:
            zone = (await self.person(desk.workspace, member, now)).zone
        except PersonUnknownError:
            zone = self.house_of(desk).calendar.zone
        status = await self.status(desk, member, now=now)
        latest = latest_day(now, self.house_of(desk).calendar.zone)
        needs = [(item, needs_of(item, self.house_of(desk).state_media, latest)) for item in status.mine]
        waits = [(item, open_) for item, open_ in needs if open_]
        mine = waits[:_WAITING_SHOWN]
        async with self._unit_of_work() as work:
            census = await work.items.census(status.issue.id)
            pending = await work.items.of_issue(status.issue.id, ItemState.PENDING)
            cards = await work.outbox.messages_of(desk.workspace, {card_of(item, desk).key for item, _ in mine})
            chosen = await work.preferences.find(desk.workspace, member)
            editors = await work.desks.editors(desk)
            desks = await work.desks.all(desk.workspace)
            stands = await self._footing(work, desk, member)
        waiting = []
        for item, open_ in mine:
            shown = cards.get(card_of(item, desk).key)
            waiting.append(Waiting(item, open_, (item.channel, shown[0]) if shown else None))
        return HomePage(
            status=status,
            zone=zone,
            waiting=tuple(waiting),
            waits=len(waits),
            short=tuple(_short_section(each, pending, status.house) for each in status.shortfalls),
            coverage=_coverage(status, census),
            blocking=await self._blocking(status) if status.is_editor else None,
            decisions=(await self._awaited(desk, now)).total if status.is_editor else 0,
            kept=Kept(desk, tuple(editors), self._copies_kept.days),
            is_new=chosen.welcomed_at is None,
            desks=len(desks),
            may_name=may(stands, Act.ROLES),
        )

    async def kept(self, desk: DeskRecord) -> Kept:
        """What newcomers to a desk are told."""
        async with self._unit_of_work() as work:
            return Kept(desk, tuple(await work.desks.editors(desk)), self._copies_kept.days)

    async def fitting(self, desk_id: int, section: str, *, workspace: str, by: str, now: datetime) -> FittingForm:
        """The links that wait for a section and may fit in this one."""
        await self._member(workspace, by, now)
        desk = await self.desk_numbered(desk_id, workspace=workspace)
        house = self.house_of(desk)
        found = next((each for each in house.sections if each.key == section), None)
        if found is None:
            raise SectionUnknownError(section)
        async with self._unit_of_work() as work:
            issue = await self._open_issue_of(work, desk, now)
            pending = await work.items.of_issue(issue.id, ItemState.PENDING)
            filed = await work.items.filed_under(issue.id, section)
        short = _short_section(Shortfall(found, len(filed)), pending, house)
        return FittingForm(house, desk, issue, short, found.minimum)

    async def got_it(self, *, workspace: str, by: str, now: datetime) -> None:
        """A member has read what the bot reads and keeps: they are not told again."""
        async with self._unit_of_work() as work:
            await work.preferences.keep(workspace, by, welcomed_at=now)
            await work.outbox.show(_home_of(workspace, by), at=now)

    async def desk_choice(self, *, workspace: str, by: str, now: datetime) -> DeskChoice:
        """The desks of the channels that a member is in."""
        named = await self._named(await self.desks_of(workspace, by, now))
        return DeskChoice(named, await self._chosen_desk(workspace, by))

    async def choose_desk(self, desk_id: int, *, workspace: str, by: str, now: datetime) -> None:
        """A member's home shows this desk from now on.

        Raises:
            NotInChannelError: they are not in its channel.
        """
        if desk_id not in {desk.id for desk in await self.desks_of(workspace, by, now)}:
            raise NotInChannelError(by)
        async with self._unit_of_work() as work:
            await work.preferences.keep(workspace, by, desk_id=desk_id)
            await work.homes.opened(workspace, by, desk_id, now)
            await work.outbox.show(_home_of(workspace, by), at=now)

    async def _desk_of_home(self, workspace: str, member: str, now: datetime) -> int | None:
        """The desk that a member chose, or the only one; of several, one whose channel they are in."""
        only = await self.only_desk(workspace)
        if only is not None:
            return only.id
        theirs = {desk.id for desk in await self.desks_of(workspace, member, now)}
        chosen = await self._chosen_desk(workspace, member)
        if chosen in theirs:
            return chosen
        return theirs.pop() if len(theirs) == 1 else None

    async def _chosen_desk(self, workspace: str, member: str) -> int | None:
        async with self._unit_of_work() as work:
            return (await work.preferences.find(workspace, member)).desk_id

    async def _blocking(self, status: Status) -> int:
        async with self._unit_of_work() as work:
            edition = await edition_of(work, status.house, status.issue)
            waivers = await waivers_of(work, status.desk, status.issue.id)
        found = await asyncio.to_thread(findings_in, edition, waivers, status.now)
        return sum(1 for finding in found if finding.blocking)


def _short_section(shortfall: Shortfall, pending: Sequence[Item], house: House) -> ShortSection:
    there = tuple(item for item in pending if shortfall.section in _fitting(item, house))
    return ShortSection(shortfall.section, shortfall.have, there)


def _fitting(item: Item, house: House) -> Sequence[object]:
    """The sections that an item may fit in; none where it is not said yet that it is one, or its page is unread."""
    if item.reading is Reading.WAITING or Need.DECISION in needs_of(item, house.state_media, date.max):
        return ()
    return fitting(house, " ".join(filter(None, (item.title, item.summary))), SUGGESTED)


def _coverage(status: Status, census: Sequence[Census]) -> tuple[Covered, ...]:
    state = Counter[str]()
    for each in census:
        if verdict(each.outlet, status.house.state_media.watched) is Verdict.STATE_MEDIA:
            state[each.section or ""] += each.count
    return tuple(
        Covered(section, status.filed.get(section.key, 0), state[section.key]) for section in status.house.sections
    )


def _home_of(workspace: str, member: str) -> Show:
    return Show(f"home:{member}", ShowingKind.HOME, workspace, member)


def _due(home: OpenedHome, now: datetime) -> datetime | None:
    """When a home whose desk has changed is shown again; None where it is about to be shown anyway."""
    is_own = home.latest > home.seen and home.latest_by == home.person
    if home.due_at > now and not (is_own and home.due_at > now + _OWN_AFTER):
        return None
    return max(now, min(home.due_at, now) + (_OWN_AFTER if is_own else _AGAIN_AFTER))
