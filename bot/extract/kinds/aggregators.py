"""Pages that republish what others published first, and whom they name as the first."""

import re
from collections.abc import Iterator
from typing import Any

from bot.extract.addresses import is_at
from bot.extract.kinds.view import View
from bot.extract.text import cleaned, folded

_HOSTS = frozenset(
    {
        "menafn.com", "yahoo.com", "msn.com", "news.google.com", "newsbreak.com", "smartnews.com", "flipboard.com",
        "apple.news", "pressreader.com", "headtopics.com", "bignewsnetwork.com", "allafrica.com", "dailyhunt.in",
        "ground.news", "upday.com", "inoreader.com", "feedly.com", "newsnow.co.uk", "newsnow.com", "worldnews.com",
        "investing.com", "toutiao.com", "dzen.ru", "zen.yandex.ru", "news.mail.ru", "rambler.ru", "sapo.pt",
        "kiosko.net",
    }
)  # fmt: skip
_OWN = frozenset(
    {
        "menafn", "menafn com", "yahoo", "yahoo news", "yahoo finance", "yahoo noticias", "yahoo notícias", "msn",
        "msn com", "microsoft", "newsbreak", "google news", "allafrica", "investing com",
    }
)  # fmt: skip
_METAS = ("syndication-source", "original-source", "source", "article:author_name", "dc.source", "dcterms.source")
_IN_TEXT = re.compile(r"\((?:MENAFN|MENAFN\.COM)\s*[-–—]\s*([^)]{2,60})\)", re.IGNORECASE)
_NAME_LIMIT = 120


def is_aggregator(page: View) -> bool:
    return is_at(page.host, _HOSTS)


def first_publisher(page: View) -> str | None:
    """Whom the page names as the first to publish; None where it names nobody but itself."""
    for name in _named(page):
        said = cleaned(name, _NAME_LIMIT)
        if said and folded(said) not in _OWN and not said.startswith(("http", "@")):
            return said
    return None


def _named(page: View) -> Iterator[str]:
    for property_ in ("provider", "sourceOrganization", "isBasedOn", "copyrightHolder", "publisher"):
        for node in page.nodes:
            yield from _names(node.get(property_))
    for name in _METAS:
        yield page.metas.get(name, "")
    if found := _IN_TEXT.search(page.text):
        yield found[1]


def _names(value: Any, depth: int = 0) -> Iterator[str]:  # noqa: ANN401 - JSON
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict) and depth < 3:  # noqa: PLR2004 - a name in a node in a list
        yield from _names(value.get("name"), depth + 1)
    elif isinstance(value, list):
        for each in value[:3]:
            yield from _names(each, depth + 1)
