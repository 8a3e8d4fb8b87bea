"""A page as the rules for its kind see it: tree, meta tags, JSON-LD of the page itself, text."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from bot.extract.addresses import split, unarchived
from bot.extract.charset import decoded
from bot.extract.text import text_of

_DEPTH = 6
_NODES = 200
_META_LIMIT = 2000
_TEXT_LIMIT = 40_000
_OWN_LISTS = ("@graph", "mainEntity", "mainEntityOfPage")
_ASIDE = frozenset({"nav", "footer", "aside", "form", "figure", "figcaption"})
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>", re.IGNORECASE)
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_COMMA_TOO_MANY = re.compile(r",\s*([}\]])")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_CHARACTERS_A_WORD = 2
"""Of Chinese and Japanese, which write no spaces."""


@dataclass(frozen=True)
class Markup:
    """A parsed page and the address that answered; what is costly is looked up once, when first needed."""

    tree: HtmlElement
    url: str

    @cached_property
    def host(self) -> str:
        """The host without `www.`, of an archived copy that of the page."""
        return split(unarchived(self.url))[0].removeprefix("www.")

    @cached_property
    def path(self) -> str:
        return split(unarchived(self.url))[1]

    @cached_property
    def query(self) -> str:
        return split(unarchived(self.url))[2]

    @cached_property
    def metas(self) -> Mapping[str, str]:
        """The page's meta tags by name, the first of each."""
        found: dict[str, str] = {}
        for meta in self.tree.iterfind(".//meta[@content]"):
            content = " ".join(meta.get("content")[:_META_LIMIT].split())
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                name = meta.get(attribute)
                if name and content:
                    found.setdefault(name.strip().lower(), content)
        return found

    @cached_property
    def nodes(self) -> tuple[Mapping[str, Any], ...]:
        """The JSON-LD nodes that speak of the page itself, not of what it lists or mentions."""
        found: list[Mapping[str, Any]] = []
        for script in self.tree.iter("script"):
            if str(script.get("type") or "").strip().lower().startswith("application/ld+json"):
                found += _own(_json(script.text_content() or ""), 0)
        return tuple(found[:_NODES])

    @cached_property
    def types(self) -> frozenset[str]:
        """The types of those nodes, and those that microdata gives."""
        said = [each for node in self.nodes for each in types_of(node)]
        said += [kind.rsplit("/", 1)[-1] for kind in self.tree.xpath("//@itemtype")[:_NODES]]
        return frozenset(said)

    @cached_property
    def title(self) -> str:
        """What the page calls itself: all of its titles and headings in one line, for rules that look for a word."""
        heads = [text_of(each) for each in self.tree.xpath("//title | //h1")[:4]]
        return " | ".join(filter(None, (*heads, self.metas.get("og:title"))))[:_META_LIMIT]

    @cached_property
    def heading(self) -> str:
        """The first heading, else the title."""
        return next(filter(None, (text_of(each) for each in self.tree.xpath("//h1 | //title"))), "")

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        """What stands in paragraphs outside of navigation, forms and footers."""
        found: list[str] = []
        room = _TEXT_LIMIT
        for each in self.tree.iter("p"):
            words = text_of(each) or ""
            if words and not any(around.tag in _ASIDE for around in each.iterancestors()):
                found.append(words)
                room -= len(words)
            if room < 0:
                break
        return tuple(found)

    @cached_property
    def words(self) -> int:
        """How many words those paragraphs hold."""
        return sum(map(words_in, self.paragraphs))

    @cached_property
    def text(self) -> str:
        """Everything that the page shows, in one line."""
        return text_of(self.tree.find(".//body")) or ""

    def marks(self, pattern: re.Pattern[str]) -> bool:
        """Whether a class or id of the page's elements says something."""
        return any(pattern.search(value) for value in self.tree.xpath("//@class | //@id"))


def read_markup(body: bytes, url: str | None = None, charset: str | None = None) -> Markup | None:
    """Parse a page; None where there is nothing that could be parsed."""
    text = _NOT_IN_XML.sub(" ", _DECLARATION.sub("", decoded(body, charset), count=1))
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, no_network=True)
    try:
        return Markup(document_fromstring(text.encode(), parser=parser), url or "")
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def types_of(node: Mapping[str, Any]) -> tuple[str, ...]:
    kind = node.get("@type")
    said = kind if isinstance(kind, list) else [kind]
    return tuple(each for each in said if isinstance(each, str))


def words_in(text: str) -> int:
    return len(text.split()) + len(_WIDE.findall(text)) // _CHARACTERS_A_WORD


def _json(text: str) -> Any:  # noqa: ANN401 - JSON
    for attempt in (text, _COMMA_TOO_MANY.sub(r"\1", text.strip().removeprefix("<!--").removesuffix("-->"))):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _own(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - JSON
    if depth > _DEPTH:
        return
    if isinstance(value, Mapping):
        yield value
        for name in _OWN_LISTS:
            yield from _own(value.get(name), depth + 1)
    elif isinstance(value, list):
        for each in value:
            yield from _own(each, depth + 1)
