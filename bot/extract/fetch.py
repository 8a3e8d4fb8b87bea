"""Fetches one page from a stranger's server, without trusting anything that it says."""

import asyncio
import re
import ssl
import zlib
from collections import defaultdict
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from bot.editorial.link import NotALink, read_link
from bot.extract.dial import GuardedBackend, Resolver, SystemResolver
from bot.extract.page import PageTrouble, Trouble

MAX_BODY = 1_000_000
MAX_REDIRECTS = 5
DEADLINE_S = 10.0
_AT_ONCE = 20
_AT_ONCE_A_HOST = 2
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BLOCKED = frozenset({401, 402, 403, 407, 429, 451, 999})
_GONE = frozenset({404, 410})
_PAGES = re.compile(r"(text/html|application/xhtml\+xml|text/plain|application/xml|text/xml)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came: `body` is decompressed and ends at the limit, `charset` is what the header says."""

    url: str
    body: bytes
    charset: str | None
    truncated: bool


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
        deadline_s: float = DEADLINE_S,
    ) -> None:
        self._resolver = resolver or SystemResolver()
        self._transport = _Transport(GuardedBackend(resolver=self._resolver, allowed=allowed))
        self._deadline_s = deadline_s
        self._headers = {
            "User-Agent": f"vric-desk/1 (+{contact})",
            "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
            "Accept-Encoding": "gzip",
            "Accept-Language": "en,es;q=0.9,pt;q=0.8,*;q=0.5",
        }
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._host_slots: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(_AT_ONCE_A_HOST))

    async def fetch(self, url: str) -> Fetched:
        """Fetch a page.

        Raises:
            PageTrouble: it cannot or must not be read; the text says why, for the member.
        """
        try:
            async with self._slots, self._host_slots[urlsplit(url).netloc], asyncio.timeout(self._deadline_s):
                return await self._follow(url)
        except TimeoutError:
            raise PageTrouble(Trouble.TIMED_OUT, "The page takes too long to answer.", retry=True) from None
        except (httpcore.NetworkError, httpcore.TimeoutException, ssl.SSLError, OSError):
            raise PageTrouble(Trouble.UNREACHABLE, "The site cannot be reached.", retry=True) from None
        except (httpcore.ProtocolError, httpx.InvalidURL, UnicodeError, ValueError):
            raise PageTrouble(Trouble.UNREACHABLE, "The site answers with something that is not a web page.") from None

    async def close(self) -> None:
        await self._transport.aclose()
        self._resolver.close()

    async def _follow(self, url: str) -> Fetched:
        seen: set[str] = set()
        for _ in range(MAX_REDIRECTS + 1):
            try:
                url = read_link(url).url
            except NotALink as reason:
                raise PageTrouble(Trouble.REFUSED, f"The page sends readers elsewhere: {reason}") from None
            if url in seen:
                break
            seen.add(url)
            found = await self._once(url)
            if isinstance(found, Fetched):
                return found
            url = urljoin(url, found)
        raise PageTrouble(Trouble.REDIRECTS, "The page sends readers round in circles.")

    async def _once(self, url: str) -> Fetched | str:
        """One hop: the page, or where it sends its readers."""
        response = await self._transport.handle_async_request(httpx.Request("GET", url, headers=self._headers))
        try:
            if response.status_code in _REDIRECTS:
                location = response.headers.get("Location")
                if not location:
                    raise PageTrouble(Trouble.UNREACHABLE, "The page sends readers elsewhere without saying where.")
                return str(location)
            _accept(response)
            body, truncated = await _body(response)
            return Fetched(url, body, response.charset_encoding, truncated)
        finally:
            await response.aclose()


class _Transport(httpx.AsyncBaseTransport):
    """httpx requests over httpcore, with the guard as its network; nothing is kept open between requests."""

    def __init__(self, guard: GuardedBackend) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=ssl.create_default_context(),
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
        return httpx.Response(answer.status, headers=answer.headers, stream=_Stream(answer), request=request)

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


def _accept(response: httpx.Response) -> None:
    """Refuse an answer that is no page."""
    status = response.status_code
    if status in _GONE:
        raise PageTrouble(Trouble.GONE, f"The page answers {status}: it is not there.", status=status)
    if status in _BLOCKED:
        raise PageTrouble(Trouble.BLOCKED, "The site does not let me read it.", status=status)
    if status >= 500:  # noqa: PLR2004 - HTTP's server errors
        raise PageTrouble(Trouble.SERVER, f"The site answers with an error ({status}).", retry=True, status=status)
    if status != 200:  # noqa: PLR2004 - HTTP's OK
        raise PageTrouble(Trouble.UNREACHABLE, f"The page answers {status}, not a page.", status=status)
    kind = response.headers.get("Content-Type", "text/html")
    if not _PAGES.match(kind.strip()):
        raise PageTrouble(Trouble.NOT_A_PAGE, f"This is no web page but {kind.partition(';')[0].strip()[:60]}.")


async def _body(response: httpx.Response) -> tuple[bytes, bool]:
    """The body up to the limit; only plain and gzip bodies are read, and both stop at the limit."""
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in {"identity", "", "gzip", "x-gzip"}:
        raise PageTrouble(Trouble.NOT_A_PAGE, "The page comes in a packing that I do not open.")
    unzip = zlib.decompressobj(16 + zlib.MAX_WBITS) if "gzip" in encoding else None
    body = bytearray()
    try:
        async for chunk in response.aiter_raw():
            body += unzip.decompress(chunk, MAX_BODY + 1 - len(body)) if unzip is not None else chunk
            if len(body) > MAX_BODY:
                return bytes(body[:MAX_BODY]), True
    except zlib.error:
        raise PageTrouble(Trouble.NOT_A_PAGE, "The page is packed in a broken way.") from None
    return bytes(body), False
