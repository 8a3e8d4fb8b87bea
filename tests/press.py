"""The press: news pages on loopback, under the names of outlets that stories speak of."""

import socket
from collections.abc import Callable, Collection
from html import escape
from types import TracebackType
from typing import Self

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
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
)


class Press:
    """Serves what is printed; everything else is not there."""

    def __init__(self) -> None:
        self._pages: dict[tuple[str, str], Callable[[], Response]] = {}
        self._server: Server | None = None
        self.port = 0
        self.asked: list[str] = []

    @property
    def places(self) -> Collection[tuple[str, int]]:
        """The hosts and port that the bot may dial on loopback."""
        return [(host, self.port) for host in HOSTS]

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
        return self.serves(f"{host}/{path}", lambda: HTMLResponse(page))

    def serves(self, place: str, answer: Callable[[], Response]) -> str:
        host, _, path = place.partition("/")
        self._pages[(host, f"/{path}")] = answer
        return f"http://{host}:{self.port}/{path}"

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
        return printed() if printed is not None else HTMLResponse("<h1>Not found</h1>", 404)
