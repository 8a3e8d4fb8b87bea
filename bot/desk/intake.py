"""Links come in, and are taken back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from bot.desk.base import DeskBase, card_at, due_of, show_cards_of, summary_at
from bot.desk.drops import Drop, TakenIn
from bot.desk.earlier import is_noted, recognised
from bot.desk.errors import AlreadyInIssueError, NoDeskError
from bot.desk.link_errors import LinkRefusedError
from bot.desk.places import place_of
from bot.desk.snapshot import differences, from_preview, placing
from bot.desk.threads import posted_under
from bot.editorial.issue import Issue
from bot.editorial.item import Item, ItemState
from bot.editorial.item import Reading as ReadingState
from bot.editorial.link import NotALink, read_link, readable
from bot.editorial.off_topic import OffTopic, off_topic
from bot.editorial.revision import Reading, Revision, compared
from bot.ports import Change, DeskRecord, NewItem, Receipt, Show, ShowingKind, UnitOfWork

_GRACE = timedelta(seconds=1.5)
"""A card waits this long for its page, so that a fast page needs one message and a slow one is acknowledged."""

CARDS_A_MINUTE = 30
"""Messages of one channel that get a card of their own within a minute; the others share a summary."""

_MINUTE = timedelta(minutes=1)
RUSH_MOST = 200
"""Links that one summary of a rush shows: with each that is added the whole of it is shown again."""

_LATE = timedelta(minutes=10)
"""Links that come later than this after they were written share a summary: nobody waits for their cards any more."""


class Intake(DeskBase):
    """A link is on record before any page is fetched."""

    async def take_in(self, drop: Drop, *, now: datetime, receipt: Receipt | None = None) -> TakenIn:
        """Bring the items of a message to what its newest revision says, in the transaction that finishes the event.

        The events of a message may come in any order. Every link that was ever in it goes on record; one that the
        newest revision lacks is withdrawn while it waits for a section, and stays where it was filed. Items of an
        issue that is closed stay as they are. A channel that is no desk yet becomes one: a link that a member dropped
        is never lost.
        """
        async with self._unit_of_work() as work:
            taken = await self._taken_in(work, drop, now)
            if receipt is not None:
                await work.inbox.finish(receipt)
        return taken

    async def _taken_in(self, work: UnitOfWork, drop: Drop, now: datetime) -> TakenIn:
        """What becomes of a message whose sender, or whose channel, says for which desk it is."""
        if await self._says_nothing(work, drop):
            return TakenIn()
        if drop.desk is not None:
            desk = await work.desks.get(drop.desk)
        else:
            desk = await self._desk_at(work, drop.workspace, drop.channel, drop.member, now)
        issue = await self._open_issue_of(work, desk, now)
        known = await work.messages.find(drop.workspace, drop.channel, drop.message)
        drop = await self._placed(work, desk, drop, now)
        says = Revision(drop.revision, drop.links, deleted=drop.deleted)
        reading = compared(says, drop.before, known)
        taken = await self._record(work, desk, issue, replace(drop, links=reading.present), now)
        gone = await self._gone(work, desk, issue, drop, reading, now)
        await self._preview(work, desk, issue, drop, now)
        if reading.newest is not known:
            await work.messages.keep(drop.workspace, drop.channel, drop.message, reading.newest)
        items = await recognised(work, desk, self.house_of(desk), (*taken.items, *gone.items))
        taken = replace(taken, items=items[: len(taken.items)], withdrawn=gone.withdrawn, kept=gone.kept)
        is_told_of = taken.duplicates or (drop.deleted and reading.newest is not known)
        is_another = is_told_of and await work.items.of_message(drop.workspace, drop.channel, drop.message)
        if taken.items or taken.withdrawn or is_another:
            card = card_at(desk, drop.message, drop.thread, drop.channel, drop.brought_by)
            place = summary_at(desk, drop.shown_in) if drop.shown_in else card
            due_at = due_of(place, now)
            await work.outbox.show(place, at=now, due_at=max(due_at, now + _GRACE) if taken.items else due_at)
        changed = [*taken.withdrawn, *(item for item in taken.items if item.version > 1)]
        await show_cards_of(work, desk, await work.items.companions([item.id for item in changed]), now)
        await self._tell(work, desk, drop, taken, now)
        return taken

    def unlike_news(self, desk: DeskRecord, text: str) -> OffTopic | None:
        """What a link looks like that is no news; such links of a message are passed over."""
        own = self.house_of(desk).own_sites
        return next((found for link in readable([text]) if (found := off_topic(link, own))), None)

    async def add(self, drop: Drop, *, now: datetime) -> Item:
        """Take in one link that a member typed into a command, whatever it looks like.

        Raises:
            LinkRefusedError: it is not a link that can be read.
            AlreadyInIssueError: the issue has this page.
            NoDeskError: the channel is no desk.
        """
        await self._member(drop.workspace, drop.member, now)
        async with self._unit_of_work() as work:
            desk = await work.desks.find(drop.workspace, drop.channel)
            if desk is None:
                raise NoDeskError(drop.channel)
            issue = await self._open_issue_of(work, desk, now)
            taken = await self._record(work, desk, issue, drop, now, anyway=True)
            for reason in taken.refused.values():
                raise LinkRefusedError(reason)
            for item in taken.duplicates:
                raise AlreadyInIssueError(item)
            items = await recognised(work, desk, self.house_of(desk), taken.items)
            card = card_at(desk, drop.message, drop.thread, drop.channel, drop.member)
            await work.outbox.show(card, at=now, due_at=now + _GRACE)
        return items[0]

    async def dismiss(self, receipt: Receipt) -> None:
        """Finish an event that asks nothing of the desk."""
        async with self._unit_of_work() as work:
            await work.inbox.finish(receipt)

    async def has_read(self, drop: Drop) -> bool:
        """Whether a message is known as it is now, or never held a link."""
        async with self._unit_of_work() as work:
            known = await work.messages.find(drop.workspace, drop.channel, drop.message)
        if known is None:
            return not drop.links
        return not Revision(drop.revision, drop.links, deleted=drop.deleted).is_newer_than(known)

    async def _placed(self, work: UnitOfWork, desk: DeskRecord, drop: Drop, now: datetime) -> Drop:
        """Decide what shows a message: the card it has, a card in its thread, or a summary.

        Links that come long after they were written, because the bot was away, and more links in a minute than a
        channel can follow, as when two bots answer each other, are on record like all others and share one summary.
        """
        here = await work.items.of_message(drop.workspace, drop.channel, drop.message)
        if here:
            return replace(drop, shown_in=here[0].shown_in)
        if drop.desk is not None:
            return drop
        if drop.told_at is not None and now - drop.told_at > _LATE:
            kind = "away"
        elif await work.items.cards_since(desk, now - _MINUTE) >= CARDS_A_MINUTE:
            kind = "rush"
        else:
            return drop
        last = await work.desks.summary(desk)
        goes_on = last is not None and last[0].startswith(kind) and now - last[1] <= _LATE
        if last is not None and goes_on and (kind == "away" or not await self._is_full(work, desk, last[0])):
            return replace(drop, shown_in=last[0])
        key = f"{kind}:{desk.channel}:{now.timestamp():.6f}"
        await work.desks.begin_summary(desk, key, now)
        return replace(drop, shown_in=key)

    async def _is_full(self, work: UnitOfWork, desk: DeskRecord, summary: str) -> bool:
        return await work.items.count_in_summary(desk.id, summary) >= RUSH_MOST

    async def _says_nothing(self, work: UnitOfWork, drop: Drop) -> bool:
        """Whether a message never held a link, as far as is known."""
        if drop.links or drop.before:
            return False
        return await work.messages.find(drop.workspace, drop.channel, drop.message) is None

    async def _gone(
        self, work: UnitOfWork, desk: DeskRecord, issue: Issue, drop: Drop, reading: Reading, now: datetime
    ) -> TakenIn:
        """Withdraw what the newest revision lacks; a link that was removed before it came goes on record first."""
        here = await work.items.of_message(drop.workspace, drop.channel, drop.message)
        on_record = {item.key for item in here}
        late = tuple(text for key, text in reading.late.items() if key not in on_record)
        recorded = await self._record(work, desk, issue, replace(drop, links=late), now)
        removed = [item for item in here if item.key in reading.removed and item.issue_id == issue.id]
        tried = [await self._withdraw(work, desk, item, drop, now) for item in (*removed, *recorded.items)]
        kept = tuple(item for item in removed if item.state is ItemState.FILED)
        for item in kept:
            verb = "source deleted" if drop.deleted else "link removed"
            await work.changes.add(Change(verb, drop.member, now, desk, issue.id, item.id))
        withdrawn = tuple(item for item in tried if item is not None)
        return TakenIn(items=recorded.items, withdrawn=withdrawn, kept=kept)

    async def _tell(self, work: UnitOfWork, desk: DeskRecord, drop: Drop, taken: TakenIn, now: datetime) -> None:
        """Say in private what no card shows."""
        if taken.duplicates:
            held = {"items": [item.id for item in taken.duplicates]}
            await self._whisper(work, drop, ShowingKind.DUPLICATE, held, now)
        if taken.refused:
            await self._whisper(work, drop, ShowingKind.REFUSED_LINKS, {"links": dict(taken.refused)}, now)
        if not taken.kept:
            return
        about = {"desk": desk.id, "items": [item.id for item in taken.kept]}
        if not drop.deleted:
            await self._whisper(work, drop, ShowingKind.LINK_REMOVED, about, now)
            return
        for editor in await work.desks.editors(desk):
            key = f"{ShowingKind.SOURCE_DELETED.value}:{drop.channel}:{drop.message}:{editor}"
            told = Show(key, ShowingKind.SOURCE_DELETED, desk.workspace, editor, subject=about)
            await work.outbox.show(told, at=now)

    async def _preview(self, work: UnitOfWork, desk: DeskRecord, issue: Issue, drop: Drop, now: datetime) -> None:
        """Keep what Slack shows of the pages of a message, for those of an open issue that the bot cannot read."""
        if not drop.previews:
            return
        for item in await work.items.of_message(drop.workspace, drop.channel, drop.message):
            preview = drop.previews.get(item.key)
            if not preview or preview == item.preview or item.issue_id != issue.id:
                continue
            values: dict[str, Any] = {"preview": dict(preview)}
            if item.reading is ReadingState.FAILED:
                values |= from_preview(replace(item, preview=preview))
            changed = await work.items.change(item.id, expect={"version": item.version}, values=values)
            if changed is not None and len(values) > 1:
                before, after = differences(item, changed)
                change = Change("previewed", "", now, desk, item.issue_id, item.id, before, after)
                await work.changes.add(change)
                await show_cards_of(work, desk, [changed], now)

    async def _record(
        self, work: UnitOfWork, desk: DeskRecord, issue: Issue, drop: Drop, now: datetime, *, anyway: bool = False
    ) -> TakenIn:
        items, duplicates, refused = [], [], {}
        above = await posted_under(work, issue, drop.channel, drop.message, drop.thread, now)
        for dropped in drop.links:
            try:
                link = read_link(dropped)
            except NotALink as reason:
                refused[dropped[:200]] = str(reason)
                continue
            if not anyway and off_topic(link, self.house_of(desk).own_sites) is not None:
                continue
            new = NewItem(
                desk=desk,
                issue=issue,
                channel=drop.channel,
                message=drop.message,
                thread=drop.thread,
                shown_in=drop.shown_in,
                preview=drop.previews.get(link.key, {}),
                dropped=link.dropped,
                url=link.url,
                key=link.key,
                host=link.host,
                found_by=drop.member,
                added_by=drop.added_by,
                replies_to=above,
                at=now,
                read_at=now,
            )
            item = await work.items.add(new)
            if item is not None:
                items.append(item)
                change = Change("dropped", drop.brought_by, now, desk, issue.id, item.id, after={"url": link.dropped})
                await work.changes.add(change)
                continue
            held = await work.items.holding(issue.id, link.key)
            back = None if held else await self._brought_back(work, desk, issue, drop, link.key, now)
            if back is not None:
                items.append(back)
            place = place_of(desk, drop.channel, drop.message)
            if held is not None and held.message != drop.message and not await is_noted(work, held, place):
                duplicates.append(held)
                after = {"url": link.dropped, "message": place, "thread": drop.thread}
                after |= {"found_by": drop.member, "added_by": drop.added_by}
                change = Change("dropped again", drop.brought_by, now, desk, issue.id, held.id, after=after)
                await work.changes.add(change)
        return TakenIn(tuple(items), tuple(duplicates), refused)

    async def _brought_back(
        self, work: UnitOfWork, desk: DeskRecord, issue: Issue, drop: Drop, key: str, now: datetime
    ) -> Item | None:
        """The item of a link that was removed from this message and is in it again; what was spiked stays spiked."""
        for item in await work.items.of_message(drop.workspace, drop.channel, drop.message):
            if item.key == key and item.state is ItemState.WITHDRAWN:
                values = {"state": ItemState.PENDING.value, "issue_id": issue.id, "added_by": drop.added_by}
                back = await work.items.change(item.id, expect={"version": item.version}, values=values)
                if back is not None:
                    who, before, after = drop.brought_by, placing(item), placing(back)
                    await work.changes.add(Change("undone", who, now, desk, issue.id, item.id, before, after))
                return back
        return None

    async def _withdraw(self, work: UnitOfWork, desk: DeskRecord, item: Item, drop: Drop, now: datetime) -> Item | None:
        if item.state not in {ItemState.PENDING, ItemState.HELD, ItemState.HELD_OVER}:
            return None
        withdrawn = await work.items.change(
            item.id, expect={"state": item.state.value}, values={"state": ItemState.WITHDRAWN.value}
        )
        if withdrawn is not None:
            change = Change(
                "withdrawn", drop.member, now, desk, item.issue_id, item.id, placing(item), placing(withdrawn)
            )
            await work.changes.add(change)
        return withdrawn

    async def _whisper(
        self, work: UnitOfWork, drop: Drop, kind: ShowingKind, subject: Mapping[str, Any], now: datetime
    ) -> None:
        if drop.by_app:
            return  # Slack refuses to tell an app anything in private, and none would read it
        mark = sha256("\n".join((drop.revision, *drop.links)).encode()).hexdigest()[:12]
        about = {**subject, "message": drop.message}
        wish = Show(
            key=f"{kind.value}:{drop.channel}:{drop.message}:{mark}",
            kind=kind,
            workspace=drop.workspace,
            channel=drop.channel,
            thread=drop.thread if drop.thread != drop.message or drop.desk is not None else None,
            recipient=drop.brought_by if drop.desk is None else None,  # nobody else reads a direct message
            subject=about if drop.desk is None else {**about, "reader": drop.brought_by},
        )
        await work.outbox.show(wish, at=now)
