"""Which other items tell the story of an item, as its card says it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from bot.desk.views import Company
from bot.editorial.item import Item, ItemState
from bot.ports import UnitOfWork

ON_THE_LIST = frozenset({ItemState.PENDING, ItemState.FILED})


async def company_of(work: UnitOfWork, items: Sequence[Item]) -> Mapping[int, Company]:
    """The company of each of these items, by their ids."""
    named = {each for item in items for each in (item.similar_to, item.second_of, item.replies_to) if each is not None}
    named |= {int(each) for item in items if item.replies_to is not None for each in item.kept_beside}
    others = {other.id: other for other in await work.items.some(named)}
    seconds = await _second_sources(work, [item.id for item in items])
    found = {}
    for item in items:
        similar = _still_undecided(item, others.get(item.similar_to or 0))
        answers = _answered(item, others, similar)
        found[item.id] = Company(
            similar=similar if answers is None else None,  # one question at a time
            second_of=others.get(item.second_of or 0),
            second_sources=tuple(seconds[item.id]),
            answers=answers,
        )
    return found


def _answered(item: Item, others: Mapping[int, Item], similar: Item | None) -> Item | None:
    """The item that a reply may be a second source of: of several in one message the one that tells its story.

    Who said of one of them that both stay said it of all: what is asked is whether the reply is an item of its own.
    """
    above = others.get(item.replies_to or 0)
    if above is None or item.state is not ItemState.PENDING:
        return None
    kept = (other for other in others.values() if item.is_kept_beside(other))
    if any(_are_of_one_message(other, above) for other in kept):
        return None
    if similar is not None and _are_of_one_message(similar, above):
        return similar
    return _still_undecided(item, above)


def _are_of_one_message(one: Item, other: Item) -> bool:
    return (one.channel, one.message) == (other.channel, other.message)


def _still_undecided(item: Item, other: Item | None) -> Item | None:
    """Another item, as long as both are on the list of one issue and nobody said that both stay."""
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
