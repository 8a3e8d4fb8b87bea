"""Pages that come again are recognised: what an earlier issue of the desk carried is known as such."""

from collections.abc import Collection, Sequence
from zoneinfo import ZoneInfo

from bot.editorial.house import House
from bot.editorial.item import Earlier, Item
from bot.editorial.kept import kept
from bot.ports import Carried, DeskRecord, UnitOfWork


async def recognised(work: UnitOfWork, desk: DeskRecord, house: House, items: Sequence[Item]) -> tuple[Item, ...]:
    """The items, each with what is on record of its page in an earlier issue; one question for all of them."""
    carried = await work.items.carried(desk.id, _pages(items)) if items else {}
    return tuple([await _marked(work, house, item, carried.get(item.key)) for item in items])


async def is_noted(work: UnitOfWork, held: Item, place: str) -> bool:
    """Whether the log tells already that this message has a page that came before: a message is read again at times."""
    return any(
        change.verb == "dropped again" and change.after.get("message") == place
        for change in await work.changes.of_item(held.id)
    )


async def _marked(work: UnitOfWork, house: House, item: Item, carried: Carried | None) -> Item:
    earlier = _earlier(house, carried) if carried is not None else None
    if earlier is None or earlier == item.earlier:
        return item
    return await work.items.change(item.id, expect={}, values={"earlier": kept(earlier)}) or item


def _earlier(house: House, carried: Carried) -> Earlier:
    """How an item was carried, in the house's words and on the house's days."""
    section = house.titles.get(carried.section, carried.section) if carried.section else None
    filed_at = carried.filed_at
    on = filed_at.astimezone(ZoneInfo(house.calendar.zone)).date() if filed_at is not None else carried.published_on
    return Earlier(carried.number, section, carried.found_by, on)


def _pages(items: Sequence[Item]) -> Collection[str]:
    return {item.key for item in items}
