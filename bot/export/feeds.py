"""The published issues as feeds: the same issues give the same bytes, whenever they are asked for."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from bot.editorial.edition import Edition, Paragraph
from bot.editorial.house import House
from bot.render import Renderer, one_line

_Make = Callable[[House, Sequence[Edition], Renderer], bytes]


@dataclass(frozen=True, slots=True)
class Entry:
    """An issue as a feed tells it; `content` is HTML in one line."""

    id: str
    title: str
    author: str
    at: datetime
    summary: str
    content: str


def _rss(house: House, published: Sequence[Edition], renderer: Renderer) -> bytes:
    site = _site(house) or uuid5(NAMESPACE_URL, house.name).urn  # RSS asks for a link, also of who has no site
    return renderer.feed("rss", house=house, site=site, entries=_entries(published, renderer)).encode()


def _json(house: House, published: Sequence[Edition], renderer: Renderer) -> bytes:
    site = _site(house)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": house.title,
        **({"home_page_url": site} if site else {}),
        "language": house.citation.language,
        "items": [_item(entry) for entry in _entries(published, renderer)],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


FEEDS: Mapping[str, _Make] = {"rss": _rss, "json": _json}


def render_feed(form: str, house: House, published: Sequence[Edition], renderer: Renderer) -> bytes:
    """The published issues, newest first, as a feed of `FEEDS`."""
    return FEEDS[form](house, published, renderer)


def _site(house: House) -> str:
    """Where the publication itself stands; empty where the house does not say."""
    return f"https://{house.own_sites[0]}/" if house.own_sites else ""


def _entries(published: Sequence[Edition], renderer: Renderer) -> Sequence[Entry]:
    return [
        Entry(
            id=f"{edition.house.name}-{edition.issue.number}",
            title=edition.title,
            author=edition.writing.author,
            at=edition.issue.published_at,
            summary=_summary(edition),
            content=one_line(renderer.feed("items", e=edition)),
        )
        for edition in published
        if edition.issue.published_at is not None
    ]


def _summary(edition: Edition) -> str:
    """The first paragraph of the overview, else the disclaimer."""
    paragraphs = (block.text for block in edition.writing.overview if isinstance(block, Paragraph))
    return next(paragraphs, edition.disclaimer)


def _item(entry: Entry) -> Mapping[str, Any]:
    return {
        "id": entry.id,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.content,
        "date_published": entry.at.isoformat(),
        **({"authors": [{"name": entry.author}]} if entry.author else {}),
    }
