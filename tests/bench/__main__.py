"""Measures the bot against a peer in the same run, on this machine: `make bench`."""

import asyncio
import json
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from typing import Any

import httpx
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from trafilatura.metadata import extract_metadata
from trafilatura.utils import load_html

from bot.extract.article import ArticleReader
from bot.logs import configure_logs
from bot.sandbox.clock import MovableClock
from bot.sandbox.samples import SAMPLES, page_of
from bot.sandbox.server import Server
from bot.sandbox.stand_in import StandIn
from bot.sandbox.transport import signature
from bot.settings import Transport
from bot.startup import migrate_all, opened, serving_http
from db.database import Database
from handlers.manifest import manifest
from handlers.web import SLACK_PATH
from tests.bench.growth import SIZES, seconds_by_act
from tests.bench.reading import FIGURES, PEERS, measured
from tests.conftest import SHARED
from tests.newsroom import settings_for
from tests.postgres import create_database, find_postgres, postgres_server

_EVENTS = 1000
_AT_ONCE = 16
_READINGS = 20


async def main() -> None:
    configure_logs("ERROR")
    _print("Durable acknowledgements of signed events, 16 at once, over HTTP", "events/s", "p50 ms", "p99 ms", "ratio")
    async with StandIn(manifest(), clock=MovableClock()) as stand_in:
        async with _empty_app(stand_in) as url:
            peer = await _acknowledged(url, stand_in)
        _line("empty Bolt app", peer, peer)
        with tempfile.TemporaryDirectory() as folder:
            async with _bot(stand_in, f"sqlite:///{Path(folder) / 'desk.db'}") as url:
                _line("the bot, SQLite with full sync", await _acknowledged(url, stand_in), peer)
        if find_postgres() is not None:
            with postgres_server() as server:
                async with _bot(stand_in, create_database(server, "bench")) as url:
                    _line("the bot, PostgreSQL", await _acknowledged(url, stand_in), peer)
    _print("Reading a page", "pages/s", "p50 ms", "p99 ms", "ratio")
    pages = [page_of(sample, datetime.now(UTC)).encode() for sample in SAMPLES] * _READINGS
    reader = ArticleReader()
    peer = _timed(lambda page: extract_metadata(load_html(page)), pages)
    _line("trafilatura's metadata", peer, peer)
    _line("the bot", _timed(reader.read, pages), peer)
    if SHARED.exists():
        _print("Reading the stored pages of ../shared, per cent", *FIGURES, "cpu ms", "peak MB", "time")
        peer_ms = 0.0
        for each in sorted(measured(SHARED), key=lambda one: one.name != PEERS[0]):
            peer_ms = peer_ms or each.cpu_ms
            shares = (f"{100 * each.shares[figure]:.1f}" for figure in FIGURES)
            _print(
                f"  {each.name}", *shares, f"{each.cpu_ms:.1f}", f"{each.peak_mb:.0f}", f"{each.cpu_ms / peer_ms:.2f}"
            )
    _print("Milliseconds of an act by items stored, SQLite", *(f"{size:,}" for size in SIZES))
    by_size = [await seconds_by_act(size) for size in SIZES]
    for name in by_size[0]:
        _print(f"  {name}", *(f"{seconds[name] * 1000:.1f}" for seconds in by_size))


@asynccontextmanager
async def _bot(stand_in: StandIn, database_url: str) -> AsyncIterator[str]:
    database = Database(database_url)
    await migrate_all(database, lambda _: None)
    await database.close()
    listener = socket.create_server(("127.0.0.1", 0))
    async with (
        opened(settings_for(stand_in, database_url), Transport.HTTP) as bot,
        serving_http(bot, listener),
    ):
        yield f"http://127.0.0.1:{listener.getsockname()[1]}{SLACK_PATH}"


@asynccontextmanager
async def _empty_app(stand_in: StandIn) -> AsyncIterator[str]:
    """A Bolt app that listens to messages and does nothing with them."""
    client = AsyncWebClient(token=stand_in.bot_token, base_url=stand_in.api_url)
    app = AsyncApp(client=client, signing_secret=stand_in.signing_secret)

    @app.event("message")
    async def nothing() -> None: ...

    slack = AsyncSlackRequestHandler(app)

    async def answer(request: Request) -> Response:
        return await slack.handle(request)

    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(Starlette(routes=[Route(SLACK_PATH, answer, methods=["POST"])]), listener)
    await server.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}{SLACK_PATH}"
    finally:
        await server.stop()


async def _acknowledged(url: str, stand_in: StandIn) -> list[float]:
    """Post events from several clients at once; gives the seconds of each answer, with the whole time in front."""
    numbers = iter(range(_EVENTS))
    async with httpx.AsyncClient(trust_env=False, limits=httpx.Limits(max_connections=_AT_ONCE)) as client:

        async def post(number: int) -> None:
            content = json.dumps(_event(stand_in, f"Ev{url[-20:-12]}{number}")).encode()
            headers = {"Content-Type": "application/json", **signature(stand_in.signing_secret, content)}
            answer = await client.post(url, content=content, headers=headers)
            answer.raise_for_status()

        await post(_EVENTS)
        began, taken = time.perf_counter(), list[float]()
        await asyncio.gather(*(_one_by_one(post, numbers, taken) for _ in range(_AT_ONCE)))
        return [time.perf_counter() - began, *taken]


async def _one_by_one(post: Callable[[int], Awaitable[None]], numbers: Iterable[int], taken: list[float]) -> None:
    for number in numbers:
        began = time.perf_counter()
        await post(number)
        taken.append(time.perf_counter() - began)


def _event(stand_in: StandIn, event_id: str) -> dict[str, Any]:
    stamp = f"{time.time():.6f}"
    message = {"type": "message", "channel": "C0BENCH", "user": "U0BENCH", "ts": stamp, "text": "<https://a.example/>"}
    return {
        "type": "event_callback",
        "event_id": event_id,
        "team_id": "T0SANDBOX",
        "api_app_id": stand_in.workspace.app_id,
        "event": message,
        "authorizations": [{"team_id": "T0SANDBOX", "user_id": stand_in.workspace.bot.id, "is_bot": True}],
    }


def _timed(read: Callable[[bytes], Any], pages: Iterable[bytes]) -> list[float]:
    taken = []
    for page in pages:
        began = time.perf_counter()
        read(page)
        taken.append(time.perf_counter() - began)
    return [sum(taken), *taken]


def _line(name: str, measured: list[float], peer: list[float]) -> None:
    whole, *each = measured
    cuts = quantiles(each, n=100)
    rate, peers = len(each) / whole, (len(peer) - 1) / peer[0]
    figures = (f"{rate:.0f}", f"{cuts[49] * 1000:.1f}", f"{cuts[98] * 1000:.1f}", f"{rate / peers:.2f}")
    _print(f"  {name}", *figures)


def _print(name: str, *figures: str) -> None:
    sys.stdout.write(f"{name:<68}" + "".join(f"{figure:>10}" for figure in figures) + "\n")


if __name__ == "__main__":
    asyncio.run(main())
