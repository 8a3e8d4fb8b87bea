"""Members write what the page did not say, or said wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from bot.desk.base import DeskBase, show_cards_of
from bot.desk.errors import (
    AlreadyWrittenError,
    FieldRefusal,
    FieldsRefusedError,
    FieldTrouble,
    NothingToUndoError,
    SomebodyWasFasterError,
)
from bot.desk.habits import told_by
from bot.desk.pairing import most_similar
from bot.desk.snapshot import plain
from bot.editorial.house import House
from bot.editorial.item import Item
from bot.ports import Change, DeskRecord, Habit, Person, UnitOfWork

_TITLE_LIMIT = 300
_EDITED = "edited"


@dataclass(frozen=True, slots=True)
class Words:
    """What members may write of an item; an empty field is None."""

    title: str | None
    source: str | None
    published_on: date | None
    language: str | None
    author: str | None
    summary: str | None
    agency: str | None = None

    @classmethod
    def of(cls, item: Item) -> "Words":
        return cls(**{each.name: getattr(item, each.name) for each in fields(cls)})

    def marks(self) -> dict[str, str]:
        """A short mark of every value: what a form opened with, kept in the form without its words."""
        return {each.name: mark(getattr(self, each.name)) for each in fields(self)}


def signed(note: str, person: Person) -> str:
    """What somebody noted, as one line with their name."""
    return f"{person.name}: {' '.join(note.split())}"


class Editing(DeskBase):
    async def item(self, item_id: int, *, workspace: str, by: str, now: datetime) -> Item:
        """Show an item of an open issue to a member who may change it."""
        item, _ = await self.item_and_house(item_id, workspace=workspace, by=by, now=now)
        return item

    async def item_and_house(self, item_id: int, *, workspace: str, by: str, now: datetime) -> tuple[Item, House]:
        """The same, with the house of its desk."""
        await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            found, desk, _ = await self._changeable_item(work, workspace, item_id, by)
            return found, self.house_of(desk)

    async def edit(
        self, item_id: int, words: Words, *, opened_with: Mapping[str, str], workspace: str, by: str, now: datetime
    ) -> Item:
        """Write what a member changed in a form, and nothing that the member left alone.

        `opened_with` are the marks of the values that the form showed.

        Raises:
            FieldsRefusedError: by field, what cannot be stored, and what somebody else wrote meanwhile.
        """
        await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            item, desk, _ = await self._changeable_item(work, workspace, item_id, by)
            written, refused = newly_written(item, words, opened_with)
            if refused:
                raise FieldsRefusedError(refused)
            return await self._write(work, desk, item, written, by, now) if written else item

    async def undo_edit(self, item_id: int, *, over: int, workspace: str, by: str, now: datetime) -> Item:
        """Give an item back the words that it had before it was last edited; undoing again brings them back.

        `over` is the version that whoever undoes saw.

        Raises:
            NothingToUndoError: nobody edited it.
            SomebodyWasFasterError: it changed since it was shown.
        """
        await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            item, desk, _ = await self._changeable_item(work, workspace, item_id, by)
            edits = [change for change in await work.changes.of_item(item_id) if change.verb == _EDITED]
            if not edits:
                raise NothingToUndoError(item_id)
            if item.version != over:
                raise SomebodyWasFasterError(item, None, None, None)
            said = dict(edits[-1].before)
            if said.get("published_on"):
                said["published_on"] = date.fromisoformat(said["published_on"])
            return await self._write(work, desk, item, said, by, now)

    async def choose_day(self, item_id: int, day: date, *, workspace: str, by: str, now: datetime) -> Item:
        """Date an item of which no day was sure.

        Raises:
            AlreadyWrittenError: it is dated by now.
        """
        await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            item, desk, _ = await self._changeable_item(work, workspace, item_id, by)
            if item.published_on is None:
                return await self._write(work, desk, item, {"published_on": day}, by, now)
            if item.published_on == day and item.edited.get("published_on") == by:
                return item  # they clicked twice
            raise await self._already_written(work, desk, item, "published_on")

    async def use_alternative(self, item_id: int, seen: str, *, workspace: str, by: str, now: datetime) -> Item:
        """Give an item the other headline of its page; `seen` is the mark of the one that was offered.

        Raises:
            AlreadyWrittenError: a member wrote a title meanwhile.
            SomebodyWasFasterError: the page was read again meanwhile, and gives another.
        """
        await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            item, desk, _ = await self._changeable_item(work, workspace, item_id, by)
            if "title" in item.edited:
                if item.edited["title"] == by and mark(item.title) == seen:
                    return item  # they clicked twice
                raise await self._already_written(work, desk, item, "title")
            if item.alternative is None or mark(item.alternative) != seen:
                raise SomebodyWasFasterError(item, None, None, None)
            return await self._write(work, desk, item, {"title": item.alternative}, by, now)

    async def add_note(self, item_id: int, note: str, *, workspace: str, by: str, now: datetime) -> Item:
        """Add a line to an item's note, signed."""
        person = await self._member(workspace, by, now)
        if not note.strip():
            raise FieldsRefusedError({"note": FieldRefusal(FieldTrouble.NOTE_EMPTY)})
        async with self._unit_of_work() as work:
            item, desk, _ = await self._changeable_item(work, workspace, item_id, by)
            return await self._noted(work, desk, item, note, person, now)

    async def _noted(
        self, work: UnitOfWork, desk: DeskRecord, item: Item, note: str, person: Person, now: datetime
    ) -> Item:
        """Add a person's line to the note of an item that is held."""
        line = signed(note, person)
        both = f"{item.note}\n{line}" if item.note else line
        changed = await work.items.change(item.id, expect={"version": item.version}, values={"note": both})
        if changed is None:
            raise SomebodyWasFasterError(item, None, None, None)
        before, after = {"note": item.note}, {"note": both}
        await work.changes.add(Change("noted", person.id, now, desk, item.issue_id, item.id, before, after))
        await show_cards_of(work, desk, [item], now)
        return changed

    async def _write(
        self, work: UnitOfWork, desk: DeskRecord, item: Item, written: Mapping[str, Any], by: str, now: datetime
    ) -> Item:
        """Write a member's values over those of an item that is held, and remember what they say of its place."""
        edited = dict(item.edited) | dict.fromkeys(written, by)
        values = {**written, "edited": edited, "similar_to": await most_similar(work, item, written)}
        changed = await work.items.change(item.id, expect={"version": item.version}, values=values)
        if changed is None:
            raise SomebodyWasFasterError(item, None, None, None)
        before = {name: plain(getattr(item, name)) for name in written}
        after = {name: plain(value) for name, value in written.items()}
        await work.changes.add(Change(_EDITED, by, now, desk, item.issue_id, item.id, before, after))
        if item.cited_for is not None:
            zones = await self._zones_of(work, desk, by) if "published_on" in written else ()
            await self._remember(work, desk, item, item.cited_for, told_by(item, written, zones), by, now)
        await show_cards_of(work, desk, [item], now)
        return changed

    async def _zones_of(self, work: UnitOfWork, desk: DeskRecord, person: str) -> tuple[str, ...]:
        """The zones whose days a member may mean: the desk's, then their own."""
        known = await work.people.find(desk.workspace, person)
        return (self.house_of(desk).calendar.zone, *((known[0].zone,) if known is not None else ()))

    async def _remember(
        self,
        work: UnitOfWork,
        desk: DeskRecord,
        item: Item,
        place: str,
        said: Mapping[Habit, str | None],
        by: str,
        now: datetime,
    ) -> None:
        """Read the pages of a place from now on in this workspace as was said; None takes back what was said before."""
        known = await work.outlets.habits(desk.workspace, place) if said else {}
        for habit, value in said.items():
            if known.get(habit) == value:
                continue
            await work.outlets.learn(desk.workspace, place, habit, value, by, now)
            before, after = {"place": place, habit: known.get(habit)}, {"place": place, habit: value}
            await work.changes.add(Change(f"{habit} remembered", by, now, desk, item.issue_id, item.id, before, after))

    async def _already_written(self, work: UnitOfWork, desk: DeskRecord, item: Item, field: str) -> AlreadyWrittenError:
        writer = item.edited.get(field)
        names = await work.people.names(desk.workspace, [writer] if writer else [])
        return AlreadyWrittenError(item, field, names.get(writer, writer) if writer else None)


def newly_written(
    item: Item, words: Words, opened_with: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, FieldRefusal]]:
    """What of a form is new, by field, and what of it cannot be stored."""
    refused = _refusals(words)
    stands = Words.of(item)
    written: dict[str, Any] = {}
    for name, ours in words.marks().items():
        if ours in (opened_with.get(name), stands.marks()[name]):
            continue
        if stands.marks()[name] != opened_with.get(name):
            theirs = str(getattr(stands, name) or "")
            refused.setdefault(name, FieldRefusal(FieldTrouble.CHANGED_MEANWHILE, theirs))
        written[name] = getattr(words, name)
    return written, refused


def _refusals(words: Words) -> dict[str, FieldRefusal]:
    if not words.title:
        return {"title": FieldRefusal(FieldTrouble.TITLE_EMPTY)}
    return {"title": FieldRefusal(FieldTrouble.TITLE_TOO_LONG)} if len(words.title) > _TITLE_LIMIT else {}


def mark(value: date | str | None) -> str:
    """A short mark of a value, equal for equal values."""
    return sha256(str(value or "").encode()).hexdigest()[:12]
