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


def text_of(element: Element | None) -> str | None:
    """The words that an element shows; a line break separates them, a tag inside a word does not."""
    if element is None:
        return None
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


def _gather(root: Element, parts: list[str]) -> None:
    silent = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            silent += element.tag in _SILENT
            parts.append("" if silent else element.text or "")
            continue
        silent -= element.tag in _SILENT
        if element is not root and not silent:
            parts.append((" " if element.tag == "br" else "") + (element.tail or ""))
