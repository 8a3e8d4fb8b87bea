"""Asks for the draft of an issue to be posted, and to follow what happens to the issue after that."""

from datetime import datetime, timedelta

from bot.desk.editions import LOOKS_GOOD_FOR
from bot.editorial.issue import Issue, IssueState
from bot.ports import DeskRecord, Show, ShowingKind, UnitOfWork

REFRESHED_AFTER = timedelta(minutes=10)
"""How long a draft stands before it is refreshed by itself: a thread that moves with every click cannot be read."""

_LONGEST_USE_CASE = timedelta(minutes=5)
_UNSEEN = ("snoozed",)
"""What happens to an issue and shows in no draft."""


def draft_key(issue: Issue) -> str:
    return f"draft:{issue.id}"


async def draft_and_look(work: UnitOfWork, desk: DeskRecord, issue: Issue, now: datetime) -> None:
    """Ask for an issue's draft, and have the pages looked at that nobody looked at lately: they may be gone."""
    await ask_for_looks(work, issue, now)
    await ask_for_draft(work, desk, issue, now)


async def ask_for_looks(work: UnitOfWork, issue: Issue, now: datetime) -> None:
    """Have the pages of an issue looked at that nobody looked at lately; what is published is not looked at."""
    if issue.state is not IssueState.PUBLISHED:
        await work.gate.ask_for_checks(issue.id, now - LOOKS_GOOD_FOR, now)


async def ask_for_draft(work: UnitOfWork, desk: DeskRecord, issue: Issue, now: datetime) -> None:
    """Ask for an issue's draft thread; what the last one showed is where its news begin."""
    since = await work.outbox.asked_at(desk.workspace, draft_key(issue))
    await _ask(work, desk, issue, since, now)


async def follow_up_draft(work: UnitOfWork, desk: DeskRecord, issue: Issue, now: datetime) -> None:
    """Ask for a draft that was posted as it stands now; its news begin where they did when somebody asked for it."""
    last = await work.outbox.find(desk.workspace, draft_key(issue))
    if last is not None:
        since = last.show.subject["since"]
        await _ask(work, desk, issue, datetime.fromisoformat(since) if since else last.asked_at, now)


async def show_draft_again(work: UnitOfWork, desk: DeskRecord, issue: Issue, now: datetime) -> None:
    """Have a draft that was posted shown as it stands now, without a word of news: what was looked at is none."""
    last = await work.outbox.find(desk.workspace, draft_key(issue))
    if last is not None:
        await work.outbox.show(last.show, at=last.asked_at, due_at=now)


async def is_behind(work: UnitOfWork, desk: DeskRecord, issue: Issue, *, asked_before: datetime) -> bool:
    """Whether a draft was posted that nobody asked for lately, and something happened to its issue since."""
    last = await work.outbox.find(desk.workspace, draft_key(issue))
    if last is None or last.asked_at > asked_before:
        return False
    # What a use case began before the draft was asked for may have been written after that, with its own moment.
    since = last.asked_at - _LONGEST_USE_CASE
    return await work.changes.has_later(issue.id, last.show.subject.get("seen", 0), since, but=_UNSEEN)


async def _ask(work: UnitOfWork, desk: DeskRecord, issue: Issue, since: datetime | None, now: datetime) -> None:
    subject = {"issue": issue.id, "since": since and since.isoformat(), "seen": await work.changes.newest_of(issue.id)}
    wish = Show(draft_key(issue), ShowingKind.DRAFT, desk.workspace, desk.channel, subject=subject)
    await work.outbox.show(wish, at=now)
