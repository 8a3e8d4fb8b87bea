"""Links come in, and are taken back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from bot.desk.base import DeskBase, card_at, card_of
from bot.desk.errors import AlreadyInIssueError, LinkRefusedError, NoDeskError
from bot.desk.snapshot import placing
from bot.editorial.issue import Issue
from bot.editorial.item import Item, ItemState
from bot.editorial.link import Link, NotALink, read_link
from bot.ports import Change, DeskRecord, NewItem, Receipt, Show, ShowingKind, UnitOfWork

_GRACE = timedelta(seconds=1.5)
"""A card waits this long for its page, so that a fast page needs one message and a slow one is acknowledged."""


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
            desk = await self._desk_at(work, drop.workspace, drop.channel, drop.member, now)
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
        """Withdraw what still waits for a section among links that were removed from a message.

        Filed items stay, and after the freeze nothing changes.
        """
        keys = {link.key for link in readable_links(drop.links)}
        gone: list[Item] = []
        async with self._unit_of_work() as work:
            desk = await work.desks.find(drop.workspace, drop.channel)
            if desk is not None:
                issue = await self._open_issue_of(work, desk, now)
                dropped = await work.items.of_message(drop.workspace, drop.channel, drop.message)
                here = [item for item in dropped if item.key in keys and item.issue_id == issue.id]
                tried = [await self._withdraw(work, desk, item, drop.member, now) for item in here]
                gone += [item for item in tried if item is not None]
                if gone:
                    await work.outbox.show(card_of(gone[0], desk), at=now)
            if receipt is not None:
                await work.inbox.finish(receipt)
        return tuple(gone)

    async def dismiss(self, receipt: Receipt) -> None:
        """Finish an event that asks nothing of the desk."""
        async with self._unit_of_work() as work:
            await work.inbox.finish(receipt)

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
            back = None if held else await self._brought_back(work, desk, issue, drop, link.key, now)
            if back is not None:
                items.append(back)
            if held is not None and held.message != drop.message:
                duplicates.append(held)
                after = {"url": link.dropped, "message": drop.message}
                change = Change("dropped again", drop.member, now, desk, issue.id, held.id, after=after)
                await work.changes.add(change)
        return TakenIn(tuple(items), tuple(duplicates), refused)

    async def _brought_back(
        self, work: UnitOfWork, desk: DeskRecord, issue: Issue, drop: Drop, key: str, now: datetime
    ) -> Item | None:
        """The item of a link that was removed from this message and is in it again; what was spiked stays spiked."""
        for item in await work.items.of_message(drop.workspace, drop.channel, drop.message):
            if item.key == key and item.state is ItemState.WITHDRAWN:
                values = {"state": ItemState.PENDING.value, "issue_id": issue.id}
                back = await work.items.change(item.id, expect={"version": item.version}, values=values)
                if back is not None:
                    undone = Change("undone", drop.member, now, desk, issue.id, item.id, placing(item), placing(back))
                    await work.changes.add(undone)
                return back
        return None

    async def _withdraw(self, work: UnitOfWork, desk: DeskRecord, item: Item, by: str, now: datetime) -> Item | None:
        withdrawn = await work.items.change(
            item.id, expect={"state": ItemState.PENDING.value}, values={"state": ItemState.WITHDRAWN.value}
        )
        if withdrawn is not None:
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


def readable_links(texts: Collection[str]) -> list[Link]:
    found = []
    for text in texts:
        try:
            found.append(read_link(text))
        except NotALink:
            continue
    return found
