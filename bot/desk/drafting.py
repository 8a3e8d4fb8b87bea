"""The draft: the rundown as a thread, and as text to take onward."""

from collections.abc import Sequence
from datetime import datetime

from bot.desk.drafts import REFRESHED_AFTER, ask_for_looks, draft_and_look, follow_up_draft, is_behind
from bot.desk.editions import edition_of
from bot.desk.viewing import Viewing
from bot.desk.views import Draft
from bot.editorial.edition import Edition
from bot.editorial.issue import Issue
from bot.ports import DeskRecord, UnitOfWork


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

    async def refresh_drafts(self, *, now: datetime) -> Sequence[Issue]:
        """Bring posted drafts of open issues up to date that something happened to; gives those issues.

        Each at most once in a while, however much happens. Of issues with which nothing is to be done the event log
        alone is asked, by its index.
        """
        async with self._unit_of_work() as work:
            desks = await work.desks.all()
            behind = [desk for desk in desks if await self._behind(work, desk, now) is not None]
        refreshed = []
        for desk in behind:
            async with self._unit_of_work() as work:
                await work.desks.hold(desk.id)
                issue = await self._behind(work, desk, now)
                if issue is not None:  # else another replica was first
                    await follow_up_draft(work, desk, issue, now)
                    refreshed.append(issue)
        return refreshed

    async def _behind(self, work: UnitOfWork, desk: DeskRecord, now: datetime) -> Issue | None:
        issue = await work.issues.open_of(desk.id)
        if issue is None or not await is_behind(work, desk, issue, asked_before=now - REFRESHED_AFTER):
            return None
        return issue

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
            return [
                await edition_of(work, self.house_of(desk), issue) for issue in await work.issues.published(desk.id)
            ]
