"""What addresses tell by themselves: segments of a path, hosts and their twins, home pages, names of files."""

import re
from collections.abc import Collection
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from bot.editorial.link import Link, NotALink, read_link

_TWINS = ("www.", "m.", "mobile.", "amp.", "mobil.", "movil.")
_ARCHIVED = re.compile(r"^https?://web\.archive\.org/web/\d+[a-z_]*/", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]")
_LETTERS_OF_A_NAME = 4
_NAME_LIMIT = 300
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "gob", "gouv", "edu", "ac", "or", "ne", "gub"})
_COUNTRY = 2
_HOME_NAMES = frozenset(
    {
        "index", "index.html", "index.htm", "index.php", "index.asp", "index.aspx", "index.shtml", "default.aspx",
        "default.asp", "home", "home.html", "portada", "portada.html", "inicio", "start", "accueil", "startseite",
        "en", "es", "pt", "fr", "de", "it", "ru", "zh", "cn", "ar", "fa", "tr", "br", "us", "uk", "mx", "ven", "eng",
        "esp", "spa", "english", "espanol", "español", "portugues", "ltd", "international", "intl", "edicion",
        "america", "pt-br", "en-us", "es-es", "es-mx", "fr-fr", "de-de", "latam", "lat",
    }
)  # fmt: skip


def segments(path: str, *, as_written: bool = False) -> tuple[str, ...]:
    """The parts of a path, unescaped, and in small letters unless they are wanted as written."""
    return tuple(unquote(part) if as_written else unquote(part).lower() for part in path.split("/") if part)


def parameters(query: str) -> dict[str, str]:
    return {name.lower(): value for name, value in parse_qsl(query, keep_blank_values=True)}


def is_at(host: str, hosts: Collection[str]) -> bool:
    """Whether a host is one of some, or below one of them."""
    return any(host == each or host.endswith(f".{each}") for each in hosts)


def site_of(host: str) -> str:
    """The name under which a site is registered, as far as its labels tell."""
    labels = host.lower().split(".")
    wide = len(labels) > 2 and len(labels[-1]) == _COUNTRY and labels[-2] in _SECOND_LEVEL  # noqa: PLR2004 - a.co.uk
    return ".".join(labels[-3:] if wide else labels[-2:])


def untwinned(host: str) -> str:
    """A host without the label of its mobile or AMP twin."""
    for label in _TWINS:
        if host.startswith(label) and host.count(".") > 1:
            return host.removeprefix(label)
    return host


def link_or_none(text: str | None) -> Link | None:
    try:
        return read_link(text) if text else None
    except NotALink:
        return None


def link_from(page: str, said: str | None) -> Link | None:
    """Where a page leads that names an address, whole or in part; None where it names none that can be read."""
    try:
        return link_or_none(urljoin(page, said.strip())) if said and page else None
    except ValueError:
        return None


def has_slug(path: str) -> bool:
    """Whether the end of a path looks like that of one article: a number, a day, or many words."""
    last = (segments(path) or ("",))[-1]
    words = [part for part in re.split(r"[-_.+ ]", last) if part]
    return bool(re.search(r"\d{4,}", path)) or len(words) > 3 or len(last) > 40  # noqa: PLR2004 - names of sections are short


def split(url: str) -> tuple[str, str, str]:
    """Host, path and query; empty where the address cannot be read."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "").lower(), parts.path or "/", parts.query
    except ValueError:
        return "", "/", ""


def unarchived(url: str) -> str:
    """The address of the page of which an archive keeps a copy; any other address as it is."""
    return _ARCHIVED.sub("", url, count=1)


def is_home_path(path: str) -> bool:
    """Whether a path is that of a home page, of an edition or language of it."""
    return all(name in _HOME_NAMES for name in segments(path))


def is_home(url: str) -> bool:
    """Whether an address is that of a home page."""
    _, path, query = split(unarchived(url))
    return is_home_path(path) and not query


def named_by(url: str | None) -> str | None:
    """The name of the file in an address, as words; None where it is but a number."""
    last = (segments(split(url or "")[1], as_written=True) or ("",))[-1]
    words = " ".join(re.split(r"[-_+\s]+", re.sub(r"\.pdf$", "", last, flags=re.IGNORECASE))).strip()
    return words[:_NAME_LIMIT] if len(_LETTERS.findall(words)) >= _LETTERS_OF_A_NAME else None
