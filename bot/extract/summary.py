"""What a page says of itself in a sentence or two."""

import html
from collections.abc import Iterator
from itertools import chain, islice

from bot.extract.claims import Choice
from bot.extract.markup import Markup
from bot.extract.nearby import following
from bot.extract.structured import text_in
from bot.extract.text import Element, folded, text_of

_METAS = ("twitter:description", "og:description", "description", "dc.description", "dcterms.description")
LEAD = "first paragraph"
"""The evidence of a summary that the page does not give as one."""

_BEGINNING = 40
_PARAGRAPH = 50
_LOOKED_AT = 400
_PARAGRAPHS = 100


def summary_of(markup: Markup, heading: Element | None) -> Choice[str] | None:
    """The description that the page gives, of several the one that its text repeats, else its first paragraph."""
    given = {name: said for name in _METAS if (said := markup.metas.get(name))}
    if said := text_in(markup.structured.article.get("description")):
        given["JSON-LD description"] = said
    given = {name: said for name, said in given.items() if folded(said)}
    if not given:
        return _lead(markup, heading)
    name, said = _repeated(markup, given) if len({*given.values()}) > 1 else next(iter(given.items()))
    return Choice(html.unescape(said).replace("\\n", " "), 0.9, (name,))


def _repeated(markup: Markup, given: dict[str, str]) -> tuple[str, str]:
    """The first description whose beginning stands in the text of the page, else the first."""
    paragraphs = [text_of(each) or "" for each in islice(markup.tree.iter("p", "h2", "h3", "li"), _PARAGRAPHS)]
    for name, said in given.items():
        if any(said[:_BEGINNING] in each for each in paragraphs):
            return name, said
    return next(iter(given.items()))


def _lead(markup: Markup, heading: Element | None) -> Choice[str] | None:
    for element in _paragraphs(markup, heading):
        words = text_of(element) or ""
        if len(words) >= _PARAGRAPH:
            return Choice(words, 0.5, (LEAD,))
    return None


def _paragraphs(markup: Markup, heading: Element | None) -> Iterator[Element]:
    after: Iterator[Element] = islice(following(heading), _LOOKED_AT) if heading is not None else iter(())
    near = (each for each in after if each.tag == "p" or (each.tag in {"div", "h2"} and not len(each)))
    return chain(near, markup.all("p"))
