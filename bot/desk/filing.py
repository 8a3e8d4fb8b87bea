"""Items are filed, moved, spiked, and each of it undone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.desk.base import DeskBase, card_of
from bot.desk.errors import ItemUnknownError, NothingToUndoError, SectionUnknownError, SomebodyWasFasterError
from bot.desk.snapshot import placing, restored
from bot.editorial.item import Item, ItemState, Reading
from bot.editorial.outlet import Verdict
from bot.ports import Change, DeskRecord, Show, ShowingKind, UnitOfWork

_UNDOABLE = ("filed", "moved", "spiked", "withdrawn")


class Filing(DeskBase):
    """A click changes state by compare-and-swap and asks for the card to be shown again, in one transaction."""

    async def file(self, item_id: int, section: str, *, workspace: str, by: str, now: datetime) -> Item:
        """Put a pending item under a section; of two members who click, one wins and the other is told who.

        What a guest or a stranger dropped waits for an editor.
        """
        await self._member(workspace, by, now)
        await self._must_be_released_by(item_id, workspace=workspace, by=by, now=now)
        self._must_exist(section)
        async with self._unit_of_work() as work:
            item, desk, _ = await self._item_in_open_issue(work, workspace, item_id)
            values = {"state": ItemState.FILED.value, "section": section, "filed_by": by, "filed_at": now}
            expect = {"state": ItemState.PENDING.value}
            return await self._swap(work, desk, item, "filed", expect, values, by, now)

    async def move(
        self, item_id: int, section: str, *, moved_from: str, workspace: str, by: str, now: datetime
    ) -> Item:
        """Put a filed item under another section; whoever filed it is told if somebody else moves it.

        The place that it had was one among others: in the new section it stands by its date.
        """
        await self._member(workspace, by, now)
        self._must_exist(section)
        async with self._unit_of_work() as work:
            item, desk, _ = await self._item_in_open_issue(work, workspace, item_id)
            if section == moved_from == item.section:
                return item
            expect = {"state": ItemState.FILED.value, "section": moved_from}
            values = {"section": section, "moved_from": moved_from, "rank": None, "pinned": False}
            moved = await self._swap(work, desk, item, "moved", expect, values, by, now)
            if moved.filed_by and moved.filed_by != by:
                told = Show(
                    key=f"moved:{item.id}:{moved.version}",
                    kind=ShowingKind.MOVED,
                    workspace=workspace,
                    channel=desk.channel,
                    thread=item.thread,
                    subject={"item": item.id, "from": moved_from, "to": section, "by": by, "filed_by": moved.filed_by},
                )
                await work.outbox.show(told, at=now)
            return moved

    async def spike(self, item_id: int, *, workspace: str, by: str, now: datetime) -> Item:
        """Drop an item from the issue; it stays on record and can be brought back."""
        await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            item, desk, _ = await self._item_in_open_issue(work, workspace, item_id)
            expect = {"state": item.state.value, "version": item.version}
            if item.state not in {ItemState.PENDING, ItemState.FILED}:
                raise await self._faster(work, item)
            return await self._swap(work, desk, item, "spiked", expect, {"state": ItemState.SPIKED.value}, by, now)

    async def undo(self, item_id: int, *, workspace: str, by: str, now: datetime) -> Item:
        """Take back the last filing, move, spike or withdrawal that still stands.

        Raises:
            NothingToUndoError: the item is as it came.
            PageAlreadyThereError: the page came into the issue again meanwhile.
        """
        await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            item, desk, _ = await self._item_in_open_issue(work, workspace, item_id)
            last = _standing(await work.changes.of_item(item_id))
            if last is None:
                raise NothingToUndoError(item_id)
            expect = {"state": item.state.value, "version": item.version}
            return await self._swap(work, desk, item, "undone", expect, restored(last.before), by, now)

    async def read_again(self, item_id: int, *, workspace: str, by: str, now: datetime) -> Item:
        """Ask for the page to be read once more; what members wrote stays."""
        await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            item, desk, _ = await self._item_in_open_issue(work, workspace, item_id)
            values: dict[str, Any] = {
                "reading": Reading.WAITING.value,
                "read_attempts": 0,
                "read_at": now,
                "trouble": None,
            }
            if "kind" not in item.edited:
                values["kind"] = None
            waiting = await work.items.change(item_id, expect={}, values=values)
            before = {"reading": item.reading.value, "trouble": item.trouble}
            after = {"reading": Reading.WAITING.value, "trouble": None}
            await work.changes.add(Change("asked to read again", by, now, desk, item.issue_id, item.id, before, after))
            await work.outbox.show(card_of(item, desk), at=now)
            return waiting or item

    async def rule_on_outlet(
        self, item_id: int, ruling: Verdict, *, workspace: str, by: str, now: datetime
    ) -> Sequence[Item]:
        """Keep a member's word on who controls the outlet of an item; every card that it touches is shown again."""
        await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            item, desk, issue = await self._item_in_open_issue(work, workspace, item_id)
            domain = item.outlet.domain if item.outlet is not None else item.host
            await work.outlets.rule(workspace, domain, ruling, by, now)
            touched = await work.items.from_host(issue.id, domain)
            before = item.outlet.ruling.value if item.outlet is not None and item.outlet.ruling else None
            change = Change(
                "outlet ruled",
                by,
                now,
                desk,
                issue.id,
                item.id,
                {"domain": domain, "ruling": before},
                {"domain": domain, "ruling": ruling.value},
            )
            await work.changes.add(change)
            for wish in {card_of(each, desk).key: card_of(each, desk) for each in touched}.values():
                await work.outbox.show(wish, at=now)
            return touched

    async def _must_be_released_by(self, item_id: int, *, workspace: str, by: str, now: datetime) -> None:
        async with self._unit_of_work() as work:
            item = await work.items.get(item_id)
            desk = await work.items.desk_of(item_id) if item is not None else None
        if item is None or desk is None or desk.workspace != workspace:
            raise ItemUnknownError(item_id)
        if item.state is ItemState.PENDING and await self._is_guest(workspace, item.found_by, now):
            await self._editor(desk, by, now)

    async def _swap(
        self,
        work: UnitOfWork,
        desk: DeskRecord,
        item: Item,
        verb: str,
        expect: dict[str, Any],
        values: dict[str, Any],
        by: str,
        now: datetime,
    ) -> Item:
        changed = await work.items.change(item.id, expect=expect, values=values)
        if changed is None:
            raise await self._faster(work, item)
        change = Change(verb, by, now, desk, item.issue_id, item.id, placing(item), placing(changed))
        await work.changes.add(change)
        await work.outbox.show(card_of(item, desk), at=now)
        return changed

    async def _faster(self, work: UnitOfWork, item: Item) -> SomebodyWasFasterError:
        current = await work.items.get(item.id) or item
        last = _standing(await work.changes.of_item(item.id))
        by = (await work.people.names(last.desk.workspace, [last.by])).get(last.by, last.by) if last else None
        section = self.house.section(current.section).title if current.section else None
        return SomebodyWasFasterError(current, by, section, last.at if last else None)

    def _must_exist(self, section: str) -> None:
        if section not in {each.key for each in self.house.sections}:
            raise SectionUnknownError(section)


def _standing(changes: Sequence[Change]) -> Change | None:
    """The newest change that was not undone."""
    stack: list[Change] = []
    for change in changes:
        if change.verb in _UNDOABLE:
            stack.append(change)
        elif change.verb == "undone" and stack:
            stack.pop()
    return stack[-1] if stack else None
