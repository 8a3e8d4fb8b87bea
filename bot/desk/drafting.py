"""The draft: the rundown as a thread, and as text to take onward."""

from collections.abc import Sequence
from datetime import datetime

from bot.desk.editions import LOOKS_GOOD_FOR, edition_of
from bot.desk.viewing import Viewing
from bot.desk.views import Draft
from bot.editorial.edition import Edition
from bot.editorial.issue import Issue, IssueState
from bot.ports import DeskRecord, Show, ShowingKind, UnitOfWork


class Drafting(Viewing):
    async def draft(self, desk: DeskRecord, *, by: str, now: datetime) -> Issue:
        """Ask for the draft of the open issue; asking again updates the same thread."""
        await self._member(desk.workspace, by, now)
        async with self._unit_of_work() as work:
            issue = await self._open_issue_of(work, desk, now)
            await draft_and_look(work, desk, issue, now)
            return issue

    async def refresh_draft(self, issue_id: int, *, workspace: str, by: str, now: datetime) -> None:
        """Ask for the draft of an issue to be brought up to date, open or closed."""
        await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            issue, desk = await self._issue_and_desk(work, workspace, issue_id)
            await draft_and_look(work, desk, issue, now)

    async def fix_list(self, issue_id: int, *, workspace: str, by: str, now: datetime) -> Draft:
        """The draft of an issue for whoever mends it: pages that nobody looked at lately are looked at."""
        await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            issue, _ = await self._issue_and_desk(work, workspace, issue_id)
            await ask_for_looks(work, issue, now)
        return await self.draft_of(issue_id, None, now=now)

    async def draft_now(self, issue_id: int, *, workspace: str, by: str, now: datetime) -> Draft:
        """The draft of an issue as it stands, for a member."""
        await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            await self._issue_and_desk(work, workspace, issue_id)
        return await self.draft_of(issue_id, None, now=now)

    async def published_before(self, issue_id: int, *, workspace: str, by: str, now: datetime) -> Sequence[Edition]:
        """All that the desk of an issue has published, newest first, for a member.

        Raises:
            SectionGoneError: one of them has items under a section that the house no longer has.
        """
        await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            _, desk = await self._issue_and_desk(work, workspace, issue_id)
            return [await edition_of(work, self.house, issue) for issue in await work.issues.published(desk.id)]


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
    key = draft_key(issue)
    since = await work.outbox.asked_at(desk.workspace, key)
    subject = {"issue": issue.id, "since": since and since.isoformat()}
    wish = Show(key, ShowingKind.DRAFT, desk.workspace, desk.channel, subject=subject)
    await work.outbox.show(wish, at=now)
