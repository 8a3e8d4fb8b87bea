"""What addresses tell by themselves: segments of a path, hosts and their twins."""

import re
from collections.abc import Collection
from urllib.parse import parse_qsl, unquote, urlsplit

from bot.editorial.link import Link, NotALink, read_link

_TWINS = ("www.", "m.", "mobile.", "amp.", "mobil.", "movil.")
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "gob", "gouv", "edu", "ac", "or", "ne", "gub"})
_COUNTRY = 2


def segments(path: str) -> tuple[str, ...]:
    """The parts of a path, unescaped and in small letters."""
    return tuple(unquote(part).lower() for part in path.split("/") if part)


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
