"""What stands near a headline: the lines under it, then those above it in its own header."""

from collections.abc import Iterator
from itertools import islice

from bot.extract.text import Element

_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_SILENT = frozenset({"script", "style", "noscript", "template", "select"})
_NEAR = 600
"""Characters of text between a headline and what still stands near it."""

_SEEN = 150
_BEFORE = 25
_LEVELS = 4


def near(heading: Element) -> Iterator[Element]:
    """What follows a headline up to the second heading or some text, then what leads to it within its own header."""
    seen = headings = 0
    for element in islice(following(heading), _SEEN):
        headings += element.tag in _HEADINGS
        seen += len((element.text or "").strip()) if element.tag not in _SILENT else 0
        if headings > 1 or seen > _NEAR:
            break
        yield element
    yield from islice(_preceding(heading), _BEFORE)


def following(element: Element) -> Iterator[Element]:
    current = element
    while current is not None:
        for sibling in current.itersiblings():
            yield from sibling.iter()
        current = current.getparent()


def _preceding(heading: Element) -> Iterator[Element]:
    current = heading
    for _ in range(_LEVELS):
        for sibling in current.itersiblings(preceding=True):
            yield from sibling.iter()
        current = current.getparent()
        if current is None or current.tag in {"body", "main", "article"}:
            return
