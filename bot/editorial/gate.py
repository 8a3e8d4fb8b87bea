"""The gate: what stands between an issue and its publication, and what would make it better."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from bot.editorial.acceptance import asks_for_word, is_barred
from bot.editorial.citation import cite
from bot.editorial.edition import Edition
from bot.editorial.house import House, Section
from bot.editorial.issue import Issue
from bot.editorial.item import Item, Reading
from bot.editorial.outlet import Verdict, verdict
from bot.editorial.quota import shortfalls, within
from bot.editorial.releases import may_be_release
from bot.editorial.similar import duplicates
from bot.editorial.waiver import Waiver
from bot.editorial.wording import texts_by_passage

_PER_CENT = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*(?:%|percent|per cent|por ciento)")
_PLACEHOLDER = re.compile(
    r"\b(?:TK)+\b|\bTBD\b|\bXXX+\b|\bTODO\b|\?\?\?+"
    r"|(?i:\blorem ipsum\b|[\[(<]\s*(?:placeholder|insert [^\])>]*)\s*[\])>])"
)
"""What writers put where something is still to come: `TK` is the trade's own mark for it."""


class FindingKind(StrEnum):
    """What can be found. Whether it blocks is said by the finding."""

    SHARE_OVER_LIMIT = "share over limit"
    DISCLAIMER_WRONG = "disclaimer wrong"
    LINKS_UNCHECKED = "links unchecked"
    PLACEHOLDER = "placeholder"
    NO_DATE = "no date"
    FUTURE_DATE = "future date"
    NO_TITLE = "no title"
    NO_SOURCE = "no source"
    NO_AGENCY = "no agency"
    RELEASE_IS_STATE_MEDIA = "release is state media"
    OUTLET_UNDECIDED = "outlet undecided"
    NOT_ATTESTED = "not attested"
    OPINION_OF_STATE = "opinion of state media"
    DEAD_LINK = "dead link"
    SECTION_TOO_LONG = "section too long"
    SECTION_SHORT = "section short"
    OUTSIDE_WINDOW = "outside window"
    USED_AGAIN = "used again"
    NOT_READ = "not read"
    PAYWALLED = "paywalled"
    DUPLICATE_STORY = "duplicate story"
    PAGE_MOVED = "page moved"
    PAGE_CHANGED = "page changed"
    MAIL_TOO_LONG = "mail too long"
    NO_HEADLINE = "no headline"
    ACCEPTED_LATE = "accepted late"


_NEVER_WAIVED = frozenset(
    {
        FindingKind.SHARE_OVER_LIMIT,
        FindingKind.DISCLAIMER_WRONG,
        FindingKind.NOT_ATTESTED,
        FindingKind.OPINION_OF_STATE,
        FindingKind.LINKS_UNCHECKED,
    }
)
"""What readers are promised, and what an editor can settle with a click."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend: `blocking` stops publication, the rest is advice.

    `item`, `section` or `passage` is what it concerns, `other` the second item of a story that is told twice; `count`
    says how many or how much where that matters. With a `waiver` it would block, and an editor lets it pass.
    """

    kind: FindingKind
    blocking: bool
    item: Item | None = None
    section: Section | None = None
    other: Item | None = None
    passage: str | None = None
    count: int = 0
    waiver: Waiver | None = None

    @property
    def key(self) -> str:
        """Names the finding for as long as it is found: `no date:7`."""
        about = self.item.id if self.item is not None else self.section.key if self.section is not None else ""
        return f"{self.kind.value}:{about or self.passage or ''}"

    @property
    def can_be_waived(self) -> bool:
        return self.blocking and self.kind not in _NEVER_WAIVED


def check(
    edition: Edition,
    *,
    waivers: Mapping[str, Waiver] | None = None,
    unchecked: int = 0,
    mail_is_cut: bool = False,
    latest: date = date.max,
) -> tuple[Finding, ...]:
    """Everything that the gate finds in an edition, what blocks first.

    The share cannot be waived: in an issue that was declared a special edition, whose disclaimer says so, it is advice.
    The whole stands before the releases, these before the items, and the items before the sections, each in the order
    in which they are given. `waivers` are by the key of their finding, `unchecked` is how many links nobody has looked
    at lately, and `latest` the last day that is not in the future.
    """
    house, filed = edition.house, sorted(edition.items, key=lambda item: item.id)
    found = [*_of_the_whole(edition, unchecked=unchecked, mail_is_cut=mail_is_cut)]
    for release in edition.rundown.releases:
        found += _of_release(house, edition.issue, release)
    for item in filed:
        found += _of_item(house, edition.issue, item)
    for item in edition.rundown.filed:
        if item.published_on is not None and item.published_on > latest:
            found.append(Finding(FindingKind.FUTURE_DATE, blocking=True, item=item))
        if item.late is not None:
            found.append(Finding(FindingKind.ACCEPTED_LATE, blocking=False, item=item))
    for item, other in duplicates(filed):
        found.append(Finding(FindingKind.DUPLICATE_STORY, blocking=False, item=item, other=other))
    found += _too_long(edition)
    found += [
        Finding(FindingKind.SECTION_SHORT, blocking=False, section=short.section) for short in shortfalls(filed, house)
    ]
    return tuple(sorted(_waived(found, waivers or {}), key=lambda finding: not finding.blocking))


