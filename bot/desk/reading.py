"""The pages of dropped links are read."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.desk.base import DeskBase, show_cards_of
from bot.desk.errors import ItemUnknownError
from bot.desk.habits import as_is_usual
from bot.desk.pairing import most_similar
from bot.desk.roles import thank
from bot.desk.snapshot import differences, from_preview, placing
from bot.editorial.house import RELEASES
from bot.editorial.issue import IssueState
from bot.editorial.item import Item, ItemState, Reading
from bot.editorial.kept import kept
from bot.editorial.kind import Kind
from bot.editorial.link import readable
from bot.editorial.page_check import PageCheck
from bot.editorial.releases import may_be_release
from bot.extract.kinds.opinion import sign_in_address
from bot.extract.page import Extract, Nature, PageTrouble, Trouble
from bot.ports import Change, DeskRecord, Habit, Standing, UnitOfWork

_LEASE = timedelta(seconds=60)
_AGAIN_AFTER = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15))
_BEHIND = {
    Trouble.BLOCKED: Kind.CHALLENGE,
    Trouble.GONE: Kind.DEAD,
    Trouble.SERVER: Kind.DEAD,
    Trouble.UNREACHABLE: Kind.DEAD,
    Trouble.TIMED_OUT: Kind.DEAD,
    Trouble.REDIRECTS: Kind.DEAD,
}
"""What stands behind a link whose page could not be read, where that says more than that it could not."""

_VERBS = {Reading.READ: "read", Reading.FAILED: "not read", Reading.WAITING: "reading put off"}


class PageReading(DeskBase):
    async def read_next(self, *, now: datetime) -> Item | None:
        """Read the page that has waited longest; None where none is due.

        What a member wrote is never overwritten, whenever they wrote it. A page that could not be read is tried again
        three times where that can help, and the member is told in the card. Where the lease ran out, or a member
        asked for another reading meanwhile, the later reading counts and this one changes nothing.

        A release of an agency with a label is filed as one by itself, unless it waits for an editor; nobody's name
        stands on it. A guest is thanked for what they dropped.
        """
        until = now + _LEASE
        async with self._unit_of_work() as work:
            claimed = await work.items.claim_unread(now, until)
        if claimed is None:
            return None
        item, attempt = claimed
        snapshot, cited = None, None
        try:
            # Of a page that was read before somebody wants to know what it says by now.
            extract = await self._pages.read(item.url, afresh=item.checked_at is not None)
            values, snapshot, cited = _found(extract, item), extract.snapshot, extract.cited_as
        except PageTrouble as trouble:
            values = _not_found(trouble, attempt, now) | _in_address(item)
        if Kind(values.get("kind") or Kind.NEWS).is_gone and item.archived_url is None:
            values |= await self._archived(item)
        finder = await self._finder(item, now)
        async with self._unit_of_work() as work:
            desk = await work.desks.hold_of(item.id)
            current = await work.items.get(item.id)
            if desk is None or current is None:
                raise ItemUnknownError(item.id)
            if values.get("reading") == Reading.FAILED:
                values = from_preview(current) | values
            if "publisher" in current.edited:
                values.pop("host", None)  # a member said whose page it is
            host, part = values.get("host", current.host), values.get("site_part", current.site_part)
            habits = await work.outlets.habits(desk.workspace, part or host)
            values |= as_is_usual(values, habits)
            if name := habits.get(Habit.SOURCE) or cited or await _known(work, desk.workspace, host, part):
                values["source"] = name
            ours = {name: value for name, value in values.items() if name not in current.edited} | _looked(values, now)
            ours["similar_to"] = await most_similar(work, current, ours)
            mine = {"reading": Reading.WAITING.value, "read_at": until}
            read = await work.items.change(item.id, expect=mine, values=ours)
            if read is None:
                return current
            if snapshot is not None:
                await work.snapshots.keep(desk, read, snapshot)
            before, after = differences(current, read)
            change = Change(_VERBS[read.reading], "", now, desk, read.issue_id, read.id, before, after)
            await work.changes.add(change)
            read = await self._let_in(work, desk, read, finder, now)
            await show_cards_of(work, desk, [read], now, by_itself=True)
        return read

    async def _finder(self, item: Item, now: datetime) -> Standing | None:
        """What whoever dropped an item is in the workspace, as far as anybody knows."""
        async with self._unit_of_work() as work:
            desk = await work.items.desk_of(item.id)
        return await self._standing_of(desk.workspace, item.found_by, now)

    async def _let_in(
        self, work: UnitOfWork, desk: DeskRecord, item: Item, finder: Standing | None, now: datetime
    ) -> Item:
        """File an item that files itself; what waits for an editor does not, and a guest is thanked for it."""
        if finder is Standing.GUEST:
            await thank(work, desk, item, now)
        if finder is not None and finder.waits_for_editor:
            return item
        return await self._file_release(work, desk, item, now)

    async def _file_release(self, work: UnitOfWork, desk: DeskRecord, item: Item, now: datetime) -> Item:
        """File what its page says is a release of an agency with a label, once: what was undone is not done again."""
        is_whole = item.kind is Kind.RELEASE and item.reading is Reading.READ and item.agency and item.title
        is_asked_about = item.is_a_repeat or not may_be_release(item, self.house_of(desk))
        if is_asked_about or not is_whole or item.state is not ItemState.PENDING:
            return item
        if (await work.issues.get(item.issue_id)).state is not IssueState.OPEN:
            return item
        if any(change.verb == "filed" for change in await work.changes.of_item(item.id)):
            return item
        values = {"state": ItemState.FILED.value, "section": RELEASES, "filed_at": now}
        filed = await work.items.change(item.id, expect={"version": item.version}, values=values)
        if filed is None:
            return item
        await work.changes.add(Change("filed", "", now, desk, item.issue_id, item.id, placing(item), placing(filed)))
        return filed

    async def _archived(self, item: Item) -> dict[str, Any]:
        copy = await self._pages.archived(item.url)
        return {"archived_url": copy.url, "archived_on": copy.on} if copy is not None else {}


async def _known(work: UnitOfWork, workspace: str, host: str, part: str | None) -> str | None:
    """The name by which the registry knows a place, whatever its page says; None of a part of a site."""
    if part is not None:
        return None
    outlet = await work.outlets.find(workspace, host)
    return outlet.name if outlet is not None else None


def _found(extract: Extract, item: Item) -> dict[str, Any]:
    """What a page says, as values of the item; its last address decides whose page it is, and a post's account.

    What was not found leaves what an earlier reading found. What stands in front of a page says nothing of it.
    """
    nature = extract.nature
    if nature.kind.is_wall or nature.kind is Kind.SOFT_404:
        return {"kind": nature.kind.value, "reading": Reading.FAILED.value, "trouble": None}
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
    done = {"reading": Reading.READ.value, "trouble": None, "other_days": others}
    also = {"alternative": extract.alternative, "site_part": extract.site_part, "stamped_at": extract.stamp}
    return _place(extract, item) | _of_kind(nature) | done | also | said


def _looked(values: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """What a page says as its item is made of it: what a later look compares with; nothing before it was read."""
    if "reading" not in values:
        return {}
    is_gone = Kind(values.get("kind") or Kind.NEWS).is_gone
    trouble = values.get("trouble") or "" if is_gone else ""
    said = PageCheck(values.get("title"), values.get("published_on"), gone=is_gone, trouble=trouble)
    return {"checked": kept(said), "checked_at": now, "check_at": None}


def looked_at(extract: Extract, item: Item) -> PageCheck:
    """What became of an item's page since the item was made of it; what stands in front of a page tells nothing."""
    known = PageCheck(item.checked.title, item.checked.day)
    if extract.nature.kind.is_wall or extract.nature.kind.is_gone:
        return replace(known, gone=extract.nature.kind.is_gone)
    address = str(_place(extract, item).get("url", item.url))
    return replace(
        known,
        moved_to=address if _keys(address) != _keys(item.url) else "",
        title_now=extract.title if known.title and extract.title and extract.title != known.title else None,
        day_now=extract.published_on if known.day and extract.published_on not in (None, known.day) else None,
    )


