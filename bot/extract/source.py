"""The name of the outlet: from the registry where it knows the host, else by the votes of the page."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain

from rapidfuzz import fuzz

from bot.editorial.outlet import Outlet
from bot.extract.claims import Choice, Claim
from bot.extract.hosts import label_of
from bot.extract.markup import Markup
from bot.extract.names import BORDER, closed
from bot.extract.outlets import Registry
from bot.extract.structured import names_in
from bot.extract.text import folded

_ARTICLE = re.compile(r"^(the|el|la|los|las|le|les|l['’]|der|die|das|il|lo|o|os|as)\s+", re.IGNORECASE)
_GENERIC = re.compile(r"^(www\d*|m|mobile|amp|edition|news|noticias|web|beta|[a-z]{2}|[a-z]{2}-[a-z]{2})$")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\W*(?:(?:19|20)\d\d\W*)*(?:by\s+)?([^\W\d][^.|©·\d]{2,40})", re.IGNORECASE
)
_DOMAIN = re.compile(r"^(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)+/?$", re.IGNORECASE)
_NO_NAME = re.compile(
    r"^(home|index|news|blog|wordpress|start(seite)?|website|all rights reserved|default|untitled)$", re.IGNORECASE
)
_EDITION = re.compile(r" en (?:Español|Português|Français)$")
_SURE = 0.97
_LONGEST = 60
_WORDS = 6
_CLOSE = 80
_ADDRESS = 0.3
"""What remains of the weight of a name that is an address."""


def source_of(markup: Markup, registry: Registry, headline: str | None) -> Choice[str] | None:
    """The outlet's name; None where neither registry nor page gives one."""
    claims = list(_claims(markup, headline))
    cited = _cited(markup, registry, claims)
    if cited is not None:
        return cited
    claims += _by_copyright(markup)
    label = closed(label_of(markup.host))
    scores: dict[str, float] = defaultdict(float)
    spelled: dict[str, Claim[str]] = {}
    origins: dict[str, list[str]] = defaultdict(list)
    for claim in claims:
        key = closed(_bare(claim.value))
        scores[key] += claim.weight * (0.4 + 0.6 * _closeness(claim.value, label))
        origins[key].append(claim.origin)
        if key not in spelled or _spelling(claim) > _spelling(spelled[key]):
            spelled[key] = claim
    if not scores:
        return None
    best = max(scores, key=lambda key: scores[key])
    return Choice(spelled[best].value, round(min(0.95, scores[best]), 3), tuple(dict.fromkeys(origins[best])))


def _cited(markup: Markup, registry: Registry, claims: list[Claim[str]]) -> Choice[str] | None:
    """The name in the registry, in the form that the page has of it; what the house has printed has no say here.

    A part of a site with a host of its own goes by its own name where the page gives one that fits the host.
    """
    outlet = registry.find(markup.host) if markup.host else None
    if outlet is None:
        return None
    if (section := registry.section_of(markup.url or "")) is not None:
        return Choice(section.name, 0.99, (f"registry {outlet.domain}",))
    part = markup.host.removesuffix(outlet.domain).strip(".")
    if part and not _GENERIC.match(part):
        label = closed(part.removeprefix("www.").split(".")[-1])
        for claim in claims:
            if label in closed(claim.value):
                return Choice(claim.value, 0.8, (claim.origin, "part of the host"))
    return _as_registered(outlet, claims)


def _as_registered(outlet: Outlet, claims: list[Claim[str]]) -> Choice[str]:
    """The registry's name of an outlet, in the form that its page has of it."""
    row = f"registry {outlet.domain}"
    for claim in claims:
        if _is_newsroom(claim.value, outlet.name):
            return Choice(f"{outlet.name} News", _SURE, (row, claim.origin))
    for claim in claims:
        if claim.value == outlet.name:
            break
        if _is_own_form(claim, outlet.name, claims):
            return Choice(claim.value, _SURE, (row, claim.origin))
    return Choice(outlet.name, _SURE, (row,))


def _is_newsroom(own: str, name: str) -> bool:
    """Say whether a page is of the newsroom of a house that goes by its initials: “CBC News”, “AP News”."""
    known = folded(name)
    initials = known if name.isupper() else "".join(word[0] for word in known.split())
    return len(initials) > 1 and folded(own) == f"{initials} news" != known


