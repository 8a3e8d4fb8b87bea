"""The days on which a page says that it was published; never the day of a change, of another article, or a guess."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from htmldate.extractors import try_date_expr
from lxml.html import HtmlElement

from bot.extract.structured import text_in
from bot.extract.text import text_of

_PUBLISHED = (
    "article:published_time", "article:published", "og:published_time", "og:article:published_time", "datepublished",
    "date_published", "publishdate", "publish_date", "publish-date", "pubdate", "date", "dc.date", "dc.date.issued",
    "dc.date.created", "dcterms.created", "dcterms.date", "dcterms.issued", "dc:date", "sailthru.date",
    "parsely-pub-date", "article.published", "published-date", "publication_date", "originalpublicationdate",
    "citation_publication_date", "cxenseparse:recs:publishtime", "datecreated", "mediator_published_time",
    "rnews:datepublished",
)  # fmt: skip
_YEAR = r"(?:19|20)\d{2}"
_DAY = re.compile(rf"(?<!\d)({_YEAR})[-/.](\d{{1,2}})[-/.](\d{{1,2}})(?!\d)")
_COMPACT_DAY = re.compile(rf"(?<!\d)({_YEAR})(\d{{2}})(\d{{2}})(?=\d{{4}}|\d{{6}}|T|\D|$)")
_CHINESE_DAY = re.compile(rf"({_YEAR})\s*年\s*(\d{{1,2}})\s*月\s*(\d{{1,2}})\s*日")
_URL_DAYS = (
    re.compile(rf"/({_YEAR})[/-]?(\d{{2}})[/-]?(\d{{2}})(?=[/_.?-]|$)"),
    re.compile(rf"[/_-]({_YEAR})-(\d{{2}})-(\d{{2}})(?=[/_.?-]|$)"),
)
_NUMERIC_DAY = re.compile(rf"(?<!\d)(\d{{1,2}})[-/.](\d{{1,2}})[-/.]({_YEAR})(?!\d)")
_CHANGED = re.compile(
    r"\W*(last\b|up-?dated|modified|revised|actualizad|última|ultima|atualizad|mis à jour|aktualisiert|stand:|"
    r"обновлен|güncel|更新|به\W?روز|تحديث|©|copyright|\(c\))",
    re.IGNORECASE,
)
_DATE_CUE = re.compile(r"date|time|publi|posted|byline|dateline|fecha|meta\b|datum", re.IGNORECASE)
_ELSEWHERE_CUE = re.compile(
    r"related|teaser|recommend|popular|trending|latest|sidebar|widget|comment|promo|copyright|footer|modif|updat|most-?read|read-?next|"
    r"more-?(from|on|stories)|relacionad|breaking",
    re.IGNORECASE,
)
_ELSEWHERE = frozenset({"aside", "nav", "footer", "a", "form"})
_NEAR = 600
"""Characters of text between a headline and what still stands near it."""

_SHORT = 120
_BARE = 45
"""A line this short that holds a whole date is a dateline, whatever its element is called."""

_MONTHS = 12
_DAY_FIRST = frozenset({"es", "pt", "fr", "it", "de", "ru", "tr"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_EARLIEST, _LATEST = datetime(1995, 1, 1), datetime(2100, 1, 1)  # noqa: DTZ001 - htmldate compares naive ones


def days_of(
    tree: HtmlElement, node: Mapping[str, Any], metas: Mapping[str, str], url: str | None, heading: HtmlElement | None
) -> tuple[date, ...]:
    """The days that a page gives for its publication, the most trusted first: what it declares, then its address.

    The dateline near the headline is read where there is neither.
    """
    day_first = str(tree.get("lang") or "").lower()[:2] in _DAY_FIRST
    claims = [text_in(node.get("datePublished")), *(metas.get(name) for name in _PUBLISHED)]
    claims += [
        each.get("datetime") or each.get("content") or text_of(each)
        for each in tree.xpath(".//*[@itemprop='datePublished' or @pubdate]")
        if not _is_elsewhere(each, heading)
    ]
    found = [day_in(claim, day_first=day_first) for claim in claims if claim] + [_day_of_address(url)]
    days = dict.fromkeys(day for day in found if day is not None)
    if not days and heading is not None and (day := _dateline(heading, day_first)):
        days = {day: None}
    return tuple(days)


def day_in(text: str, *, day_first: bool = False) -> date | None:
    """The one day that a text means: with its year, in figures whose order is clear or with the name of the month.

    04/03/2021 is the fourth of March where the language of the page puts days first; elsewhere it could be either.
    """
    text = " ".join(text[:200].split())
    for pattern in (_DAY, _CHINESE_DAY, _COMPACT_DAY):
        if found := pattern.search(text):
            return _day(found[1], found[2], found[3])
    if found := _NUMERIC_DAY.search(text):
        is_clear = day_first or "." in found[0] or int(found[1]) > _MONTHS or found[1] == found[2]
        return _day(found[3], found[2], found[1]) if is_clear else None
    if not re.search(rf"(?<!\d){_YEAR}(?!\d)", text):
        return None
    try:
        return parsedate_to_datetime(text).date()
    except ValueError:
        named = try_date_expr(text, "%Y-%m-%d", True, _EARLIEST, _LATEST)  # noqa: FBT003 - htmldate's order of arguments
        return date.fromisoformat(named) if named else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _day_of_address(url: str | None) -> date | None:
    for pattern in _URL_DAYS:
        if url and (found := pattern.search(url)) and (day := _day(found[1], found[2], found[3])):
            return day
    return None


def _dateline(heading: HtmlElement, day_first: bool) -> date | None:  # noqa: FBT001 - as the page's language says
    for element in _near(heading):
        stamp = element.get("datetime") if element.tag == "time" else None
        words = text_of(element) or ""
        limit = _SHORT if element.tag == "time" or _DATE_CUE.search(_cues(element)) else _BARE
        if len(words) > limit or _CHANGED.match(words) or _is_elsewhere(element, heading):
            continue
        if day := day_in(stamp or words, day_first=day_first):
            return day
    return None


def _near(heading: HtmlElement) -> Iterator[HtmlElement]:
    """What follows a headline up to the second heading or some text, then what leads to it within its own header."""
    seen = headings = 0
    for element in heading.xpath("following::*"):
        headings += element.tag in _HEADINGS
        seen += len((element.text or "").strip())
        if headings > 1 or seen > _NEAR:
            break
        yield element
    for around in heading.xpath("ancestor::*[self::header or self::article or self::main][1]"):
        before = [each for each in around.iterdescendants() if isinstance(each.tag, str)]
        yield from before[: before.index(heading)][-20:]


def _is_elsewhere(element: HtmlElement, heading: HtmlElement | None) -> bool:
    """Say whether an element belongs to something else than the headline's article: a teaser, a footer, a comment."""
    around = set(heading.iterancestors()) if heading is not None else set()
    for each in (element, *element.iterancestors()):
        if each in around:
            return False
        if each.tag in _ELSEWHERE or _ELSEWHERE_CUE.search(_cues(each)) or each.get("itemprop") == "dateModified":
            return True
        if each.tag == "article" and heading is not None:
            return True
        if each.tag == "li" and len(text_of(each) or "") > _SHORT:
            return True
    return False


def _cues(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
