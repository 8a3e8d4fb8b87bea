"""What waits for an editor: one rule for the list of it, for the reminder and for the count that a home names."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.editorial.acceptance import is_barred
from bot.editorial.house import StateMediaRule
from bot.editorial.item import Item, ItemState
from bot.editorial.outlet import Verdict, verdict


class Waits(StrEnum):
    """What waits for the editors of a desk, in the order in which it is told; what blocks an issue comes last."""

    LINKS_OF_GUESTS = "links of guests"
    OUTLETS_UNDECIDED = "outlets undecided"
    APPEALS = "opinions in question"
    HELD = "held items asked about"
    LATE = "late requests"
    UNFILED = "late items without a section"
    BLOCKING = "blocking"


@dataclass(frozen=True, slots=True)
class Questions:
    """The items about which an editor is asked, each kind in the order in which the items came.

    `outlets` are those that nobody decided about, each with its items: however many it has, it is one question.
    `unfiled` came after a freeze, were added, and have no section yet: only editors file them.
    """

    guests: tuple[Item, ...]
    outlets: tuple[tuple[Item, ...], ...]
    appeals: tuple[Item, ...]
    held: tuple[Item, ...]
    unfiled: tuple[Item, ...]


def questions_in(items: Iterable[Item], guests: Collection[str], rule: StateMediaRule) -> Questions:
    """What of items an editor is to decide; `guests` are those of their finders who file nothing themselves."""
    listed = [item for item in items if item.state in {ItemState.PENDING, ItemState.FILED, ItemState.HELD}]
    on_the_way = [item for item in listed if item.state is not ItemState.HELD]
    waiting = [item for item in on_the_way if item.state is ItemState.PENDING]
    outlets: dict[str, list[Item]] = {}
    for item in on_the_way:
        if verdict(item.outlet, rule.watched) is Verdict.UNDECIDED and not item.is_release:
            outlets.setdefault(item.outlet.domain if item.outlet is not None else item.host, []).append(item)
    return Questions(
        guests=tuple(item for item in waiting if item.late is None and item.found_by in guests),
        outlets=tuple(map(tuple, outlets.values())),
        appeals=tuple(item for item in on_the_way if item.appeal is not None and is_barred(item, rule)),
        held=tuple(item for item in listed if item.state is ItemState.HELD and _is_asked_about(item)),
        unfiled=tuple(item for item in waiting if item.late is not None),
    )


def _is_asked_about(item: Item) -> bool:
    return item.asked is not None and item.asked.answer is None
