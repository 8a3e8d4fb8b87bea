"""Links come in, are taken back, and their pages are read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from bot.desk.base import DeskBase, card_at, card_of
from bot.desk.errors import AlreadyInIssueError, LinkRefusedError, NoDeskError
from bot.desk.snapshot import placing
from bot.editorial.item import Item, ItemState, Reading
from bot.editorial.link import Link, NotALink, read_link
from bot.extract.page import Extract, PageTrouble
from bot.ports import Change, DeskRecord, LeaseLostError, NewItem, Receipt, Show, ShowingKind, UnitOfWork

_GRACE = timedelta(seconds=1.5)
"""A card waits this long for its page, so that a fast page needs one message and a slow one is acknowledged."""

_READING_LEASE = timedelta(seconds=60)
_READ_AGAIN_AFTER = (timedelta(minutes=1), timedelta(minutes=5))


@dataclass(frozen=True, slots=True)
class Drop:
    """Links that a member dropped: `thread` is where the card goes, None for the channel itself."""

    workspace: str
    channel: str
    message: str
    thread: str | None
    member: str
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of the links of a drop."""

    items: tuple[Item, ...] = ()
    duplicates: tuple[Item, ...] = ()
    refused: Mapping[str, str] = field(default_factory=dict)


class Intake(DeskBase):
    """A link is on record before any page is fetched."""

    async def take_in(self, drop: Drop, *, now: datetime, receipt: Receipt | None = None) -> TakenIn:
        """Put the links of a message on record and ask for their card, in the transaction that finishes the event.

        A channel that is no desk yet becomes one: a link that a member dropped is never lost.
        """
        async with self._unit_of_work() as work:
            desk = await self._desk_at(work, drop.workspace, drop.channel, now)
            taken = await self._record(work, desk, drop, now)
            if taken.items:
                await work.outbox.show(card_at(desk, drop.message, drop.thread), at=now, due_at=now + _GRACE)
            if taken.duplicates:
                held = {"items": [item.id for item in taken.duplicates]}
                await self._whisper(work, drop, ShowingKind.DUPLICATE, held, now)
            if taken.refused:
                refused = {"links": dict(taken.refused)}
                await self._whisper(work, drop, ShowingKind.REFUSED_LINKS, refused, now)
            if receipt is not None:
                await work.inbox.finish(receipt)
        return taken

    async def add(self, drop: Drop, *, now: datetime) -> Item:
        """Take in one link that a member typed into a command.

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
            taken = await self._record(work, desk, drop, now)
            for reason in taken.refused.values():
                raise LinkRefusedError(reason)
            for item in taken.duplicates:
                raise AlreadyInIssueError(item)
            await work.outbox.show(card_at(desk, drop.message, drop.thread), at=now, due_at=now + _GRACE)
        return taken.items[0]

    async def take_back(
        self,
        drop: Drop,
        *,
        now: datetime,
        receipt: Receipt | None = None,
    ) -> tuple[Item, ...]:
        """Withdraw what still waits for a section among links that were removed from a message; filed items stay."""
        keys = {link.key for link in _readable(drop.links)}
        async with self._unit_of_work() as work:
            dropped = await work.items.of_message(drop.workspace, drop.channel, drop.message)
            tried = [await self._withdraw(work, item, drop.member, now) for item in dropped if item.key in keys]
            gone = [item for item in tried if item is not None]
            if gone:
                desk = await work.items.desk_of(gone[0].id)
                await work.outbox.show(card_of(gone[0], desk), at=now)
            if receipt is not None:
                await work.inbox.finish(receipt)
        return tuple(gone)

    async def accept(self, event_id: str, workspace: str, body: str, *, now: datetime) -> bool:
        """Put a raw event on record; False where it was delivered before."""
        async with self._unit_of_work() as work:
            return await work.inbox.add(event_id, workspace, body, now)

    async def dismiss(self, receipt: Receipt) -> None:
        """Finish an event that asks nothing of the desk."""
        async with self._unit_of_work() as work:
            await work.inbox.finish(receipt)

    async def read_next(self, *, now: datetime) -> Item | None:
        """Read the page that has waited longest; None where none is due.

        What a member wrote is never overwritten. A page that could not be read is tried again twice where that can
        help, and the member is told in the card.
        """
        async with self._unit_of_work() as work:
            claimed = await work.items.claim_unread(now, now + _READING_LEASE)
        if claimed is None:
            return None
        item, attempt = claimed
        try:
            values = _found(await self._pages.read(item.url), item)
        except PageTrouble as trouble:
            values = _not_found(trouble, attempt, now)
        async with self._unit_of_work() as work:
            current = await work.items.get(item.id)
            if current is None:
                raise LeaseLostError(f"Item {item.id} is gone.")
            desk = await work.items.desk_of(item.id)
            outlet = await work.outlets.find(desk.workspace, values.get("host", current.host))
            if outlet is not None and outlet.name:
                values["source"] = outlet.name  # the registry knows the name by which an outlet is cited
            kept = {name: value for name, value in values.items() if name not in current.edited}
            expect = {"reading": Reading.WAITING.value, "read_attempts": attempt, "version": current.version}
            read = await work.items.change(item.id, expect=expect, values=kept)
            if read is None:
                raise LeaseLostError(f"Item {item.id} was read by somebody else.")
            if read.reading is not Reading.WAITING:
                verb = "read" if read.reading is Reading.READ else "not read"
                after = {"trouble": read.trouble} if read.trouble else {"title": read.title, "source": read.source}
                await work.changes.add(
                    Change(verb, "", now, desk, issue_id=read.issue_id, item_id=read.id, after=after)
                )
            await work.outbox.show(card_of(read, desk), at=now)
        return read

    async def _desk_at(self, work: UnitOfWork, workspace: str, channel: str, now: datetime) -> DeskRecord:
        desk = await work.desks.find(workspace, channel) or await work.desks.add(workspace, channel, now)
        if desk is None:  # somebody else made it between the two
            raise LeaseLostError(f"The desk of {channel} is being made.")
        return desk

    async def _record(self, work: UnitOfWork, desk: DeskRecord, drop: Drop, now: datetime) -> TakenIn:
        issue = await self._open_issue_of(work, desk, now)
        items, duplicates, refused = [], [], {}
        for dropped in drop.links:
            try:
                link = read_link(dropped)
            except NotALink as reason:
                refused[dropped[:200]] = str(reason)
                continue
            new = NewItem(
                desk=desk,
                issue=issue,
                message=drop.message,
                thread=drop.thread,
                dropped=link.dropped,
                url=link.url,
                key=link.key,
                host=link.host,
                found_by=drop.member,
                at=now,
                read_at=now,
            )
            item = await work.items.add(new)
            if item is not None:
                items.append(item)
                change = Change("dropped", drop.member, now, desk, issue.id, item.id, after={"url": link.dropped})
                await work.changes.add(change)
                continue
            held = await work.items.holding(issue.id, link.key)
            if held is not None and held.message != drop.message:
                duplicates.append(held)
                after = {"url": link.dropped, "message": drop.message}
                change = Change("dropped again", drop.member, now, desk, issue.id, held.id, after=after)
                await work.changes.add(change)
        return TakenIn(tuple(items), tuple(duplicates), refused)

    async def _withdraw(self, work: UnitOfWork, item: Item, by: str, now: datetime) -> Item | None:
        withdrawn = await work.items.change(
            item.id, expect={"state": ItemState.PENDING.value}, values={"state": ItemState.WITHDRAWN.value}
        )
        if withdrawn is not None:
            desk = await work.items.desk_of(item.id)
            change = Change("withdrawn", by, now, desk, item.issue_id, item.id, placing(item), placing(withdrawn))
            await work.changes.add(change)
        return withdrawn

    async def _whisper(
        self, work: UnitOfWork, drop: Drop, kind: ShowingKind, subject: Mapping[str, Any], now: datetime
    ) -> None:
        mark = sha256("\n".join(drop.links).encode()).hexdigest()[:12]
        wish = Show(
            key=f"{kind.value}:{drop.channel}:{drop.message}:{mark}",
            kind=kind,
            workspace=drop.workspace,
            channel=drop.channel,
            thread=drop.thread if drop.thread != drop.message else None,
            recipient=drop.member,
            subject=subject,
        )
        await work.outbox.show(wish, at=now)


def _readable(links: Collection[str]) -> list[Link]:
    found = []
    for text in links:
        try:
            found.append(read_link(text))
        except NotALink:
            continue
    return found


def _found(extract: Extract, item: Item) -> dict[str, Any]:
    """What a page says, as values of the item; its last address decides whose page it is."""
    final = next(iter(_readable([extract.final_url])), None) if extract.final_url else None
    moved = {"host": final.host, "url": final.url} if final is not None and final.host != item.host else {}
    return moved | {
        "reading": Reading.READ.value,
        "trouble": None,
        "title": extract.title,
        "source": extract.source,
        "published_on": extract.published_on,
        "language": extract.language,
        "author": extract.author,
        "summary": extract.summary,
    }


def _not_found(trouble: PageTrouble, attempt: int, now: datetime) -> dict[str, Any]:
    if trouble.retry and attempt <= len(_READ_AGAIN_AFTER):
        return {"trouble": str(trouble), "read_at": now + _READ_AGAIN_AFTER[attempt - 1]}
    return {"reading": Reading.FAILED.value, "trouble": str(trouble)}
