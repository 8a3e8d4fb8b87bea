"""How the process listens, and how it is asked to stop."""

import asyncio
import errno
import gc
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.types import ASGIApp


class CannotListenError(Exception):
    """The address to listen at cannot be had."""


class Server(uvicorn.Server):
    """Serves an application on a bound socket; it leaves signals to whoever runs it, and says when it listens."""

    def __init__(self, app: ASGIApp, *, stop_within_s: int) -> None:
        super().__init__(
            uvicorn.Config(
                app, log_config=None, lifespan="off", access_log=False, timeout_graceful_shutdown=stop_within_s
            )
        )
        self.listening = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def serving(app: ASGIApp, listener: socket.socket, *, stop_within_s: int) -> AsyncIterator[None]:
    """Serve on a bound socket; requests that are being answered have a while to end before it closes."""
    server = Server(app, stop_within_s=stop_within_s)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    await server.listening.wait()
    try:
        yield
    finally:
        server.should_exit = True
        await task


def keep_what_is_loaded() -> None:
    """Take what a process has loaded out of the garbage collector's rounds: each would look through all of it.

    For a process that is up and will serve; a round then takes a fraction of the tenth of a second that it took.
    """
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def until_asked_to_stop() -> AsyncIterator[None]:
    """SIGTERM or SIGINT ends what stands inside, in order, also while it still opens; to ask once is enough."""
    loop, task, asked = asyncio.get_running_loop(), asyncio.current_task(), asyncio.Event()

    def ask() -> None:
        if task is not None and not asked.is_set():
            asked.set()
            task.cancel()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ask)
    try:
        yield
    except asyncio.CancelledError:
        if not asked.is_set() or task is None or task.uncancel():
            raise
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)


def listen(host: str, port: int) -> socket.socket:
    """Bind an address of either family.

    Raises:
        CannotListenError: with what to do.
    """
    with cannot_listen(host, port, setting="PORT"):
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)


@contextmanager
def cannot_listen(host: str, port: int, *, setting: str) -> Iterator[None]:
    """Say in one sentence why an address cannot be had, and which setting names another.

    Raises:
        CannotListenError: with that sentence.
    """
    try:
        yield
    except OSError as refusal:
        match refusal.errno:
            case errno.EADDRINUSE:
                words = f"Port {port} of {host} is in use. Stop what uses it, or name another port with {setting}."
            case errno.EACCES:
                words = f"Port {port} of {host} is not for this user. Name one above 1023 with {setting}."
            case _:
                words = f"{host} is no address of this machine ({refusal.strerror}). Name another with HOST."
        raise CannotListenError(words) from None
