"""A link: what a member dropped, the address to read and cite, and the key that two links to one page share."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

MAX_URL = 2048
_MAX_LABEL = 63
_PORTS = {"http": 80, "https": 443}
_TRACKING = re.compile(
    r"^(utm_.*|at_.*|pk_.*|mtm_.*|hsa_.*|mc_[ce]id|_hs(enc|mi)|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|ysclid|"
    r"twclid|ttclid|igshid|igsh|li_fat_id|mkt_tok|oly_(enc|anon)_id|vero_(id|conv)|wt[._].*|s_cid|ncid|cmpid|cmp|"
    r"ref_src|ref_url|__twitter_impression|spm|share_?from|sharetype|smid|smtyp|socialflow|ocid|icid|ito|xtor|"
    r"fb_(action|source|ref).*|ga_.*|_ga|_gl|srsltid|trk|trkcampaign|sr_share|amp|outputtype)$",
    re.IGNORECASE,
)
_TWIN_LABELS = ("www.", "m.", "mobile.", "amp.")
_BARE = re.compile(r"https?://[^\s<>\"“”«»]+", re.IGNORECASE)
_TRAILING = ".,;:!?'’*_~`…"
_PAIRS = {")": "(", "]": "[", "}": "{"}
_PATH_SAFE = "/%:@!$&'()*+,;=~-._"
_QUERY_SAFE = _PATH_SAFE + "?[]"


class NotALink(ValueError):  # noqa: N818 - named for the fact
    """The text is no link that can be read; the message is a sentence for the member."""


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
        raise NotALink(f"This link is longer than {MAX_URL} characters.")
    if re.search(r"[\x00-\x20\x7f\\]", dropped):
        raise NotALink("This link has a space, a backslash or a control character in it.")
    try:
        parts = urlsplit(dropped)
        port = parts.port
    except ValueError:
        raise NotALink("This link is malformed: its host or port cannot be read.") from None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise NotALink("This is not a web link: it does not begin with http:// or https://.")
    if "@" in parts.netloc:
        raise NotALink("This link names a user before its host; I read only plain web addresses.")
    host = _ascii_host(parts.hostname or "")
    place = host if port in (None, _PORTS[scheme]) else f"{host}:{port}"
    path = quote(parts.path or "/", safe=_PATH_SAFE)
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _is_tracking(pair))
    query = quote(query, safe=_QUERY_SAFE)
    url = f"{scheme}://{place}{path}" + (f"?{query}" if query else "")
    if len(url) > MAX_URL:
        raise NotALink(f"This link is longer than {MAX_URL} characters.")
    return Link(dropped=dropped, url=url, key=_key(place, path, query), host=host.removeprefix("www."))


def links_in(text: str) -> tuple[str, ...]:
    """The links that stand bare in prose, in order, each once, without the punctuation that follows them."""
    return tuple(dict.fromkeys(_trimmed(found) for found in _BARE.findall(text)))


def _ascii_host(host: str) -> str:
    host = host.rstrip(".").lower()
    if not host:
        raise NotALink("This link has no host, so there is no page to read.")
    if host.startswith("[") or ":" in host:
        return f"[{host.strip('[]')}]"
    try:
        ascii_host = host.encode("ascii").decode() if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        raise NotALink("The host of this link is not a valid name.") from None
    labels = ascii_host.split(".")
    if any(not label or len(label) > _MAX_LABEL for label in labels):
        raise NotALink("The host of this link is not a valid name.")
    if not re.fullmatch(r"[a-z0-9._-]+", ascii_host):
        raise NotALink("The host of this link is not a valid name.")
    return ascii_host


def _is_tracking(pair: str) -> bool:
    return _TRACKING.match(pair.partition("=")[0]) is not None


def _key(place: str, path: str, query: str) -> str:
    for label in _TWIN_LABELS:
        if place.startswith(label) and place.count(".") > 1:
            place = place.removeprefix(label)
            break
    ordered = urlencode(sorted(parse_qsl(query, keep_blank_values=True)))
    return place + path.rstrip("/") + (f"?{ordered}" if ordered else "")


def _trimmed(url: str) -> str:
    """Leave out what closes the sentence: punctuation, and a bracket that was not opened inside the link."""
    while url:
        last = url[-1]
        unbalanced = last in _PAIRS and url.count(last) > url.count(_PAIRS[last])
        if last not in _TRAILING and not unbalanced:
            break
        url = url[:-1]
    return url
