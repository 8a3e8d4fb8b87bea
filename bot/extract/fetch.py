"""Fetches one page from a stranger's server, without trusting anything that it says."""

import asyncio
import codecs
import re
import ssl
import zlib
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from urllib.parse import quote, urljoin
from weakref import WeakValueDictionary

import httpcore
import httpx

from bot.editorial.link import Link, NotALink, read_link
from bot.extract.dial import GRANT, GuardedBackend, Resolver, SystemResolver
from bot.extract.page import PageTrouble, Trouble

MAX_BODY = 1_000_000
MAX_DOCUMENT = 20_000_000
MAX_ANSWER = 100_000
MAX_REDIRECTS = 5
_PACKING = 1_000_000
"""What a body's pieces may add to it."""

DEADLINE_S = 10.0
_AT_ONCE = 20
_AT_ONCE_A_HOST = 2
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BLOCKED = frozenset({401, 402, 403, 407, 451, 999})
_GONE = frozenset({404, 410})
_NOT_NOW = frozenset({408, 425, 429})
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
"""Not plain text, which browsers show as it stands, and not XML, which is nearly always a feed."""

_DOCUMENTS = frozenset({"application/pdf", "application/x-pdf"})
_ANSWERS = frozenset({"application/json", "text/json"})
_KEPT = ("Content-Type", "Content-Language", "Last-Modified", "ETag", "Date")
_HEADER_LIMIT = 300

