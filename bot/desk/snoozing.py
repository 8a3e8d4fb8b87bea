"""Members say when they want to hear of an issue again, or that they want to hear no more of it."""

from datetime import date, datetime

from bot.desk.errors import MorningPassedError, MorningTooLateError, NoMoreRemindersError
from bot.desk.reminders import NEVER, Quiet, Reminders
from bot.editorial.issue import Issue
from bot.editorial.reminder import morning_of
from bot.ports import Change, DeskRecord, Person, Show, ShowingKind, UnitOfWork


class Snoozing(Reminders):
    async def quiet(self, issue_id: int, *, workspace: str, by: str, now: datetime) -> Quiet:
        """How reminders of an issue stand for a member."""
        person = await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            issue, desk = await self._issue_and_desk(work, workspace, issue_id)
            return await self._quiet(work, desk, issue, person, now)

    async def snooze(self, issue_id: int, day: date, *, workspace: str, by: str, now: datetime) -> Quiet:
        """Keep reminders of an issue from a member until the morning of a day, where they are.

        Raises:
            MorningPassedError: it is not to come.
            MorningTooLateError: the issue's deadline is before it.
            NoMoreRemindersError: none comes any more, snoozed or not.
        """
        person = await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            issue, desk = await self._asked_of(work, workspace, issue_id, person, now)
            until = morning_of(day, self._zone_of(desk, person))
            if until <= now:
                raise MorningPassedError(day)
            if until >= issue.deadline:
                raise MorningTooLateError(issue, self._zone_of(desk, person))
            return await self._change(work, desk, issue, person, until, now)

    async def sit_out(self, issue_id: int, *, workspace: str, by: str, now: datetime) -> Quiet:
        """Keep reminders of an issue from a member for good.

        Raises:
            NoMoreRemindersError: none comes any more anyway.
        """
        person = await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            issue, desk = await self._asked_of(work, workspace, issue_id, person, now)
            return await self._change(work, desk, issue, person, NEVER, now)

    async def remind_again(self, issue_id: int, *, workspace: str, by: str, now: datetime) -> Quiet:
        """Remind a member of an issue again as if they had never asked for quiet.

        Raises:
            NoMoreRemindersError: none comes any more anyway.
        """
        person = await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            issue, desk = await self._asked_of(work, workspace, issue_id, person, now)
            return await self._change(work, desk, issue, person, None, now)

    async def _asked_of(
        self, work: UnitOfWork, workspace: str, issue_id: int, person: Person, now: datetime
    ) -> tuple[Issue, DeskRecord]:
        """An issue of which a member is reminded still, while its desk is held."""
        issue, desk = await self._issue_and_desk(work, workspace, issue_id)
        await work.desks.hold(desk.id)
        issue = await work.issues.get(issue.id)
        if (await self._quiet(work, desk, issue, person, now)).is_over:
            raise NoMoreRemindersError(issue.number)
        return issue, desk

    async def _change(
        self, work: UnitOfWork, desk: DeskRecord, issue: Issue, person: Person, until: datetime | None, now: datetime
    ) -> Quiet:
        """Write down until when a member is left alone; the reminders that they have say what holds now."""
        earlier = (await work.claims.snoozes(issue.id)).get(person.id)
        if until is None:
            await work.claims.wake(issue.id, person.id)
        else:
            await work.claims.snooze(issue, desk.workspace, person.id, until)
        if earlier != until:
            before, after = ({"until": moment and moment.isoformat()} for moment in (earlier, until))
            verb = "snoozed" if until is not None else "snooze taken back"
            await work.changes.add(Change(verb, person.id, now, desk, issue.id, None, before, after))
        for key in sorted(await work.claims.reminders(issue.id, person.id)):
            shown = await work.outbox.find(desk.workspace, key)
            if shown is not None and shown.posted:  # what was forgotten, or never sent, is not posted by this
                await work.outbox.show(reminder_to(person.id, desk, issue, key), at=now)
        return await self._quiet(work, desk, issue, person, now)


def reminder_to(member: str, desk: DeskRecord, issue: Issue, key: str) -> Show:
    """What reminds a member in private."""
    about = {"desk": desk.id, "issue": issue.id}
    return Show(key, ShowingKind.MEMBER_REMINDER, desk.workspace, member, subject=about)
