"""The pages of dropped links are read."""

from datetime import datetime, timedelta
from typing import Any

from bot.desk.base import DeskBase, card_of, due_of
from bot.desk.errors import ItemUnknownError
from bot.desk.snapshot import differences
from bot.editorial.item import Item, Reading
from bot.editorial.link import readable
from bot.extract.page import Extract, Nature, PageTrouble
from bot.ports import Change

_LEASE = timedelta(seconds=60)
_AGAIN_AFTER = (timedelta(minutes=1), timedelta(minutes=5))
_VERBS = {Reading.READ: "read", Reading.FAILED: "not read", Reading.WAITING: "reading put off"}


class PageReading(DeskBase):
    async def read_next(self, *, now: datetime) -> Item | None:
        """Read the page that has waited longest; None where none is due.

        What a member wrote is never overwritten, whenever they wrote it. A page that could not be read is tried again
        twice where that can help, and the member is told in the card. Where the lease ran out, or a member asked for
        another reading meanwhile, the later reading counts and this one changes nothing.
        """
        until = now + _LEASE
        async with self._unit_of_work() as work:
            claimed = await work.items.claim_unread(now, until)
        if claimed is None:
            return None
        item, attempt = claimed
        snapshot = None
        try:
            extract = await self._pages.read(item.url)
            values, snapshot = _found(extract, item), extract.snapshot
        except PageTrouble as trouble:
            values = _not_found(trouble, attempt, now)
        async with self._unit_of_work() as work:
            desk = await work.desks.hold_of(item.id)
            current = await work.items.get(item.id)
            if desk is None or current is None:
                raise ItemUnknownError(item.id)
            outlet = await work.outlets.find(desk.workspace, values.get("host", current.host))
            if outlet is not None and outlet.name:
                values["source"] = outlet.name  # the registry knows the name by which an outlet is cited
            kept = {name: value for name, value in values.items() if name not in current.edited}
            mine = {"reading": Reading.WAITING.value, "read_at": until}
            read = await work.items.change(item.id, expect=mine, values=kept)
            if read is None:
                return current
            if snapshot is not None:
                await work.snapshots.keep(desk, read, snapshot)
            before, after = differences(current, read)
            change = Change(_VERBS[read.reading], "", now, desk, read.issue_id, read.id, before, after)
            await work.changes.add(change)
            card = card_of(read, desk)
            await work.outbox.show(card, at=now, due_at=due_of(card, now))
        return read


def _found(extract: Extract, item: Item) -> dict[str, Any]:
    """What a page says, as values of the item; its last address decides whose page it is.

    What was not found leaves what an earlier reading found.
    """
    final = next(iter(readable([extract.final_url])), None) if extract.final_url else None
    moved = {"host": final.host, "url": final.url} if final is not None and final.host != item.host else {}
    words = {
        "title": extract.title,
        "source": extract.source,
        "published_on": extract.published_on,
        "language": extract.language,
        "author": extract.author,
        "summary": extract.summary,
    }
    said = {name: value for name, value in words.items() if value is not None}
    others = [day.isoformat() for day in extract.other_days]
    return (
        moved | _of_kind(extract.nature) | {"reading": Reading.READ.value, "trouble": None, "other_days": others} | said
    )


def _of_kind(nature: Nature) -> dict[str, Any]:
    return {
        "kind": nature.kind.value,
        "paywalled": nature.paywalled,
        "agency": nature.agency,
        "pages": nature.pages,
        "seconds": nature.seconds,
        "account": nature.account,
        "publisher": nature.publisher,
    }


def _not_found(trouble: PageTrouble, attempt: int, now: datetime) -> dict[str, Any]:
    if trouble.retry and attempt <= len(_AGAIN_AFTER):
        return {"trouble": str(trouble), "read_at": now + _AGAIN_AFTER[attempt - 1]}
    return {"reading": Reading.FAILED.value, "trouble": str(trouble)}
