"""Releases that were filed from their links, beside those that editors write."""

from collections.abc import Iterable
from dataclasses import replace

from bot.editorial.edition import Release, Writing
from bot.editorial.house import House
from bot.editorial.item import Item
from bot.editorial.link import NotALink, read_link
from bot.editorial.outlet import Verdict, verdict


def may_be_release(item: Item, house: House) -> bool:
    """Whether a link can stand among the releases: these count as none of a state's media, so what is cannot."""
    return verdict(item.outlet, house.state_media.watched) is not Verdict.STATE_MEDIA


def release_of(item: Item, house: House) -> Release:
    """A link as a release; what is missing is said, so that nobody takes a gap for a fact."""
    return Release(item.agency or house.citation.no_source, item.title or item.summary or item.url, item.url)


def with_filed(writing: Writing, items: Iterable[Item], house: House) -> Writing:
    """A writing with what was filed as a release behind the releases that editors wrote, each page once.

    What editors wrote without its address is the same where agency and title are.
    """
    pages = {_page(each.url) for each in writing.releases if each.url}
    words = {_words(each) for each in writing.releases if not each.url}
    added = []
    for item in items:
        release = release_of(item, house)
        same = {_page(item.url), item.key}
        if pages.isdisjoint(same) and _words(release) not in words:
            added.append(release)
            pages |= same
    return replace(writing, releases=(*writing.releases, *added))


def _page(url: str) -> str:
    try:
        return read_link(url).key
    except NotALink:
        return url


def _words(release: Release) -> tuple[str, str]:
    return release.agency.casefold(), release.title.casefold()
