"""The headline of a page, by the votes of all places that give one."""

import html
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from rapidfuzz import fuzz

from bot.extract.claims import Choice, Claim
from bot.extract.markup import Heading, Markup, cues
from bot.extract.names import is_name, without_names
from bot.extract.structured import text_in
from bot.extract.text import Element, folded, text_of

_WEIGHTS = {
    "h1": 1.5,
    "part of h1": 0.5,
    "other heading": 0.6,
    "JSON-LD headline": 0.7,
    "itemprop headline": 0.7,
    "og:title": 0.9,
    "title": 0.4,
    "twitter:title": 0.35,
} | dict.fromkeys(("dc.title", "dcterms.title", "citation_title", "parsely-title", "sailthru.title"), 0.6)
_HEADING = frozenset({"h1", "part of h1", "other heading"})
_SOCIAL = frozenset(
    {"og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "parsely-title", "sailthru.title"}
)
"""Written by one hand: they do not confirm each other."""

_METAS = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "parsely-title", "sailthru.title")
_UNCONFIRMED = 0.35
"""What remains of the weight of a heading that shares no words with what the page says elsewhere."""

_RELATED = 45
_ELSEWHERE = frozenset({"nav", "aside", "footer", "dialog", "form"})
_LOGO = re.compile(r"\b(logo|site-?(title|name)|brand|masthead|navbar)")
_TITLED = re.compile(r"entry-title|post-title|article-?_*title|headline")
_TITLE_TAGS = frozenset({"h2", "h3", "h4", "div", "p", "span"})
_HOST = re.compile(r"^(?:https?:)?//[^/]*|[?#].*$|(?:index|default)\.\w+$")
_HEADINGS = 8
_HEADLINE = 15
"""Characters below which a part of a heading is a kicker or a number."""

_GLUE = re.compile(r"[\s:]+")
_EXACT = 0.9
_SAME = 92
_DIFFERENT = 75
_TRUE = 0.6
_LONGEST = 350
_CUT = 1000


@dataclass(frozen=True, slots=True)
class Titles:
    """The headline chosen, another that the page gives as well, and the element that shows the first."""

    chosen: Choice[str] | None
    alternative: str | None
    element: Element | None


def titles_of(markup: Markup, names: Collection[str]) -> Titles:
    """Choose the headline: what most and the best places say, without the names of the site."""
    claims = list(_confirmed(list(_claims(markup, names))))
    if not claims:
        return Titles(None, None, None)
    scores = {claim.value: _score(claim.value, claims) for claim in reversed(claims)}
    order = sorted(dict.fromkeys(claim.value for claim in claims), key=lambda value: -scores[value])
    best = _spelled(order[0], claims)
    origins = tuple(dict.fromkeys(claim.origin for claim in claims if _supports(claim.value, best)))
    total = sum({claim.origin: claim.weight for claim in claims}.values())
    own = sum(_WEIGHTS[origin] for origin in origins)
    confidence = round(min(0.99, 0.35 + 0.6 * own / max(total, 1.2)), 3)
    return Titles(Choice(best, confidence, origins), _alternative(best, claims, order), _element(markup, best))


def _alternative(best: str, claims: Sequence[Claim[str]], order: Sequence[str]) -> str | None:
    """A second headline that the page shows or gives away to be shown, and that truly differs."""
    given = {claim.value for claim in claims if claim.weight >= _TRUE}
    others = (value for value in order if value in given and len(value) >= _HEADLINE)
    return next((value for value in others if fuzz.ratio(folded(value), folded(best)) < _DIFFERENT), None)


def _spelled(title: str, claims: Sequence[Claim[str]]) -> str:
    """A headline as the page declares it: between the parts of a heading spaces and colons are lost."""
    own = _GLUE.sub("", title)
    same = [claim for claim in claims if claim.origin not in _HEADING and _GLUE.sub("", claim.value) == own]
    return max(same, key=lambda claim: claim.weight).value if same else title


def _claims(markup: Markup, names: Collection[str]) -> Iterator[Claim[str]]:
    headings = [each for each in markup.headings if _is_headline(each, names, markup.url)]
    yield from _in_headings(headings, names)
    if not headings:
        yield from _in_other_headings(markup, names)
    yield from _declared(markup, names, [each.text for each in headings])


def _in_headings(headings: Sequence[Heading], names: Collection[str]) -> Iterator[Claim[str]]:
    for place, heading in enumerate(headings[:_HEADINGS]):
        share = 1.0 if len(headings) == 1 else 0.8 if place == 0 else 0.5
        yield Claim(without_names(heading.text, names), "h1", _WEIGHTS["h1"] * share)
        if len(headings) == 1:
            yield from (Claim(part, "part of h1", _WEIGHTS["part of h1"]) for part in _parts(heading))


