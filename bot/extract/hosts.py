"""Hosts of addresses and the label by which a domain is registered, without asking the network."""

from functools import cache, lru_cache
from urllib.parse import urlsplit

from tldextract import TLDExtract


def host_of(url: str | None) -> str:
    """The host of an address, in small letters; empty where there is none."""
    try:
        return (urlsplit(url or "").hostname or "").removesuffix(".")
    except ValueError:
        return ""


@lru_cache(maxsize=512)
def label_of(host: str) -> str:
    """What was registered below the public suffix: `infobae` of www.infobae.com, `gleaner` of gleaner.com.jm."""
    return _suffixes().extract_str(host).domain if host else ""


@cache
def _suffixes() -> TLDExtract:
    """The list of public suffixes that comes with the library: nothing is fetched and nothing is kept on disk."""
    return TLDExtract(suffix_list_urls=(), cache_dir=None)