def not_looked_at(trouble: PageTrouble, item: Item, now: datetime) -> tuple[PageCheck, datetime | None]:
    """What to think of a page that could not be looked at, and when to look again where that can help."""
    known, tries = PageCheck(item.checked.title, item.checked.day), item.checked.tries
    if trouble.retry and tries < len(_AGAIN_AFTER):
        return replace(item.checked, tries=tries + 1), now + _AGAIN_AFTER[tries]
    kind = _BEHIND.get(trouble.kind)
    return replace(known, gone=kind is not None and kind.is_gone, trouble=str(trouble)), None


def _keys(address: str) -> set[str]:
    return {link.key for link in readable([address])}


def _place(extract: Extract, item: Item) -> dict[str, Any]:
    """Where the page is and whose it is: its own address, where it has one, else the one that answered.

    An archived copy is cited as the copy that it is, and stays its outlet's.
    """
    if item.url == item.archived_url:
        return {}
    if extract.nature.account is not None:
        return {"host": extract.nature.account}
    final = next(iter(readable([extract.final_url])), None) if extract.final_url else None
    own = next(iter(readable([extract.nature.canonical])), None) if extract.nature.canonical else None
    if own is not None and final is not None and own.url.startswith("http:") and final.url.startswith("https:"):
        own = None
    page = own or final
    return {"host": page.host, "url": page.url} if page is not None else {}


def _of_kind(nature: Nature) -> dict[str, Any]:
    return {
        "kind": nature.kind.value,
        "paywalled": nature.paywalled,
        "agency": nature.agency,
        "pages": nature.pages,
        "seconds": nature.seconds,
        "account": nature.account,
        "publisher": nature.publisher,
        "opinion": kept(nature.opinion) if nature.opinion is not None else None,
    }


def _in_address(item: Item) -> dict[str, Any]:
    """An address may say that its page is an opinion although nobody can read it."""
    sign = sign_in_address(item.url)
    return {"opinion": kept(sign)} if sign is not None else {}


def _not_found(trouble: PageTrouble, attempt: int, now: datetime) -> dict[str, Any]:
    if trouble.retry and attempt <= len(_AGAIN_AFTER):
        return {"trouble": str(trouble), "read_at": now + _AGAIN_AFTER[attempt - 1]}
    kind = _BEHIND.get(trouble.kind)
    return {"reading": Reading.FAILED.value, "trouble": str(trouble), "kind": kind.value if kind is not None else None}
