"""Where a page has its own address, and where it sends its readers: canonical links, AMP and print twins, refreshes."""

import re
from urllib.parse import urlsplit

from bot.editorial.link import Link
from bot.extract.addresses import is_at, link_from, parameters, segments, site_of
from bot.extract.kinds.view import View

_REFRESH = re.compile(r"^\s*(\d{1,4})(?:\.\d*)?\s*[;,]\s*(?:url\s*=)?\s*['\"]?\s*([^'\"]+)", re.IGNORECASE)
_AT_ONCE_S = 10
"""A page that sends its readers on after longer than this shows them something first, or renews itself."""

_FEW_WORDS = 60
_PRINT_NAMES = frozenset(
    {
        "print", "printable", "imprimir", "imprimible", "imprimer", "impression", "drucken", "druck", "druckversion",
        "stampa", "version_impresa", "version-imprimible", "imprensa-imprimir", "pechat", "yazdir", "print.html",
        "print.php",
    }
)  # fmt: skip
_PRINT_PARAMETERS = frozenset({"print", "printable", "imprimir", "printpage", "tmpl", "print_version"})
_AMP_NAMES = frozenset({"amp", "amp.html", "amp.php"})
_AMP_CACHES = ("ampproject.org",)


def canonical(page: View) -> str | None:
    """The page's own address, where it agrees with the one that answered: of the same site, and no emptier."""
    links = page.markup.all("link")
    named = next((link.get("href") for link in links if "canonical" in link.get("rel", "").lower().split()), None)
    for said in (named, page.metas.get("og:url")):
        link = page.link if said == page.url else link_from(page.url, said)
        if link is not None and _agrees(page, link):
            return link.url
    return None


def leads_to(page: View, own: str | None) -> str | None:
    """Where readers are sent on: by a refresh of a page with nothing on it, or from a twin to the page itself."""
    here = page.link
    if here is None:
        return None
    if (sent := _refreshed(page)) is not None and sent.key != here.key:
        return sent.url
    if own is not None and own != here.url and (_is_amp(page) or _is_print(page)):
        return own
    return None


def _agrees(page: View, link: Link) -> bool:
    here = page.link
    if here is None:
        return False
    path = urlsplit(link.url).path
    if not path.strip("/") and page.path.strip("/") and not urlsplit(link.url).query:
        return False
    return site_of(link.host) == site_of(here.host) or (_is_cache(page) and _bare(link) in page.url)


def _bare(link: Link) -> str:
    """What the address of an AMP cache holds of the page that it copies."""
    return link.host.removeprefix("www.")


def _is_cache(page: View) -> bool:
    return is_at(page.host, _AMP_CACHES) or (page.host.startswith("google.") and segments(page.path)[:1] == ("amp",))


def _refreshed(page: View) -> Link | None:
    said = [
        meta.get("content", "")
        for meta in page.markup.all("meta")
        if (meta.get("http-equiv") or "").strip().lower() == "refresh"
    ]
    found = _REFRESH.match(said[0]) if said else None
    if found is None or int(found[1]) > _AT_ONCE_S or page.words > _FEW_WORDS:
        return None
    return link_from(page.url, found[2])


def _is_amp(page: View) -> bool:
    if page.tree.get("amp") is not None or page.tree.get("\u26a1") is not None or _is_cache(page):
        return True
    named = not _AMP_NAMES.isdisjoint(segments(page.path)) or page.host.startswith("amp.")
    return named or any(name == "amp" or value == "amp" for name, value in parameters(page.query).items())


def _is_print(page: View) -> bool:
    return not _PRINT_NAMES.isdisjoint(segments(page.path)) or any(
        (name in _PRINT_PARAMETERS and value != "0") or value == "print"
        for name, value in parameters(page.query).items()
    )
