"""The days on which a page says that it was published; that of a change where it says no other, and never a guess."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice

from bot.extract.claims import Choice, Claim, by_value, joint
from bot.extract.dateline import changes_shown, is_elsewhere, shown_anywhere, shown_near, stamps_near
from bot.extract.days import day_in, instant_in, is_utc
from bot.extract.markup import Markup
from bot.extract.nearby import near
from bot.extract.structured import text_in
from bot.extract.text import Element, text_of

FILLED_IN = 0.75
"""From this confidence on the bot fills a date in without asking.

Of the 892 dated pages that it was set on, 84.5 % are at or above it, and 98.1 % of these are right.
"""

OFFERED = 0.25
"""From this confidence on a day is offered where members are asked: below it are days of other articles and footers."""

_METAS: Mapping[str, float] = dict.fromkeys(
    (
        "article:published_time", "article:published", "og:published_time", "og:article:published_time",
        "datepublished", "date_published", "publishdate", "publish_date", "publish-date", "sailthru.date",
        "parsely-pub-date",
        "article.published", "published-date", "publication_date", "originalpublicationdate", "published_time",
        "citation_publication_date", "cxenseparse:recs:publishtime", "mediator_published_time", "rnews:datepublished",
        "article_date_original", "og:pubdate", "publication-date", "vr:published_time", "published",
    ),
    0.88,
) | dict.fromkeys(
    (
        "pubdate", "date", "dc.date", "dc.date.issued", "dc.date.created", "dcterms.created", "dcterms.date",
        "dcterms.issued", "dc:date", "datecreated", "dc.created", "created", "article:created", "displaydate",
        "citation_date", "citation_online_date", "dcsext.articlefirstpublished", "date.issued", "release_date",
    ),
    0.7,
)  # fmt: skip
_YEAR = r"(?:19|20)\d{2}"
_ADDRESSES = (
    (re.compile(rf"/({_YEAR})[/-]?(\d{{2}})[/-]?(\d{{2}})(?=[/_.?-]|$)"), 0.87),
    (re.compile(rf"[/_-]({_YEAR})[-_](\d{{2}})[-_](\d{{2}})(?=[/_.?-]|$)"), 0.87),
    (re.compile(rf"/({_YEAR})/(\d{{1,2}})/(\d{{1,2}})(?=[/.?]|$)"), 0.87),
    (re.compile(rf"/({_YEAR})/([a-z]{{3}})/(\d{{1,2}})/"), 0.87),
    (re.compile(r"[/_a-z-](20\d\d)(\d{2})(\d{2})(?=\.\w+$|[/_?-]|$)"), 0.8),
    (re.compile(r"/[A-Z]{0,3}(20\d\d)(\d{2})(\d{2})\d{4,12}(?=[./?]|$)"), 0.6),
)
"""Days in addresses, and how often each form is one."""

_OUTER = re.compile(r"^.+(?=https?:/)", re.DOTALL)
"""What stands before an address within an address."""

_DAY_FIRST = frozenset(
    {"es", "pt", "fr", "it", "de", "ru", "tr", "nl", "pl", "vi", "id", "ro", "cs", "da", "nb", "no", "el"}
)
_CENTRAL = frozenset({"de", "fr", "it", "es", "nl", "pl", "cs", "da", "sv", "no", "nb", "hu", "sk", "hr"})
_MIDNIGHTS = {(22, 0, 0), (23, 0, 0)}
"""Midnight of Central European time in universal time."""

_PUBLISHED_CLASS = re.compile(r"(?:^|\s)(?:dt-)?published(?:\s|$)")
_SCRIPTED = re.compile(
    r"""["'](?:date_?published|published_?(?:at|date|time|on)|publish_?date|publication_?date|pub_?date|first_?published|created_?at)\\?["']\s*:\s*\\?["']([^"']{8,40})""",
    re.IGNORECASE,
)
_ONE_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_TAKEN = 0.4
_MORNING, _EVENING = 7, 22
_BETWEEN_DAYS = 0.6
"""What remains of the weight of a universal time at hours when it is another day in much of the world."""

_MONTH = re.compile(r"/((?:19|20)\d{2})[/-]?(0[1-9]|1[0-2]|[1-9])(?=/)")
_BEFORE, _AFTER, _OTHER_MONTH = timedelta(days=10), timedelta(days=34), 0.25
_CHANGE = 0.15
_SHOWN = 4
_DISTINCT = 4
_EARLIEST = date(1971, 1, 1)


def days_of(markup: Markup, heading: Element | None) -> tuple[Choice[date], ...]:
    """The days that a page gives for its publication, the most trusted first."""
    day_first = _order(markup)
    nearby = tuple(near(heading)) if heading is not None else ()
    shown = list(islice(shown_near(heading, nearby, day_first=day_first), _SHOWN)) if heading is not None else []
    local = [Claim(each.value, each.origin, each.weight * 0.9**place) for place, each in enumerate(shown)]
    if (claim := _in_address(markup.url)) is not None:
        local.append(claim)
    stamps = list(islice(stamps_near(heading, nearby), 2)) if heading is not None else []
    claims = [*_declared(markup, heading, stamps, {claim.value for claim in local}, day_first=day_first), *local]
    claims = [claim for claim in claims if claim.value >= _EARLIEST]
    if not claims:
        elsewhere = (*_in_scripts(markup), *shown_anywhere(markup.tree, heading, day_first=day_first))
        claims = [claim for claim in elsewhere if claim.value >= _EARLIEST]
    if not claims and (claim := _in_address(markup.meta("og:image"), "address of the picture")) is not None:
        claims = [Claim(claim.value, claim.origin, claim.weight / 4)]
    if not claims:
        claims = [claim for claim in islice(_of_change(markup, day_first=day_first), 1) if claim.value >= _EARLIEST]
    return tuple(islice(_ranked(_within_month(markup.url, claims)), _DISTINCT))


def stamp_of(markup: Markup) -> datetime | None:
    """When a page declares in universal time that it came out; midnight is a day without a time."""
    declared = (text_in(markup.structured.article.get("datePublished")), *map(markup.metas.get, _METAS))
    instants = (instant_in(text) for text in declared if text)
    return next((each for each in instants if each and is_utc(each) and each.time() != time.min), None)


def _within_month(url: str | None, claims: Sequence[Claim[date]]) -> Sequence[Claim[date]]:
    """The claims, those of another month than the address names counting less, where some are of that month."""
    found = _MONTH.search(_OUTER.sub("", url)) if url else None
    if found is None:
        return claims
    month = (int(found[1]), int(found[2]))
    if not any((claim.value.year, claim.value.month) == month for claim in claims):
        return claims
    first = date(*month, 1)
    return [
        claim
        if first - _BEFORE <= claim.value <= first + _AFTER
        else Claim(claim.value, claim.origin, claim.weight * _OTHER_MONTH)
        for claim in claims
    ]


def _of_change(markup: Markup, *, day_first: bool | None) -> Iterator[Claim[date]]:
    """The day of the last change of a page that tells no other, such as one of a wiki: too weak to be offered."""
    for name in ("article:modified_time", "og:updated_time", "last-modified", "dcterms.modified", "lastmod"):
        if (said := markup.metas.get(name)) and (day := day_in(said)):
            yield Claim(day, f"meta {name}", _CHANGE)
    said = text_in(markup.structured.article.get("dateModified"))
    if said and (day := day_in(said)):
        yield Claim(day, "JSON-LD dateModified", _CHANGE)
    for day in changes_shown(markup.tree, day_first=day_first):
        yield Claim(day, "shown as a change", _CHANGE)


def _ranked(claims: Iterable[Claim[date]]) -> Iterator[Choice[date]]:
    """The days by what speaks for them; the strongest rival takes a part of each day's confidence."""
    values = by_value(claims)
    weights = {day: joint(each) for day, each in values.items()}
    for day in sorted(values, key=lambda each: -weights[each]):
        rival = max((_rivalry(day, other, values[other]) for other in values if other != day), default=0.0)
        yield Choice(day, round(weights[day] * (1 - rival), 3), tuple(claim.origin for claim in values[day]))


def _rivalry(day: date, other: date, claims: Sequence[Claim[date]]) -> float:
    """How much of the confidence in a day another takes; an address often keeps the day on which a story was begun."""
    share = joint(claims) * _TAKEN
    is_draft = all(claim.kind == "address" for claim in claims) and abs(day - other) <= _WEEK
    return share / 4 if is_draft else share


def _declared(
    markup: Markup, heading: Element | None, stamps: Sequence[str], local: Collection[date], *, day_first: bool | None
) -> Iterator[Claim[date]]:
    node = markup.structured.article
    given = [
        (text_in(node.get("datePublished")), "JSON-LD datePublished", 0.76),
        (text_in(node.get("dateCreated")), "JSON-LD dateCreated", 0.65),
        (text_in(node.get("uploadDate")), "JSON-LD uploadDate", 0.6),
        *((markup.metas.get(name), f"meta {name}", weight) for name, weight in _METAS.items()),
        *_in_attributes(markup, heading),
        *((stamp, "time near the headline", 0.78) for stamp in stamps),
    ]
    is_central = markup.tree.get("lang", "")[:2].lower() in _CENTRAL
    for text, origin, weight in given:
        if text and (day := day_in(text, day_first=day_first)):
            yield _of_its_place(Claim(day, origin, weight), text, local, is_central=is_central)


def _of_its_place(claim: Claim[date], text: str, local: Collection[date], *, is_central: bool) -> Claim[date]:
    """The claim of a stamp as the day of the page's own place, where the stamp is in universal time.

    Where the page shows the day beside it and not this one, that is it; midnight of Central Europe is the day that
    begins; at other hours when it is another day in much of the world the claim counts less.
    """
    instant = instant_in(text)
    if instant is None or not is_utc(instant) or claim.value in local:
        return claim
    if near := next((day for day in (claim.value - _ONE_DAY, claim.value + _ONE_DAY) if day in local), None):
        return Claim(near, f"{claim.origin} in local time", claim.weight)
    at = (instant.hour, instant.minute, instant.second)
    if is_central and at in _MIDNIGHTS:
        return Claim(claim.value + _ONE_DAY, f"{claim.origin} in local time", claim.weight)
    if at == (0, 0, 0) or _MORNING <= instant.hour < _EVENING:
        return claim
    return Claim(claim.value, claim.origin, claim.weight * _BETWEEN_DAYS)


def _in_attributes(markup: Markup, heading: Element | None) -> Iterator[tuple[str | None, str, float]]:
    """What microdata, RDFa and microformats say in the attributes of the text."""
    published = markup.named("datepublished", "schema:datepublished")
    published += [each for each in markup.classed if _PUBLISHED_CLASS.search(each.get("class") or "")]
    for element in [each for each in published if not is_elsewhere(each, heading)][:_SHOWN]:
        said = element.get("datetime") or element.get("content") or element.get("title") or text_of(element)
        yield said, "attribute datePublished", 0.8
    for element in markup.named("dc:date", "dc:created", "schema:datecreated", "datecreated"):
        yield element.get("content") or element.get("datetime"), "attribute created", 0.6


def _in_scripts(markup: Markup) -> Iterator[Claim[date]]:
    """What the scripts of a page, which build it in the browser, say of its publication; the first of each."""
    for script in markup.all("script"):
        if (
            script.text
            and "ld+json" not in script.get("type", "")
            and (found := _SCRIPTED.search(script.text))
            and (day := day_in(found[1]))
        ):
            yield Claim(day, "script", 0.45)
            return


def _in_address(url: str | None, origin: str = "address") -> Claim[date] | None:
    """The day in an address; of a page that stands in another one's address, as in an archive, only its own counts."""
    url = url and _OUTER.sub("", url)
    for pattern, weight in _ADDRESSES:
        if url and (found := pattern.search(url)):
            year, month, day = found.groups()
            written = f"{day} {month} {year}" if month.isalpha() else f"{year}-{month}-{day}"
            if (read := day_in(written)) is not None:
                return Claim(read, origin, weight)
    return None


def _order(markup: Markup) -> bool | None:
    """Say whether the page writes days before months: by its language; None where that is unknown."""
    language = (markup.tree.get("lang") or markup.meta("og:locale") or "").lower().replace("_", "-")
    if language[:2] in _DAY_FIRST or language in {"en-gb", "en-au", "en-ie", "en-nz", "en-in", "en-za"}:
        return True
    return False if language == "en-us" else None
