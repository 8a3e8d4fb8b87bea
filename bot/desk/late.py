"""After the freeze members ask for an item to be added, and editors decide."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.desk.base import show_cards_of
from bot.desk.drafts import follow_up_draft
from bot.desk.errors import (
    AlreadyInIssueError,
    IssuePublishedError,
    ItemUnknownError,
    LateDecidedError,
    LateLaneClosedError,
    NoEditorsError,
)
from bot.desk.filing import Filing
from bot.desk.lane import LateAsked
from bot.desk.pairing import most_similar
from bot.editorial.issue import Issue, IssueState
from bot.editorial.item import Item, ItemState, Late
from bot.editorial.kept import kept
from bot.editorial.late import came_late, is_lane_open
from bot.ports import Change, DeskRecord, LateRequest, LateState, Show, ShowingKind, UnitOfWork

_DECISIONS = {LateState.ACCEPTED: "accepted late", LateState.DECLINED: "declined late", LateState.ASKED: "asked anew"}


class LateLane(Filing):
    """A request is made once; what an editor decides another may take back until the issue is published."""

    async def ask_to_add(self, item_id: int, issue_id: int, *, workspace: str, by: str, now: datetime) -> LateRequest:
        """Ask every editor of the desk to add an item to the issue that it came too late for.

        Asking again changes nothing.

        Raises:
            AlreadyInIssueError: that issue has the page.
            IssuePublishedError: it was published meanwhile.
            LateLaneClosedError: nothing more may be asked into it.
            NoEditorsError: the desk has none.
        """
        await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            item, desk, _ = await self._changeable_item(work, workspace, item_id, by)
            issue = await self._unpublished_of(work, desk, issue_id)
            known = (await work.late.of_items([item.id], issue.id)).get(item.id)
            if known is not None:
                return known
            if not (came_late(issue, item.created_at) and is_lane_open(self.house_of(desk).calendar, issue, now)):
                raise LateLaneClosedError(issue.number)
            await self._must_have_room(work, issue, item)
            editors = await work.desks.editors(desk)
            if not editors:
                raise NoEditorsError(desk.channel)
            request = await work.late.add(desk, item_id=item.id, issue_id=issue.id, by=by, editors=editors, at=now)
            if request is None:
                raise await self._faster(work, item)
            about = {"number": issue.number}
            await work.changes.add(Change("asked to add late", by, now, desk, item.issue_id, item.id, after=about))
            await self._show_request(work, desk, request, item, now)
            return request

    async def must_be_undecided(self, request_id: int, *, workspace: str, by: str, now: datetime) -> None:
        """Refuse what nobody can decide any more, before an editor is asked for a reason.

        Raises:
            EditorsOnlyError: whoever would decide is none.
            IssuePublishedError: the issue was published meanwhile.
            LateDecidedError: another editor was faster.
        """
        desk, _ = await self._deciding(request_id, workspace, by, now)
        async with self._unit_of_work() as work:
            request, issue, _ = await self._as_asked(work, desk, request_id)
            await self._must_be_undecided(work, request, issue)

    async def accept_late(self, request_id: int, *, workspace: str, by: str, now: datetime) -> LateRequest:
        """Add an item to the closed issue, under the section that it has; one without is filed there by editors.

        Raises:
            AlreadyInIssueError: that issue has the page.
            IssuePublishedError: it was published meanwhile.
            LateDecidedError: another editor was faster.
            SomebodyWasFasterError: the item is on no list any more.
        """
        desk, person = await self._deciding(request_id, workspace, by, now)
        async with self._unit_of_work() as work:
            request, issue, item = await self._as_asked(work, desk, request_id)
            if request.state is LateState.ACCEPTED and request.by == by:
                return request  # they clicked twice
            await self._must_be_undecided(work, request, issue)
            await self._must_have_room(work, issue, item)
            asker = (await work.people.names(workspace, [request.asked_by])).get(request.asked_by, request.asked_by)
            word = Late(request.asked_by, asker, by, person, now)
            await self._put_into(work, desk, item, issue, kept(word), by, now)
            values = {"state": LateState.ACCEPTED.value, "by": by, "at": now, "reason": ""}
            return await self._decided_late(work, desk, request, values, by, now)

    async def decline_late(
        self, request_id: int, reason: str, *, workspace: str, by: str, now: datetime
    ) -> LateRequest:
        """Leave an item to the issue that has it, with a reason where an editor gives one.

        Raises:
            IssuePublishedError: the other issue was published meanwhile.
            LateDecidedError: another editor was faster.
        """
        desk, _ = await self._deciding(request_id, workspace, by, now)
        said = " ".join(reason.split())
        async with self._unit_of_work() as work:
            request, issue, _ = await self._as_asked(work, desk, request_id)
            if request.state is LateState.DECLINED and (request.by, request.reason) == (by, said):
                return request  # they sent it twice
            await self._must_be_undecided(work, request, issue)
            values = {"state": LateState.DECLINED.value, "by": by, "at": now, "reason": said}
            return await self._decided_late(work, desk, request, values, by, now)

    async def take_decision_back(self, request_id: int, *, workspace: str, by: str, now: datetime) -> LateRequest:
        """Ask the editors anew; what was added goes back into the open issue, filed where it is filed.

        Raises:
            AlreadyInIssueError: the page came into the open issue meanwhile.
            IssuePublishedError: the issue was published meanwhile, with what was added to it.
            SomebodyWasFasterError: what was added is on no list any more.
        """
        desk, _ = await self._deciding(request_id, workspace, by, now)
        async with self._unit_of_work() as work:
            request, issue, item = await self._as_asked(work, desk, request_id)
            if request.state is LateState.ASKED:
                return request  # they clicked twice, or two editors did
            if request.state is LateState.ACCEPTED and item.issue_id == issue.id:
                following = await self._open_issue_of(work, desk, now)
                await self._must_have_room(work, following, item)
                await self._put_into(work, desk, item, following, None, by, now)
            values: dict[str, Any] = {"state": LateState.ASKED.value, "by": None, "at": None, "reason": ""}
            return await self._decided_late(work, desk, request, values, by, now)

    async def late_request(self, request_id: int, *, now: datetime) -> LateAsked:
        """What editors were asked, as it stands."""
        async with self._unit_of_work() as work:
            request = await work.late.get(request_id)
            item = await work.items.get(request.item_id) if request is not None else None
            if request is None or item is None:
                raise ItemUnknownError(request_id)
            issue = await work.issues.get(request.issue_id)
            desk = await work.items.desk_of(item.id)
        people = [request.asked_by, request.by, item.found_by]
        names = await self._names(desk.workspace, people, now)
        section = self.house_of(desk).section(item.section) if item.section else None
        return LateAsked(self.house_of(desk), desk, issue, item, section, request, names)

    async def _deciding(self, request_id: int, workspace: str, by: str, now: datetime) -> tuple[DeskRecord, str]:
        """The desk of a request, and the name of the editor of it who decides."""
        async with self._unit_of_work() as work:
            request = await work.late.get(request_id)
            if request is None or request.workspace != workspace:
                raise ItemUnknownError(request_id)
            desk = await work.items.desk_of(request.item_id)
        await self._editor(desk, by, now)
        return desk, (await self.person(workspace, by, now)).name

    async def _as_asked(self, work: UnitOfWork, desk: DeskRecord, request_id: int) -> tuple[LateRequest, Issue, Item]:
        """A request with its issue, which is not published, and its item, as they stand while the desk is held."""
        await work.desks.hold(desk.id)
        request = await work.late.get(request_id)
        item = await work.items.get(request.item_id) if request is not None else None
        if request is None or item is None:
            raise ItemUnknownError(request_id)
        return request, await self._unpublished_of(work, desk, request.issue_id), item

    async def _unpublished_of(self, work: UnitOfWork, desk: DeskRecord, issue_id: int) -> Issue:
        issue, its_desk = await self._issue_and_desk(work, desk.workspace, issue_id)
        if its_desk.id != desk.id:
            raise ItemUnknownError(issue_id)
        if issue.state is IssueState.PUBLISHED:
            raise IssuePublishedError(issue.number)
        return issue

    async def _must_be_undecided(self, work: UnitOfWork, request: LateRequest, issue: Issue) -> None:
        if request.state is not LateState.ASKED and request.by is not None:
            name = (await work.people.names(request.workspace, [request.by])).get(request.by, request.by)
            raise LateDecidedError(issue.number, request, name)

    async def _must_have_room(self, work: UnitOfWork, issue: Issue, item: Item) -> None:
        if item.state not in {ItemState.PENDING, ItemState.FILED}:
            raise await self._faster(work, item)
        held = await work.items.holding(issue.id, item.key)
        if held is not None and held.id != item.id:
            raise AlreadyInIssueError(held)

    async def _put_into(
        self,
        work: UnitOfWork,
        desk: DeskRecord,
        item: Item,
        issue: Issue,
        late: Mapping[str, Any] | None,
        by: str,
        now: datetime,
    ) -> None:
        """Have an item in another issue, where it stands by its date; the drafts of both that were posted show it."""
        origin = await work.issues.get(item.issue_id)
        if origin.state is IssueState.PUBLISHED:
            raise IssuePublishedError(origin.number)
        similar = await most_similar(work, replace(item, issue_id=issue.id), {})
        values = {"issue_id": issue.id, "late": late, "rank": None, "pinned": False, "similar_to": similar}
        expect = {"version": item.version, "state": item.state.value, "issue_id": item.issue_id}
        if await work.items.change(item.id, expect=expect, values=values) is None:
            raise await self._faster(work, item)
        verb = "added late" if late is not None else "late addition undone"
        before, after = {"number": origin.number}, {"number": issue.number, "late": late}
        await work.changes.add(Change(verb, by, now, desk, issue.id, item.id, before, after))
        for each in (origin, issue):
            await follow_up_draft(work, desk, each, now)

    async def _decided_late(
        self,
        work: UnitOfWork,
        desk: DeskRecord,
        request: LateRequest,
        values: Mapping[str, Any],
        by: str,
        now: datetime,
    ) -> LateRequest:
        decided = await work.late.change(request.id, expect=request.state, values=values)
        item = await work.items.get(request.item_id)
        if decided is None or item is None:
            raise ItemUnknownError(request.item_id)
        before = {"state": request.state.value, "by": request.by, "reason": request.reason}
        after = {"state": decided.state.value, "reason": decided.reason}
        verb = _DECISIONS[decided.state]
        await work.changes.add(Change(verb, by, now, desk, request.issue_id, item.id, before, after))
        await self._show_request(work, desk, decided, item, now)
        return decided

    async def _show_request(
        self, work: UnitOfWork, desk: DeskRecord, request: LateRequest, item: Item, now: datetime
    ) -> None:
        """Show a request to the editors who were asked, and what became of it to whom it concerns, each in one message.

        The asker is told of every decision, the finder of the item of one for it; what was told is kept up to date.
        """
        await show_cards_of(work, desk, [item], now)
        for editor in request.editors:
            await work.outbox.show(_to(editor, "asked", ShowingKind.LATE_ASKED, request), at=now)
        for person in {request.asked_by, item.found_by}:
            wish = _to(person, "told", ShowingKind.LATE_TOLD, request)
            is_news = request.state is not LateState.ASKED and person == request.asked_by
            if request.state is LateState.ACCEPTED and person != request.asked_by:
                is_news = await self._can_be_told(work, desk, person)
            if is_news or await work.outbox.asked_at(desk.workspace, wish.key) is not None:
                await work.outbox.show(wish, at=now)

    async def _can_be_told(self, work: UnitOfWork, desk: DeskRecord, person: str) -> bool:
        """Whether somebody is a member: an app reads nothing, and a guest has the card."""
        known = await work.people.find(desk.workspace, person) if person else None
        return known is not None and known[0].standing.is_of_desk


def _to(person: str, what: str, kind: ShowingKind, request: LateRequest) -> Show:
    """A direct message about a request to one person."""
    return Show(f"late {what}:{request.id}:{person}", kind, request.workspace, person, subject={"request": request.id})
