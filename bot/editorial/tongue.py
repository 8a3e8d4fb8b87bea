"""In which language, and in which direction, a cited text is read."""

import unicodedata

from bot.editorial.house import House
from bot.editorial.item import Item

FROM_THE_RIGHT = frozenset({"ar", "fa", "he", "ur"})
_RIGHT = frozenset({"R", "AL"})


def item_tongue(item: Item, house: House) -> str:
    """The language of the words that cite an item, by its ISO 639-1 code; empty where it is the house's.

    An item's language is that of its page. What members wrote of it, or what was printed before, is the house's own.
    """
    field = "summary" if item.summary else "title"
    is_ours = field in item.edited or not item.found_by
    code = foreign_tongue(getattr(item, field) or "", item.language, house)
    return code if not is_ours or code in FROM_THE_RIGHT else ""


def foreign_tongue(text: str, code: str | None, house: House) -> str:
    """This language, where it is not the house's and a text can be in it by its direction; else nothing."""
    if not code or code == house.citation.language or reads_from_the_right(text) != (code in FROM_THE_RIGHT):
        return ""
    return code


def reads_from_the_right(text: str) -> bool:
    """Whether most letters of a text, of those that have a direction, are read from right to left."""
    directions = [unicodedata.bidirectional(letter) for letter in text]
    return sum(each in _RIGHT for each in directions) > directions.count("L")
