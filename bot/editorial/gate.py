"""The gate: what stands between an issue and its publication, and what would make it better."""

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from bot.editorial.edition import Edition
from bot.editorial.house import House, Section
from bot.editorial.issue import Issue
from bot.editorial.item import Item, Reading
from bot.editorial.outlet import Verdict, verdict
from bot.editorial.quota import shortfalls, within
from bot.editorial.similar import duplicates

_PER_CENT = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*(?:%|percent|per cent|por ciento)")


class FindingKind(StrEnum):
    """What can be found. Whether it blocks is said by the finding."""

    SHARE_OVER_LIMIT = "share over limit"
    DISCLAIMER_WRONG = "disclaimer wrong"
    NO_DATE = "no date"
    NO_TITLE = "no title"
    NO_SOURCE = "no source"
    OUTLET_UNDECIDED = "outlet undecided"
    SECTION_SHORT = "section short"
    OUTSIDE_WINDOW = "outside window"
    NOT_READ = "not read"
    PAYWALLED = "paywalled"
    DUPLICATE_STORY = "duplicate story"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend: `blocking` stops publication, the rest is advice.

    `item` or `section` is what it concerns; `other` is the second item of a story that is told twice.
    """

    kind: FindingKind
    blocking: bool
    item: Item | None = None
    section: Section | None = None
    other: Item | None = None


def check(edition: Edition) -> tuple[Finding, ...]:
    """Everything that the gate finds in an edition, what blocks first.

    The share cannot be waived: in an issue that was declared a special edition, whose disclaimer says so, it is advice.
    The whole stands before the items and the items before the sections, each in the order in which they are given.
    """
    house, filed = edition.house, sorted(edition.items, key=lambda item: item.id)
    found = []
    if not within(edition.tally, house.state_media.limit):
        found.append(Finding(FindingKind.SHARE_OVER_LIMIT, blocking=not edition.writing.special))
    if _is_contradicted(edition):
        found.append(Finding(FindingKind.DISCLAIMER_WRONG, blocking=True))
    for item in filed:
        found += _of_item(house, edition.issue, item)
    for item, other in duplicates(filed):
        found.append(Finding(FindingKind.DUPLICATE_STORY, blocking=False, item=item, other=other))
    found += [
        Finding(FindingKind.SECTION_SHORT, blocking=False, section=short.section) for short in shortfalls(filed, house)
    ]
    return tuple(sorted(found, key=lambda finding: not finding.blocking))


def _is_contradicted(edition: Edition) -> bool:
    """Whether a disclaimer of the issue's own promises fewer per cent than there are."""
    promised = _PER_CENT.findall(edition.writing.disclaimer)
    return any(edition.tally.share * 100 > Fraction(each.replace(",", ".")) for each in promised)


def _of_item(house: House, issue: Issue, item: Item) -> list[Finding]:
    found = []
    if item.published_on is None:
        found.append(Finding(FindingKind.NO_DATE, blocking=True, item=item))
    elif not issue.window_start <= item.published_on <= issue.window_end:
        found.append(Finding(FindingKind.OUTSIDE_WINDOW, blocking=False, item=item))
    if not (item.title or item.summary):
        found.append(Finding(FindingKind.NO_TITLE, blocking=True, item=item))
    if not item.source:
        found.append(Finding(FindingKind.NO_SOURCE, blocking=True, item=item))
    if verdict(item.outlet, house.state_media.watched) is Verdict.UNDECIDED:
        found.append(Finding(FindingKind.OUTLET_UNDECIDED, blocking=True, item=item))
    if item.reading is not Reading.READ:
        found.append(Finding(FindingKind.NOT_READ, blocking=False, item=item))
    if item.paywalled:
        found.append(Finding(FindingKind.PAYWALLED, blocking=False, item=item))
    return found
