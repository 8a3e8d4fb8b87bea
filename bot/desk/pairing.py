"""The same story from two outlets: both stay, one takes the other's place, or one is the other's second source."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.desk.base import show_cards_of
from bot.desk.company import ON_THE_LIST
from bot.desk.errors import ItemUnknownError
from bot.desk.filing import Filing, must_be_new, must_need_no_word
from bot.desk.snapshot import placing
from bot.editorial.item import Item, ItemState, Reading
from bot.editorial.kind import Kind
from bot.editorial.similar import Stories, Story
from bot.ports import Change, DeskRecord, UnitOfWork

_TOLD = ("title", "summary", "source", "host", "published_on", "kind", "reading")


class Pairing(Filing):
    """Nobody is made to choose: where nothing is clicked, both items stay."""

    async def keep_both(self, item_id: int, other_id: int, *, workspace: str, by: str, now: datetime) -> Item:
        """Remember that two items of one story both stay, and who said so; it is not asked again."""
        await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            item, other, desk = await self._two(work, workspace, item_id, other_id, by)
            if item.is_kept_beside(other):
                return item
            for one, beside in ((other, item), (item, other)):
                kept = dict(one.kept_beside) | {str(beside.id): by}
                values: dict[str, Any] = {"kept_beside": kept}
                if one.similar_to == beside.id:  # what is asked next is the next likeliest
                    values["similar_to"] = await most_similar(work, replace(one, kept_beside=kept), {})
                change = Change("kept beside", by, now, desk, one.issue_id, one.id, after={"other": beside.id})
                item = await self._changed(work, desk, one, values, change)
            return item

    async def replace_other(self, item_id: int, other_id: int, *, workspace: str, by: str, now: datetime) -> Item:
        """Give an item the place of another, which is spiked; undoing one of the two undoes both.

        What a guest or a stranger dropped is filed by an editor alone, and state media with a member's word.
        """
        await self._member(workspace, by, now)
        house = await self._must_be_released_by(item_id, workspace=workspace, by=by, now=now)
        async with self._unit_of_work() as work:
            item, other, desk = await self._two(work, workspace, item_id, other_id, by)
            must_be_new(item)
            values: dict[str, Any] = {}
            if other.state is ItemState.FILED:
                values = {"state": ItemState.FILED.value, "section": other.section, "rank": other.rank}
            if values and item.state is ItemState.PENDING:
                must_need_no_word(item, other.section, house)
                values |= {"filed_by": by, "filed_at": now}
            spiked = {"state": ItemState.SPIKED.value}
            for one, twin, verb, written in ((other, item, "replaced", spiked), (item, other, "took place", values)):
                before = placing(one) | {"rank": one.rank}
                change = Change(verb, by, now, desk, one.issue_id, one.id, before, {"twin": twin.id})
                item = await self._changed(work, desk, one, written, change)
            return item

    async def make_second_source(self, item_id: int, other_id: int, *, workspace: str, by: str, now: datetime) -> Item:
        """Take an item off the list and put it on record as the second source of another."""
        await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            item, other, desk = await self._two(work, workspace, item_id, other_id, by)
            before = placing(item) | {"second_of": None}
            change = Change("second source", by, now, desk, item.issue_id, item.id, before, {"second_of": other.id})
            values = {"state": ItemState.SECOND_SOURCE.value, "second_of": other.id}
            changed = await self._changed(work, desk, item, values, change)
            said = {"item": item.id, "source": item.source, "url": item.url}
            await work.changes.add(Change("got second source", by, now, desk, other.issue_id, other.id, after=said))
            await show_cards_of(work, desk, [other], now)
            return changed

    async def _two(
        self, work: UnitOfWork, workspace: str, item_id: int, other_id: int, by: str
    ) -> tuple[Item, Item, DeskRecord]:
        """Two items of an issue that are on its list, as they stand while their desk is held."""
        item, desk, issue = await self._changeable_item(work, workspace, item_id, by)
        other = await work.items.get(other_id)
        if other is None or other.issue_id != issue.id or other.id == item.id:
            raise ItemUnknownError(other_id)
        for one in (item, other):
            if one.state not in ON_THE_LIST:
                raise await self._faster(work, one)
        return item, other, desk

    async def _changed(
        self, work: UnitOfWork, desk: DeskRecord, item: Item, values: Mapping[str, Any], change: Change
    ) -> Item:
        expect = {"version": item.version, "state": item.state.value}
        changed = await work.items.change(item.id, expect=expect, values=values)
        if changed is None:
            raise await self._faster(work, item)
        await work.changes.add(replace(change, after=placing(changed) | dict(change.after)))
        await show_cards_of(work, desk, [item], change.at)
        return changed


async def most_similar(work: UnitOfWork, item: Item, written: Mapping[str, Any]) -> int | None:
    """The item of the same issue that most likely tells the story of this one, with what is being written to it."""
    told = replace(item, **{name: value for name, value in written.items() if name in _TOLD})
    is_article = told.kind is None or not Kind(told.kind).must_be_kept
    if told.reading == Reading.WAITING or not is_article or not (told.title or told.summary):
        return None
    others = [story for story in await work.items.stories(item.issue_id, told.published_on) if story.id != item.id]
    found = Stories([*others, Story.of(told)]).similar_to(item.id)
    ids = (pair.second if pair.first == item.id else pair.first for pair in found)
    return next((other for other in ids if str(other) not in told.kept_beside), None)
