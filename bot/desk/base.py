"""What every use case shares: the ports, and the questions each of them begins with."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from bot.desk.drafts import follow_up_draft, is_behind
from bot.desk.errors import IssueClosedError, IssuePublishedError, IssueUnknownError, ItemUnknownError
from bot.desk.footings import Footings
from bot.desk.places import place_of
from bot.editorial.calendar import closes_at, deadline_following, next_deadline, window
from bot.editorial.house import House
from bot.editorial.houses import HouseChoice, Houses
from bot.editorial.issue import Issue, IssueState
from bot.editorial.item import Item, ItemState
from bot.ports import (
    NOBODYS,
    Change,
    DeskRecord,
    LeaseLostError,
    Pages,
    People,
    Show,
    ShowingKind,
    UnitOfWork,
    UnitOfWorkFactory,
)
from bot.render import Renderer

_GATHERED_FOR = timedelta(seconds=5)
"""A summary that changes with every link is shown again this long after the first: to say it all takes a while."""
_IN_TURN = timedelta(seconds=2)
"""A channel takes one message a second: of those that nobody waits for it gets every other one."""

NOWHERE = {"section": None, "moved_from": None, "filed_by": None, "filed_at": None}
"""Where an item stands that waits for a section."""

_NO_CHOICE = HouseChoice()

COPIES_KEPT = timedelta(days=180)
"""How long a copy of what was read is kept where no setting says otherwise."""


class DeskBase(Footings):
    """Holds the ports. A use case asks the network first, then opens one unit of work."""

    def __init__(
        self,
        *,
        houses: Houses,
        unit_of_work: UnitOfWorkFactory,
        pages: Pages,
        people: People,
        copies_kept: timedelta = COPIES_KEPT,
        renderer: Renderer | None = None,
    ) -> None:
        self.houses = houses
        self._renderer = renderer or Renderer()
        self._copies_kept = copies_kept
        self._transaction = unit_of_work
        self._pages = pages
        self._people = people

    def house_of(self, desk: DeskRecord) -> House:
        """How a desk edits."""
        return self.houses.of(desk.house)

    @asynccontextmanager
    async def _unit_of_work(self) -> AsyncIterator[UnitOfWork]:
        """One transaction of a use case; what it changed may bring about more before it ends."""
        async with self._transaction() as work:
            yield work
            await self._follow_up(work)

    async def _follow_up(self, work: UnitOfWork) -> None:
        """What a transaction brings about by itself, whatever use case it was of."""

    async def _desk_at(
        self,
        work: UnitOfWork,
        workspace: str,
        channel: str,
        by: str,
        now: datetime,
        choice: HouseChoice = _NO_CHOICE,
    ) -> DeskRecord:
        """The desk of a channel; a channel that is none becomes one.

        The first of a house takes over what was put on record for the house before anybody was there.
        """
        desk = await work.desks.find(workspace, channel)
        if desk is not None:
            return desk
        wanted = self.houses.of(choice).name
        for waiting in [each for each in await work.desks.all(NOBODYS) if self.house_of(each).name == wanted]:
            await work.desks.hold(waiting.id)
            desk = await work.desks.adopt(waiting, workspace, channel, now)
            await work.changes.add(Change("desk adopted", by, now, desk, after={"channel": channel}))
            return desk
        made = await work.desks.add(workspace, channel, now)
        desk = made or await work.desks.find(workspace, channel)  # or somebody made it in between
        if desk is None:
            raise LeaseLostError(f"The desk of {channel} is being made.")
        if made is not None:
            await work.changes.add(Change("desk made", by, now, desk, after={"channel": channel}))
        return desk

    async def _open_issue_of(self, work: UnitOfWork, desk: DeskRecord, now: datetime) -> Issue:
        """The issue that takes links now: one past its freeze is closed and the next opens. The desk is held."""
        await work.desks.hold(desk.id)
        issue = await work.issues.open_of(desk.id)
        if issue is not None and now < issue.closes_at:
            return issue
        if issue is not None:
            return await self._close(work, desk, issue, by="", now=now)
        return await self._open_next(work, desk, next_deadline(self.house_of(desk).calendar, now), now)

    async def _close(self, work: UnitOfWork, desk: DeskRecord, issue: Issue, *, by: str, now: datetime) -> Issue:
        """Close the open issue of a desk that is held, and open the next, which is returned.

        Links that still wait for a section, and those that were held over, go on into the next issue: nobody could
        file them in a closed one. A draft that was posted is brought up to date a last time.
        """
        is_stale = await is_behind(work, desk, issue, asked_before=now)
        closed = await work.issues.change(
            issue.id,
            expect={"state": IssueState.OPEN.value},
            values={"state": IssueState.CLOSED.value, "closed_at": now},
        )
        if closed is None:
            raise LeaseLostError(f"No. {issue.number} was closed by somebody else.")
        before, after = {"state": issue.state.value}, {"state": closed.state.value}
        await work.changes.add(Change("closed", by, now, desk, issue.id, None, before, after))
        deadline = deadline_following(self.house_of(desk).calendar, issue.deadline, issue.window_end, now)
        following = await self._open_next(work, desk, deadline, now)
        carried = await self._carry_over(work, desk, issue, following, now)
        await show_cards_in_turn(work, desk, await work.items.of_issue(issue.id, ItemState.FILED), now)
        if carried or is_stale:
            await follow_up_draft(work, desk, closed, now)
        await self._announce(work, desk, f"closed:{issue.id}", {"closed": issue.number, "carried": carried}, now)
        return following

    async def _carry_over(
        self, work: UnitOfWork, desk: DeskRecord, issue: Issue, following: Issue, now: datetime
    ) -> int:
        """Take what waits for a section or for the next issue into it; a page that it has already goes no further."""
        waiting = await work.items.of_issue(issue.id, ItemState.PENDING, ItemState.HELD, ItemState.HELD_OVER)
        for item in waiting:
            if await work.items.holding(following.id, item.key) is not None:
                continue
            values = {"issue_id": following.id, "state": ItemState.PENDING.value, "late": None, **NOWHERE}
            await work.items.change(item.id, expect={}, values=values)
            before, after = {"number": issue.number}, {"number": following.number}
            await work.changes.add(Change("carried over", "", now, desk, following.id, item.id, before, after))
            await show_cards_of(work, desk, [item], now)
            if item.state is ItemState.HELD:
                told = {"news": "carried over", "number": following.number}
                await work.outbox.show(news_of_held(item, desk, item.found_by, told), at=now)
        return len(waiting)

    async def _open_next(self, work: UnitOfWork, desk: DeskRecord, deadline: datetime, now: datetime) -> Issue:
        last = await work.issues.last_number(desk.id)
        house = self.house_of(desk)
        number = house.first_number if last is None else last + 1
        rule = house.calendar
        issue = await work.issues.add(desk, number, window(rule, deadline), deadline, closes_at(rule, deadline), now)
        opened = {"number": number, "deadline": deadline.isoformat()}
        await work.changes.add(Change("opened", "", now, desk, issue_id=issue.id, after=opened))
        return issue

    async def _announce(
        self, work: UnitOfWork, desk: DeskRecord, key: str, subject: Mapping[str, object], now: datetime
    ) -> None:
        about = {"desk": desk.id, **subject}
        wish = Show(key, ShowingKind.ISSUE_CHANGED, desk.workspace, desk.channel, subject=about)
        await work.outbox.show(wish, at=now)

    async def _changeable_item(
        self, work: UnitOfWork, workspace: str, item_id: int, by: str
    ) -> tuple[Item, DeskRecord, Issue]:
        """An item that a member may change, as it stands while its desk is held.

        Past the freeze of its issue only editors may, until it is published.
        """
        desk = await work.desks.hold_of(item_id)
        if desk is None or desk.workspace != workspace:
            raise ItemUnknownError(item_id)
        item = await work.items.get(item_id)
        if item is None:
            raise ItemUnknownError(item_id)
        issue = await work.issues.get(item.issue_id)
        if issue.state is IssueState.PUBLISHED:
            raise IssuePublishedError(issue.number)
        if issue.state is IssueState.CLOSED and not await self._is_known_editor(work, desk, by):
            raise IssueClosedError(issue.number)
        return item, desk, issue

    async def _issue_and_desk(self, work: UnitOfWork, workspace: str, issue_id: int) -> tuple[Issue, DeskRecord]:
        issue = await work.issues.get(issue_id)
        desk = await work.desks.get(issue.desk_id)
        if desk.workspace != workspace:
            raise IssueUnknownError(issue_id)
        return issue, desk


def news_of_held(item: Item, desk: DeskRecord, told: str, news: Mapping[str, object]) -> Show:
    """Tells a person what became of a held item, once: in the thread of its message, in private where it has none."""
    return Show(
        key=f"held:{item.id}:{item.version}:{news['news']}",
        kind=ShowingKind.HELD_NEWS,
        workspace=desk.workspace,
        channel=desk.channel if item.thread else told,
        thread=item.thread,
        subject={"item": item.id, "told": told, **news},
    )


def card_of(item: Item, desk: DeskRecord) -> Show:
    """What shows an item: the one card of the message it came from, or a summary of many messages."""
    if item.shown_in is not None:
        return summary_at(desk, item.shown_in)
    return card_at(desk, item.message, item.thread, item.channel, item.added_by or item.found_by)


async def show_cards_of(
    work: UnitOfWork, desk: DeskRecord, items: Sequence[Item], now: datetime, *, by_itself: bool = False
) -> None:
    """Ask for the cards of items that changed, and for those of others that tell of them.

    A message has one card, however many of its items changed. What changed `by_itself`, and not by somebody's click,
    waits in a summary for what comes soon after it.
    """
    told = await work.items.companions([item.id for item in items])
    for card in {card.key: card for card in (card_of(item, desk) for item in (*items, *told))}.values():
        await work.outbox.show(card, at=now, due_at=due_of(card, now) if by_itself else None)
    for item in items:
        if item.appeal is not None:
            await show_appeal_of(work, desk, item, now)


async def show_cards_in_turn(work: UnitOfWork, desk: DeskRecord, items: Sequence[Item], now: datetime) -> None:
    """Ask for the cards of many items that became others at once: what members do meanwhile goes in between."""
    cards = {card.key: card for card in (card_of(item, desk) for item in items)}
    for place, card in enumerate(cards.values(), start=1):
        await work.outbox.show(card, at=now, due_at=now + place * _IN_TURN)


async def show_appeal_of(work: UnitOfWork, desk: DeskRecord, item: Item, now: datetime) -> None:
    """Ask for what each editor is told in private of a member's question about an item."""
    for editor in await work.desks.editors(desk):
        key = f"appeal:{item.id}:{editor}"
        await work.outbox.show(
            Show(key, ShowingKind.APPEAL, desk.workspace, editor, subject={"items": [item.id]}), at=now
        )


def due_of(card: Show, now: datetime) -> datetime:
    """When to show what came of itself: a card at once, a summary with what comes soon after it."""
    return now + _GATHERED_FOR if is_summary(card.key) else now


def card_at(desk: DeskRecord, message: str, thread: str | None, channel: str, sender: str) -> Show:
    """The card of a message, in the thread of that message: of a direct one its sender alone is the reader."""
    about = {"desk": desk.id, "message": place_of(desk, channel, message)}
    return Show(
        key=f"card:{channel}:{message}",
        kind=ShowingKind.CARD,
        workspace=desk.workspace,
        channel=channel,
        thread=thread,
        subject=about if channel == desk.channel else {**about, "reader": sender},
    )


def summary_at(desk: DeskRecord, key: str) -> Show:
    """The one message that shows what many messages brought, in the channel itself."""
    about = {"desk": desk.id, "message": key}
    return Show(key=key, kind=ShowingKind.CARD, workspace=desk.workspace, channel=desk.channel, subject=about)


def is_summary(message: str) -> bool:
    """Whether this names a summary, and not a message."""
    return message.startswith(("away:", "rush:"))