def _in_other_headings(markup: Markup, names: Collection[str]) -> Iterator[Claim[str]]:
    """The first element that is called a headline, else the first heading of the second rank."""
    titled = (each for each in markup.classed if each.tag in _TITLE_TAGS and _TITLED.search(cues(each)))
    for element in islice(chain(titled, markup.all("h2")), 1):
        if (text := text_of(element)) and not _is_around(element) and not is_name(text, names):
            yield _claim(text, "other heading", names)


def _declared(markup: Markup, names: Collection[str], headings: Sequence[str]) -> Iterator[Claim[str]]:
    node = markup.structured.article
    marked = [each.get("content") or text_of(each) for each in markup.named("headline")[:1]]
    given = [
        (text_in(node.get("headline")) or text_in(node.get("name")), "JSON-LD headline"),
        *((text, "itemprop headline") for text in marked),
        *((markup.metas.get(name), name) for name in _METAS),
        (markup.title, "title"),
    ]
    claims = [_claim(text, origin, names, headings) for text, origin in given if text]
    yield from claims
    if claims and claims[-1].origin == "title" and not headings:
        said = claims[-1].value
        cut = said.rpartition("|")[0].strip() or said.partition("_")[0].strip()
        if len(said) > len(cut) > len(said) / 3:
            yield Claim(cut, "title", _WEIGHTS["title"])


def _confirmed(claims: list[Claim[str]]) -> Iterator[Claim[str]]:
    """The claims; headings that nothing else on the page confirms count little, and their parts not at all."""
    others = [folded(claim.value) for claim in claims if claim.origin not in _HEADING]
    for claim in claims:
        own = folded(claim.value)
        if claim.origin == "part of h1":
            if any(each.endswith(own) for each in others):
                yield claim
        elif (
            claim.origin in _HEADING
            and others
            and not any(fuzz.token_set_ratio(own, each) >= _RELATED for each in others)
        ):
            yield Claim(claim.value, claim.origin, claim.weight * _UNCONFIRMED)
        else:
            yield claim


def _parts(heading: Heading) -> Iterator[str]:
    """The parts of a heading that has several: a kicker and the headline under it."""
    texts = [text for each in heading.element if (text := text_of(each))]
    if len(texts) > 1 and len("".join(texts)) > 0.9 * len(heading.text.replace(" ", "")):
        yield from (text for text in texts if len(text) >= _HEADLINE)


def _claim(text: str, origin: str, names: Collection[str], headings: Sequence[str] = ()) -> Claim[str]:
    plain = " ".join(html.unescape(text[:_CUT]).split())
    return Claim(without_names(plain, names, headings), origin, _WEIGHTS[origin])


def _is_headline(heading: Heading, names: Collection[str], url: str | None) -> bool:
    if not folded(heading.text) or is_name(heading.text, names) or len(heading.text) > _LONGEST:
        return False
    return not _is_around(heading.element) and not _leads_home(heading.element, url)


def _is_around(element: Element) -> bool:
    """Say whether an element belongs to what stands around the article."""
    around = (element, *islice(element.iterancestors(), 3))
    return any(
        each.tag in _ELSEWHERE or _LOGO.search(cues(each)) for each in around if each.tag not in {"body", "html"}
    )


def _leads_home(element: Element, url: str | None) -> bool:
    """Say whether a heading is a link to the front page, as the names of sites are."""
    links = [each.get("href") or "" for each in element.iter("a")] or [
        each.get("href") or "" for each in islice(element.iterancestors(), 2) if each.tag == "a"
    ]
    return any(
        not _HOST.sub("", link).strip("/") and link != url for link in links if link and not link.startswith("#")
    )


def _score(value: str, claims: Sequence[Claim[str]]) -> float:
    by_origin: dict[str, float] = {}
    for claim in claims:
        origin = "og:title" if claim.origin in _SOCIAL else claim.origin
        by_origin[origin] = max(by_origin.get(origin, 0), claim.weight * _support(claim.value, value))
    return sum(by_origin.values())


def _supports(said: str, value: str) -> bool:
    return _support(said, value) >= 0.5  # noqa: PLR2004 - more than half


def _support(said: str, value: str) -> float:
    """How far what one place says supports a headline: 1 where it is the same, less where it only begins or ends so."""
    ours, theirs = folded(value), folded(said)
    if ours == theirs:
        return 1 if value == said else _EXACT
    if not ours or not theirs:
        return 0
    if (theirs.startswith(ours) or theirs.endswith(ours)) and 2 * len(ours) >= len(theirs):
        return 0.7
    return 0.3 if fuzz.ratio(ours, theirs) >= _SAME else 0


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
