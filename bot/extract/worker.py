"""Parses pages in child processes that can be killed: a poisoned page costs its own answer only."""

import asyncio
import base64
import json
import os
import resource
import signal
import struct
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import TypeAdapter

from bot.extract.page import Extract, PageTrouble, Trouble

PARSE_S = 3.0
_START_S = 30.0
_CHILDREN = 2
_MEMORY = 600 * 1024 * 1024
"""Address space that a child may add to what its libraries take, in bytes."""

_LIBRARIES = 1024 * 1024 * 1024
"""What the libraries are taken to need where the system does not tell."""

_COURTESY = 10
"""How far a child steps back behind the process that answers Slack: a page may wait, an acknowledgement may not.

It does so from its start: to load its libraries takes as long as many pages.
"""

_ALONE = 2
"""A child whose parent is gone ends of itself, after this many times what its page was given."""

_HEADER = struct.Struct(">I")
_REQUEST_LIMIT = 28 * 1024 * 1024
_ANSWER_LIMIT = 256 * 1024

_EXTRACT = TypeAdapter(Extract)
"""What a child answers is checked: a page may have done anything to it."""


class Parser:
    """Two children unless told otherwise, started when first needed and again after one had to be killed."""

    def __init__(self, *, parse_s: float = PARSE_S, memory: int = _MEMORY, children: int = _CHILDREN) -> None:
        self._parse_s = parse_s
        self._closed = False
        self._children = [_Child(memory) for _ in range(children)]
        self._free: asyncio.Queue[_Child] = asyncio.Queue()
        for child in self._children:
            self._free.put_nowait(child)

    async def parse(self, body: bytes, url: str | None, charset: str | None) -> Extract:
        """Read a page in a child process.

        Raises:
            PageTrouble: it took too long, too much memory, or broke the parser.
        """
        child = await self._free.get()
        try:
            if self._closed:
                raise PageTrouble(Trouble.UNREADABLE, "being stopped", retry=True)
            return await child.parse(body, url, charset, self._parse_s)
        finally:
            self._free.put_nowait(child)

    async def close(self) -> None:
        """End every child, also one that is just being started; none starts afterwards."""
        self._closed = True
        for child in self._children:
            await child.kill()
        swept = [await self._free.get() for _ in self._children]
        for child in swept:
            await child.kill()
            self._free.put_nowait(child)


class _Child:
    def __init__(self, memory: int) -> None:
        self._memory = memory
        self._process: asyncio.subprocess.Process | None = None

    async def parse(self, body: bytes, url: str | None, charset: str | None, within_s: float) -> Extract:
        request = {"body": base64.b64encode(body).decode(), "url": url, "charset": charset, "within_s": within_s}
        try:
            process = await self._started()
            async with asyncio.timeout(within_s):
                return _EXTRACT.validate_python(await _ask(process, request))
        except TimeoutError:
            await self.kill()
            raise PageTrouble(Trouble.UNREADABLE, "slow to read") from None
        except (OSError, EOFError, ValueError, TypeError, LookupError, struct.error):
            await self.kill()
            raise PageTrouble(Trouble.UNREADABLE, "unreadable") from None
        except asyncio.CancelledError:  # half an answer would be taken for the next one's
            await self.kill()
            raise

    async def kill(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            process.kill()
        if process.stdin is not None:
            process.stdin.close()
        await process.wait()

    async def _started(self) -> asyncio.subprocess.Process:
        """The running child; its libraries are loaded before the clock of a page starts."""
        if self._process is not None and self._process.returncode is None:
            return self._process
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            "-m",
            "bot.extract.worker",
            str(self._memory),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={"OPENBLAS_NUM_THREADS": "1"},
        )
        with suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, self._process.pid, os.getpriority(os.PRIO_PROCESS, 0) + _COURTESY)
        async with asyncio.timeout(_START_S):
            await _receive(self._process)
        return self._process


async def _ask(process: asyncio.subprocess.Process, request: dict[str, Any]) -> dict[str, Any]:
    message = json.dumps(request).encode()
    if process.stdin is None:
        raise EOFError
    process.stdin.write(_HEADER.pack(len(message)) + message)
    await process.stdin.drain()
    return await _receive(process)


async def _receive(process: asyncio.subprocess.Process) -> dict[str, Any]:
    if process.stdout is None:
        raise EOFError
    (length,) = _HEADER.unpack(await process.stdout.readexactly(_HEADER.size))
    if length > _ANSWER_LIMIT:
        raise ValueError(length)
    answer: dict[str, Any] = json.loads(await process.stdout.readexactly(length))
    if "error" in answer:
        raise ValueError(answer["error"])
    return answer


def serve(requests: BinaryIO, answers: BinaryIO, memory: int) -> None:
    """What a child does: read a page, answer, again, until its parent is gone.

    SIGALRM ends it, also inside a library written in C, where a page takes for ever and nobody is left to kill it.
    """
    from bot.extract.opening import PageOpener  # noqa: PLC0415 - the parent never loads what parses pages

    reader = PageOpener()
    _warm(reader)
    _limit_memory(memory)
    _send(answers, {})
    while header := requests.read(_HEADER.size):
        (length,) = _HEADER.unpack(header)
        if length > _REQUEST_LIMIT:
            return
        request = json.loads(requests.read(length))
        signal.setitimer(signal.ITIMER_REAL, _ALONE * request["within_s"])
        try:
            found = reader.read(base64.b64decode(request["body"]), request["url"], request["charset"])
        except (ValueError, TypeError, AttributeError, LookupError, RecursionError, MemoryError) as failure:
            _send(answers, {"error": type(failure).__name__})
            continue
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        _send(answers, _EXTRACT.dump_python(found, mode="json"))


def _warm(reader: Any) -> None:  # noqa: ANN401 - a PageOpener, whose module the parent does not load
    """Read a small page once: libraries load their tables on first use."""
    reader.read(b"<html><head><title>Warm</title></head><body><p>One two three four five six seven.</p></body></html>")


def _limit_memory(memory: int) -> None:
    sizes = Path("/proc/self/statm")
    taken = int(sizes.read_text().split()[0]) * resource.getpagesize() if sizes.exists() else _LIBRARIES
    limit = taken + memory
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _send(answers: BinaryIO, answer: dict[str, Any]) -> None:
    message = json.dumps(answer).encode()
    answers.write(_HEADER.pack(len(message)) + message)
    answers.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer, int(sys.argv[1]))
