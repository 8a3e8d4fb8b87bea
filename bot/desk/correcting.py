"""Editors correct what was published: each correction is another version, which says what changed."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.desk.base import DeskBase, card_of
from bot.desk.drafting import ask_for_draft, draft_key
from bot.desk.editing import Words, newly_written
from bot.desk.editions import correction_of, edition_of
from bot.desk.errors import (
    FieldRefusal,
    FieldsRefusedError,
    FieldTrouble,
    GateClosedError,
    ItemUnknownError,
)
from bot.desk.snapshot import plain
from bot.editorial.edition import Edition
from bot.editorial.gate import check
from bot.editorial.issue import Issue, IssueState
from bot.editorial.item import Item
from bot.editorial.rundown import assemble
from bot.export.manifest import manifest_of, waivers_in
from bot.ports import Change, DeskRecord, LeaseLostError, Publication, UnitOfWork

_TRIES = 3
"""A correction of an issue that is corrected by somebody else meanwhile is made again, so often at most."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What an editor corrects of a published item, in which words, and why."""

    item: Item
    desk: DeskRecord
    written: Mapping[str, Any]
    note: str
    by: str


class Correcting(DeskBase):
    async def published_item(self, item_id: int, *, workspace: str, by: str, now: datetime) -> Item:
        """An item of a published issue, for an editor who corrects it."""
        async with self._unit_of_work() as work:
            item, desk, _ = await self._published(work, workspace, item_id)
        await self._editor(desk, by, now)
        return item

    async def check_correction(
        self,
        item_id: int,
        words: Words,
        note: str,
        *,
        opened_with: Mapping[str, str],
        workspace: str,
        by: str,
        now: datetime,
    ) -> Correction:
        """See whether a correction can be made; nothing is stored yet.

        Raises:
            FieldsRefusedError: by field, what cannot be stored; it says nothing new, or not what it is about.
            GateClosedError: it would make the issue one that could not have been published.
        """
        async with self._unit_of_work() as work:
            item, desk, issue = await self._published(work, workspace, item_id)
            stands = await edition_of(work, self.house, issue)
        await self._editor(desk, by, now)
        written, refused = newly_written(item, words, opened_with)
        said = " ".join(note.split())
        if not said:
            refused["note"] = FieldRefusal(FieldTrouble.REASON_EMPTY)
        elif not written:
            refused["note"] = FieldRefusal(FieldTrouble.NOTHING_CORRECTED)
        if refused:
            raise FieldsRefusedError(refused)
        known = {finding.key for finding in check(stands)}
        corrected = _corrected(stands, item, written, by)
        blocking = tuple(each for each in check(corrected) if each.blocking and each.key not in known)
        if blocking:
            raise GateClosedError(issue.number, blocking)
        return Correction(item, desk, written, said, by)

    async def correct(self, correction: Correction, *, now: datetime) -> int:
        """Publish a correction as the next version of its issue, whose number is returned.

        Raises:
            LeaseLostError: the issue or the item is corrected by others all the time.
        """
        desk = correction.desk
        for _ in range(_TRIES):
            async with self._unit_of_work() as work:
                item, _, issue = await self._published(work, desk.workspace, correction.item.id)
                stands = await edition_of(work, self.house, issue)
                newest = await work.publications.newest(issue.id)
            if newest is None or item.version != correction.item.version:
                break
            version = newest.version + 1
            line = correction_of(Publication(version, now, correction.by, correction.note, {}), self.house)
            edition = replace(
                _corrected(stands, item, correction.written, correction.by), corrections=(*stands.corrections, line)
            )
            manifest = await asyncio.to_thread(
                manifest_of,
                edition,
                self._renderer,
                number=version,
                note=correction.note,
                at=now,
                waivers=waivers_in(newest.manifest),
            )
            publication = Publication(version, now, correction.by, correction.note, manifest)
            async with self._unit_of_work() as work:
                await work.desks.hold(desk.id)
                current = await work.publications.newest(issue.id)
                if current is not None and current.version == newest.version:
                    await self._keep_version(work, correction, issue, publication)
                    return version
        raise LeaseLostError(f"item {correction.item.id} was corrected by somebody else.")

    async def _published(self, work: UnitOfWork, workspace: str, item_id: int) -> tuple[Item, DeskRecord, Issue]:
        item = await work.items.get(item_id)
        if item is None:
            raise ItemUnknownError(item_id)
        desk, issue = await work.items.desk_of(item_id), await work.issues.get(item.issue_id)
        if desk.workspace != workspace or issue.state is not IssueState.PUBLISHED:
            raise ItemUnknownError(item_id)
        return item, desk, issue

    async def _keep_version(
        self, work: UnitOfWork, correction: Correction, issue: Issue, publication: Publication
    ) -> None:
        item, desk, written, by, now = (
            correction.item,
            correction.desk,
            correction.written,
            correction.by,
            publication.at,
        )
        values = {**written, "edited": _rewritten(item, written, by).edited}
        changed = await work.items.change(item.id, expect={"version": item.version}, values=values)
        if changed is None:
            raise LeaseLostError(f"item {item.id} was corrected by somebody else.")
        await work.publications.add(desk, issue, publication)
        about = {"version": publication.version, "note": publication.note}
        before = {name: plain(getattr(item, name)) for name in written}
        after = {name: plain(value) for name, value in written.items()}
        await work.changes.add(Change("corrected", by, now, desk, issue.id, item.id, before, after | about))
        told = {"corrected": issue.number, **about}
        await self._announce(work, desk, f"corrected:{issue.id}:{publication.version}", told, now)
        await work.outbox.show(card_of(changed, desk), at=now)
        if await work.outbox.asked_at(desk.workspace, draft_key(issue)) is not None:
            await ask_for_draft(work, desk, issue, now)


def _corrected(edition: Edition, item: Item, written: Mapping[str, Any], by: str) -> Edition:
    """An edition in which an item says something else."""
    items = [_rewritten(each, written, by) if each.id == item.id else each for each in edition.rundown.filed]
    return replace(edition, rundown=assemble(edition.house, edition.issue, items))


def _rewritten(item: Item, written: Mapping[str, Any], by: str) -> Item:
    return replace(item, **written, edited=dict(item.edited) | dict.fromkeys(written, by))
