"""The names by which a site calls itself, and taking them off a headline."""

import re
from collections.abc import Collection, Iterable

from rapidfuzz import fuzz

from bot.extract.hosts import label_of
from bot.extract.markup import Markup
from bot.extract.structured import names_in
from bot.extract.text import folded

BORDER = re.compile(r"\s+(?:[|·•»«›‹–—~/<>:-]|::|--|>>|\|\|)\s+|\s*[｜│┃|]\s*|\s+[»«]|[»]\s+|: (?=\S+$)|[_＿]")
"""What stands between a headline and the names of its site."""

_ANY_BORDER = re.compile(r"\s*[|·•»«›‹–—~/:：_-]\s*")
_DATED = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{4}\s*[|–—:-]\s*")
_EDGES = " |·•»«›‹–—~/<>:：-_｜│┃"
_ALIKE = 88
_SHORTEST = 2
_ROUNDS = 4
_MOST = 40
_LONGER = 12
_SUFFIX = re.compile(
    r"\.(com|org|net|info|de|es|fr|it|pt|ru|eu|tv|gov|edu|co|at|ch|uk|us|br|mx|ar|cl|ve|cu|cn|jp|ir)\b.*$"
)


def site_names(markup: Markup, cited: str | None = None) -> frozenset[str]:
    """The names of the site as it calls itself, as it is cited, and the label of its host; folded and closed up."""
    metas = markup.metas
    names: list[str | None] = [cited, label_of(markup.host), markup.host.removeprefix("www.")]
    names += [
        metas.get(each) for each in ("og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:site")
    ]
    names += names_in(markup.structured.article.get("publisher"))
    for node in markup.structured.of_type("WebSite", "Organization", "NewsMediaOrganization"):
        names += names_in(node.get("name"))[:1] + names_in(node.get("alternateName"))[:2]
    return frozenset(closed(each) for each in names[:_MOST] if each) - {""}


def closed(name: str) -> str:
    """A name for comparison: folded, without spaces."""
    return folded(name.lstrip("@")).replace(" ", "")


def is_name(text: str, names: Collection[str]) -> bool:
    """Say whether a text is a name of the site, or nearly so."""
    own = closed(text)
    if len(own) < _SHORTEST:
        return False
    bare = closed(_SUFFIX.sub("", text.strip().casefold()))
    return own in names or bare in names or any(_is_like(own, name) for name in names)


def without_names(title: str, names: Collection[str], headings: Iterable[str] = ()) -> str:
    """A title without the names of its site at either end; what a heading of the page confirms stays."""
    own = [folded(each) for each in headings]
    for _ in range(_ROUNDS):
        if folded(title) in own:
            return title
        shorter = _cut(title, names)
        if shorter is None:
            return title
        title = shorter
    return title


def _cut(title: str, names: Collection[str]) -> str | None:
    """The title without one name at its end, else at its beginning; None where neither is a name."""
    for border in BORDER.finditer(title):
        end = title[border.end() :]
        if is_name(end, names) if not BORDER.search(end) else closed(end) in names:
            return title[: border.start()].rstrip(_EDGES) or None
    for border in BORDER.finditer(title):
        start = title[: border.start()]
        if is_name(start, names) if not BORDER.search(start) else closed(start) in names:
            return title[border.end() :].lstrip(_EDGES) or None
    if dated := _DATED.match(title):
        return title[dated.end() :] or None
    for border in _ANY_BORDER.finditer(title):
        if border.start() and closed(title[border.end() :]) in names:
            return title[: border.start()].rstrip(_EDGES) or None
    return None


def _is_like(own: str, name: str) -> bool:
    if min(len(own), len(name)) < 5:  # noqa: PLR2004 - short names are alike by chance
        return False
    return fuzz.ratio(own, name) >= _ALIKE or (own.startswith(name) and len(own) <= len(name) + _LONGER) or own in name
