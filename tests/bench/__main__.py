"""Measures the bot under load, against what must hold and a peer in the same run: `make bench`."""

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from bot.logs import configure_logs
from bot.sandbox.clock import MovableClock
from bot.sandbox.stand_in import StandIn
from handlers.manifest import manifest
from handlers.web import SLACK_PATH
from tests.bench import stages
from tests.bench.growth import SIZES, seconds_by_act
from tests.bench.load import Wire, session
from tests.bench.office import Office, open_office
from tests.bench.processes import Beside, Usage, beside, filesystem_of
from tests.bench.reading import FIGURES, PEERS, measured
from tests.bench.rendering import growth, is_linear, seconds_by_size
from tests.bench.report import Row, at_most, head, line, told
from tests.bench.sites import link
from tests.postgres import create_database, find_postgres, postgres_cluster
from tests.recorded import SHARED

_ON_DISK = Path("/var/tmp")  # noqa: S108 - a folder of our own is made in it
_MOUNTS = Path("/proc/mounts")
_STAGES = ("saturation", "cards", "burst", "hostile", "sustained")
_DATABASES = ("sqlite", "postgresql")
_EVENTS = 3000
_LONGEST_HOSTILE_S = 60
_READING_TIME = 0.5
_READING_MB = 200

Stage = Callable[[Office, str], AsyncIterator[Row]]


class Bench:
    """Prints each figure as soon as it is there, and remembers whether all held."""

    def __init__(self, asked: argparse.Namespace, folder: Path, sites: Beside) -> None:
        self._asked = asked
        self._folder = folder
        self._sites = sites
        self.broken = 0

    def say(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self.broken += not row.holds
            _print(line(row))

    async def on(self, where: str, make: Callable[[str], str]) -> None:
        """Measure the stages that were asked for on one kind of database; each gets a fresh one."""
        seconds = min(self._asked.minutes * 60, _LONGEST_HOSTILE_S)
        known: Mapping[str, Stage] = {
            "cards": stages.cards,
            "burst": stages.burst,
            "hostile": lambda office, at: stages.hostile(office, at, seconds),
            "sustained": lambda office, at: stages.sustained(office, at, self._asked.minutes),
        }
        for name in self._asked.stage or _STAGES:
            url, log = make(name), self._folder / f"{where}-{name}.log"
            if name == "saturation":
                self.say(await self._saturation(where, url, log))
                continue
            async with open_office(url, self._sites, log) as office:
                async for row in known[name](office, where):
                    self.say([row])

    async def _saturation(self, where: str, url: str, log: Path) -> list[Row]:
        """The peer is measured before and after: what the machine does besides changes from minute to minute."""
        before = await self._peer()
        async with open_office(url, self._sites, log) as office:
            bot = await stages.saturated(office.wire, office.usage, office.links(_EVENTS))
        return stages.saturation(where, bot, before + await self._peer())

    async def _peer(self) -> stages.Saturated:
        """Let the empty app acknowledge half of what the bot has to."""
        async with StandIn(manifest(), clock=MovableClock()) as stand_in, session() as client:
            orders = {
                "token": stand_in.bot_token,
                "api_url": stand_in.api_url,
                "signing_secret": stand_in.signing_secret,
            }
            async with beside("peer", self._folder / "peer.log", **orders) as app:
                channel = stand_in.workspace.channel("#vric").id
                wire = Wire(client, f"http://127.0.0.1:{app.port}{SLACK_PATH}", stand_in, [channel])
                links = [link(self._sites.port, number) for number in range(_EVENTS // 2)]
                await wire.at_once(links[:50], 1)
                return await stages.saturated(wire, Usage(app.pid), links)


async def run(asked: argparse.Namespace, folder: Path) -> int:
    _print(head())
    async with beside("sites", folder / "sites.log") as sites:
        bench = Bench(asked, folder, sites)
        databases = asked.database or _DATABASES
        if "sqlite" in databases:
            await bench.on("sqlite", lambda name: f"sqlite:///{folder / name}.db")
        if "postgresql" in databases:
            async with _postgres(folder) as server:
                if server is None:
                    _print("postgresql: not measured, as no server is installed (initdb was not found)")
                else:
                    await bench.on("postgresql", lambda name: create_database(server, name))
    if not asked.stage:
        bench.say(_reading())
        bench.say(await _growth())
        bench.say(_rendering())
    _print(f"{bench.broken} of the limits are broken." if bench.broken else "All limits hold.")
    return 1 if bench.broken else 0


@asynccontextmanager
async def _postgres(folder: Path) -> AsyncIterator[str | None]:
    """A server that waits for the disk at each commit; None where none is installed."""
    if find_postgres() is None:
        yield None
        return
    with postgres_cluster(syncs=True, under=folder.parent) as cluster:
        yield cluster.url


def _reading() -> list[Row]:
    """The bot beside its peers on the stored pages: shares of pages in per cent, processor time and memory."""
    if not SHARED.exists():
        return [Row("reading the stored pages", "", "not measured, as they are not there")]
    found = {each.name: each for each in measured(SHARED)}
    rows = []
    for name, each in found.items():
        shares = ", ".join(f"{figure} {100 * each.shares[figure]:.1f}" for figure in FIGURES)
        rows.append(Row(f"reading: {name}", "", f"{shares}; {each.cpu_ms:.1f} ms, {each.peak_mb:.0f} MB"))
    ours, peer = found["the bot"], found[PEERS[0]]
    return [
        *rows,
        at_most("reading: time a page, of trafilatura's", "", ours.cpu_ms / peer.cpu_ms, _READING_TIME, ""),
        at_most("reading: memory at its peak", "", ours.peak_mb, _READING_MB, "MB"),
    ]


async def _growth() -> list[Row]:
    by_size = [(size, await seconds_by_act(size)) for size in SIZES]
    return [
        told(f"{name}, with {size:,} items stored", "sqlite", seconds[name] * 1000, "ms")
        for name in by_size[0][1]
        for size, seconds in by_size
    ]


def _rendering() -> list[Row]:
    rows = []
    for form, seconds in seconds_by_size():
        rows += [told(f"an issue as {form}, {size:,} items", "", spent * 1000, "ms") for size, spent in seconds.items()]
        name = f"an issue as {form}: an item of the largest, of one of the smallest"
        rows.append(Row(name, "", f"{growth(seconds):.2f} ×", "at most 2 ×", is_linear(seconds)))
    return rows


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="how long the sustained load lasts")
    parser.add_argument("--stage", choices=_STAGES, action="append", help="only this stage; may be given again")
    parser.add_argument("--database", choices=_DATABASES, action="append", help="only this database")
    parser.add_argument("--folder", type=Path, help="where the databases lie; must be on a disk")
    return parser.parse_args()


def _print(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main() -> int:
    """Measure, print, and end with 1 where a limit is broken."""
    asked = _arguments()
    configure_logs("ERROR")
    under = asked.folder or (_ON_DISK if _ON_DISK.is_dir() else Path.cwd())
    kind = filesystem_of(under.resolve(), _MOUNTS.read_text(encoding="utf-8")) if _MOUNTS.exists() else "unknown"
    if kind == "tmpfs":
        _print(f"{under} lies in memory, where nothing waits for a disk. Name a folder on one with --folder.")
        return 2
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    _print(f"{cores} cores, load average {os.getloadavg()[0]:.1f}, databases on {kind}")
    with tempfile.TemporaryDirectory(dir=under, prefix="desk-bench-") as name:
        return asyncio.run(run(asked, Path(name)))


if __name__ == "__main__":
    sys.exit(main())
