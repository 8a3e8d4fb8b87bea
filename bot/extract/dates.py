"""The days on which a page says that it was published; never the day of a change, of another article, or a guess."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import chain, islice


from bot.extract.claims import Choice, Claim, by_value, joint
from bot.extract.dateline import shown_anywhere, shown_near
from bot.extract.days import day_in, instant_in, is_utc
from bot.extract.markup import Markup
from bot.extract.structured import text_in
from bot.extract.text import Element

FILLED_IN = 0.8
"""From this confidence on the bot fills a date in without asking."""

_METAS: Mapping[str, float] = dict.fromkeys(
    (
        "article:published_time", "article:published", "og:published_time", "og:article:published_time", "datepublished",
        "date_published", "publishdate", "publish_date", "publish-date", "sailthru.date", "parsely-pub-date",
        "article.published", "published-date", "publication_date", "originalpublicationdate", "published_time",
        "citation_publication_date", "cxenseparse:recs:publishtime", "mediator_published_time", "rnews:datepublished",
        "article_date_original", "og:pubdate", "publication-date", "vr:published_time", "published",
    ),
    0.92,
) | dict.fromkeys(
    (
        "pubdate", "date", "dc.date", "dc.date.issued", "dc.date.created", "dcterms.created", "dcterms.date",
        "dcterms.issued", "dc:date", "datecreated", "dc.created", "created", "article:created", "displaydate",
        "citation_date", "citation_online_date", "dcsext.articlefirstpublished", "date.issued", "release_date",
    ),
    0.8,
)  # fmt: skip
_YEAR = r"(?:19|20)\d{2}"
_URL_DAYS = (
    re.compile(rf"/({_YEAR})[/-]?(\d{{2}})[/-]?(\d{{2}})(?=[/_.?-]|$)"),
    re.compile(rf"[/_-]({_YEAR})[-_](\d{{2}})[-_](\d{{2}})(?=[/_.?-]|$)"),
    re.compile(rf"/({_YEAR})/(\d{{1,2}})/(\d{{1,2}})(?=[/.?]|$)"),
    re.compile(rf"/({_YEAR})/(?:\w+-)?()(\w{{3}})/(\d{{1,2}})/"),
)
_DAY_FIRST = frozenset(
    {"es", "pt", "fr", "it", "de", "ru", "tr", "nl", "pl", "vi", "id", "ro", "cs", "da", "nb", "no", "el"}
)
_DECLARED = 0.7
_ONE_DAY = timedelta(days=1)
_SHOWN = 4
_DISTINCT = 4
_EARLIEST = date(1990, 1, 1)


def days_of(markup: Markup, heading: Element | None) -> tuple[Choice[date], ...]:
    """The days that a page gives for its publication, the most trusted first."""
    day_first = _order(markup)
    declared = [claim for claim in _declared(markup, day_first) if claim.value >= _EARLIEST]
    shown = list(islice(shown_near(heading, day_first=day_first), _SHOWN)) if heading is not None else []
    shown = [Claim(each.value, each.origin, each.weight * 0.9**place) for place, each in enumerate(shown)]
    claims = [*declared, *shown]
    if not claims:
        claims = sorted(shown_anywhere(markup.tree, heading, day_first=day_first), key=lambda claim: -claim.weight)
    return tuple(islice(_ranked(claims), _DISTINCT))


def _ranked(claims: list[Claim[date]]) -> Iterator[Choice[date]]:
    """The days by what speaks for them; a rival day takes from the confidence of the first."""
    values = by_value(claims)
    weights = {day: joint(claim.weight for claim in each) for day, each in values.items()}
    for day, each in values.items():
        rival = max((weight for other, weight in weights.items() if other != day), default=0.0)
        confidence = weights[day] * (1 - rival / 3)
        weights[day], values[day] = weights[day], each
        del confidence
    order = sorted(values, key=lambda day: -weights[day])
    for day in order:
        rival = max((weight for other, weight in weights.items() if other != day), default=0.0)
        yield Choice(day, round(weights[day] * (1 - rival / 3), 3), tuple(claim.origin for claim in values[day]))


def _declared(markup: Markup, day_first: bool | None) -> Iterator[Claim[date]]:
    node = markup.structured.article
    stamps = [
        (text_in(node.get("datePublished")), "JSON-LD datePublished", 0.93),
        (text_in(node.get("dateCreated")), "JSON-LD dateCreated", 0.6),
        (text_in(node.get("uploadDate")), "JSON-LD uploadDate", 0.6),
        *((markup.metas.get(name), f"meta {name}", weight) for name, weight in _METAS.items()),
    ]
    for element in markup.tree.xpath(".//*[@itemprop='datePublished' or @pubdate]"):
        stamps.append(
            (element.get("datetime") or element.get("content") or element.text, "itemprop datePublished", 0.8)
        )
    for text, origin, weight in stamps:
        if text and (day := day_in(text, day_first=day_first)):
            yield Claim(day, origin, weight)
    if day := _day_of_address(markup.url):
        yield Claim(day, "address", 0.85)


def _day_of_address(url: str | None) -> date | None:
    for pattern in _URL_DAYS:
        if url and (found := pattern.search(url)) and (day := day_in("-".join(filter(None, found.groups())))):
            return day
    return None


def _order(markup: Markup) -> bool | None:
    """Say whether the page writes days before months: by its language; None where that is unknown."""
    language = (markup.tree.get("lang") or markup.meta("og:locale") or "").lower().replace("_", "-")
    if language[:2] in _DAY_FIRST or language in {"en-gb", "en-au", "en-ie", "en-nz", "en-in", "en-za"}:
        return True
    return False if language == "en-us" else None
