"""Order by hand: which place editors give to what stands in a list, and the order that comes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Placed:
    """Something in a list: `rank` is the place that was given by hand, None where it has none; what is pinned leads."""

    key: str
    rank: int | None = None
    pinned: bool = False


def arranged(stands: Sequence[Placed], wanted: Mapping[str, int | None]) -> dict[str, int | None]:
    """The rank of each: what is wanted elsewhere goes there, the others keep their order among themselves.

    Places count from 1; of two that are wanted at one place the upper one stays above. A key that is wanted nowhere
    gives its rank up; whatever stands above one with a rank gets a rank, too, so that it stays above.
    """
    place = {each.key: number for number, each in enumerate(stands, start=1)}
    pinned = {each.key for each in stands if each.pinned}
    was = {each.key: place[each.key] if each.rank is not None else None for each in stands}
    given = {key: number for key, number in wanted.items() if key in place}
    moved = {key: number for key, number in given.items() if number is not None and number != was[key]}
    freed = [each.key for each in stands if was[each.key] is not None and given.get(each.key, 0) is None]
    order = [each.key for each in stands if each.key not in moved and each.key not in freed]
    index = -1
    for key, number in sorted(moved.items(), key=lambda entry: (entry[1], place[entry[0]])):
        index = max(number - 1, index + 1)
        order.insert(index, key)
    order = sorted([*order, *freed], key=lambda key: key not in pinned)
    by_hand = moved.keys() | {key for key, number in was.items() if number is not None and key not in freed}
    last = max((order.index(key) for key in by_hand), default=-1)
    return {key: number if number <= last + 1 else None for number, key in enumerate(order, start=1)}


def is_stale(seen: Sequence[Placed], stands: Sequence[Placed]) -> bool:
    """Whether somebody ordered or pinned something since `seen`; what came or went meanwhile changes no order."""
    before = {each.key: each for each in seen}
    return any(
        before[each.key] != each if each.key in before else each.rank is not None or each.pinned for each in stands
    )
