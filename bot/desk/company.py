"""Which other items tell the story of an item, as its card says it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from bot.desk.views import Company
from bot.editorial.item import Item, ItemState
from bot.ports import UnitOfWork

ON_THE_LIST = frozenset({ItemState.PENDING, ItemState.FILED})


async def company_of(work: UnitOfWork, items: Sequence[Item]) -> Mapping[int, Company]:
    """The company of each of these items, by their ids."""
    named = {each for item in items for each in (item.similar_to, item.second_of) if each is not None}
    others = {other.id: other for other in await work.items.some(named)}
    seconds = await _second_sources(work, [item.id for item in items])
    return {
        item.id: Company(
            similar=_still_similar(item, others.get(item.similar_to or 0)),
            second_of=others.get(item.second_of or 0),
            second_sources=tuple(seconds[item.id]),
        )
        for item in items
    }


def _still_similar(item: Item, other: Item | None) -> Item | None:
    """The other item of a story, as long as both are on the list of one issue and nobody said that both stay."""
    if other is None or other.issue_id != item.issue_id or item.is_kept_beside(other):
        return None
    return other if {item.state, other.state} <= ON_THE_LIST else None


async def _second_sources(work: UnitOfWork, items: Sequence[int]) -> Mapping[int, list[Item]]:
    """The second sources of each item; what was second to one that became second itself is so to the first."""
    whose = {item: item for item in items}
    found = defaultdict[int, list[Item]](list)
    asked = set(items)
    while asked:
        seconds = [each for each in await work.items.second_sources(asked) if each.id not in whose]
        for each in seconds:
            first = whose[each.second_of or 0]
            found[first].append(each)
            whose[each.id] = first
        asked = {each.id for each in seconds}
    return found
