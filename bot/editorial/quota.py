"""Quotas: exact counts, exact shares, and what would mend them."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.editorial.house import Denominator, House, Section, StateMediaRule
from bot.editorial.item import Item, ItemState
from bot.editorial.outlet import Verdict, verdict


@dataclass(frozen=True, slots=True)
class Tally:
    """What counts below the line: `state` of `total` are state media; `undecided` are in the total alone."""

    state: int = 0
    total: int = 0
    undecided: int = 0

    @property
    def share(self) -> Fraction:
        """The exact share of state media; nothing of nothing is zero."""
        return Fraction(self.state, self.total) if self.total else Fraction(0)

    def plus(self, ruled: Verdict, count: int = 1) -> "Tally":
        """The tally with one more item, or so many of a kind."""
        return Tally(
            self.state + count * (ruled is Verdict.STATE_MEDIA),
            self.total + count,
            self.undecided + count * (ruled is Verdict.UNDECIDED),
        )


@dataclass(frozen=True, slots=True)
class Remedies:
    """Three ways back under the limit, each the least that suffices; what is swapped in or added is not state media."""

    swap: int = 0
    drop: int = 0
    add: int = 0


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A section that has fewer items than its minimum."""

    section: Section
    have: int


def tally(items: Iterable[Item], rule: StateMediaRule, *, releases: int = 0, must_reads: int = 0) -> Tally:
    """Count the items filed in sections, and with them as many releases and must reads as the denominator takes in.

    Neither releases nor must reads are state media: they only make the whole larger.
    """
    counted = Tally()
    for item in items:
        if item.state is ItemState.FILED and not item.is_release:
            counted = counted.plus(verdict(item.outlet, rule.watched))
    extra = {
        Denominator.ITEMS: 0,
        Denominator.ITEMS_AND_RELEASES: releases,
        Denominator.OVERALL: releases + must_reads,
    }[rule.denominator]
    return replace(counted, total=counted.total + extra)


def within(counted: Tally, limit: Fraction) -> bool:
    """Whether the share keeps the promise: the limit itself does, the least above it does not."""
    return counted.share <= limit


def remedies(counted: Tally, limit: Fraction, planned: int = 0) -> Remedies:
    """The least number of swaps, drops or additions after which the share is within the limit; zeros where it is.

    A swap replaces a state-media item by another one, a drop takes one out, an addition adds another one. With a
    planned size it is the forecast that comes within the limit. The limit is above 0 and at most 1, as the house file
    has it.
    """
    if forecast(counted, planned) <= limit:
        return Remedies()
    state, total = counted.state, counted.total
    swap = state - math.floor(limit * max(total, planned))
    drop = state if limit == 1 else math.ceil((state - limit * total) / (1 - limit))
    if planned:
        drop = min(drop, state - math.floor(limit * planned))
    add = math.ceil(Fraction(state) / limit) - total
    return Remedies(swap, drop, add)


def forecast(counted: Tally, planned: int) -> Fraction:
    """The share if the issue grows to its planned size without more state media; past that size, the share itself."""
    return Fraction(counted.state, max(counted.total, planned, 1))


def has_room(counted: Tally, ruled: Verdict, limit: Fraction, planned: int) -> bool:
    """Whether an issue can take one more item of a kind: what is no state media always, the rest within the limit.

    Early in an issue the forecast decides. This one rule says when an item may be held and when it returns.
    """
    return ruled is not Verdict.STATE_MEDIA or forecast(counted.plus(ruled), planned) <= limit


def shortfalls(items: Iterable[Item], house: House) -> tuple[Shortfall, ...]:
    """The sections under their minimum, in the order of the house."""
    filed = Counter(item.section for item in items if item.state is ItemState.FILED)
    return tuple(
        Shortfall(section, filed[section.key]) for section in house.sections if filed[section.key] < section.minimum
    )


def percent(share: Fraction, limit: Fraction | None = None) -> str:
    """A share in per cent, with one decimal or as many as it takes to tell it from a limit that it is not.

    Rounded half up; `20 %` and not `20.0 %`.
    """
    decimals = 1
    while limit is not None and share != limit and _rounded(share, decimals) == _rounded(limit, decimals):
        decimals += 1
    whole, fraction = divmod(int(_rounded(share, decimals) * 100 * 10**decimals), 10**decimals)
    return f"{whole}.{fraction:0{decimals}d} %" if fraction else f"{whole} %"


def _rounded(share: Fraction, decimals: int) -> Fraction:
    """A share rounded half up at these decimals of a per cent."""
    scale = 100 * 10**decimals
    return Fraction(math.floor(share * scale + Fraction(1, 2)), scale)
