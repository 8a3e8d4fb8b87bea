"""What the clock brings: reminders, the draft, the end of an issue. Each is claimed once, whoever runs first."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.desk.drafts import draft_and_look
from bot.desk.errors import PersonUnknownError
from bot.desk.footings import REMEMBERED_FOR
from bot.desk.reminders import claim_of, period_of
from bot.desk.rosters import Rosters
from bot.desk.snoozing import Snoozing, reminder_to
from bot.editorial.calendar import Due, DueKind, due_times, reminded_at
from bot.editorial.issue import Issue
from bot.editorial.item import ItemState
from bot.editorial.reminder import MOST_REMINDERS, first_reminded_at, is_reminded_now
from bot.editorial.waiting import Waits
from bot.ports import DeskRecord, Person, Show, ShowingKind, Standing, UnitOfWork

_FRESH = timedelta(minutes=1)
_ROSTER_GOOD_FOR = timedelta(hours=1)


class Outcome(StrEnum):
    """What became of a due time: `needless` had nothing to say, `through` is gone through with everybody."""

    POSTED = "posted"
    SKIPPED = "skipped"
    NEEDLESS = "needless"
    THROUGH = "through"


@dataclass(frozen=True, slots=True)
class Beat:
    """A due time of an issue, and what became of it; `member` where it concerns one person."""

    desk: DeskRecord
    issue: Issue
    due: Due
    member: str | None
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class _Planned:
    """A due time of a desk's open issue, with what was claimed so far; `only` where it is for one member."""

    desk: DeskRecord
    issue: Issue
    due: Due
    claimed: Collection[str]
    only: str | None = None

    @property
    def is_personal(self) -> bool:
        return self.due.kind in {DueKind.MEMBERS, DueKind.EDITORS}

    def is_late(self, now: datetime) -> bool:
        """Whether it helps no more."""
        return self.due.useful_until is not None and now >= self.due.useful_until