def _waived(found: Iterable[Finding], waivers: Mapping[str, Waiver]) -> Iterator[Finding]:
    for finding in found:
        waiver = waivers.get(finding.key) if finding.can_be_waived else None
        yield replace(finding, blocking=False, waiver=waiver) if waiver is not None else finding


def _of_the_whole(edition: Edition, *, unchecked: int, mail_is_cut: bool) -> Iterator[Finding]:
    writing = edition.writing
    if not within(edition.tally, edition.house.state_media.limit):
        yield Finding(FindingKind.SHARE_OVER_LIMIT, blocking=not writing.special)
    if _is_contradicted(edition):
        yield Finding(FindingKind.DISCLAIMER_WRONG, blocking=True)
    if unchecked:
        yield Finding(FindingKind.LINKS_UNCHECKED, blocking=True, count=unchecked)
    for passage, texts in texts_by_passage(writing, edition.house.citation.language).items():
        if any(map(_PLACEHOLDER.search, texts)):
            yield Finding(FindingKind.PLACEHOLDER, blocking=True, passage=passage)
    if not writing.headline and edition.rundown.filed:
        yield Finding(FindingKind.NO_HEADLINE, blocking=False)
    if mail_is_cut:
        yield Finding(FindingKind.MAIL_TOO_LONG, blocking=False)


def _is_contradicted(edition: Edition) -> bool:
    """Whether a disclaimer of the issue's own promises fewer per cent than there are."""
    promised = _PER_CENT.findall(edition.writing.disclaimer)
    return any(edition.tally.share * 100 > Fraction(each.replace(",", ".")) for each in promised)


def _of_release(house: House, issue: Issue, item: Item) -> Iterator[Finding]:
    if not item.title:
        yield Finding(FindingKind.NO_TITLE, blocking=True, item=item)
    if not item.agency:
        yield Finding(FindingKind.NO_AGENCY, blocking=True, item=item)
    if not may_be_release(item, house):
        yield Finding(FindingKind.RELEASE_IS_STATE_MEDIA, blocking=True, item=item)
    yield from _of_page(issue, item)


def _of_item(house: House, issue: Issue, item: Item) -> Iterator[Finding]:
    for kind in _blocking(house, item):
        yield Finding(kind, blocking=True, item=item)
    if item.earlier is not None:
        yield Finding(FindingKind.USED_AGAIN, blocking=False, item=item)
    yield from _of_page(issue, item)
    if item.reading is not Reading.READ and not item.checked.gone:
        yield Finding(FindingKind.NOT_READ, blocking=False, item=item)
    if item.paywalled:
        yield Finding(FindingKind.PAYWALLED, blocking=False, item=item)


def _of_page(issue: Issue, item: Item) -> Iterator[Finding]:
    """What the page of an item or a release is blamed for."""
    if item.checked.gone:
        yield Finding(FindingKind.DEAD_LINK, blocking=True, item=item)
    if item.published_on is not None and issue.outside(item.published_on) is not None:
        yield Finding(FindingKind.OUTSIDE_WINDOW, blocking=False, item=item)
    if item.checked.moved_to:
        yield Finding(FindingKind.PAGE_MOVED, blocking=False, item=item)
    if item.checked.is_changed:
        yield Finding(FindingKind.PAGE_CHANGED, blocking=False, item=item)


def _blocking(house: House, item: Item) -> Iterator[FindingKind]:
    if item.published_on is None:
        yield FindingKind.NO_DATE
    if not (item.title or item.summary):
        yield FindingKind.NO_TITLE
    if not item.source:
        yield FindingKind.NO_SOURCE
    if verdict(item.outlet, house.state_media.watched) is Verdict.UNDECIDED:
        yield FindingKind.OUTLET_UNDECIDED
    if asks_for_word(item, house.state_media) and item.attestation is None:
        yield FindingKind.NOT_ATTESTED
    if is_barred(item, house.state_media):
        yield FindingKind.OPINION_OF_STATE
    if _PLACEHOLDER.search(" ".join(filter(None, (item.summary or item.title, item.source)))):
        yield FindingKind.PLACEHOLDER


def _too_long(edition: Edition) -> Iterator[Finding]:
    """The sections that print more characters than the house lets them; the first of a chapter has its narrative."""
    limit = edition.house.section_characters
    for chapter in edition.rundown.chapters if limit else ():
        for section in chapter.sections:
            texts = [str(cite(item, edition.house)) for item in section.items]
            length = sum(map(len, [*texts, *(edition.narrative(chapter) if section.leads else ())]))
            if length > limit:
                yield Finding(FindingKind.SECTION_TOO_LONG, blocking=True, section=section.section, count=length)
