"""A page as the rules for its kind see it: what was parsed, its address, and its text."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from bot.editorial.link import Link
from bot.extract.addresses import link_or_none, split, unarchived
from bot.extract.markup import Markup
from bot.extract.structured import Node, texts_in
from bot.extract.text import Element, text_of

_TYPES = 200
_NAMES = etree.XPath("//@class | //@id", smart_strings=False)
_HEADINGS = 3
_TITLE_LIMIT = 2000
_TEXT_LIMIT = 40_000
MANY_WORDS = 200
"""No rule asks for a greater number of words."""

_ASIDE = frozenset({"nav", "footer", "aside", "form", "figure", "figcaption"})
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_CHARACTERS_A_WORD = 2
"""Of Chinese and Japanese, which write no spaces."""


@dataclass(frozen=True)
class View:
    """A parsed page with the address that answered; what is costly is looked up once, when first needed."""

    markup: Markup

    @property
    def url(self) -> str:
        return self.markup.url or ""

    @property
    def tree(self) -> Element:
        return self.markup.tree

    @property
    def metas(self) -> Mapping[str, str]:
        return self.markup.metas

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The JSON-LD nodes that speak of the page itself, not of what it lists or mentions."""
        return self.markup.structured.own

    @cached_property
    def _address(self) -> tuple[str, str, str]:
        return split(unarchived(self.url))

    @cached_property
    def link(self) -> Link | None:
        """The address that answered; None where it is not known or no link."""
        return link_or_none(self.url)

    @cached_property
    def host(self) -> str:
        """The host without `www.`, of an archived copy that of the page."""
        return self._address[0].removeprefix("www.")

    @property
    def path(self) -> str:
        return self._address[1]

    @property
    def query(self) -> str:
        return self._address[2]

    @cached_property
    def types(self) -> frozenset[str]:
        """The types of those nodes, and those that microdata gives."""
        said = [each for node in self.nodes for each in types_of(node)]
        return frozenset([*said, *(kind.rsplit("/", 1)[-1] for kind in self.markup.item_types[:_TYPES])])

    @cached_property
    def title(self) -> str:
        """What the page calls itself: all of its titles and headings in one line, for rules that look for a word."""
        heads = [self.markup.title, *(each.text for each in self.markup.headings[:_HEADINGS])]
        return " | ".join(filter(None, (*heads, self.metas.get("og:title"))))[:_TITLE_LIMIT]

    @property
    def heading(self) -> str:
        """The first heading, else the title."""
        return next((each.text for each in self.markup.headings), self.markup.title or "")

    def paragraphs(self) -> Iterator[str]:
        """What stands in paragraphs outside of navigation, forms and footers."""
        room = _TEXT_LIMIT
        for each in self.markup.all("p"):
            words = text_of(each)
            if words and not any(around.tag in _ASIDE for around in each.iterancestors()):
                yield words
                room -= len(words)
            if room < 0:
                break

    @cached_property
    def words(self) -> int:
        """How many words those paragraphs hold; counted no further than rules ask."""
        count = 0
        for paragraph in self.paragraphs():
            count += words_in(paragraph)
            if count > MANY_WORDS:
                break
        return count

    @cached_property
    def text(self) -> str:
        """Everything that the page shows, in one line."""
        return text_of(self.tree.find(".//body")) or ""

    def marks(self, pattern: re.Pattern[str]) -> bool:
        """Whether a class or id of the page's elements says something, in small letters."""
        return pattern.search("\n".join({*_NAMES(self.tree)}).lower()) is not None


def types_of(node: Node) -> tuple[str, ...]:
    return texts_in(node.get("@type"))


def words_in(text: str) -> int:
    return len(text.split()) + (0 if text.isascii() else len(_WIDE.findall(text)) // _CHARACTERS_A_WORD)
