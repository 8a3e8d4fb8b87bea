"""The vocabulary of tests of the command line: `vric` as a process of its own, with nothing but what a test gives."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.sandbox.stand_in import StandIn

_ENDS_WITHIN_S = 60
"""Far longer than anything may take to stop."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: its exit status, what it printed, and what it said beside that."""

    status: int
    out: str
    said: str


class Running:
    """A command that goes on until it is asked to stop."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._said: list[str] = []

    async def says(self, words: str) -> str:
        """Wait for a line with these words."""
        while words not in (line := await self._line()):
            pass
        return line

    def asked(self, to: signal.Signals) -> None:
        self._process.send_signal(to)

    async def ended(self) -> Ended:
        """Wait until it is over; where it does not come to that, fail with what each of its threads was at."""
        try:
            async with asyncio.timeout(_ENDS_WITHIN_S):
                out, said = await self._process.communicate()
        except TimeoutError:
            self.asked(signal.SIGABRT)
            _, said = await self._process.communicate()
            pytest.fail(f"It does not end: {''.join(self._said)}{said.decode()}")
        status = self._process.returncode
        assert status is not None
        return Ended(status, out.decode(), "".join(self._said) + said.decode())

    async def _line(self) -> str:
        assert self._process.stderr is not None
        line = (await self._process.stderr.readline()).decode()
        self._said.append(line)
        assert line, f"It ended: {''.join(self._said)}"
        return line


class Vric:
    """`vric`, typed in a folder far from the program, by somebody with no other settings than these."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = {"LOG_LEVEL": "ERROR"}
        self._started_by: tuple[str, ...] = ()

    def heeds_rights(self) -> None:
        """The rights of files count, also where the tests run as root, who may write everything."""
        if os.geteuid() == 0:
            self._started_by = ("setpriv", "--bounding-set=-dac_override")

    def knows(self, stand_in: StandIn, **more: str) -> None:
        """Take the tokens of a workspace."""
        self.settings |= {
            "SLACK_BOT_TOKEN": stand_in.bot_token,
            "SLACK_APP_TOKEN": stand_in.app_token,
            "SLACK_SIGNING_SECRET": stand_in.signing_secret,
            "SLACK_API_URL": stand_in.api_url,
            **more,
        }

    async def runs(self, *words: str, given: str = "") -> Ended:
        """Run a command to its end."""
        async with self._started(*words) as process:
            out, said = await process.communicate(given.encode())
            assert process.returncode is not None
            return Ended(process.returncode, out.decode(), said.decode())

    @asynccontextmanager
    async def running(self, *words: str) -> AsyncIterator[Running]:
        async with self._started(*words) as process:
            yield Running(process)

    @asynccontextmanager
    async def _started(self, *words: str) -> AsyncIterator[Process]:
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder), **self.settings}
        process = await asyncio.create_subprocess_exec(
            *(*self._started_by, sys.executable, "-I", "-X", "faulthandler", "-W", "error", "-m", "bot", *words),
            cwd=self.folder,
            env=environment,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
        )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
                await process.communicate()
