"""A bot in a process of its own that dies by kill -9 at one of its commits that wrote something."""

import asyncio
import multiprocessing
import os
import signal
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from enum import StrEnum
from multiprocessing.connection import Connection
from typing import Any

from bot.settings import Settings, Transport, read_settings
from bot.startup import opened, running, serving_http
from handlers.web import SLACK_PATH
from tests.failpoints import on_written_commit
from tests.newsroom import Newsroom
from tests.opening import ASKS_NOBODY, secrets_of

_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["bot.startup", "tests.newsroom"])


_HURRY = timedelta(seconds=10)
"""A second in the process is so much time on its clock: what it only waits for comes sooner."""


class Death(StrEnum):
    """Which side of a commit the process dies on."""

    BEFORE = "before_commit"
    AFTER = "after_commit"


@asynccontextmanager
async def doomed_bot(
    newsroom: Newsroom, death: Death, commit: int
) -> AsyncIterator[multiprocessing.process.BaseProcess]:
    """A bot that Slack delivers to until it dies at its so manieth commit; the newsroom's own takes over afterwards."""
    parent, child = _PROCESSES.Pipe()
    plan = {
        "settings": secrets_of(newsroom.stand_in) | ASKS_NOBODY | {"database_url": newsroom.bot.settings.database_url},
        "pages": list(newsroom.press.places),
        "start": newsroom.clock(),
    }
    process = _PROCESSES.Process(target=_live, args=(plan, death, commit, child), daemon=True)
    process.start()
    port = await asyncio.to_thread(parent.recv)
    before = newsroom.stand_in.request_url
    newsroom.stand_in.request_url = f"http://127.0.0.1:{port}{SLACK_PATH}"
    try:
        yield process
    finally:
        newsroom.stand_in.request_url = before
        process.kill()
        await asyncio.to_thread(process.join)
        process.close()


def _live(plan: dict[str, Any], death: Death, commit: int, tell: Connection) -> None:
    left = commit

    def die() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    on_written_commit(death.value, die)
    settings = read_settings(_env_file=None, **plan["settings"])
    asyncio.run(_serve(settings, plan["pages"], plan["start"], tell))


async def _serve(settings: Settings, pages: list[tuple[str, int]], start: datetime, tell: Connection) -> None:
    began = time.monotonic()

    def clock() -> datetime:
        return start + (time.monotonic() - began) * _HURRY

    listener = socket.create_server(("127.0.0.1", 0))
    async with (
        opened(settings, Transport.HTTP, clock=clock, allowed_pages=pages, beat_every_s=3600) as bot,
        running(bot),
        serving_http(bot, listener),
    ):
        tell.send(listener.getsockname()[1])
        await asyncio.Event().wait()
