"""The press: news pages on loopback, under the names of outlets that stories speak of."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from dataclasses import dataclass, field
from html import escape
from types import TracebackType
from typing import Self

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.sandbox.server import Server

HOSTS = (
    "reuters.example",
    "prensa-latina.example",
    "telesur.example",
    "infobae.example",
    "unheard-of.example",
    "m.reuters.example",
    "www.reuters.example",
    "short.example",
    "archive.example",
    "web.archive.org",
    "oembed.example",
    "twitter.com",
    "t.me",
    "www.youtube.com",
    "menafn.com",
    "home.treasury.gov",
    "www.gov.uk",
    "en.kremlin.ru",
    "zoom.us",
    "abc.es",
)


async def endless(title: str) -> AsyncIterator[str]:
    """A page that goes on for as long as somebody reads."""
    yield f"<!doctype html><html lang='en'><head><title>{escape(title)}</title></head><body><h1>{escape(title)}</h1>"
    while True:
        yield "<p>" + "and so on, and so on, " * 2000 + "</p>"
        await asyncio.sleep(0)


@dataclass(frozen=True)
class HeldPage:
    """A page that is asked for and comes only when it is released."""

    link: str
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)


class Press:
    """Serves what is printed; everything else is not there."""

    def __init__(self) -> None:
        self._pages: dict[tuple[str, str], Callable[[], Awaitable[Response]]] = {}
        self._server: Server | None = None
        self.port = 0
        self.asked: list[str] = []

    @property
    def places(self) -> Collection[tuple[str, int]]:
        """The hosts and port that the bot may dial on loopback."""
        return [(host, self.port) for host in HOSTS]

    @property
    def archive(self) -> str:
        """Where an archive would be asked for copies; it has none before a story puts one there."""
        return f"http://archive.example:{self.port}/available"

    @property
    def oembed(self) -> str:
        """Where posts on X would be asked for."""
        return f"http://oembed.example:{self.port}/oembed"

    def moves(self, place: str, to: str) -> str:
        """Send readers of `host/path` elsewhere; gives its link."""
        return self.serves(place, RedirectResponse(to))

    def says(self, place: str, page: str) -> str:
        """Print a page as it is written; gives its link."""
        return self.serves(place, HTMLResponse(page))

    def prints(
        self,
        place: str,
        title: str | None,
        *,
        day: str | None = "2021-01-11",
        language: str = "en",
        summary: str | None = None,
        body: str = "<p>Tankers were seen off the coast, according to shipping data and two people with knowledge.</p>",
    ) -> str:
        """Print an article at `host/path`; gives its link."""
        host, _, path = place.partition("/")
        head = f"<title>{escape(title)}</title><meta property='og:title' content='{escape(title)}'>" if title else ""
        if day:
            head += f"<meta property='article:published_time' content='{day}T09:00:00Z'>"
        if summary:
            head += f"<meta name='description' content='{escape(summary)}'>"
        heading = f"<h1>{escape(title)}</h1>" if title else ""
        page = f"<!doctype html><html lang='{language}'><head>{head}</head><body>{heading}{body}</body></html>"
        return self.serves(f"{host}/{path}", HTMLResponse(page))

    def fails(self, place: str, status: int) -> str:
        """Answer with an error at `host/path`; gives its link."""
        return self.serves(place, HTMLResponse("<h1>Sorry</h1>", status))

    def holds_back(self, place: str, title: str) -> HeldPage:
        """Print an article that does not come before it is released."""
        held = HeldPage(self.prints(place, title))
        at = self._place(place)
        page = self._pages[at]

        async def answer() -> Response:
            held.asked.set()
            await held.released.wait()
            return await page()

        self._pages[at] = answer
        return held

    def serves(self, place: str, response: Response) -> str:
        """Answer with a response at `host/path`; gives its link."""

        async def answer() -> Response:
            return response

        host, path = self._place(place)
        self._pages[(host, path)] = answer
        return f"http://{host}:{self.port}{path}"

    async def __aenter__(self) -> Self:
        listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(listener.getsockname()[1])
        self._server = Server(Starlette(routes=[Route("/{path:path}", self._answer)]), listener)
        await self._server.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            await self._server.stop()

    async def _answer(self, request: Request) -> Response:
        host = request.headers["host"].partition(":")[0]
        self.asked.append(f"{host}{request.url.path}")
        printed = self._pages.get((host, request.url.path))
        return await printed() if printed is not None else HTMLResponse("<h1>Not found</h1>", 404)

    @staticmethod
    def _place(place: str) -> tuple[str, str]:
        host, _, path = place.partition("/")
        return host, f"/{path}"
