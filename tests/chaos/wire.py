"""Plain HTTP, one request a connection, so that whoever stands between can lose, delay and repeat it."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

Serve = Callable[["Letter"], Awaitable[bytes]]
_STATUS = slice(9, 12)


@dataclass(frozen=True, slots=True)
class Letter:
    """A request as it came."""

    head: bytes
    body: bytes

    @property
    def path(self) -> str:
        return self.head.split(b" ", 2)[1].decode()


def status_of(answer: bytes) -> int:
    return int(answer[_STATUS]) if answer else 0


async def forward(letter: Letter, port: int) -> bytes:
    """Carry a request to a port of this machine; gives the answer, empty where none came."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return b""
    try:
        writer.write(letter.head + letter.body)
        return await reader.read()
    except OSError:
        return b""
    finally:
        writer.transport.abort()


class Relay:
    """Takes requests at a port of its own; what the server function gives is answered, nothing breaks the line off."""

    def __init__(self, serve: Serve) -> None:
        self._serve = serve
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._converse(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(OSError, asyncio.IncompleteReadError):
                answer = await self._serve(await _read(reader))
                if answer:
                    writer.write(answer)
                    await writer.drain()
                    writer.close()
        finally:
            if not writer.is_closing():
                writer.transport.abort()


async def _read(reader: asyncio.StreamReader) -> Letter:
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"\r\ncontent-length: *(\d+)", head, re.IGNORECASE)
    body = await reader.readexactly(int(length[1])) if length else b""
    once = re.sub(rb"\r\nconnection:[^\r]*", b"", head, flags=re.IGNORECASE)
    return Letter(once.replace(b"\r\n", b"\r\nConnection: close\r\n", 1), body)
