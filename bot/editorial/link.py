"""A link: what a member dropped, the address to read and cite, and the key that two links to one page share."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv6Address
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

MAX_URL = 2048
_MAX_LABEL = 63
_MAX_HOST = 253
_PORTS = {"http": 80, "https": 443}
_TRACKING = re.compile(
    r"^(utm_.*|at_.*|pk_.*|mtm_.*|hsa_.*|mc_[ce]id|_hs(enc|mi)|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|ysclid|"
    r"twclid|ttclid|igshid|igsh|li_fat_id|mkt_tok|oly_(enc|anon)_id|vero_(id|conv)|wt[._].*|s_cid|ncid|cmpid|cmp|"
    r"ref_src|ref_url|__twitter_impression|spm|share_?from|sharetype|smid|smtyp|socialflow|ocid|icid|ito|xtor|"
    r"fb_(action|source|ref).*|ga_.*|_ga|_gl|srsltid|trk|trkcampaign|sr_share|mibextid|guccounter|guce_referrer.*|"
    r"amp|outputtype)$",
    re.IGNORECASE,
)
_TWIN_LABELS = ("www.", "m.", "mobile.", "amp.")
_BARE = re.compile(r"https?://[^\s<>\"“”«»。，、\u200b\u200e\u200f\u2060\ufeff]+", re.IGNORECASE)
_TRAILING = ".,;:!?'’*_~`|…；：！？"
_PAIRS = {")": "(", "]": "[", "}": "{", "）": "（", "】": "【", "》": "《", "」": "「"}
_REFUSED = re.compile(r"[\x00-\x20\x7f-\x9f\ud800-\udfff\\]")
_ESCAPED = re.compile(r"%([0-9a-f]{2})?", re.IGNORECASE)
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_KEPT_BY_NEWER_IDNA = re.compile(r"[ßς]")
_PATH_SAFE = "/%:@!$&'()*+,;=~-._"
_QUERY_SAFE = _PATH_SAFE + "?[]"


class NotALink(ValueError):  # noqa: N818 - named for the fact
    """The text is no link that can be read; the message names why, as `long link: 2048`, for the catalogue."""


@dataclass(frozen=True, slots=True)
class Link:
    """`dropped` as written, `url` to read and cite, `key` equal for links to the same page, `host` without `www.`."""

    dropped: str
    url: str
    key: str
    host: str


def read_link(text: str) -> Link:
    """Read one link: host in its ASCII form, without fragment, default port and tracking parameters.

    Raises:
        NotALink: it is not http or https, has no host, names a user, or is too long or malformed.
    """
    dropped = text.strip()
    if len(dropped) > MAX_URL:
        raise NotALink(f"long link: {MAX_URL}")
    if _REFUSED.search(dropped):
        raise NotALink("odd character")
    try:
        parts = urlsplit(dropped)
        port = parts.port
    except ValueError:
        raise NotALink("malformed link") from None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise NotALink("no web link")
    if "@" in parts.netloc:
        raise NotALink("names a user")
    host = _ipv6_host(parts.hostname or "") if "[" in parts.netloc else _ascii_host(parts.hostname or "")
    place = host if port in (None, _PORTS[scheme]) else f"{host}:{port}"
    path = _escaped(parts.path or "/", _PATH_SAFE)
    query = _escaped(parts.query, _QUERY_SAFE)
    query = "&".join(pair for pair in query.split("&") if pair and not _is_tracking(pair))
    url = f"{scheme}://{place}{path}" + (f"?{query}" if query else "")
    if len(url) > MAX_URL:
        raise NotALink(f"long link: {MAX_URL}")
    return Link(dropped=dropped, url=url, key=_key(place, path, query), host=host.removeprefix("www."))


def links_in(text: str) -> tuple[str, ...]:
    """The links that stand bare in prose, in order, each once, without the punctuation that follows them.

    They are as written: `read_link` says of each whether it can be read. A scheme that nothing follows is no link.
    """
    trimmed = (_trimmed(found) for found in _BARE.findall(text))
    return tuple(dict.fromkeys(link for link in trimmed if not link.endswith("://")))


def links_typed(text: str) -> tuple[str, ...]:
    """What somebody typed as links, one or more a line, each once; a line that holds none is given as it is."""
    lines = (line.strip() for line in text.splitlines())
    return tuple(dict.fromkeys(link for line in lines if line for link in links_in(line) or (line,)))


def _ascii_host(host: str) -> str:
    host = host.rstrip(".").lower()
    if not host:
        raise NotALink("no host")
    try:
        ascii_host = ".".join(_ascii_label(label) for label in re.split(r"[.。．｡]", host))
    except UnicodeError:
        raise NotALink("invalid name") from None
    labels = ascii_host.split(".")
    if len(ascii_host) > _MAX_HOST or any(not label or len(label) > _MAX_LABEL for label in labels):
        raise NotALink("invalid name")
    if not re.fullmatch(r"[a-z0-9._-]+", ascii_host):
        raise NotALink("invalid name")
    return ascii_host


def _ascii_label(label: str) -> str:
    """A label as DNS knows it.

    The codec of the standard library is of 2003 and writes `faß` as `fass`, which is somebody else's name today, so
    the two letters that were given names of their own since then are encoded here.
    """
    if label.isascii():
        return label
    if _KEPT_BY_NEWER_IDNA.search(label):
        return "xn--" + unicodedata.normalize("NFKC", label).encode("punycode").decode()
    return label.encode("idna").decode()


def _ipv6_host(host: str) -> str:
    try:
        address = IPv6Address(host)
    except AddressValueError:
        raise NotALink("invalid address") from None
    if address.scope_id is not None:
        raise NotALink("own network")
    return f"[{address.compressed}]"


def _escaped(part: str, safe: str) -> str:
    """One spelling of a path or query: what needs no escape has none, and escapes are in capitals."""
    return _ESCAPED.sub(_one_spelling, quote(part, safe=safe))


def _one_spelling(escape: re.Match[str]) -> str:
    if escape[1] is None:
        return "%25"
    character = chr(int(escape[1], 16))
    return character if character in _UNRESERVED else escape[0].upper()


def _is_tracking(pair: str) -> bool:
    return _TRACKING.match(pair.partition("=")[0]) is not None


def _key(place: str, path: str, query: str) -> str:
    """What two links to one page share, whatever their scheme, twin host, last slash and order of parameters."""
    for label in _TWIN_LABELS:
        if place.startswith(label) and place.count(".") > 1:
            place = place.removeprefix(label)
            break
    pairs = parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
    ordered = urlencode(sorted(pairs), errors="surrogateescape")
    return place + path.rstrip("/") + (f"?{ordered}" if ordered else "")


def _trimmed(url: str) -> str:
    """Leave out what closes the sentence: punctuation, and a bracket that was not opened inside the link."""
    count = Counter(url)
    end = len(url)
    while end:
        last = url[end - 1]
        unbalanced = last in _PAIRS and count[last] > count[_PAIRS[last]]
        if last not in _TRAILING and not unbalanced:
            break
        count[last] -= 1
        end -= 1
    return url[:end]


def readable(texts: Iterable[str]) -> list[Link]:
    """Those of some texts that are links."""
    found = []
    for text in texts:
        try:
            found.append(read_link(text))
        except NotALink:
            continue
    return found
