"""Room for state media: which held items return, where there are too many, and what could make room."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.editorial.house import House, Section
from bot.editorial.item import Item, ItemState
from bot.editorial.outlet import Verdict, verdict
from bot.editorial.quota import Tally, has_room, within
from bot.editorial.similar import Stories, Story


@dataclass(frozen=True, slots=True)
class SectionShare:
    """What counts of a section."""

    section: Section
    tally: Tally


def returning(held: Iterable[Item], counted: Tally, house: House) -> tuple[Item, ...]:
    """The held items for which an issue has room, in the order in which they return: the oldest first.

    One that counts as state media no more returns whatever the share is, and makes room for others. After each of them
    the share is within the limit, or no greater than it was.
    """
    rule = house.state_media
    waiting = sorted(held, key=lambda item: (item.filed_at or item.created_at, item.id))
    found: list[Item] = []
    while True:
        for item in waiting:
            ruled = verdict(item.outlet, rule.watched)
            if has_room(counted, ruled, rule.limit, house.planned_items):
                break
        else:
            return tuple(found)
        waiting.remove(item)
        found.append(item)
        counted = counted.plus(ruled)


def crowded(items: Iterable[Item], house: House) -> tuple[SectionShare, ...]:
    """The sections in which state media exceed the limit, in the order of the house: the promise is of the whole."""
    tallies = defaultdict[str | None, Tally](Tally)
    for item in items:
        if item.state is ItemState.FILED:
            tallies[item.section] = tallies[item.section].plus(verdict(item.outlet, house.state_media.watched))
    shares = (SectionShare(section, tallies[section.key]) for section in house.sections)
    return tuple(each for each in shares if not within(each.tally, house.state_media.limit))


def told_elsewhere(items: Iterable[Item], watched: Collection[str]) -> tuple[tuple[Item, Item], ...]:
    """Filed items of state media, each with one of another outlet that tells the same story and is on the list.

    Of several others the likeliest is named; what was made a second source tells the story by a member's word.
    """
    by_id = {item.id: item for item in items}
    state = {
        item.id
        for item in by_id.values()
        if item.state is ItemState.FILED and verdict(item.outlet, watched) is Verdict.STATE_MEDIA
    }
    others = {item.id for item in by_id.values() if verdict(item.outlet, watched) is not Verdict.STATE_MEDIA}
    found: dict[int, int] = {}
    for item in by_id.values():
        if item.state is ItemState.SECOND_SOURCE and item.second_of in state and item.id in others:
            found.setdefault(item.second_of, item.id)
    listed = [item for item in by_id.values() if item.state in {ItemState.PENDING, ItemState.FILED}]
    for pair in Stories(map(Story.of, listed)).pairs():
        for one, other in ((pair.first, pair.second), (pair.second, pair.first)):
            if one in state and other in others:
                found.setdefault(one, other)
    return tuple((by_id[one], by_id[other]) for one, other in sorted(found.items()))
