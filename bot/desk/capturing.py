"""Members add the links of a message with an emoji, whoever wrote it and however long ago."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.desk.base import show_cards_of
from bot.desk.drops import Drop, TakenIn
from bot.desk.earlier import recognised
from bot.desk.intake import Intake
from bot.desk.snapshot import placing
from bot.editorial.issue import Issue
from bot.editorial.item import Item, ItemState
from bot.editorial.revision import Revision
from bot.ports import Change, DeskRecord, Receipt, ShowingKind, UnitOfWork

ADDED = "added to issue"
"""Says in the log that a member added an item by name: no emoji that is taken back takes it away."""


@dataclass(frozen=True, slots=True)
class Capture:
    """Somebody gave a message the emoji or took it back; `holders` are those who have it there now."""

    drop: Drop
    by: str
    holders: Sequence[str]


class Capturing(Intake):
    async def capture(self, capture: Capture, *, now: datetime, receipt: Receipt) -> None:
        """Bring the items of a message to what the emoji on it say now; those of guests and bots say nothing.

        While a member's is there, its links are items, found by whoever wrote them and added by that member. Where the
        last is taken back, what was added so and waits for a section is withdrawn; what was filed stays. The events
        may come in any order, and twice.

        Raises:
            PersonUnknownError: it cannot be said yet whether the emoji counts.
        """
        workspace = capture.drop.workspace
        counts = (await self.person(workspace, capture.by, now)).standing.is_of_desk
        holders = [each for each in capture.holders if not await self._is_guest(workspace, each, now)]
        async with self._unit_of_work() as work:
            desk = await work.desks.find(workspace, capture.drop.channel)
            if desk is not None and counts:
                issue = await self._open_issue_of(work, desk, now)
                if holders:
                    adder = capture.by if capture.by in holders else holders[0]
                    await self._add_captured(work, desk, issue, capture.drop, adder, now)
                else:
                    await self._take_back(work, desk, issue, capture, now)
            await work.inbox.finish(receipt)

    async def _add_captured(
        self, work: UnitOfWork, desk: DeskRecord, issue: Issue, said: Drop, adder: str, now: datetime
    ) -> None:
        drop = await self._credited(work, said, adder)
        taken = await self._record_credited(work, desk, issue, drop, now)
        if taken.duplicates:
            held = {"items": [item.id for item in taken.duplicates]}
            await self._whisper(work, drop, ShowingKind.DUPLICATE, held, now)
        if taken.refused:
            await self._whisper(work, drop, ShowingKind.REFUSED_LINKS, {"links": dict(taken.refused)}, now)

    async def _credited(self, work: UnitOfWork, said: Drop, adder: str) -> Drop:
        """What a message says, found by whoever wrote it and added by somebody; what an app wrote they found as well.

        Its items are shown where those that it has are shown.
        """
        here = await work.items.of_message(said.workspace, said.channel, said.message)
        finder = adder if said.by_app else said.member
        shown_in = here[0].shown_in if here else None
        return replace(said, member=finder, added_by=adder, by_app=False, shown_in=shown_in)

    async def _record_credited(
        self, work: UnitOfWork, desk: DeskRecord, issue: Issue, drop: Drop, now: datetime
    ) -> TakenIn:
        """Put the links of a message on record, whatever they look like, and ask for its card."""
        taken = await self._record(work, desk, issue, drop, now, anyway=True)
        items = await recognised(work, desk, self.house_of(desk), taken.items)
        if await work.messages.find(drop.workspace, drop.channel, drop.message) is None and items:
            await work.messages.keep(drop.workspace, drop.channel, drop.message, Revision(drop.revision, drop.links))
        await show_cards_of(work, desk, items[:1], now)
        return replace(taken, items=items)

    async def _take_back(
        self, work: UnitOfWork, desk: DeskRecord, issue: Issue, capture: Capture, now: datetime
    ) -> None:
        said = capture.drop
        here = await work.items.of_message(said.workspace, said.channel, said.message)
        added = await work.changes.of_items([item.id for item in here], (ADDED,))
        for item in here:
            if item.added_by is not None and item.issue_id == issue.id and not added[item.id]:
                await self._withdraw_captured(work, desk, item, capture.by, now)

    async def _withdraw_captured(self, work: UnitOfWork, desk: DeskRecord, item: Item, by: str, now: datetime) -> None:
        pending, withdrawn = {"state": ItemState.PENDING.value}, {"state": ItemState.WITHDRAWN.value}
        gone = await work.items.change(item.id, expect=pending, values=withdrawn)
        if gone is not None:
            change = Change("capture taken back", by, now, desk, item.issue_id, item.id, placing(item), placing(gone))
            await work.changes.add(change)
            await show_cards_of(work, desk, [item], now)
