"""Editors correct what was published: each correction is another version, which says what changed."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.desk.base import DeskBase, show_cards_of
from bot.desk.drafts import ask_for_draft, draft_key
from bot.desk.editing import Words, newly_written
from bot.desk.editions import correction_of, edition_of
from bot.desk.errors import (
    CorrectionRefusedError,
    FieldRefusal,
    FieldsRefusedError,
    FieldTrouble,
    ItemUnknownError,
    PassageRefusedError,
)
from bot.desk.snapshot import plain
from bot.editorial.edition import Edition
from bot.editorial.future import latest_day
from bot.editorial.gate import check
from bot.editorial.issue import Issue, IssueState
from bot.editorial.item import Item, ItemState
from bot.editorial.passages import Value, passages_of, read
from bot.editorial.rundown import assemble
from bot.editorial.wording import UnreadableTextError, value_of
from bot.export.manifest import manifest_of, waivers_in
from bot.ports import Change, DeskRecord, LeaseLostError, Publication, UnitOfWork

_TRIES = 3
"""A correction of an issue that is corrected by somebody else meanwhile is made again, so often at most."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What an editor corrects of a published issue: words of an `item`, or passages; `note` is what readers see.

    An item that is taken out `is_out`. `passages` are new values by name.
    """

    desk: DeskRecord
    issue_id: int
    note: str
    by: str
    item: Item | None = None
    written: Mapping[str, Any] = field(default_factory=dict)
    is_out: bool = False
    passages: Mapping[str, Value] = field(default_factory=dict)


class Correcting(DeskBase):
    async def published_item(self, item_id: int, *, workspace: str, by: str, now: datetime) -> Item:
        """An item of a published issue, for an editor who corrects it."""
        async with self._unit_of_work() as work:
            item, desk, _ = await self._published_item(work, workspace, item_id)
        await self._editor(desk, by, now)
        return item

    async def check_item_correction(
        self,
        item_id: int,
        words: Words,
        note: str,
        *,
        is_out: bool,
        opened_with: Mapping[str, str],
        workspace: str,
        by: str,
        now: datetime,
    ) -> Correction:
        """See whether an item can be corrected, or taken out; nothing is stored yet.

        Raises:
            FieldsRefusedError: by field, what cannot be stored; it says nothing new, or not what it is about.
            CorrectionRefusedError: the issue could not have been published so.
        """
        async with self._unit_of_work() as work:
            item, desk, issue = await self._published_item(work, workspace, item_id)
            stands = await edition_of(work, self.house_of(desk), issue)
        await self._editor(desk, by, now)
        written, refused = ({}, {}) if is_out else newly_written(item, words, opened_with)
        said = _line(note, refused, is_new=bool(written) or is_out)
        correction = Correction(desk, issue.id, said, by, item, written, is_out=is_out)
        return await asyncio.to_thread(_sound, stands, correction, now)

    async def check_passage_correction(
        self, issue_id: int, name: str, texts: Sequence[str], note: str, *, workspace: str, by: str, now: datetime
    ) -> Correction:
        """See whether a passage can be corrected; nothing is stored yet.

        Raises:
            PassageRefusedError: a text cannot be read.
            FieldsRefusedError: it says nothing new, or not what it is about.
            CorrectionRefusedError: the issue could not have been published so.
        """
        async with self._unit_of_work() as work:
            issue, desk = await self._issue_and_desk(work, workspace, issue_id)
            stands = await edition_of(work, self.house_of(desk), issue)
        await self._editor(desk, by, now)
        if issue.state is not IssueState.PUBLISHED:
            raise ItemUnknownError(issue_id)
        try:
            value = value_of(name, texts, language=self.house_of(desk).citation.language, before=stands.writing)
        except UnreadableTextError as unreadable:
            raise PassageRefusedError(unreadable.place, unreadable.needs) from None
        said = _line(note, {}, is_new=passages_of(stands.writing).get(name) != value)
        return await asyncio.to_thread(
            _sound, stands, Correction(desk, issue.id, said, by, passages={name: value}), now
        )

    async def correct(self, correction: Correction, *, now: datetime) -> int:
        """Publish a correction as the next version of its issue, whose number is returned.

        Raises:
            LeaseLostError: the item was corrected by somebody else, or the issue is all the time.
        """
        for _ in range(_TRIES):
            async with self._unit_of_work() as work:
                issue = await work.issues.get(correction.issue_id)
                stands = await edition_of(work, self.house_of(correction.desk), issue)
                newest = await work.publications.newest(issue.id)
            if newest is None:
                break
            publication = Publication(newest.version + 1, now, correction.by, correction.note, {})
            lines = (*stands.corrections, correction_of(publication, stands.house))
            manifest = await asyncio.to_thread(
                manifest_of,
                replace(_corrected(stands, correction), corrections=lines),
                self._renderer,
                number=publication.version,
                note=correction.note,
                at=now,
                waivers=waivers_in(newest.manifest),
            )
            async with self._unit_of_work() as work:
                await work.desks.hold(correction.desk.id)
                current = await work.publications.newest(issue.id)
                if current is not None and current.version == newest.version:
                    await self._keep_version(work, correction, issue, replace(publication, manifest=manifest))
                    return publication.version
        raise LeaseLostError(f"issue {correction.issue_id} was corrected by somebody else.")

    async def _published_item(self, work: UnitOfWork, workspace: str, item_id: int) -> tuple[Item, DeskRecord, Issue]:
        item = await work.items.get(item_id)
        if item is None:
            raise ItemUnknownError(item_id)
        desk, issue = await work.items.desk_of(item_id), await work.issues.get(item.issue_id)
        if desk.workspace != workspace or issue.state is not IssueState.PUBLISHED or item.state is not ItemState.FILED:
            raise ItemUnknownError(item_id)
        return item, desk, issue

    async def _keep_version(
        self, work: UnitOfWork, correction: Correction, issue: Issue, publication: Publication
    ) -> None:
        """Store a version with what is new in it, of a desk that is held."""
        desk, by, now = correction.desk, correction.by, publication.at
        about = {"version": publication.version, "note": publication.note}
        if correction.item is not None:
            await self._rewrite(work, correction.item, correction, about, now)
        stands = await work.passages.of_issue(issue.id)
        for name, value in correction.passages.items():
            known = stands.get(name)
            over = known.version if known is not None else 0
            await work.passages.write(desk, issue, name, value, over=over, by=by, at=now)
            before = {"passage": name, "value": known.value if known is not None else None}
            after = {"passage": name, "value": value} | about
            await work.changes.add(Change("corrected", by, now, desk, issue.id, None, before, after))
        await work.publications.add(desk, issue, publication)
        told = {"corrected": issue.number, **about}
        await self._announce(work, desk, f"corrected:{issue.id}:{publication.version}", told, now)
        if await work.outbox.asked_at(desk.workspace, draft_key(issue)) is not None:
            await ask_for_draft(work, desk, issue, now)

    async def _rewrite(
        self, work: UnitOfWork, item: Item, correction: Correction, about: Mapping[str, Any], now: datetime
    ) -> None:
        values = {**correction.written, "edited": _rewritten(item, correction).edited}
        if correction.is_out:
            values["state"] = ItemState.SPIKED.value
        changed = await work.items.change(item.id, expect={"version": item.version}, values=values)
        if changed is None:
            raise LeaseLostError(f"item {item.id} was corrected by somebody else.")
        names = [*correction.written, "state"]
        before = {name: plain(getattr(item, name)) for name in names}
        after = {name: plain(getattr(changed, name)) for name in names} | dict(about)
        desk = correction.desk
        await work.changes.add(Change("corrected", correction.by, now, desk, item.issue_id, item.id, before, after))
        await show_cards_of(work, desk, [changed], now)


def _line(note: str, refused: dict[str, FieldRefusal], *, is_new: bool) -> str:
    """The line that readers see of a correction in whose form nothing is refused."""
    said = " ".join(note.split())
    if not said:
        refused["note"] = FieldRefusal(FieldTrouble.REASON_EMPTY)
    elif not is_new:
        refused["note"] = FieldRefusal(FieldTrouble.NOTHING_CORRECTED)
    if refused:
        raise FieldsRefusedError(refused)
    return said


def _sound(stands: Edition, correction: Correction, now: datetime) -> Correction:
    """A correction after which nothing blocks the issue that did not before."""
    latest = latest_day(now, stands.house.calendar.zone)
    known = {finding.key for finding in check(stands, latest=latest)}
    found = check(_corrected(stands, correction), latest=latest)
    blocking = tuple(each for each in found if each.blocking and each.key not in known)
    if blocking:
        raise CorrectionRefusedError(stands.issue.number, blocking)
    return correction


def _corrected(edition: Edition, correction: Correction) -> Edition:
    """An edition with what is corrected in it."""
    items: list[Item] = []
    for item in edition.rundown.filed:
        if correction.item is None or item.id != correction.item.id:
            items.append(item)
        elif not correction.is_out:
            items.append(_rewritten(item, correction))
    writing = read({**passages_of(edition.writing), **correction.passages})
    return replace(edition, writing=writing, rundown=assemble(edition.house, edition.issue, items))


def _rewritten(item: Item, correction: Correction) -> Item:
    edited = dict(item.edited) | dict.fromkeys(correction.written, correction.by)
    return replace(item, **correction.written, edited=edited)