def _is_own_form(claim: Claim[str], name: str, claims: list[Claim[str]]) -> bool:
    """Say whether a page's name is that of the registry in its own form.

    It has the article that the registry leaves out, says in which language the edition is, or, said in
    two places of the page, leaves out a word of the registry's: “Fortune” for Fortune Magazine.
    """
    own, known = claim.value, name
    if own.islower() or _DOMAIN.match(own):
        return False
    if own.startswith(known) and _EDITION.match(own.removeprefix(known)):
        return True
    if closed(_bare(own)) == closed(_bare(known)):
        return known.islower() or (own != _bare(own) and known == _bare(known))
    places = {each.kind for each in claims if each.value == own}
    return folded(known).startswith(folded(own) + " ") and len(places) > 1


def _claims(markup: Markup, headline: str | None) -> Iterator[Claim[str]]:
    metas, structured = markup.metas, markup.structured
    given = [
        (metas.get("og:site_name"), "og:site_name", 0.7),
        *((name, "JSON-LD publisher", 0.6) for name in names_in(structured.article.get("publisher"))[:1]),
        *(
            (name, "JSON-LD WebSite", 0.5)
            for node in structured.of_type("WebSite")
            for name in names_in(node.get("name"))[:1]
        ),
        *(
            (name, "JSON-LD Organization", 0.4)
            for node in structured.of_type("Organization", "NewsMediaOrganization")
            for name in names_in(node.get("name"))[:1]
        ),
        (metas.get("application-name"), "application-name", 0.5),
        (metas.get("apple-mobile-web-app-title"), "apple-mobile-web-app-title", 0.4),
        (metas.get("dc.publisher") or metas.get("publisher") or metas.get("dcterms.publisher"), "meta publisher", 0.4),
        (metas.get("copyright"), "meta copyright", 0.2),
        (metas.get("al:ios:app_name"), "app name", 0.3),
        *((text, "title", 0.4) for text in _affixes(markup.title, headline)),
    ]
    label = closed(label_of(markup.host))
    for text, origin, weight in given:
        if text and (name := _name(text, label)):
            yield Claim(name, origin, weight * (_ADDRESS if _DOMAIN.match(name) else 1))


def _name(text: str, label: str) -> str | None:
    """A name from what a page gives as one: of several parts the one that is closest to the label of the domain."""
    text = " ".join(text.split()).strip(" -|·•–—:,")
    parts = [part.strip() for part in BORDER.split(text) if part and part.strip()]
    if len(parts) > 1:
        text = max(parts, key=lambda part: (_closeness(part, label), -len(part)))
    if not folded(text) or len(text) > _LONGEST or len(text.split()) > _WORDS or _NO_NAME.match(text):
        return None
    return text


def _affixes(title: str | None, headline: str | None) -> Iterator[str]:
    """What a page's title holds beside its headline."""
    if not title or not headline or folded(title) == folded(headline):
        return
    parts = [part.strip() for part in BORDER.split(title) if part and part.strip()]
    own = folded(headline)
    if any(folded(part) in own and 2 * len(folded(part)) >= len(own) for part in parts):
        yield from (part for part in (parts[-1], parts[0]) if folded(part) not in own)


def _by_copyright(markup: Markup) -> Iterator[Claim[str]]:
    """Whoever the foot of the page says that its rights belong to."""
    for element in chain(markup.all("footer"), markup.all("small")):
        for text in element.itertext():
            if (found := _COPYRIGHT.search(text)) and (name := _name(found[1], closed(label_of(markup.host)))):
                yield Claim(name, "copyright", 0.3)
                return


def _closeness(name: str, label: str) -> float:
    """How close a name is to the label of a domain, 0 to 1."""
    if not label:
        return 0.5
    own = closed(_bare(name))
    if _DOMAIN.match(name):
        own = closed(re.sub(r"^www\.|^https?://|\.[\w-]{2,6}/?$", "", name))
    initials = "".join(word[0] for word in folded(name).split())
    if own == label or closed(name) == label or initials == label:
        return 1
    if own and (own in label or label in own):
        return 0.5 + 0.5 * min(len(own), len(label)) / max(len(own), len(label))
    return fuzz.ratio(own, label) / 100 if fuzz.ratio(own, label) >= _CLOSE else 0.0


def _bare(name: str) -> str:
    return _ARTICLE.sub("", name.strip())


def _spelling(claim: Claim[str]) -> tuple[bool, bool, float]:
    """Names that people write come before domains and names in small letters."""
    return (not _DOMAIN.match(claim.value), not claim.value.islower(), claim.weight)
