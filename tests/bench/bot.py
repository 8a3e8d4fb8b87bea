"""The bot in a process of its own, as `vric run --http` runs it, except that it may read pages on loopback."""

import asyncio
import socket
from collections.abc import Mapping
from typing import Any

from bot.logs import configure_logs
from bot.serving import keep_what_is_loaded, until_asked_to_stop
from bot.settings import Transport, read_settings
from bot.startup import opened, running, serving_http
from tests.bench.processes import answer, orders


async def live(given: Mapping[str, Any]) -> None:
    settings = read_settings(_env_file=None, **given["settings"])
    pages = [(str(host), int(port)) for host, port in given["pages"]]
    listener = socket.create_server(("127.0.0.1", 0))
    async with (
        until_asked_to_stop(),
        opened(settings, Transport.HTTP, allowed_pages=pages) as bot,
        running(bot),
        serving_http(bot, listener),
    ):
        keep_what_is_loaded()
        answer(listener.getsockname()[1])
        await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    configure_logs("INFO")
    asyncio.run(live(orders()))
