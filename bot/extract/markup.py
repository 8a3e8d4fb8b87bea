"""A page parsed once: its tree, and in it what every field is read from."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from bot.extract.hosts import host_of
from bot.extract.structured import Structured, read_structured
from bot.extract.text import Element, text_of

_META_LIMIT = 5000
_DECLARATION = re.compile(rb"\s*<\?xml[^>]*>", re.IGNORECASE)
_SPACES = bytes(ord(" ") if byte < ord(" ") and byte not in b"\t\n\r" else byte for byte in range(256))
"""Controls become spaces, byte by byte: in UTF-8 no other character holds such a byte."""

_TELLING = re.compile(
    r"author|autor|auteur|byline|vcard|writer|verfasser|signature|published|entry-title|post-title|article-?_*title|headline"
)
"""Searched in small letters: the engine looks for the first letters of patterns only where case counts."""

_AUTHOR_LINK = re.compile(r"/(?:author|autor|auteur|staff/|people/|profile|redakteur|by/|journalist)")
_NOT_TEXT = frozenset({"meta", "link", "script", "style", "head", "html", "body", "option", "path", "img", "br"})
_TAGGED = frozenset({"title", "meta", "link", "script", "h1", "h2", "h3", "p", "a", "input", "footer", "small"})
_NO_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the first rank and the words that it shows."""

    text: str
    element: Element


@dataclass(frozen=True, slots=True)
class Markup:
    """`metas` are the page's meta tags by name in small letters, the first of each; `host` is empty where unknown.

    `item_types` are the types that microdata gives, `tagged` the elements of some tags. `properties` are elements of
    the text by what microdata or RDFa call them, in small letters; `classed` are those whose class tells of an author,
    a headline or a publication; `author_links` lead to what looks like an author.
    """

    tree: Element
    url: str | None
    host: str
    metas: Mapping[str, str]
    title: str | None
    headings: tuple[Heading, ...]
    structured: Structured
    item_types: Sequence[str]
    tagged: Mapping[str, Sequence[Element]]
    properties: Mapping[str, Sequence[Element]]
    classed: Sequence[Element]
    author_links: Sequence[Element]

    def meta(self, *names: str) -> str | None:
        """The first of some meta tags that the page has."""
        return next((self.metas[name] for name in names if name in self.metas), None)

    def named(self, *names: str) -> list[Element]:
        """The elements of the text that microdata or RDFa call by some names."""
        return [element for name in names for element in self.properties.get(name, ())]

    def all(self, tag: str) -> Sequence[Element]:
        """The elements of one of the tags that rules ask for, in the order of the page."""
        return self.tagged.get(tag, ())


def parsed(body: bytes, url: str | None) -> Markup | None:
    """Parse a page in UTF-8; None where it holds nothing.

    Entities of its own and files that it names are never read.
    """
    tree = tree_of(body)
    if tree is None:
        return None
    marks = _marks(tree)
    tagged = marks.tagged
    metas = _metas(tagged.get("meta", ()))
    title = text_of(next(iter(tagged.get("title", ())), None))
    headings = tuple(Heading(shown, each) for each in tagged.get("h1", ()) if (shown := text_of(each)))
    scripts = [each.text or "" for each in tagged.get("script", ()) if _is_json_ld(each)]
    titles = [metas.get("og:title"), title, *(each.text for each in headings)]
    structured = read_structured(scripts, [each for each in titles if each], url) if scripts else Structured()
    return Markup(tree, url, host_of(url), metas, title, headings, structured, *marks)


def tree_of(body: bytes) -> Element | None:
    """The tree of a page in UTF-8 or a piece of one; None where it holds nothing."""
    body = body.translate(_SPACES)
    if _NO_CHARACTERS[0][:2] in body:
        for each in _NO_CHARACTERS:
            body = body.replace(each, b" ")
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, no_network=True
    )
    try:
        declared = _DECLARATION.match(body)
        return etree.fromstring(body[declared.end() :] if declared else body, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def cues(element: Element) -> str:
    """What the names given to an element say of its use, in small letters."""
    get = element.get
    return f"{get('class') or ''} {get('id') or ''} {get('itemprop') or ''}".lower()


def _metas(elements: Iterable[Element]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for meta in elements:
        content = meta.get("content")
        if not content or not (content := " ".join(content[:_META_LIMIT].split())):
            continue
        for attribute in ("property", "name", "itemprop"):
            for name in (meta.get(attribute) or "").lower().split():
                found.setdefault(name, content)
    return found


class _Marks(NamedTuple):
    item_types: Sequence[str]
    tagged: Mapping[str, Sequence[Element]]
    properties: Mapping[str, Sequence[Element]]
    classed: Sequence[Element]
    author_links: Sequence[Element]


def _marks(tree: Element) -> _Marks:
    """The elements by tag and by property, and those whose class tells, in one pass.

    Ten times as fast as asking the tree for each; what no rule asks for is not kept, for that costs as much again.
    """
    types: list[str] = []
    tagged: defaultdict[str, list[Element]] = defaultdict(list)
    properties: defaultdict[str, list[Element]] = defaultdict(list)
    named: list[tuple[str, Element]] = []
    for element in tree.iter():
        tag = element.tag
        if tag in _TAGGED:
            tagged[tag].append(element)
        given = element.keys()
        if not given:
            continue
        get = element.get
        if "itemtype" in given:
            types.append(get("itemtype", ""))
        if tag in _NOT_TEXT:
            continue
        if ("itemprop" in given or "property" in given) and (name := get("itemprop") or get("property")):
            for each in name.lower().split():
                properties[each].append(element)
        if said := get("class") or get("id"):
            named.append((said, element))
    telling = {said for said in dict(named) if _TELLING.search(said.lower())}
    classed = [element for said, element in named if said in telling] if telling else []
    leads = _AUTHOR_LINK.search
    links = [each for each in tagged["a"] if leads(each.get("href") or "") or each.get("rel") == "author"]
    return _Marks(types, tagged, properties, classed, links)


def _is_json_ld(script: Element) -> bool:
    return (script.get("type") or "").strip().lower().startswith("application/ld+json")
