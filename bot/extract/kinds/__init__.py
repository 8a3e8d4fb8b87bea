"""Says what kind of page it is. Pure: a parsed page in, a value out."""

from dataclasses import replace

from bot.editorial.kind import Kind
from bot.extract.kinds.aggregators import first_publisher, is_aggregator
from bot.extract.kinds.fronts import front
from bot.extract.kinds.leads import canonical, leads_to
from bot.extract.kinds.lives import is_live_blog
from bot.extract.kinds.opinion import opinion_sign
from bot.extract.kinds.paywall import is_paywalled
from bot.extract.kinds.posts import post
from bot.extract.kinds.releases import agency_of, is_official
from bot.extract.kinds.videos import video
from bot.extract.kinds.view import View
from bot.extract.kinds.walls import says_it_is_gone, wall
from bot.extract.page import Extract, Nature

__all__ = ["kind_of", "told"]

_SAID = ("title", "published_on", "source", "author", "language", "summary")


def told(page: View, found: Extract) -> Extract:
    """What a page says, with its kind: a post or a video speaks for itself, a wall says nothing of an article."""
    own = canonical(page)
    whole = _of_kind(page, found)
    return replace(whole, nature=replace(whole.nature, canonical=own, leads_to=leads_to(page, own)))


def kind_of(page: View) -> Kind:
    """What kind of page this is, by its own markup, its address and its words."""
    return told(page, Extract()).nature.kind


def _of_kind(page: View, found: Extract) -> Extract:
    between = wall(page)
    if between is not None:
        return Extract(final_url=found.final_url, nature=Nature(between))
    if says_it_is_gone(page):
        return Extract(final_url=found.final_url, nature=Nature(Kind.SOFT_404))
    special = post(page) or video(page)
    if special is not None:
        return _over(found, _with_sign(page, special))
    entrance = front(page)
    if entrance is not None:
        return replace(found, nature=Nature(entrance))
    agency = agency_of(page.host)
    source = agency.name if agency is not None else found.source
    return replace(found, source=source, nature=_of_article(page))


def _of_article(page: View) -> Nature:
    paywalled, sign = is_paywalled(page), opinion_sign(page)
    if is_aggregator(page):
        return Nature(Kind.AGGREGATOR, paywalled, publisher=first_publisher(page), opinion=sign)
    if is_official(page.host):
        agency = agency_of(page.host)
        return Nature(Kind.RELEASE, paywalled, agency=agency.label or None if agency else None)
    if is_live_blog(page):
        return Nature(Kind.LIVE_BLOG, paywalled, opinion=sign)
    return Nature(Kind.OPINION if sign is not None else Kind.NEWS, paywalled, opinion=sign)


def _with_sign(page: View, special: Extract) -> Extract:
    """A video of an opinion is one; what a post is, nothing says."""
    if special.nature.kind is not Kind.VIDEO:
        return special
    return replace(special, nature=replace(special.nature, opinion=opinion_sign(page)))


def _over(found: Extract, special: Extract) -> Extract:
    """What the rules for a kind found stands before what is found on any page; of a post it is all that counts."""
    if special.nature.kind.is_gone and special.title is None:
        return Extract(final_url=found.final_url, nature=special.nature)
    if special.nature.kind is Kind.POST:
        return replace(special, language=special.language or found.language, final_url=found.final_url)
    said = {name: value for name in _SAID if (value := getattr(special, name)) is not None}
    return replace(found, nature=special.nature, **said)
