"""Words of a page as people see them: of an element, for comparison, and safe to show."""

import html
import re
from functools import lru_cache
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml names its class of elements nowhere else

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_INVISIBLE = re.compile(
    r"[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "rt", "rp"})
_LONGEST = 20_000
_DEPTH = 250


def text_of(element: Element | None) -> str | None:
    """The words that an element shows; a line break separates them, a tag inside a word does not."""
    if element is None:
        return None
    if not len(element):
        return " ".join((element.text or "")[:_LONGEST].split()) or None if element.tag not in _SILENT else None
    parts: list[str] = []
    _gather(element, parts)
    return " ".join("".join(parts)[:_LONGEST].split()) or None


@lru_cache(maxsize=2048)
def folded(text: str) -> str:
    """A text for comparison: words alone, without case, punctuation or entities."""
    return re.sub(r"[\W_]+", " ", html.unescape(text)).casefold().strip()


def cleaned(text: str | None, limit: int) -> str | None:
    """A text that is safe to keep and show: one line, no control characters, no marks that turn its direction.

    The joiners that Persian and Indian words need stay.
    """
    if not text:
        return None
    plain = " ".join(_CONTROL.sub(" ", _INVISIBLE.sub("", html.unescape(text[:_LONGEST]))).split())
    return (plain if len(plain) <= limit else plain[: limit - 1].rstrip() + "…") or None


def first(*claims: str | None) -> str | None:
    """The first claim that says something."""
    return next((claim for claim in claims if claim and claim.strip()), None)


def _gather(root: Element, parts: list[str], depth: int = 0) -> None:
    """Add the words of an element; those of one that stands too deep, as no sound page has it, are left out."""
    if root.tag in _SILENT or depth > _DEPTH:
        return
    if text := root.text:
        parts.append(text)
    for element in root:
        if len(element):
            _gather(element, parts, depth + 1)
        elif (tag := element.tag) == "br":
            parts.append(" ")
        elif tag not in _SILENT and (text := element.text):
            parts.append(text)
        if text := element.tail:
            parts.append(text)