_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_TAG = re.compile(rb"<\s*[a-z!?/]", re.IGNORECASE)
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LOOKED_AT = 1024


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came: `body` is unpacked and ends at the limit, `charset` is what the header says.

    `hops` are the redirects that it took, `headers` those that are worth keeping; a document that goes on beyond the
    limit is not `whole`.
    """

    url: str
    body: bytes
    charset: str | None
    hops: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    is_document: bool = False
    whole: bool = True


class Fetcher:
    """Fetches pages through a guarded dialler: no cookies, no proxies, redirects by hand, one deadline for all of it.

    `contact` is where a site's owner can ask about us; it stands in the user agent. `allowed` are the exact host and
    port pairs that may be dialled on loopback.
    """

    def __init__(
        self,
        *,
        contact: str,
        allowed: Collection[tuple[str, int]] = (),
        resolver: Resolver | None = None,
        network: httpcore.AsyncNetworkBackend | None = None,
        deadline_s: float = DEADLINE_S,
    ) -> None:
        self._resolver = resolver or SystemResolver()
        self._transport = _Transport(GuardedBackend(resolver=self._resolver, allowed=allowed, network=network))
        self._deadline_s = deadline_s
        self._headers = {
            "User-Agent": f"vric-desk/1 (+{contact})",
            "Accept": "text/html,application/xhtml+xml;q=0.9,application/pdf;q=0.8,*/*;q=0.1",
            "Accept-Encoding": "gzip",
            "Accept-Language": "en,es;q=0.9,pt;q=0.8,*;q=0.5",
        }
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._turns_at: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()

    async def fetch(self, url: str, *, hops: int = 0, answer: bool = False) -> Fetched:
        """Fetch a page or a PDF: ten seconds for all of its hops, in which waiting for one's turn does not count.

        `hops` were taken before. Where an `answer` is wanted, JSON is, and neither page nor PDF.

        Raises:
            PageTrouble: it cannot or must not be read; the text names why.
        """
        try:
            return await self._follow(url, hops, _ANSWERS if answer else _PAGES | _DOCUMENTS)
        except TimeoutError:
            raise PageTrouble(Trouble.TIMED_OUT, "too slow", retry=True) from None
        except (httpcore.NetworkError, httpcore.TimeoutException, OSError):
            raise PageTrouble(Trouble.UNREACHABLE, "out of reach", retry=True) from None
        except httpcore.RemoteProtocolError:
            raise PageTrouble(Trouble.UNREACHABLE, "broken off", retry=True) from None
        except (httpcore.ProtocolError, httpcore.UnsupportedProtocol, ValueError):
            raise PageTrouble(Trouble.UNREACHABLE, "cannot be asked") from None

    async def close(self) -> None:
        await self._transport.aclose()
        self._resolver.close()

    async def _follow(self, url: str, hops: int, wanted: Collection[str]) -> Fetched:
        loop, left = asyncio.get_running_loop(), self._deadline_s
        seen: set[str] = set()
        while len(seen) + hops <= MAX_REDIRECTS:
            link = _readable(url, sent_on=bool(seen) or bool(hops))
            if link.url in seen:
                break
            seen.add(link.url)
            async with self._turn_at(link.host):
                began = loop.time()
                async with asyncio.timeout(left):
                    found = await self._once(link.url, wanted)
                left -= loop.time() - began
            if isinstance(found, Fetched):
                return replace(found, hops=hops + len(seen) - 1)
            url = urljoin(link.url, found)
        raise PageTrouble(Trouble.REDIRECTS, "in circles")

    @asynccontextmanager
    async def _turn_at(self, host: str) -> AsyncIterator[None]:
        """Wait for a turn at the host, then for one in all: readers of a slow host keep nobody else from theirs."""
        at_host = self._turns_at.get(host) or asyncio.Semaphore(_AT_ONCE_A_HOST)
        self._turns_at[host] = at_host
        async with at_host, self._turns:
            yield

    async def _once(self, url: str, wanted: Collection[str]) -> Fetched | str:
        """One hop: the page, or where it sends its readers."""
        try:
            request = httpx.Request("GET", url, headers=self._headers)
        except httpx.InvalidURL:
            raise PageTrouble(Trouble.REFUSED, "malformed address") from None
        response = await self._transport.handle_async_request(request)
        try:
            if response.status_code in _REDIRECTS:
                return _where(response)
            kind = _accept(response, wanted)
            limit = MAX_DOCUMENT if kind in _DOCUMENTS else MAX_ANSWER if kind in _ANSWERS else MAX_BODY
            response.extensions["network_stream"].get_extra_info(GRANT)(limit + _PACKING)
            body = await _body(response, limit)
            _look_at(body, kind)
            charset = _CHARSET.search(response.headers.get("Content-Type", ""))
            return Fetched(
                url,
                body,
                charset and charset[1],
                headers={name: response.headers[name][:_HEADER_LIMIT] for name in _KEPT if name in response.headers},
                is_document=kind in _DOCUMENTS,
                whole=len(body) < limit,
            )
        finally:
            await response.aclose()


@cache
def _tls() -> ssl.SSLContext:
    """What the certificates of sites are checked with; to load it takes as long as to read several pages."""
    return ssl.create_default_context()


class _Transport(httpx.AsyncBaseTransport):
    """httpx requests over httpcore, with the guard as its network; nothing is kept open between requests."""

    def __init__(self, guard: GuardedBackend) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=_tls(),
            max_connections=_AT_ONCE,
            max_keepalive_connections=0,
            network_backend=guard,
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        sent = httpcore.Request(
            method=request.method,
            url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
        )
        answer = await self._pool.handle_async_request(sent)
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Stream(answer),
            request=request,
            extensions={"network_stream": answer.extensions["network_stream"]},
        )

    async def aclose(self) -> None:
        await self._pool.aclose()


class _Stream(httpx.AsyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._answer.aiter_stream():
            yield chunk

    async def aclose(self) -> None:
        await self._answer.aclose()


def _readable(url: str, *, sent_on: bool) -> Link:
    try:
        return read_link(url)
    except NotALink as reason:
        words = f"leads elsewhere: {reason}" if sent_on else str(reason)
        raise PageTrouble(Trouble.REFUSED, words) from None


def _where(response: httpx.Response) -> str:
    """Where a redirect leads; bytes that are no UTF-8 go back to the server as they came."""
    said = next((value for name, value in response.headers.raw if name.lower() == b"location"), b"").strip()
    if not said:
        raise PageTrouble(Trouble.UNREACHABLE, "leads nowhere")
    try:
        return said.decode().replace(" ", "%20")
    except UnicodeDecodeError:
        return quote(said, safe="".join(map(chr, range(33, 127))))


def _accept(response: httpx.Response, wanted: Collection[str]) -> str:
    """What kind of answer it is; one that is not wanted is refused."""
    status = response.status_code
    if status in _GONE:
        raise PageTrouble(Trouble.GONE, f"not there: {status}", status=status)
    if status in _BLOCKED:
        raise PageTrouble(Trouble.BLOCKED, f"not let in: {status}", status=status)
    if status in _NOT_NOW:
        raise PageTrouble(Trouble.BLOCKED, f"asked to come later: {status}", retry=True, status=status)
    if status >= 500:  # noqa: PLR2004 - HTTP's server errors
        raise PageTrouble(Trouble.SERVER, f"fails: {status}", retry=True, status=status)
    if status not in {200, 203}:
        raise PageTrouble(Trouble.UNREACHABLE, f"no page: {status}", status=status)
    kind = str(response.headers.get("Content-Type", "text/html")).partition(";")[0].strip().lower()
    if kind not in wanted:
        raise PageTrouble(Trouble.NOT_A_PAGE, f"another kind: {_shown(kind)}")
    return kind


def _shown(kind: str) -> str:
    return kind if re.fullmatch(r"[a-z0-9.+/-]{3,60}", kind) else ""


async def _body(response: httpx.Response, limit: int) -> bytes:
    """The body up to the limit; only plain and gzip bodies are read, and both stop at the limit."""
    packing = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packing not in {"identity", "", "gzip", "x-gzip"}:
        raise PageTrouble(Trouble.NOT_A_PAGE, "unknown packing")
    unzip = zlib.decompressobj(16 + zlib.MAX_WBITS) if "gzip" in packing else None
    body = bytearray()
    try:
        async for chunk in response.aiter_raw():
            body += unzip.decompress(chunk, limit - len(body)) if unzip is not None else chunk
            if len(body) >= limit:
                break
    except zlib.error:
        raise PageTrouble(Trouble.NOT_A_PAGE, "broken packing") from None
    return bytes(body[:limit])


def _look_at(body: bytes, kind: str) -> None:
    """Refuse what calls itself a page and is none: a document, a picture, an archive, data, nothing."""
    start = body[:_LOOKED_AT].removeprefix(codecs.BOM_UTF8).lstrip()
    if kind in _ANSWERS:
        return
    if kind in _DOCUMENTS:
        if not start.startswith(b"%PDF-"):
            raise PageTrouble(Trouble.NOT_A_PAGE, "no PDF")
        return
    if body.startswith(_MARKS):
        return
    if not start or b"\x00" in start or start.startswith((b"%PDF-", b"{", b"[")) or not _TAG.search(body):
        raise PageTrouble(Trouble.NOT_A_PAGE, "no web page")
