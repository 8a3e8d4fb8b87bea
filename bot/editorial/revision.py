"""Revisions of a message: what its events mean together, in whatever order they come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.editorial.link import NotALink, read_link


@dataclass(frozen=True, slots=True)
class Revision:
    """The links of a message at a time; of two revisions the one with the greater `order` is newer.

    A message that was deleted says nothing more.
    """

    order: str
    links: tuple[str, ...]
    deleted: bool = False

    def is_newer_than(self, other: "Revision | None") -> bool:
        """Whether this replaces another; one without an order replaces every one that was not deleted."""
        return other is None or (not other.deleted and (not self.order or self.order > other.order))


@dataclass(frozen=True, slots=True)
class Reading:
    """What an event brings: links that are in the message, by page those that came too late, and pages removed."""

    newest: Revision
    present: tuple[str, ...]
    late: Mapping[str, str]
    removed: frozenset[str]


def compared(says: Revision, before: Iterable[str], known: Revision | None) -> Reading:
    """Compare what an event says of a message, now and until then, with the newest revision that is known.

    Links that the event did not bring are no news, unless the revision before it is missing and its link is back.
    """
    now, until_then = _by_page(says.links), _by_page(before)
    last = _by_page(known.links) if known is not None else until_then
    if known is not None and not says.is_newer_than(known):
        brought = {page: text for page, text in now.items() if page not in until_then}
        present = tuple(text for page, text in brought.items() if page in last)
        late = {page: text for page, text in brought.items() if page not in last}
        return Reading(known, present, late, frozenset())
    present = tuple(text for page, text in now.items() if page not in last or page not in until_then)
    removed = frozenset(last.keys() | until_then.keys()) - now.keys()
    newest = says if says.order or known is None else replace(says, order=known.order)
    return Reading(newest, present, {}, removed)


def _by_page(links: Iterable[str]) -> dict[str, str]:
    """Links by the page that they lead to, the first of each; what cannot be read stands for itself."""
    found: dict[str, str] = {}
    for text in links:
        try:
            found.setdefault(read_link(text).key, text)
        except NotALink:
            found.setdefault(text, text)
    return found
