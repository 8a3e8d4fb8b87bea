"""Held items return by themselves as soon as there is room, in the transaction that makes it."""

from collections.abc import Sequence
from datetime import datetime

from bot.desk.base import DeskBase, news_of_held, show_cards_of
from bot.desk.counting import tally_in
from bot.desk.snapshot import placing
from bot.editorial.issue import IssueState
from bot.editorial.item import Item, ItemState
from bot.editorial.room import returning
from bot.ports import Change, DeskRecord, LeaseLostError, Show, ShowingKind, UnitOfWork


class Returning(DeskBase):
    """No use case has to think of it: whatever changed an issue, its transaction ends with what it has room for.

    A transaction that changes an issue holds its desk, so that two of them never give the same room away twice.
    """

    async def give_room(self, *, now: datetime) -> Sequence[Item]:
        """Return what is held at every desk and has room: what an outlet is may change without a change of an issue."""
        found: list[Item] = []
        async with self._unit_of_work() as work:
            issues = [await work.issues.open_of(desk.id) for desk in await work.desks.all()]
        for issue in issues:
            if issue is not None:
                async with self._unit_of_work() as work:
                    found += await self._return_held(work, issue.id, now)
        return found

    async def _follow_up(self, work: UnitOfWork) -> None:
        for issue_id in sorted({change.issue_id for change in work.changes.added if change.issue_id is not None}):
            await self._return_held(work, issue_id, work.changes.added[-1].at)
        changed = {change.item_id for change in work.changes.added if change.item_id is not None}
        for item in await work.items.some(changed):
            if item.asked is not None:
                desk = await work.items.desk_of(item.id)
                await ask_editors_of(work, desk, item, work.changes.added[-1].at)

    async def _return_held(self, work: UnitOfWork, issue_id: int, now: datetime) -> Sequence[Item]:
        if not await work.items.of_issue(issue_id, ItemState.HELD):
            return ()
        issue = await work.issues.get(issue_id)
        if issue.state is IssueState.PUBLISHED:
            return ()
        await work.desks.hold(issue.desk_id)
        desk = await work.desks.get(issue.desk_id)
        held = await work.items.of_issue(issue_id, ItemState.HELD)
        counted = await tally_in(work, self.house_of(desk), issue_id)
        found = returning(held, counted, self.house_of(desk))
        for item in found:
            expect = {"state": ItemState.HELD.value, "version": item.version}
            values = {"state": ItemState.FILED.value, "filed_at": now}
            filed = await work.items.change(item.id, expect=expect, values=values)
            if filed is None:
                raise LeaseLostError(f"Item {item.id} was held by somebody else.")
            why = {"state_media": counted.state, "of": counted.total, "planned": self.house_of(desk).planned_items}
            after = placing(filed) | {"room": why}
            await work.changes.add(Change("returned", "", now, desk, issue_id, item.id, placing(item), after))
            await show_cards_of(work, desk, [item], now)
            await work.outbox.show(news_of_held(filed, desk, item.found_by, {"news": "returned"}), at=now)
        return found


async def ask_editors_of(work: UnitOfWork, desk: DeskRecord, item: Item, now: datetime) -> None:
    """Show the question about an item to each editor who was asked, as it stands by then: one message each."""
    for editor in item.asked.editors if item.asked is not None else ():
        key, about = f"question:{item.id}:{editor}", {"item": item.id}
        await work.outbox.show(Show(key, ShowingKind.HELD_QUESTION, desk.workspace, editor, subject=about), at=now)
