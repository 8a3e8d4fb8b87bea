"""One replica: the real bot in a process of its own that can be killed, stopped, or made to die at a commit."""

import asyncio
import multiprocessing
import os
import signal
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.extract.opening import PageOpener
from bot.extract.page import Extract
from bot.extract.worker import Parser
from bot.logs import configure_logs
from bot.settings import Settings, Transport, read_settings
from bot.startup import opened, refusal_of, running, serving_http
from tests.chaos.clock import Pace
from tests.failpoints import on_written_commit

log = structlog.get_logger()

_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["bot.startup", "tests.newsroom", "tests.chaos.replica", "tests.chaos.warm"])

_BEAT_EVERY_S = 2


@cache
def page_opener() -> PageOpener:
    """The one reader of a process, and of all that are forked from it: its tables take a second to load."""
    return PageOpener()


@dataclass(frozen=True, slots=True)
class Orders:
    """What a replica has to know; its API goes through a gate of its own."""

    settings: dict[str, str]
    pages: tuple[tuple[str, int], ...]
    pace: Pace
    log: Path


class InlineParser(Parser):
    """Parses in the process itself: the pages of a run are our own, and a child for each start would cost seconds."""

    async def parse(self, body: bytes, url: str | None, charset: str | None) -> Extract:
        return page_opener().read(body, url=url, charset=charset)


class Fuse:
    """Counts commits that wrote something once it is lit, and ends the process at the last."""

    def __init__(self) -> None:
        self._side = ""
        self._left = 0
        for side in ("before_commit", "after_commit"):
            on_written_commit(side, self._burner(side))

    def light(self, side: str, commits: int) -> None:
        self._side, self._left = side, commits

    def _burner(self, side: str) -> Callable[[], None]:
        def burn() -> None:
            if side == self._side:
                self._left -= 1
                if self._left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        return burn


def start_process(orders: Orders) -> tuple[BaseProcess, Connection]:
    """Start a replica; its first word on the connection is its port."""
    ours, theirs = _PROCESSES.Pipe()
    process = _PROCESSES.Process(target=_live, args=(orders, theirs), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def _live(orders: Orders, tell: Connection) -> None:
    with orders.log.open("a", encoding="utf-8") as lines:
        configure_logs("WARNING", lines)
        fuse = Fuse()
        threading.Thread(target=_listen, args=(tell, fuse), daemon=True).start()
        settings = read_settings(_env_file=None, **orders.settings)
        try:
            asyncio.run(_serve(settings, orders, tell))
        except (SQLAlchemyError, OSError) as away:
            log.warning("not started, the database is away", reason=refusal_of(away))


def _listen(orders: Connection, fuse: Fuse) -> None:
    while True:
        try:
            side, commits = orders.recv()
        except (EOFError, OSError):
            return
        fuse.light(side, commits)


async def _serve(settings: Settings, orders: Orders, tell: Connection) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    async with (
        opened(
            settings,
            Transport.HTTP,
            clock=orders.pace,
            allowed_pages=orders.pages,
            beat_every_s=_BEAT_EVERY_S,
            parser=InlineParser(),
        ) as bot,
        running(bot),
        serving_http(bot, listener),
    ):
        with suppress(BrokenPipeError):  # whoever started it has ended meanwhile, and ends it
            tell.send(listener.getsockname()[1])
        await asyncio.Event().wait()
