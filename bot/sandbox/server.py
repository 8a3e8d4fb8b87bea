"""A web server inside the running loop: it starts and stops at once, and leaves the process's signals alone."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

_HANG_UP = "sandbox.hang_up"
_GRACE_S = 1.0


class Server(uvicorn.Server):
    """Serves an application on a bound socket.

    uvicorn looks every tenth of a second whether it should stop, and rests as long before it does; this one is told.
    """

    def __init__(self, app: ASGIApp, listener: socket.socket) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http=_Protocol,
                ws="websockets-sansio",
                lifespan="off",
                log_config=None,
                access_log=False,
                date_header=False,
                server_header=False,
            )
        )
        self._listener = listener
        self._ready = asyncio.Event()
        self._stop = asyncio.Event()
        self._serving: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._serving = asyncio.create_task(self.serve(sockets=[self._listener]))
        await self._ready.wait()

    async def stop(self) -> None:
        """Stop listening and close every connection; what is still being answered has a second to end."""
        if self._serving is not None:
            self._stop.set()
            await self._serving

    def break_sockets(self) -> None:
        """Reset the connections of all sockets."""
        for connection in self._open_sockets():
            connection.transport.abort()

    def silence_sockets(self) -> None:
        """Read nothing more from any socket, and keep it open: a ping is not answered."""
        for connection in self._open_sockets():
            connection.transport.pause_reading()

    def _open_sockets(self) -> list[WebSocketsSansIOProtocol]:
        return [each for each in self.server_state.connections if isinstance(each, WebSocketsSansIOProtocol)]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready.set()

    async def main_loop(self) -> None:
        await self._stop.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for listener in sockets or ():
            listener.close()
        for connection in tuple(self.server_state.connections):
            connection.shutdown()
        if self.server_state.tasks:
            _, late = await asyncio.wait(tuple(self.server_state.tasks), timeout=_GRACE_S)
            for task in late:
                task.cancel()
        await asyncio.sleep(0)
        for server in self.servers:
            await server.wait_closed()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Whoever started the server also stops it."""
        yield


class _Protocol(H11Protocol):
    """HTTP that an endpoint can break off."""

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 - what uvicorn hands over
        super().__init__(*args, **more)
        app = self.app

        async def with_hang_up(scope: Scope, receive: Receive, send: Send) -> None:
            scope[_HANG_UP] = self._hang_up
            await app(scope, receive, send)

        self.app = with_hang_up

    def _hang_up(self) -> None:
        self.transport.abort()


async def hang_up(request: Request) -> None:
    """Drop the connection of a request; whatever is answered afterwards reaches nobody."""
    request.scope[_HANG_UP]()
    await asyncio.sleep(0)