class Reminding(Rosters, Snoozing):
    async def beat(self, *, now: datetime) -> Sequence[Beat]:
        """Do what is due at every desk; returns what this call took.

        Any number of replicas may beat: a due time is claimed in the transaction that also asks for its message, and
        where it concerns people, for each of them alone. What comes too late to be of use is claimed as skipped.

        Raises:
            ExceptionGroup: of what stopped some of it. Everything else was done, and what failed is due again.
        """
        taken: list[Beat] = []
        failures: list[Exception] = []
        for planned in await self._unclaimed(now):
            try:
                if planned.is_personal and not planned.is_late(now):
                    taken += await self._take_for_each(planned, now)
                elif planned.due.at <= now:
                    taken += await self._take(planned, now)
            except Exception as failure:  # noqa: BLE001 - one desk must not stop the others; raised below
                failures.append(failure)
        if failures:
            raise ExceptionGroup("not everything that was due could be done", failures)
        return taken

    async def _unclaimed(self, now: datetime) -> Sequence[_Planned]:
        found = []
        async with self._unit_of_work() as work:
            for desk in await work.desks.all():
                issue = await work.issues.open_of(desk.id)
                if issue is None:
                    continue
                claimed = await work.claims.taken(desk.id, period_of(issue))
                rule = self.house_of(desk).calendar
                plan = [_Planned(desk, issue, due, claimed) for due in due_times(rule, issue.deadline)]
                for member, until in (await work.claims.snoozes(issue.id)).items():
                    again = Due(DueKind.MEMBERS, _again(member, until), until, issue.deadline)
                    if until <= now:
                        plan.append(_Planned(desk, issue, again, claimed, only=member))
                found += [planned for planned in plan if planned.due.name not in claimed]
        return found

    async def _take(self, planned: _Planned, now: datetime) -> Sequence[Beat]:
        """Take what is due once for a desk."""
        desk, issue, due = planned.desk, planned.issue, planned.due
        async with self._unit_of_work() as work:
            await work.desks.hold(desk.id)
            if await work.issues.get(issue.id) != issue:
                return []  # an editor closed the issue or moved its deadline meanwhile: the next beat asks anew
            outcome = await self._outcome(work, planned, now)
            if not await work.claims.take(desk, due.name, period_of(issue), now, outcome):
                return []
            if outcome is Outcome.POSTED:
                await self._act(work, planned, now)
            return [Beat(desk, issue, due, planned.only, outcome)]

    async def _outcome(self, work: UnitOfWork, planned: _Planned, now: datetime) -> Outcome:
        if planned.is_late(now):
            return Outcome.SKIPPED
        is_needless = planned.due.kind is DueKind.SECTIONS and await self._is_channel_silent(
            work, planned.desk, planned.issue
        )
        return Outcome.NEEDLESS if is_needless else Outcome.POSTED

    async def _act(self, work: UnitOfWork, planned: _Planned, now: datetime) -> None:
        desk, issue, due = planned.desk, planned.issue, planned.due
        match due.kind:
            case DueKind.CLOSE:
                await self._close(work, desk, issue, by="", now=now)
            case DueKind.DRAFT:
                await draft_and_look(work, desk, issue, now)
            case _:
                key, about = f"sections:{issue.id}:{due.name}", {"desk": desk.id, "issue": issue.id}
                wish = Show(key, ShowingKind.SECTION_REMINDER, desk.workspace, desk.channel, subject=about)
                await work.outbox.show(wish, at=now)

    async def _take_for_each(self, planned: _Planned, now: datetime) -> Sequence[Beat]:
        """Take a due time for everybody whose own moment it is; the workspace is asked before anything is claimed.

        People are remembered for an hour: only of those whose moment has come it is asked anew who they are.
        """
        if planned.only is None and now < first_reminded_at(self.house_of(planned.desk).calendar, planned.due.at):
            return []
        roster = await self._roster(planned.desk, now, within=_ROSTER_GOOD_FOR)
        ready, are_left = await self._ready(planned, roster, now, within=REMEMBERED_FOR)
        if not ready and (are_left or now < planned.due.at):
            return []
        roster = await self._roster(planned.desk, now, within=_FRESH)
        await self._ready(planned, [person.id for person in ready if person.id in roster], now, within=_FRESH)
        ready, are_left = await self._ready(planned, roster, now, within=REMEMBERED_FOR)
        is_last = now >= planned.due.at and not are_left
        waits = await self._waits(planned.desk, planned.issue, now) if planned.due.kind is DueKind.EDITORS else {}
        return await self._take_of(planned, ready, waits, now, is_last=is_last)

    async def _take_of(
        self, planned: _Planned, ready: Sequence[Person], waits: Mapping[Waits, int], now: datetime, *, is_last: bool
    ) -> Sequence[Beat]:
        """Take a due time for these people, and after the last of them for good."""
        desk, issue, due = planned.desk, planned.issue, planned.due
        taken = []
        async with self._unit_of_work() as work:
            await work.desks.hold(desk.id)
            if await work.issues.get(issue.id) != issue:
                return []
            told = await self._short(work, desk, issue, ready, now) if due.kind is DueKind.MEMBERS else None
            for person in ready:
                is_told = bool(waits) if told is None else person.id in told
                outcome = Outcome.POSTED if is_told else Outcome.NEEDLESS
                if now >= self._useful_until(planned, person):
                    outcome = Outcome.SKIPPED
                name = claim_of(due.name, person.id)
                if await work.claims.take(desk, name, period_of(issue), now, outcome):
                    taken.append(Beat(desk, issue, due, person.id, outcome))
                    if outcome is Outcome.POSTED:
                        await work.outbox.show(_personal(planned, person), at=now)
            if is_last:
                await work.claims.take(desk, due.name, period_of(issue), now, Outcome.THROUGH)
        return taken

    async def _short(
        self, work: UnitOfWork, desk: DeskRecord, issue: Issue, people: Sequence[Person], now: datetime
    ) -> Collection[str]:
        """Who of these is short and may be told; who met the quota, or asked for quiet, hears nothing."""
        filed = Counter(item.found_by for item in await work.items.of_issue(issue.id, ItemState.FILED))
        snoozes = await work.claims.snoozes(issue.id)
        found = set()
        for person in people:
            is_quiet = person.id in snoozes and snoozes[person.id] > now
            if is_quiet or filed[person.id] >= self.house_of(desk).items_per_member:
                continue
            if len(await work.claims.reminders(issue.id, person.id)) < MOST_REMINDERS:
                found.add(person.id)
        return found

    async def _ready(
        self, planned: _Planned, roster: Sequence[str], now: datetime, *, within: timedelta
    ) -> tuple[Sequence[Person], bool]:
        """Whose moment has come, and whether somebody's is still to come."""
        async with self._unit_of_work() as work:
            known = await work.people.some(planned.desk.workspace, roster)
            editors = set(await work.desks.editors(planned.desk))
        ready, are_left = [], False
        for member in roster:
            if claim_of(planned.due.name, member) in planned.claimed or planned.only not in {None, member}:
                continue
            person, asked_at = known.get(member, (None, now))
            if person is None or now - asked_at >= within:
                try:
                    person = await self.person(planned.desk.workspace, member, now, within=within)
                except PersonUnknownError:
                    continue
            is_editor = person.standing is Standing.EDITOR or member in editors
            if not person.standing.is_of_desk or (planned.due.kind is DueKind.EDITORS and not is_editor):
                continue
            if planned.only is not None or self._is_time(planned, person, now):
                ready.append(person)
            else:
                are_left = True
        return ready, are_left

    def _is_time(self, planned: _Planned, person: Person, now: datetime) -> bool:
        until, zone = self._useful_until(planned, person), self._zone_of(planned.desk, person)
        return is_reminded_now(self.house_of(planned.desk).calendar, planned.due.at, zone, until=until, now=now)

    def _useful_until(self, planned: _Planned, person: Person) -> datetime:
        """Until when something still helps one person: the next of its kind comes to them in their own time, too."""
        until, deadline = planned.due.useful_until or planned.issue.deadline, planned.issue.deadline
        if until >= deadline:
            return until
        return reminded_at(self.house_of(planned.desk).calendar, until, self._zone_of(planned.desk, person))


def _again(member: str, until: datetime) -> str:
    return f"remind {member} again at {until.isoformat()}"


def _personal(planned: _Planned, person: Person) -> Show:
    """What tells one person in private, under a key of its own."""
    desk, issue, name = planned.desk, planned.issue, claim_of(planned.due.name, person.id)
    if planned.due.kind is DueKind.MEMBERS:
        return reminder_to(person.id, desk, issue, f"reminder:{issue.id}:{name}")
    about = {"desk": desk.id, "issue": issue.id}
    return Show(f"waits:{issue.id}:{name}", ShowingKind.EDITOR_REMINDER, desk.workspace, person.id, subject=about)
