"""What the clock brings: reminders, the draft, the end of an issue. Each is claimed once, whoever runs first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from bot.desk.base import DeskBase
from bot.desk.drafts import draft_and_look
from bot.desk.errors import PersonUnknownError
from bot.editorial.calendar import Due, DueKind, due_times
from bot.editorial.issue import Issue
from bot.editorial.item import ItemState
from bot.ports import Change, DeskRecord, Show, ShowingKind, Standing, UnitOfWork

_NEVER = datetime.max.replace(tzinfo=UTC)


class Outcome(StrEnum):
    POSTED = "posted"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Beat:
    """A due time of an issue, and what became of it; `member` where it concerns one person."""

    desk: DeskRecord
    issue: Issue
    due: Due
    member: str | None
    outcome: Outcome


class Reminding(DeskBase):
    async def beat(self, *, now: datetime) -> Sequence[Beat]:
        """Do what is due at every desk; returns what this call took.

        Any number of replicas may beat: a due time is claimed in the transaction that also asks for its message.
        What comes too late to be of use is claimed as skipped.

        Raises:
            ExceptionGroup: of what stopped some of it. Everything else was done, and what failed is due again.
        """
        taken: list[Beat] = []
        failures: list[Exception] = []
        for beat in await self._unclaimed(now):
            try:
                if await self._take(beat, await self._roster(beat, now), now):
                    taken.append(beat)
            except Exception as failure:  # noqa: BLE001 - one desk must not stop the others; raised below
                failures.append(failure)
        if failures:
            raise ExceptionGroup("not everything that was due could be done", failures)
        return taken

    async def snooze(self, issue_id: int, *, workspace: str, by: str, until: datetime | None, now: datetime) -> None:
        """Keep reminders of an issue from a member until a moment, or for good."""
        async with self._unit_of_work() as work:
            issue, desk = await self._issue_and_desk(work, workspace, issue_id)
            earlier = (await work.claims.snoozes(issue_id)).get(by)
            await work.claims.snooze(issue, workspace, by, until or _NEVER)
            before, after = ({"until": moment and moment.isoformat()} for moment in (earlier, until or _NEVER))
            await work.changes.add(Change("snoozed", by, now, desk, issue.id, None, before, after))

    async def _take(self, beat: Beat, roster: Sequence[str], now: datetime) -> bool:
        async with self._unit_of_work() as work:
            await work.desks.hold(beat.desk.id)
            if await work.issues.get(beat.issue.id) != beat.issue:
                return False  # an editor closed the issue or moved its deadline meanwhile: the next beat asks anew
            mine = await work.claims.take(beat.desk, beat.due.name, period_of(beat.issue), now, beat.outcome)
            if mine and beat.outcome is Outcome.POSTED:
                await self._act(work, beat, roster, now)
            return mine

    async def _unclaimed(self, now: datetime) -> Sequence[Beat]:
        found = []
        async with self._unit_of_work() as work:
            for desk in await work.desks.all():
                issue = await work.issues.open_of(desk.id)
                if issue is None:
                    continue
                claimed = await work.claims.taken(desk.id, period_of(issue))
                dues: list[tuple[Due, str | None]] = [
                    (due, None) for due in due_times(self.house.calendar, issue.deadline)
                ]
                for member, until in (await work.claims.snoozes(issue.id)).items():
                    name = f"remind {member} again at {until.isoformat()}"
                    again = Due(DueKind.MEMBERS, name, until, issue.deadline)
                    dues.append((again, member))
                for due, only in dues:
                    if due.at <= now and due.name not in claimed:
                        late = due.useful_until is not None and now >= due.useful_until
                        outcome = Outcome.SKIPPED if late else Outcome.POSTED
                        found.append(Beat(desk, issue, due, only, outcome))
        return found

    async def _roster(self, beat: Beat, now: datetime) -> Sequence[str]:
        """Whom a reminder concerns; the workspace is asked before anything is claimed."""
        if beat.due.kind is not DueKind.MEMBERS or beat.outcome is not Outcome.POSTED:
            return ()
        if beat.member is not None:
            return (beat.member,)
        members = []
        for person in await self._people.present(beat.desk.workspace, beat.desk.channel):
            try:
                found = await self.person(beat.desk.workspace, person, now)
            except PersonUnknownError:
                continue
            if found.standing is not Standing.GUEST:
                members.append(person)
        return members

    async def _act(self, work: UnitOfWork, beat: Beat, roster: Sequence[str], now: datetime) -> None:
        desk, issue, due = beat.desk, beat.issue, beat.due
        match due.kind:
            case DueKind.CLOSE:
                await self._close(work, desk, issue, by="", now=now)
            case DueKind.DRAFT:
                await draft_and_look(work, desk, issue, now)
            case DueKind.SECTIONS:
                key, about = f"sections:{issue.id}:{due.name}", {"desk": desk.id, "issue": issue.id}
                wish = Show(key, ShowingKind.SECTION_REMINDER, desk.workspace, desk.channel, subject=about)
                await work.outbox.show(wish, at=now)
            case DueKind.MEMBERS:
                await self._remind_members(work, beat, roster, now)

    async def _remind_members(self, work: UnitOfWork, beat: Beat, roster: Sequence[str], now: datetime) -> None:
        """Remind whoever is short, in private; who met the quota, or asked for quiet, hears nothing."""
        desk, issue = beat.desk, beat.issue
        filed = Counter(item.found_by for item in await work.items.of_issue(issue.id, ItemState.FILED))
        snoozes = await work.claims.snoozes(issue.id)
        for member in roster:
            quiet = member in snoozes and snoozes[member] > now
            if quiet or filed[member] >= self.house.items_per_member:
                continue
            key, about = f"reminder:{issue.id}:{beat.due.name}:{member}", {"desk": desk.id, "issue": issue.id}
            wish = Show(key, ShowingKind.MEMBER_REMINDER, desk.workspace, member, subject=about)
            await work.outbox.show(wish, at=now)


def period_of(issue: Issue) -> str:
    """The period in which a reminder is due once: the issue, however often its deadline or its number changes."""
    return f"issue {issue.id}"
