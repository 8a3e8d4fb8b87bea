"""Who wrote a page, by the votes of all places that name somebody."""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from bot.extract.claims import Choice, Claim
from bot.extract.markup import Markup, cues
from bot.extract.names import is_name
from bot.extract.nearby import near
from bot.extract.people import has_by, people_in
from bot.extract.structured import names_in
from bot.extract.text import Element, text_of

_METAS = (
    ("author", 0.7), ("article:author", 0.7), ("parsely-author", 0.75), ("sailthru.author", 0.75), ("dc.creator", 0.7),
    ("dcterms.creator", 0.7), ("citation_author", 0.8), ("byl", 0.7), ("creator", 0.6), ("article:author_name", 0.7),
    ("article.author", 0.7), ("og:article:author", 0.6), ("og:author", 0.6), ("authors", 0.7), ("mediator_author", 0.7),
    ("cxenseparse:author", 0.7), ("vr:author", 0.7), ("rbauthors", 0.7),
)  # fmt: skip
_BYLINE = re.compile(r"byline|author|autor|writer|verfasser|signature|vcard|auteur")
_NOT_BYLINE = re.compile(
    r"comment|related|\bbio|[-_]bio|box|avatar|image|img|photo|teaser|sidebar|widget|social|follow|list|title|desc|recent|"
    r"archive|automat|autoren-|about"
)
_ELSEWHERE = frozenset({"aside", "nav", "footer"})
_ELSEWHERE_CUE = re.compile(r"comment|related|teaser|sidebar|widget|recommend|popular|latest|more-|read-next")
_LINE = 120
_MOST = 30
_LOOKED_AT = 12
_DEEP = 7


def author_of(markup: Markup, sites: Collection[str], heading: Element | None) -> Choice[str] | None:
    """The names of the authors, with semicolons between; None where the page names nobody.

    A person comes before the site itself, which many pages name as their author.
    """
    fallback: Claim[tuple[str, ...]] | None = None
    for claim in _claims(markup, heading):
        people = tuple(name for name in claim.value if not is_name(name, sites))
        if people:
            return Choice("; ".join(people[:_MOST]), claim.weight, (claim.origin,))
        fallback = fallback or claim
    if fallback is None:
        return None
    return Choice("; ".join(fallback.value[:_MOST]), fallback.weight / 2, (fallback.origin,))


def _claims(markup: Markup, heading: Element | None) -> Iterator[Claim[tuple[str, ...]]]:
    node = markup.structured.article
    for key in ("author", "creator"):
        if names := people_in(names_in(node.get(key))):
            yield Claim(names, f"JSON-LD {key}", 0.85)
    for name, weight in _METAS:
        if (said := markup.metas.get(name)) and (names := people_in([said])):
            yield Claim(names, f"meta {name}", weight)
    if names := people_in(_texts(markup.named("author", "creator", "article:author", "schema:author"))):
        yield Claim(names, "attribute author", 0.75)
    if names := people_in(_texts(markup.author_links)):
        yield Claim(names, "link to an author", 0.7)
    if names := people_in(_bylines(markup)):
        yield Claim(names, "byline", 0.65)
    if heading is not None and (names := people_in(_lines_near(heading))):
        yield Claim(names, "line near the headline", 0.6)


def _texts(elements: Iterable[Element]) -> Iterator[str]:
    """The words of the first of some elements and of those that stand beside it."""
    place: Element | None = None
    for element in islice(elements, _LOOKED_AT):
        if _is_elsewhere(element):
            continue
        around = next(islice(element.iterancestors(), 1, None), None)
        if place is not None and around is not place:
            return
        texts = [each.get("content") or text_of(each) for each in _names(element) or [element]]
        said = [text for text in texts if text and len(text) <= _LINE and people_in([text])]
        if said:
            place = around
            yield from said


def _names(element: Element) -> list[Element]:
    return [each for each in element.iter() if each is not element and each.get("itemprop") == "name"]


def _bylines(markup: Markup) -> Iterator[str]:
    for element in islice(markup.classed, 4 * _LOOKED_AT):
        names = cues(element)
        if not _BYLINE.search(names) or _NOT_BYLINE.search(names):
            continue
        text = text_of(element)
        if text and len(text) <= _LINE and not _is_elsewhere(element) and people_in([text]):
            yield text
            return


def _lines_near(heading: Element) -> Iterator[str]:
    for element in near(heading):
        text = (
            text_of(element)
            if element.tag in {"p", "div", "span", "h5", "h6", "em", "i", "b", "strong", "li", "small"}
            else None
        )
        if text and len(text) <= _LINE and has_by(text) and not _is_elsewhere(element):
            yield text
            return


def _is_elsewhere(element: Element) -> bool:
    around = (element, *islice(element.iterancestors(), _DEEP))
    return any(each.tag in _ELSEWHERE or _ELSEWHERE_CUE.search(cues(each)) for each in around if each.tag != "body")
