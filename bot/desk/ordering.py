"""Editors order what stands in a section and the must reads, and pin items: nothing over what others ordered."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.desk.base import show_cards_of
from bot.desk.editing import mark
from bot.desk.errors import NothingToUndoError, OrderChangedError, SectionUnknownError, SomebodyWasFasterError
from bot.desk.views import OrderEntry, OrderForm
from bot.desk.writing import PassageWriting
from bot.editorial.issue import Issue
from bot.editorial.item import Item, ItemState
from bot.editorial.ordering import Placed, arranged, is_stale
from bot.editorial.passages import passages_of, read
from bot.editorial.rundown import assemble
from bot.editorial.wording import MUST_READS
from bot.ports import Change, DeskRecord, UnitOfWork

_VERB = "ordered"
_EVER = datetime.min.replace(tzinfo=UTC)


class Ordering(PassageWriting):
    async def order(self, issue_id: int, name: str, *, workspace: str, by: str, now: datetime) -> OrderForm:
        """What stands in a section, by its key, or the must reads: in order, for an editor who may change it."""
        await self._editor_of(issue_id, workspace, by, now)
        async with self._unit_of_work() as work:
            issue, desk = await self._issue_and_desk(work, workspace, issue_id)
            return await self._order_of(work, desk, issue, name)

    async def set_order(
        self,
        issue_id: int,
        name: str,
        places: Mapping[str, int | None],
        *,
        seen: Sequence[Placed],
        workspace: str,
        by: str,
        now: datetime,
    ) -> None:
        """Put each where it is wanted, in the order that its editor saw; None is no place of its own.

        Raises:
            OrderChangedError: somebody else ordered or pinned something meanwhile; nothing is stored.
            IssuePublishedError: a published issue does not change.
        """
        desk = await self._editor_of(issue_id, workspace, by, now)
        async with self._unit_of_work() as work:
            await work.desks.hold(desk.id)
            issue, _ = await self._changeable(work, workspace, issue_id)
            form = await self._order_of(work, desk, issue, name)
            still = {entry.key for entry in form.entries}
            ranks = arranged([each for each in seen if each.key in still], places)
            if is_stale(seen, form.seen):
                raise OrderChangedError(form, ranks)
            if name == MUST_READS:
                await self._order_must_reads(work, desk, issue, form, ranks, by, now)
            else:
                await self._rank(work, desk, issue, name, {int(key): rank for key, rank in ranks.items()}, by, now)

    async def undo_order(
        self, issue_id: int, name: str, *, seen: Sequence[Placed], workspace: str, by: str, now: datetime
    ) -> OrderForm:
        """Give a section, or the must reads, back the order before the last change; returns how it stands then.

        Raises:
            NothingToUndoError: it was never ordered by hand.
            OrderChangedError: somebody else ordered or pinned something since it was shown.
        """
        desk = await self._editor_of(issue_id, workspace, by, now)
        async with self._unit_of_work() as work:
            await work.desks.hold(desk.id)
            issue, stands = await self._changeable(work, workspace, issue_id)
            form = await self._order_of(work, desk, issue, name)
            if is_stale(seen, form.seen):
                raise OrderChangedError(form, {})
            if name == MUST_READS:
                await self._restore(work, desk, issue, name, stands.get(name), by, now)
            else:
                last = await self._last_ordered(work, issue, name)
                if last is None:
                    raise NothingToUndoError
                ranks = {int(key): rank for key, rank in last.before["ranks"].items()}
                await self._rank(work, desk, issue, name, ranks, by, now)
            return await self._order_of(work, desk, issue, name)

    async def pin(self, item_id: int, *, pinned: bool, workspace: str, by: str, now: datetime) -> Item:
        """Put a filed item above all others of its section, or take it back; what is so already stays so.

        Raises:
            SomebodyWasFasterError: it is not filed any more.
        """
        async with self._unit_of_work() as work:
            _, desk, _ = await self._changeable_item(work, workspace, item_id, by)
        await self._editor(desk, by, now)
        async with self._unit_of_work() as work:
            item, desk, issue = await self._changeable_item(work, workspace, item_id, by)
            if item.state is not ItemState.FILED:
                raise SomebodyWasFasterError(item, None, None, None)
            if item.pinned == pinned:
                return item
            changed = await work.items.change(item.id, expect={"version": item.version}, values={"pinned": pinned})
            if changed is None:
                raise SomebodyWasFasterError(item, None, None, None)
            verb, before, after = "pinned" if pinned else "unpinned", {"pinned": item.pinned}, {"pinned": pinned}
            await work.changes.add(Change(verb, by, now, desk, issue.id, item.id, before, after))
            await show_cards_of(work, desk, [item], now)
            await self._draft_again(work, desk, issue, now)
            return changed

    async def _order_of(self, work: UnitOfWork, desk: DeskRecord, issue: Issue, name: str) -> OrderForm:
        if name == MUST_READS:
            return await self._must_reads(work, desk, issue)
        if name not in {section.key for section in self.house_of(desk).sections}:
            raise SectionUnknownError(name)
        items = [each for each in await work.items.of_issue(issue.id, ItemState.FILED) if each.section == name]
        last = await self._last_ordered(work, issue, name)
        names = await work.people.names(desk.workspace, [last.by]) if last is not None else {}
        return OrderForm(
            house=self.house_of(desk),
            issue=issue,
            name=name,
            entries=tuple(
                OrderEntry(str(item.id), item.title or item.url, item.rank, item.pinned, item.source, item.published_on)
                for item in assemble(self.house_of(desk), issue, items).items
            ),
            by=names.get(last.by, last.by) if last is not None else None,
            at=last.at if last is not None else None,
        )

    async def _must_reads(self, work: UnitOfWork, desk: DeskRecord, issue: Issue) -> OrderForm:
        form = await self._form(work, desk, issue, MUST_READS)
        keys = [mark(f"{form.texts[:place].count(text)}:{text}") for place, text in enumerate(form.texts)]
        return OrderForm(
            house=self.house_of(desk),
            issue=issue,
            name=MUST_READS,
            entries=tuple(
                OrderEntry(key, text.partition("\n")[0], rank, votes=votes)
                for rank, (key, text, votes) in enumerate(zip(keys, form.texts, form.votes, strict=True), start=1)
            ),
            by=form.by,
            at=form.at,
            starred=form.starred,
        )

    async def _order_must_reads(
        self,
        work: UnitOfWork,
        desk: DeskRecord,
        issue: Issue,
        form: OrderForm,
        ranks: Mapping[str, int | None],
        by: str,
        now: datetime,
    ) -> None:
        stands = await work.passages.of_issue(issue.id)
        writing = read({each: passage.value for each, passage in stands.items()})
        wanted = {key: place for place, key in enumerate(ranks)}
        ordered = sorted(
            zip(form.entries, writing.must_reads, strict=True), key=lambda pair: wanted.get(pair[0].key, len(wanted))
        )
        value = passages_of(replace(writing, must_reads=tuple(entry for _, entry in ordered)))[MUST_READS]
        known = stands.get(MUST_READS)
        if known is not None and known.value != value:
            await self._store(work, desk, issue, MUST_READS, value, known, by, now)

    async def _rank(
        self,
        work: UnitOfWork,
        desk: DeskRecord,
        issue: Issue,
        section: str,
        ranks: Mapping[int, int | None],
        by: str,
        now: datetime,
    ) -> None:
        """Give items of a section of a desk that is held their places; those that stand elsewhere by now have none."""
        before, after = dict[str, int | None](), dict[str, int | None]()
        for item in await work.items.of_issue(issue.id):
            if item.section == section and ranks.get(item.id, item.rank) != item.rank:
                before[str(item.id)], after[str(item.id)] = item.rank, ranks[item.id]
                await work.items.change(item.id, expect={}, values={"rank": ranks[item.id]})
        if after:
            was, is_now = {"section": section, "ranks": before}, {"section": section, "ranks": after}
            await work.changes.add(Change(_VERB, by, now, desk, issue.id, None, was, is_now))
            await self._draft_again(work, desk, issue, now)

    async def _last_ordered(self, work: UnitOfWork, issue: Issue, section: str) -> Change | None:
        changes = await work.changes.of_issue(issue.id, _EVER, [_VERB])
        return next((change for change in reversed(changes) if change.after["section"] == section), None)
