"""What a house asks before an item of state media stands in an issue."""

from bot.editorial.house import StateMediaRule
from bot.editorial.item import Attestation, Item
from bot.editorial.outlet import Verdict, verdict


def asks_for_word(item: Item, rule: StateMediaRule) -> bool:
    """Whether a member has to give their word on an item: it is of state media, and the house says about what."""
    return bool(rule.topics) and verdict(item.outlet, rule.watched) is Verdict.STATE_MEDIA


def is_barred(item: Item, rule: StateMediaRule) -> bool:
    """Whether an item is an opinion of state media, which such a house excludes, and no editor said otherwise."""
    return item.opinion is not None and item.reclassified is None and asks_for_word(item, rule)


def name_of(word: Attestation | None) -> str:
    """What tells one word on an item from another; nothing where nobody gave theirs."""
    return f"{word.by}:{word.at.isoformat()}" if word is not None else ""
