"""A stranger's web server on loopback that says exactly the bytes a test gives it, and the network that reaches it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpcore
import pytest

from bot.extract.fetch import Fetcher
from bot.extract.page import PageTrouble
from bot.render import Renderer, unmarked

HEADLINE = "Meduza & Медуза: tankers seen off the coast"
HTML = f"<!doctype html><html lang='en'><head><title>{HEADLINE}</title></head><body><h1>{HEADLINE}</h1></body></html>"
HOSTS = (
    "reuters.example",
    "www.reuters.example",
    "infobae.example",
    "xn--pple-43d.example",
    *(f"h{n}.example" for n in range(12)),
)

Act = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Visit:
    """What somebody asked for: the path with its query, and the header lines as they came."""

    path: str
    headers: dict[str, str]


class Site:
    """Every path has its act; a path without one is not there."""

    def __init__(self) -> None:
        self._acts: dict[str, Act] = {}
        self._visitors: set[asyncio.Task[None]] = set()
        self.port = 0
        self.visits: list[Visit] = []

    @property
    def places(self) -> Sequence[tuple[str, int]]:
        return [(host, self.port) for host in HOSTS]

    @property
    def asked(self) -> list[str]:
        return [visit.path for visit in self.visits]

    def url(self, path: str, host: str = HOSTS[0]) -> str:
        return f"http://{host}:{self.port}{path}"

    def says(self, path: str, answer: bytes, host: str = HOSTS[0]) -> str:
        async def say(writer: asyncio.StreamWriter) -> None:
            writer.write(answer)
            await writer.drain()

        return self.acts(path, say, host)

    def acts(self, path: str, act: Act, host: str = HOSTS[0]) -> str:
        self._acts[path] = act
        return self.url(path, host)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visitor = asyncio.current_task()
        assert visitor is not None
        self._visitors.add(visitor)
        try:
            request = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            path = request[0].split(" ")[1]
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in request[1:] if line)}
            self.visits.append(Visit(path, headers))
            act = self._acts.get(path)
            if act is None:
                writer.write(answer(status="404 Not Found"))
            else:
                await act(writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the visitor is gone, or the test is over
        finally:
            self._visitors.discard(visitor)
            writer.close()

    async def empty(self) -> None:
        for visitor in tuple(self._visitors):
            visitor.cancel()
        await asyncio.gather(*self._visitors)


@asynccontextmanager
async def open_site() -> AsyncIterator[Site]:
    site = Site()
    server = await asyncio.start_server(site.answer, "127.0.0.1", 0)
    site.port = server.sockets[0].getsockname()[1]
    yield site
    server.close()
    await site.empty()
    await server.wait_closed()


def answer(body: bytes | str = HTML, *, status: str = "200 OK", **headers: str) -> bytes:
    """A whole answer; `content_type="text/html"` becomes a header, an empty value leaves it out."""
    raw = body.encode() if isinstance(body, str) else body
    given = {"content_type": "text/html; charset=utf-8", "content_length": str(len(raw))} | headers
    lines = [f"{name.replace('_', '-')}: {value}\r\n" for name, value in given.items() if value]
    return f"HTTP/1.1 {status}\r\n{''.join(lines)}\r\n".encode("latin-1") + raw


def redirect(location: str | bytes, status: int = 302) -> bytes:
    raw = location.encode() if isinstance(location, str) else location
    return b"HTTP/1.1 %d Found\r\nContent-Length: 0\r\nLocation: %b\r\n\r\n" % (status, raw)


class Answers:
    """A resolver that gives each look-up the next of its answers, and the last one for ever."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    async def resolve(self, host: str) -> Sequence[str]:
        self.asked.append(host)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def close(self) -> None:
        """Nothing is open."""


class Wire(httpcore.AsyncNetworkBackend):
    """A network that notes what is dialled; it reaches loopback, and nothing answers elsewhere."""

    def __init__(self) -> None:
        self.dialled: list[tuple[str, int]] = []
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        self.dialled.append((host, port))
        if host != "127.0.0.1":
            raise httpcore.ConnectError("nothing answers")
        return await self._network.connect_tcp(host, port, timeout, local_address, socket_options)


async def trouble_of(fetcher: Fetcher, url: str) -> PageTrouble:
    """Why a page cannot be fetched: the catalogue has one short sentence for it."""
    with pytest.raises(PageTrouble) as trouble:
        await fetcher.fetch(url)
    words = unmarked(Renderer().message("trouble", why=str(trouble.value)))
    assert words != str(trouble.value)
    assert words[0].isupper()
    assert words.endswith(".")
    assert len(words) < 200
    return trouble.value


def dripping(first: bytes, drop: bytes) -> Act:
    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(first)
        while not writer.is_closing():
            writer.write(drop)
            await writer.drain()
            await asyncio.sleep(0.01)  # the site's own slowness; nothing waits for it

    return drip
