"""What is still open of an item, in the order in which it is settled."""

from datetime import date
from enum import StrEnum

from bot.editorial.acceptance import asks_for_word, is_barred
from bot.editorial.house import StateMediaRule
from bot.editorial.item import Item, ItemState, Reading
from bot.editorial.outlet import Verdict, verdict


class Need(StrEnum):
    """`decision` is whether it is an item of this issue at all, before which nothing else is asked.

    `word` is a member's attestation of an item of state media.
    """

    DECISION = "decision"
    SECTION = "section"
    WORD = "word"
    TITLE = "title"
    DATE = "date"
    OUTLET = "outlet"


def needs_of(item: Item, rule: StateMediaRule, latest: date) -> tuple[Need, ...]:
    """What somebody has to say of an item that is pending or filed; of a page that is still being read, its section.

    `latest` is the last day that is not in the future.
    """
    is_doubted = item.is_a_repeat or (item.kind is not None and item.kind.must_be_kept) or is_barred(item, rule)
    if item.state is ItemState.PENDING and is_doubted:
        return (Need.DECISION,)
    was_read = item.reading is not Reading.WAITING
    is_open = {
        Need.SECTION: item.state is ItemState.PENDING,
        Need.WORD: was_read and not item.is_release and item.attestation is None and asks_for_word(item, rule),
        Need.TITLE: was_read and not item.title,
        Need.DATE: was_read and (item.published_on is None or item.published_on > latest),
        Need.OUTLET: was_read and not item.is_release and verdict(item.outlet, rule.watched) is Verdict.UNDECIDED,
    }
    return tuple(need for need, open_ in is_open.items() if open_)
