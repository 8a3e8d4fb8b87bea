"""Who wrote a page: names of people and desks, cleaned of what surrounds them."""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import islice


from bot.extract.claims import Choice, Claim
from bot.extract.days import day_in
from bot.extract.markup import Markup, cues
from bot.extract.names import closed, is_name
from bot.extract.structured import names_in
from bot.extract.text import Element, folded, text_of

_METAS = (
    ("author", 0.7), ("article:author", 0.7), ("parsely-author", 0.75), ("sailthru.author", 0.75), ("dc.creator", 0.7),
    ("dcterms.creator", 0.7), ("citation_author", 0.8), ("byl", 0.7), ("creator", 0.6), ("article:author_name", 0.7),
    ("article.author", 0.7), ("og:article:author", 0.6), ("og:author", 0.6), ("dc.contributor", 0.4), ("authors", 0.7),
    ("mediator_author", 0.7), ("cxenseparse:author", 0.7), ("vr:author", 0.7), ("rbauthors", 0.7),
)  # fmt: skip
_BY = re.compile(
    r"^\W*(?:(?:written|posted|published|reported|geschrieben|veröffentlicht|escrito|publicado|texto?|text|autor(?:in|a|es)?|"
    r"author(?:\(s\)|s)?|auteur|autore|redazione|redakteur|автор|kaleme alan|yazar|نویسنده|بقلم)\s*(?:und fotos?|& fotos?)?\s*:?\s*)?"
    r"(?:\b(?:by|von|por|par|di|da|door|av|af|oleh|de)\b\s*:?\s+|:\s*)?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:[;|/&\n•·]|\s(?:and|und|y|e|et|en|og|och|with|mit|con)\s)\s*", re.IGNORECASE)
_COMMA = re.compile(r"\s*,\s*")
_AFTER = re.compile(
    r"\s*(?:\(.*?\)|\bvia\b.*|\bfor\b .*|\bin\s+[A-Z].*|[-–—|@<].*|\bof the\b.*|\b(?:updated|published|posted|aktualisiert)\b.*)$",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"https?:|www\.|@\w|^\W*$|\d{3,}|^(?:admin(?:istrator)?|author|autor|editor|user|guest|none|null|undefined|unknown|staff|webmaster|"
    r"by|von|share|print|facebook|twitter|follow|more|view profile|comments?)$|"
    r"\b(?:correspondent|reporter|editor|contributor|redakteur(?:in)?|journalist|writer|columnist|min read|minutes?|ago|uhr)$",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"\b(?:byline|author|autor|by-?author|authors|writer|verfasser|post-?author|firma|signature|kuerzel)", re.IGNORECASE
)
_NOT_BYLINE = re.compile(
    r"comment|related|bio\b|box|avatar|image|img|photo|teaser|sidebar|widget|social|follow|list|title|desc|recent|archive",
    re.IGNORECASE,
)
_ELSEWHERE = frozenset({"aside", "nav", "footer"})
_LONGEST = 60
_LINE = 150
_MOST = 10
_WORDS = 6
_BYLINES = 6


def author_of(markup: Markup, sites: Collection[str]) -> Choice[str] | None:
    """The names of the authors, with semicolons between; None where the page names nobody."""
    best: Claim[tuple[str, ...]] | None = None
    for claim in _claims(markup):
        people = tuple(name for name in claim.value if not is_name(name, sites))
        if people:
            return Choice("; ".join(people[:_MOST]), claim.weight, (claim.origin,))
        if claim.value and best is None:
            best = claim
    return None if best is None else Choice("; ".join(best.value[:_MOST]), best.weight / 2, (best.origin,))


def _claims(markup: Markup) -> Iterator[Claim[tuple[str, ...]]]:
    node = markup.structured.article
    for key in ("author", "creator"):
        if names := _people(names_in(node.get(key))):
            yield Claim(names, f"JSON-LD {key}", 0.85)
    for name, weight in _METAS:
        if (said := markup.metas.get(name)) and (names := _people([said])):
            yield Claim(names, f"meta {name}", weight)
    for path, origin, weight in (
        (".//*[@itemprop='author' or @itemprop='creator']", "itemprop author", 0.75),
        (".//a[@rel='author']", "rel author", 0.7),
    ):
        if names := _people(_texts(markup.tree.xpath(path))):
            yield Claim(names, origin, weight)
    if names := _people(_bylines(markup)):
        yield Claim(names, "byline", 0.6)


def _texts(elements: Iterable[Element]) -> Iterator[str]:
    for element in islice(elements, _MOST):
        if any(
            each.tag in _ELSEWHERE or _ABOUT.search(cues(each))
            for each in (element, *islice(element.iterancestors(), 6))
        ):
            continue
        inner = element.xpath(".//*[@itemprop='name']")
        for each in inner or [element]:
            text = each.get("content") or text_of(each)
            if text and len(text) <= _LINE:
                yield text


_ABOUT = re.compile(r"comment|related|teaser|sidebar|widget|recommend", re.IGNORECASE)


def _bylines(markup: Markup) -> Iterator[str]:
    found = 0
    for element in markup.tree.xpath(
        ".//body//*[contains(@class, 'uthor') or contains(@class, 'yline') or contains(@class, 'utor') or contains(@id, 'uthor') or contains(@class,'writer')]"
    ):
        names = cues(element)
        if not _BYLINE.search(names) or _NOT_BYLINE.search(names):
            continue
        if any(each.tag in _ELSEWHERE or _ABOUT.search(cues(each)) for each in islice(element.iterancestors(), 6)):
            continue
        text = text_of(element)
        if text and len(text) <= _LINE:
            yield text
            return
        found += 1
        if found >= _BYLINES:
            return


def _people(texts: Iterable[str]) -> tuple[str, ...]:
    """The names in some texts, each once."""
    names: dict[str, str] = {}
    for text in texts:
        for name in _split(" ".join(text.split())):
            names.setdefault(folded(name), name)
    return tuple(names.values())


def _split(text: str) -> Iterator[str]:
    text = _BY.sub("", text, count=1)
    for part in _BETWEEN.split(text):
        pieces = _COMMA.split(part)
        if len(pieces) == 2 and len(pieces[0].split()) == 1 == len(pieces[1].split()) and len(text) < _LONGEST:  # noqa: PLR2004 - Roe, Jane
            pieces = [part]
        for piece in pieces:
            name = _AFTER.sub("", _BY.sub("", piece, count=1)).strip(" .:,-–—|")
            if (
                name
                and len(name) <= _LONGEST
                and len(name.split()) <= _WORDS
                and not _NO_NAME.search(name)
                and not day_in(name)
            ):
                yield name
