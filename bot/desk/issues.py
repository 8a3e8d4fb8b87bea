"""A channel becomes a desk; its issues open, close, and get another deadline."""

from datetime import datetime, timedelta

from bot.desk.base import DeskBase
from bot.desk.drops import Drop
from bot.desk.errors import (
    DeadlineChangedError,
    DeskError,
    IssueInUseError,
    NumberTakenError,
)
from bot.desk.planning import comes_again, must_be_ahead
from bot.desk.reminders import period_of
from bot.editorial.calendar import closes_at
from bot.editorial.issue import Issue, IssueState
from bot.editorial.role import Act
from bot.ports import Change, DeskRecord, LeaseLostError, Receipt, Show, ShowingKind, UnitOfWork

_JUST_NOW = timedelta(minutes=1)


class JustClosedError(DeskError):
    """Somebody else closed the issue that was meant; `following` opened, and stays open."""

    def __init__(self, number: int, by: str, at: datetime, *, following: int) -> None:
        super().__init__(f"No. {number} was closed by somebody else")
        self.number = number
        self.by = by
        self.at = at
        self.following = following


class Issues(DeskBase):
    """A desk has exactly one open issue; closing one opens the next."""

    async def welcome(
        self, workspace: str, channel: str, *, editor: str | None, now: datetime, receipt: Receipt | None = None
    ) -> DeskRecord | None:
        """Make a channel a desk, with whoever invited the bot first as its owner; None where it is one.

        What was kept while the bot was away from the channel is shown now.
        """
        takes_role = editor and not await self._is_guest(workspace, editor, now)
        async with self._unit_of_work() as work:
            known = await work.desks.find(workspace, channel)
            desk = await self._desk_at(work, workspace, channel, editor or "", now)
            greeting = greeting_of(desk)
            is_set_up = known is not None and not await work.desks.has_items(desk)  # before the bot was in the channel
            if known is None or (is_set_up and await work.outbox.find(workspace, greeting.key) is None):
                await self._open_issue_of(work, desk, now)
                await work.outbox.show(greeting, at=now)
            await work.desks.hold(desk.id)
            if editor and takes_role and await work.desks.add_editor(desk, editor, now):
                role = (await work.teams.of(desk)).roles[editor].value
                await work.changes.add(
                    Change("editor added", editor, now, desk, after={"editor": editor, "role": role})
                )
            await work.outbox.release(workspace, channel, now)
            if receipt is not None:
                await work.inbox.finish(receipt)
        return desk if known is None else None

    async def come_back(self, workspace: str, channel: str, *, now: datetime, receipt: Receipt | None = None) -> None:
        """Show what was kept while a channel took no messages."""
        async with self._unit_of_work() as work:
            await work.outbox.release(workspace, channel, now)
            if receipt is not None:
                await work.inbox.finish(receipt)

    async def answer_mention(self, drop: Drop, *, now: datetime, receipt: Receipt | None = None) -> None:
        """Tell whoever mentioned the bot how the issue stands, in private."""
        async with self._unit_of_work() as work:
            desk = await work.desks.find(drop.workspace, drop.channel)
            if desk is not None:
                wish = Show(
                    f"status:{drop.channel}:{drop.message}",
                    ShowingKind.STATUS,
                    drop.workspace,
                    drop.channel,
                    thread=drop.thread if drop.thread != drop.message else None,
                    recipient=drop.member,
                    subject={"desk": desk.id},
                )
                await work.outbox.show(wish, at=now)
            if receipt is not None:
                await work.inbox.finish(receipt)

    async def close_issue(self, desk: DeskRecord, *, by: str, now: datetime) -> tuple[Issue, Issue]:
        """Close the open issue and open the next; returns both.

        Raises:
            JustClosedError: another editor closed one a moment ago, and this is the next.
        """
        await self._editor(desk, by, now, Act.ISSUES)
        async with self._unit_of_work() as work:
            issue = await self._open_issue_of(work, desk, now)
            await self._must_be_meant(work, desk, issue, by, now)
            return issue, await self._close(work, desk, issue, by=by, now=now)

    async def _must_be_meant(self, work: UnitOfWork, desk: DeskRecord, issue: Issue, by: str, now: datetime) -> None:
        """Refuse to close what opened a moment ago because somebody else closed the one before it: that was meant."""
        before = await work.issues.before(issue)
        if before is None or before.closed_at is None or now - before.closed_at > _JUST_NOW:
            return
        closed = await work.changes.of_issue(before.id, before.closed_at, ["closed"])
        if closed and closed[-1].by not in {"", by}:
            names = await work.people.names(desk.workspace, [closed[-1].by])
            name = names.get(closed[-1].by, closed[-1].by)
            raise JustClosedError(before.number, name, before.closed_at, following=issue.number)

    async def number_issue(self, desk: DeskRecord, number: int, *, by: str, now: datetime) -> Issue:
        """Give the open issue its number, as long as nothing was dropped into it.

        Raises:
            IssueInUseError: it holds items; close it first.
            NumberTakenError: an earlier issue has this number.
        """
        await self._editor(desk, by, now, Act.ISSUES)
        async with self._unit_of_work() as work:
            issue = await self._open_issue_of(work, desk, now)
            if issue.number == number:
                return issue
            items = await work.items.of_issue(issue.id)
            if items:
                raise IssueInUseError(issue.number, len(items))
            if await work.issues.has_number(desk.id, number):
                raise NumberTakenError(number)
            renamed = await work.issues.change(issue.id, expect={"number": issue.number}, values={"number": number})
            if renamed is None:
                raise NumberTakenError(number)
            before, after = {"number": issue.number}, {"number": number}
            await work.changes.add(Change("numbered", by, now, desk, issue.id, None, before, after))
            await self._announce(work, desk, f"numbered:{issue.id}:{now.isoformat()}", {}, now)
            return renamed

    async def move_deadline(
        self, desk: DeskRecord, deadline: datetime, *, by: str, now: datetime, over: tuple[int, datetime] | None = None
    ) -> Issue:
        """Give the open issue another deadline; what was posted for the old one is not posted again.

        What was passed over for being late and lies ahead now comes. `over` is the issue and the deadline that
        whoever moves it saw.

        Raises:
            MomentPassedError: the deadline does not lie ahead.
            MomentFarError: it lies more than a year ahead.
            DeadlineChangedError: somebody moved the deadline meanwhile, or closed the issue.
        """
        await self._editor(desk, by, now, Act.DEADLINE)
        must_be_ahead(deadline, now)
        async with self._unit_of_work() as work:
            issue = await self._open_issue_of(work, desk, now)
            if over is not None and (issue.id != over[0] or issue.deadline not in {over[1], deadline}):
                raise DeadlineChangedError(issue.number, issue.deadline)
            if issue.deadline == deadline:
                return issue
            moved = await work.issues.change(
                issue.id,
                expect={"state": IssueState.OPEN.value, "deadline": issue.deadline},
                values={"deadline": deadline, "closes_at": closes_at(self.house_of(desk).calendar, deadline)},
            )
            if moved is None:
                raise LeaseLostError(f"No. {issue.number} was changed by somebody else.")
            claimed = await work.claims.taken(desk.id, period_of(issue))
            again = comes_again(self.house_of(desk).calendar, deadline, claimed, now)
            await work.claims.give_back(desk.id, period_of(issue), again)
            before = {"deadline": issue.deadline.isoformat(), "passed over": again}
            after = {"deadline": deadline.isoformat()}
            await work.changes.add(Change("deadline moved", by, now, desk, issue.id, None, before, after))
            subject = {"deadline": True}
            await self._announce(work, desk, f"deadline:{issue.id}:{now.isoformat()}", subject, now)
            return moved

    async def current_issue(self, desk: DeskRecord, *, now: datetime) -> Issue:
        async with self._unit_of_work() as work:
            return await self._open_issue_of(work, desk, now)


def greeting_of(desk: DeskRecord) -> Show:
    """What a channel is told that has become a desk."""
    about = {"desk": desk.id}
    return Show(f"welcome:{desk.channel}", ShowingKind.WELCOME, desk.workspace, desk.channel, subject=about)
