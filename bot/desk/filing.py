"""Items are filed, moved, spiked, held over for the next issue, and each of it undone."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.desk.base import NOWHERE, DeskBase, show_cards_of
from bot.desk.errors import (
    AttestationNeededError,
    CarriedOverError,
    ItemUnknownError,
    NoReleaseError,
    NothingToUndoError,
    OpinionBarredError,
    ReasonNeededError,
    SectionUnknownError,
    SomebodyWasFasterError,
)
from bot.desk.snapshot import placing, restored
from bot.editorial.acceptance import asks_for_word, is_barred
from bot.editorial.house import RELEASES, House
from bot.editorial.item import Item, ItemState, Reading
from bot.editorial.releases import may_be_release
from bot.ports import Change, DeskRecord, Show, ShowingKind, UnitOfWork

UNDOABLE = (
    "filed",
    "moved",
    "spiked",
    "withdrawn",
    "held",
    "accepted",
    "held over",
    "replaced",
    "took place",
    "second source",
    "capture taken back",
)
"""That a held item returned is not undone alone, or it would return again: undoing takes back that it was held."""

_IN_THE_ISSUE = frozenset({ItemState.PENDING, ItemState.FILED, ItemState.HELD})


class Filing(DeskBase):
    """A click changes state by compare-and-swap and asks for the card to be shown again, in one transaction."""

    async def file(self, item_id: int, section: str, *, workspace: str, by: str, now: datetime) -> Item:
        """Put a pending item under a section or among the releases; of two members who click, one wins.

        The other is told who. What a guest or a stranger dropped waits for an editor.

        Raises:
            AttestationNeededError: it is of state media: somebody gives their word on it with `accept`.
            NoReleaseError: it is of state media, and no release is.
            OpinionBarredError: it is an opinion of state media.
            ReasonNeededError: an earlier issue had it, and nobody has said why it is used again.
        """
        await self._member(workspace, by, now)
        house = await self._must_be_released_by(item_id, workspace=workspace, by=by, now=now)
        must_exist(section, house)
        async with self._unit_of_work() as work:
            item, desk, _ = await self._changeable_item(work, workspace, item_id, by)
            must_fit(item, section, house)
            must_be_new(item)
            must_need_no_word(item, section, house)
            values = {"state": ItemState.FILED.value, "section": section, "filed_by": by, "filed_at": now}
            expect = {"state": ItemState.PENDING.value}
            return await self._swap(work, desk, item, "filed", expect, values, by, now)

    async def move(
        self, item_id: int, section: str, *, moved_from: str, workspace: str, by: str, now: datetime
    ) -> Item:
        """Put a filed item elsewhere; whoever filed it is told if somebody else moves it.

        The place that it had was one among others: in the new section it stands by its date.

        Raises:
            NoReleaseError: it is of state media, and no release is.
        """
        await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            item, desk, _ = await self._changeable_item(work, workspace, item_id, by)
            must_exist(section, self.house_of(desk))
            if section == moved_from == item.section:
                return item
            must_fit(item, section, self.house_of(desk))
            expect = {"state": ItemState.FILED.value, "section": moved_from}
            values = {"section": section, "moved_from": moved_from, "rank": None, "pinned": False}
            moved = await self._swap(work, desk, item, "moved", expect, values, by, now)
            if moved.filed_by and moved.filed_by != by:
                told = Show(
                    key=f"moved:{item.id}:{moved.version}",
                    kind=ShowingKind.MOVED,
                    workspace=workspace,
                    channel=item.channel,
                    thread=item.thread,
                    subject={"item": item.id, "from": moved_from, "to": section, "by": by, "filed_by": moved.filed_by},
                )
                await work.outbox.show(told, at=now)
            return moved

    async def spike(self, item_id: int, *, workspace: str, by: str, now: datetime) -> Item:
        """Drop an item from the issue; it stays on record and can be brought back."""
        await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            item, desk, _ = await self._changeable_item(work, workspace, item_id, by)
            expect = {"state": item.state.value, "version": item.version}
            if item.state not in _IN_THE_ISSUE:
                raise await self._faster(work, item)
            return await self._swap(work, desk, item, "spiked", expect, {"state": ItemState.SPIKED.value}, by, now)

    async def hold_over(self, item_id: int, *, workspace: str, by: str, now: datetime) -> Item:
        """Leave an item to the next issue, which takes it without a section when this one closes."""
        await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            item, desk, _ = await self._changeable_item(work, workspace, item_id, by)
            if item.state not in _IN_THE_ISSUE:
                raise await self._faster(work, item)
            expect = {"state": item.state.value, "version": item.version}
            values = {"state": ItemState.HELD_OVER.value, **NOWHERE}
            return await self._swap(work, desk, item, "held over", expect, values, by, now)

    async def take_back(self, item_id: int, number: int, *, workspace: str, by: str, now: datetime) -> Item:
        """Have an item that was held over in the issue of this number again, where it stood in it.

        Raises:
            CarriedOverError: that issue closed meanwhile, and the next one has the item.
        """
        await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            item, desk, issue = await self._changeable_item(work, workspace, item_id, by)
            if issue.number != number:
                raise CarriedOverError(issue.number)
            last = _standing(await work.changes.of_item(item_id))
            if item.state is not ItemState.HELD_OVER or last is None:
                raise await self._faster(work, item)
            expect = {"state": item.state.value, "version": item.version}
            return await self._swap(work, desk, item, "undone", expect, restored(last.before), by, now)

    async def undo(self, item_id: int, *, workspace: str, by: str, now: datetime) -> Item:
        """Take back the last filing, move, spike or withdrawal that still stands.

        Of an item that took another's place both are brought back, unless something else happened to the other since.

        Raises:
            NothingToUndoError: the item is as it came.
            PageAlreadyThereError: the page came into the issue again meanwhile.
        """
        await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            item, desk, _ = await self._changeable_item(work, workspace, item_id, by)
            last = _standing(await work.changes.of_item(item_id))
            if last is None:
                raise NothingToUndoError(item_id)
            undone = await self._taken_back(work, desk, item, last, by, now)
            others = [last.after[name] for name in ("twin", "second_of") if last.after.get(name) is not None]
            for concerned in await work.items.some(others):
                latest = _standing(await work.changes.of_item(concerned.id))
                if latest is not None and latest.after.get("twin") == item.id:
                    await self._taken_back(work, desk, concerned, latest, by, now)
                await show_cards_of(work, desk, [concerned], now)
            return undone

    async def read_again(self, item_id: int, *, workspace: str, by: str, now: datetime) -> Item:
        """Ask for the page to be read once more; what members wrote stays."""
        await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            item, desk, _ = await self._changeable_item(work, workspace, item_id, by)
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
            await show_cards_of(work, desk, [item], now)
            return waiting or item

    async def _must_be_released_by(self, item_id: int, *, workspace: str, by: str, now: datetime) -> House:
        """Refuse to file what waits for an editor; gives the house that it is filed in."""
        async with self._unit_of_work() as work:
            item = await work.items.get(item_id)
            desk = await work.items.desk_of(item_id) if item is not None else None
        if item is None or desk is None or desk.workspace != workspace:
            raise ItemUnknownError(item_id)
        if item.state is ItemState.PENDING and await self._is_guest(workspace, item.found_by, now):
            await self._editor(desk, by, now)
        return self.house_of(desk)

    async def _taken_back(
        self, work: UnitOfWork, desk: DeskRecord, item: Item, last: Change, by: str, now: datetime
    ) -> Item:
        expect = {"state": item.state.value, "version": item.version}
        return await self._swap(work, desk, item, "undone", expect, restored(last.before), by, now)

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
        *,
        also: Mapping[str, Any] | None = None,
    ) -> Item:
        """Change where an item stands, and what else undoing that restores: `also` is what it was until now."""
        changed = await work.items.change(item.id, expect=expect, values=values)
        if changed is None:
            raise await self._faster(work, item)
        beside = dict(also or {})
        before, after = placing(item) | beside, placing(changed) | {name: values[name] for name in beside}
        change = Change(verb, by, now, desk, item.issue_id, item.id, before, after)
        await work.changes.add(change)
        await show_cards_of(work, desk, [item], now)
        return changed

    async def _faster(self, work: UnitOfWork, item: Item) -> SomebodyWasFasterError:
        current = await work.items.get(item.id) or item
        last = _standing(await work.changes.of_item(item.id))
        by = (await work.people.names(last.desk.workspace, [last.by])).get(last.by, last.by) if last else None
        house = self.house_of(await work.items.desk_of(item.id))
        section = house.section(current.section).title if current.section else None
        return SomebodyWasFasterError(current, by, section, last.at if last else None)


def must_exist(section: str, house: House) -> None:
    """Refuse a place that a house does not have."""
    if section not in {each.key for each in house.places}:
        raise SectionUnknownError(section)


def must_fit(item: Item, section: str, house: House) -> None:
    """Refuse to have a report of state media printed among the releases."""
    if section == RELEASES and not may_be_release(item, house):
        raise NoReleaseError(item)


def must_be_new(item: Item) -> None:
    """Refuse to file what an earlier issue had, for as long as nobody has said why it is used again."""
    if item.is_a_repeat and item.earlier is not None:
        raise ReasonNeededError(item.earlier.number)


def must_need_no_word(item: Item, section: str | None, house: House) -> None:
    """Refuse what is filed only with a member's word on it, or not at all."""
    if is_barred(item, house.state_media):
        raise OpinionBarredError(item)
    if asks_for_word(item, house.state_media):
        raise AttestationNeededError(item, section)


def _standing(changes: Sequence[Change]) -> Change | None:
    """The newest change that was not undone; what happened to an item in an earlier issue stays as it is."""
    stack: list[Change] = []
    for change in changes:
        if change.verb in UNDOABLE:
            stack.append(change)
        elif change.verb == "carried over":
            stack.clear()
        elif change.verb == "undone" and stack:
            stack.pop()
    return stack[-1] if stack else None
