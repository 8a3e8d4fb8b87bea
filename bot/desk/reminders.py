"""What a reminder says at the moment at which it is sent, and whether it is sent at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.desk.awaiting import Awaiting
from bot.desk.editions import writing_of
from bot.desk.viewing import Viewing
from bot.editorial.calendar import DueKind, due_times, reminded_at
from bot.editorial.house import House
from bot.editorial.issue import Issue, IssueState
from bot.editorial.item import Item, ItemState
from bot.editorial.quota import Shortfall, shortfalls
from bot.editorial.reminder import MOST_REMINDERS, blocking_in, known_zone, next_morning, promise_holds
from bot.editorial.waiting import Waits
from bot.ports import DeskRecord, Person, UnitOfWork

NEVER = datetime.max.replace(tzinfo=UTC)
"""Until then whoever wants to hear no more of an issue is left alone."""

_FRESH = timedelta(minutes=1)
"""What the workspace said so lately of somebody is not asked again before they are written to."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """How reminders of an issue stand for a member: how many they were sent, and when the next one may come.

    `until` is the end of a snooze, None where there is none; `zone` is where the member is.
    """

    issue: Issue
    zone: str
    now: datetime
    sent: int
    until: datetime | None
    next_at: datetime | None

    @property
    def is_for_good(self) -> bool:
        return self.until == NEVER

    @property
    def is_over(self) -> bool:
        """Whether no reminder of the issue can come any more, whatever the member asks for."""
        return self.sent >= MOST_REMINDERS or not _can_be_mended(self.issue, self.now)

    @property
    def can_snooze(self) -> bool:
        """Whether there is a morning to come on which the issue is still open."""
        return not self.is_over and next_morning(self.now, self.zone) < self.issue.deadline


@dataclass(frozen=True, slots=True)
class Reminder:
    """What a member is told of an issue: how many of their items are in it, and how many of their links wait."""

    house: House
    desk: DeskRecord
    quiet: Quiet
    filed: int
    waiting: int
    shortfalls: tuple[Shortfall, ...]

    @property
    def issue(self) -> Issue:
        return self.quiet.issue


@dataclass(frozen=True, slots=True)
class EditorReminder:
    """What waits for an editor, who is in this zone, before an issue closes: decisions, and what blocks that issue."""

    desk: DeskRecord
    issue: Issue
    zone: str
    waits: Mapping[Waits, int]

    @property
    def decisions(self) -> int:
        """How much of it stands in the waiting list."""
        return sum(count for kind, count in self.waits.items() if kind is not Waits.BLOCKING)


class Reminders(Awaiting, Viewing):
    async def reminder(
        self, issue_id: int, member: str, key: str, *, was_posted: bool, now: datetime
    ) -> Reminder | None:
        """What a member is reminded of; None where nothing is to be said to them, or no more.

        Whether it is to be sent is judged until it was: by then the quota may be met, the member be away, gone or in
        want of quiet, or have had all reminders of the issue that there are.
        """
        async with self._unit_of_work() as work:
            issue = await work.issues.get(issue_id)
            desk = await work.desks.get(issue.desk_id)
        if not _can_be_mended(issue, now):
            return None
        person = await (self.person if was_posted else self._as_of_now)(desk.workspace, member, now)
        if person is None or (not was_posted and not _can_be_told(person, now)):
            return None
        async with self._unit_of_work() as work:
            await work.desks.hold(desk.id)
            quiet = await self._quiet(work, desk, issue, person, now)
            items = await work.items.of_issue(issue.id, ItemState.PENDING, ItemState.FILED)
            filed, waiting = _brought(items, member)
            if not was_posted:
                others = await work.claims.reminders(issue.id, member) - {key}
                if (
                    filed >= self.house_of(desk).items_per_member
                    or quiet.until is not None
                    or len(others) >= MOST_REMINDERS
                ):
                    return None
                await work.claims.remind(issue, desk.workspace, member, key, now)
                quiet = await self._quiet(work, desk, issue, person, now)
        short = shortfalls(items, self.house_of(desk))
        return Reminder(self.house_of(desk), desk, quiet, filed, waiting, short)

    async def editor_reminder(
        self, issue_id: int, editor: str, *, was_posted: bool, now: datetime
    ) -> EditorReminder | None:
        """What waits for an editor; None where nothing does, or they are none any more or away."""
        async with self._unit_of_work() as work:
            issue = await work.issues.get(issue_id)
            desk = await work.desks.get(issue.desk_id)
        person = await (self.person if was_posted else self._as_of_now)(desk.workspace, editor, now)
        if person is None or (not was_posted and not _can_be_told(person, now)):
            return None
        async with self._unit_of_work() as work:
            is_editor = await self._is_known_editor(work, desk, editor)
        waits = await self._waits(desk, issue, now)
        is_told = was_posted or (bool(waits) and is_editor and _can_be_mended(issue, now))
        return EditorReminder(desk, issue, self._zone_of(desk, person), waits) if is_told else None

    async def _waits(self, desk: DeskRecord, issue: Issue, now: datetime) -> Mapping[Waits, int]:
        """What waits for the editors of a desk, and how much blocks its issue; what is none is left out."""
        awaited, draft = await self._awaited(desk, now), await self.draft_of(issue.id, None, now=now)
        blocking = blocking_in(draft.findings)
        return {**awaited.counts, **({Waits.BLOCKING: blocking} if blocking else {})}

    async def _is_channel_silent(self, work: UnitOfWork, desk: DeskRecord, issue: Issue) -> bool:
        """Whether there is nothing to tell a channel of its issue: no section is short, and the promise is kept."""
        house = self.house_of(desk)
        items = await work.items.of_issue(issue.id, ItemState.FILED)
        writing = await writing_of(work, house, issue.id)
        return promise_holds(writing.tally(items, house.state_media), house) and not shortfalls(items, house)

    async def _quiet(self, work: UnitOfWork, desk: DeskRecord, issue: Issue, person: Person, now: datetime) -> Quiet:
        """How reminders of an issue stand for a member."""
        until = (await work.claims.snoozes(issue.id)).get(person.id)
        until = until if until is not None and until > now else None
        sent = len(await work.claims.reminders(issue.id, person.id))
        zone = self._zone_of(desk, person)
        taken = await work.claims.taken(desk.id, period_of(issue))
        planned = [
            reminded_at(self.house_of(desk).calendar, due.at, zone)
            for due in due_times(self.house_of(desk).calendar, issue.deadline)
            if due.kind is DueKind.MEMBERS and not {due.name, claim_of(due.name, person.id)} & taken.keys()
        ]
        if until is not None and until < issue.deadline:
            planned.append(until)
        ahead = [moment for moment in planned if moment >= (until or now)] if sent < MOST_REMINDERS else []
        return Quiet(issue, zone, now, sent, until, min(ahead, default=None))

    def _zone_of(self, desk: DeskRecord, person: Person) -> str:
        return known_zone(person.zone, self.house_of(desk).calendar.zone)

    async def _as_of_now(self, workspace: str, person: str, now: datetime) -> Person | None:
        """Who somebody is at this moment; None where the workspace does not know them. Its silence is raised."""
        async with self._unit_of_work() as work:
            known = await work.people.find(workspace, person)
        if known is not None and now - known[1] < _FRESH:
            return known[0]
        found = await self._people.ask(workspace, person)
        if found is not None:
            await self._learn(workspace, found, now)
        return found


def period_of(issue: Issue) -> str:
    """The period in which a reminder is due once: the issue, however often its deadline or its number changes."""
    return f"issue {issue.id}"


def claim_of(name: str, person: str) -> str:
    """What a person's own part of a due time is claimed as."""
    return f"{name}:{person}"


def _can_be_mended(issue: Issue, now: datetime) -> bool:
    return issue.state is IssueState.OPEN and now < issue.deadline


def _can_be_told(person: Person, now: datetime) -> bool:
    """Whether somebody is of the desk, has not left, and is not away."""
    return person.standing.is_of_desk and not person.is_away(now)


def _brought(items: Sequence[Item], member: str) -> tuple[int, int]:
    """How many items of a member are filed, and how many of their links wait for a section."""
    mine = [item.state for item in items if item.found_by == member]
    return mine.count(ItemState.FILED), mine.count(ItemState.PENDING)
