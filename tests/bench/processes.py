"""What runs beside the load generator, each in a process of its own, and how much memory it takes."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_START_S = 60
_STOP_S = 15
_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Beside:
    """A process that listens on loopback."""

    pid: int
    port: int


@asynccontextmanager
async def beside(module: str, log: Path, **orders: Any) -> AsyncIterator[Beside]:  # noqa: ANN401 - whatever JSON holds
    """Run a module of the bench; it reads its orders from a line of JSON and answers with its port."""
    with log.open("ab") as errors:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            f"tests.bench.{module}",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=errors,
        )
    try:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(orders).encode() + b"\n")
        async with asyncio.timeout(_START_S):
            said = await process.stdout.readline()
        if not said:
            raise ChildProcessError(f"{module} did not start; {log} says why.")
        yield Beside(process.pid, int(said))
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), _STOP_S)
        except TimeoutError:
            process.kill()
            await process.wait()


def orders() -> Mapping[str, Any]:
    """What this process was told to do."""
    given: Mapping[str, Any] = json.loads(sys.stdin.readline())
    return given


def answer(port: int) -> None:
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()


class Usage:
    """What a process takes: the greatest size of it and of its children in megabytes, and processor time.

    Linux alone tells; elsewhere it is None.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self.children = 0.0

    @property
    def own(self) -> float | None:
        """The peak since the process began."""
        return _megabytes(self._pid, "VmHWM")

    @property
    def processor_s(self) -> float | None:
        """Processor time since the process began, in seconds, without that of its children."""
        try:
            fields = (_PROC / str(self._pid) / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            return None
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    async def watch(self) -> None:
        """Look at the children until cancelled."""
        while True:
            now = sum(_megabytes(child, "VmRSS") or 0 for child in _children_of(self._pid))
            self.children = max(self.children, now)
            await asyncio.sleep(0.25)


def _megabytes(pid: int, field: str) -> float | None:
    try:
        lines = (_PROC / str(pid) / "status").read_text().splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{field}:")), None)


def _children_of(pid: int) -> list[int]:
    found = []
    for entry in _PROC.glob("[0-9]*"):
        with suppress(OSError):
            after_name = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(after_name[1]) == pid:
                found.append(int(entry.name))
    return found


def filesystem_of(folder: Path, mounts: str) -> str:
    """The kind of file system that a folder lies on, by the text of /proc/mounts."""
    kinds = {Path(line.split()[1]): line.split()[2] for line in mounts.splitlines()}
    return next((kinds[place] for place in (folder, *folder.parents) if place in kinds), "unknown")
