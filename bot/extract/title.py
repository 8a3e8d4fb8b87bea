"""The headline of a page, by the votes of all places that give one."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.extract.claims import Choice, Claim
from bot.extract.markup import Heading, Markup, cues
from bot.extract.names import BORDER, is_name, without_names
from bot.extract.structured import text_in
from bot.extract.text import Element, first, folded, text_of

_WEIGHTS = {
    "h1": 1.0,
    "JSON-LD headline": 0.9,
    "itemprop headline": 0.7,
    "og:title": 0.75,
    "title": 0.55,
    "twitter:title": 0.35,
    "dc.title": 0.3,
    "dcterms.title": 0.3,
    "citation_title": 0.3,
    "parsely-title": 0.3,
    "sailthru.title": 0.3,
    "h2": 0.3,
}
_METAS = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "parsely-title", "sailthru.title")
_ELSEWHERE = frozenset({"nav", "aside", "footer", "dialog", "form"})
_LOGO = re.compile(r"\b(logo|site-?(title|name)|brand|masthead|navbar)", re.IGNORECASE)
_SAME = 92
_DIFFERENT = 75
_LONGEST = 350


@dataclass(frozen=True, slots=True)
class Titles:
    """The headline chosen, another that the page gives as well, and the element that shows the first."""

    chosen: Choice[str] | None
    alternative: str | None
    element: Element | None


def titles_of(markup: Markup, names: Collection[str]) -> Titles:
    """Choose the headline: what most and the best places say, without the names of the site."""
    claims = list(_claims(markup, names))
    if not claims:
        return Titles(None, None, None)
    scores = {claim.value: _score(claim.value, claims) for claim in reversed(claims)}
    order = sorted(dict.fromkeys(claim.value for claim in claims), key=lambda value: -scores[value])
    best = order[0]
    origins = tuple(dict.fromkeys(claim.origin for claim in claims if _supports(claim.value, best)))
    total = sum({claim.origin: claim.weight for claim in claims}.values())
    own = sum(_WEIGHTS[origin] for origin in origins)
    confidence = round(min(0.99, 0.35 + 0.6 * own / max(total, 1.2)), 3)
    other = next((value for value in order[1:] if fuzz.ratio(folded(value), folded(best)) < _DIFFERENT), None)
    return Titles(Choice(best, confidence, origins), other, _element(markup, best))


def _claims(markup: Markup, names: Collection[str]) -> Iterator[Claim[str]]:
    headings = [each for each in markup.headings if _is_headline(each, names)]
    texts = [each.text for each in headings]
    node = markup.structured.article
    said = text_in(node.get("headline")) or text_in(node.get("name"))
    for place, heading in enumerate(headings):
        share = 1.0 if len(headings) == 1 else 0.8 if place == 0 else 0.5
        yield Claim(without_names(heading.text, names), "h1", _WEIGHTS["h1"] * share)
    if said:
        yield _claim(said, "JSON-LD headline", names, texts)
    for element in markup.tree.xpath(".//*[@itemprop='headline']")[:1]:
        if said := element.get("content") or text_of(element):
            yield _claim(said, "itemprop headline", names, texts)
    for name in _METAS:
        if said := markup.metas.get(name):
            yield _claim(said, name, names, texts)
    if markup.title:
        yield _claim(markup.title, "title", names, texts)


def _claim(text: str, origin: str, names: Collection[str], headings: Sequence[str]) -> Claim[str]:
    plain = " ".join(text.split())
    return Claim(without_names(plain, names, headings), origin, _WEIGHTS[origin])


def _is_headline(heading: Heading, names: Collection[str]) -> bool:
    if not folded(heading.text) or is_name(heading.text, names) or len(heading.text) > _LONGEST:
        return False
    around = (heading.element, *heading.element.iterancestors())
    return not any(each.tag in _ELSEWHERE or _LOGO.search(cues(each)) for each in around[:4])


def _score(value: str, claims: Sequence[Claim[str]]) -> float:
    by_origin: dict[str, float] = {}
    for claim in claims:
        by_origin[claim.origin] = max(by_origin.get(claim.origin, 0), claim.weight * _support(claim.value, value))
    return sum(by_origin.values())


def _supports(said: str, value: str) -> bool:
    return _support(said, value) >= 0.5  # noqa: PLR2004 - more than half


def _support(said: str, value: str) -> float:
    """How far what one place says supports a headline: 1 where it is the same, less where it only begins or ends so."""
    ours, theirs = folded(value), folded(said)
    if ours == theirs:
        return 1
    if not ours or not theirs:
        return 0
    if (theirs.startswith(ours) or theirs.endswith(ours)) and 2 * len(ours) >= len(theirs):
        return 0.7
    return 0.5 if fuzz.ratio(ours, theirs) >= _SAME else 0


def _element(markup: Markup, title: str) -> Element | None:
    """The element that shows the headline."""
    own = folded(title)
    for heading in markup.headings:
        text = folded(heading.text)
        if text and (text in own or own in text):
            return heading.element
    for element in markup.tree.iter("h2", "h3"):
        if (text := folded(text_of(element) or "")) and (text == own or (own in text and 2 * len(own) > len(text))):
            return element
    return markup.headings[0].element if len(markup.headings) == 1 else None
