"""Plays random sequences, says what does not hold, and looks for the shortest that shows it: `make sequences`."""

import argparse
import asyncio
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from bot.settings import Transport
from bot.startup import migrate_all
from db.database import Database
from tests.chaos.replica import InlineParser
from tests.postgres import create_database, postgres_server
from tests.recorded import refused_in
from tests.sequences.run import Outcome, played
from tests.sequences.shrink import shortest
from tests.sequences.steps import Step, draw

_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it


class Stage:
    """A fresh database for every sequence, and one way to play it."""

    def __init__(self, kind: str, transport: Transport, folder: Path, server: str | None) -> None:
        self._transport = transport
        self._folder = folder
        self._server = server
        self._numbers = count(1)
        self.calls = folder / f"calls-{kind}.jsonl"

    async def prepare(self) -> None:
        url = f"sqlite:///{self._folder / 'template.db'}"
        if self._server is not None:
            url = create_database(self._server, "template_sequences")
        database = Database(url)
        await migrate_all(database, lambda _: None)
        await database.close()

    async def play(self, steps: Sequence[Step]) -> Outcome:
        return await played(steps, self._database(), self._transport, InlineParser(), self.calls)

    def _database(self) -> str:
        number = next(self._numbers)
        if self._server is not None:
            return create_database(self._server, f"sequence_{number}", template="template_sequences")
        (self._folder / f"{number - 1}.db").unlink(missing_ok=True)
        shutil.copy(self._folder / "template.db", self._folder / f"{number}.db")
        return f"sqlite:///{self._folder / f'{number}.db'}"


def main() -> int:
    """Play one seed after the other; 1 where anything did not hold."""
    asked = _arguments()
    with (
        tempfile.TemporaryDirectory(dir=_IN_MEMORY if _IN_MEMORY.is_dir() else None) as name,
        _server(asked.database) as server,
    ):
        stage = Stage(asked.database, Transport(asked.transport), Path(name), server)
        failed = asyncio.run(_play_all(stage, asked))
        calls = refused_in(stage.calls)
        sys.stdout.write("".join(f"FINDING of the calls: {each}\n" for each in calls))
    return 1 if failed or calls else 0


async def _play_all(stage: Stage, asked: argparse.Namespace) -> int:
    await stage.prepare()
    failed, seconds, done = 0, 0.0, Counter[str]()
    for seed in range(asked.seed, asked.seed + asked.runs):
        steps = draw(seed, asked.steps)
        outcome = await stage.play(steps)
        seconds += outcome.seconds
        done += outcome.count
        if not outcome.findings:
            sys.stdout.write(f"seed {seed}: {outcome.steps} steps, {outcome.seconds:.0f} s\n")
            sys.stdout.flush()
        else:
            failed += 1
            _say(f"seed {seed} fails after {outcome.steps} of {len(steps)} steps", outcome)
            if asked.shrink:
                less = await shortest(steps[: outcome.steps], outcome.findings, stage.play)
                _say(f"seed {seed}, {len(less)} steps", await stage.play(less))
    summary = ", ".join(f"{name} {number}" for name, number in sorted(done.items()))
    sys.stdout.write(f"{asked.runs} sequences, {failed} failed, {seconds:.0f} s: {summary}\n")
    return failed


def _say(title: str, outcome: Outcome) -> None:
    sys.stdout.write("\n".join((title, *(f"    {note}" for note in outcome.notes), "")))
    sys.stdout.write("".join(f"  FINDING {each}\n" for each in outcome.findings))
    sys.stdout.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.sequences", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="the first seed; the same seed draws the same sequence")
    parser.add_argument("--runs", type=int, default=1, help="how many seeds, one after the other")
    parser.add_argument("--steps", type=int, default=30, help="how long each sequence is")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--transport", choices=[each.value for each in Transport], default=Transport.HTTP.value)
    parser.add_argument("--shrink", action="store_true", help="look for the shortest sequence that fails alike")
    return parser.parse_args()


@contextmanager
def _server(kind: str) -> Iterator[str | None]:
    if kind == "sqlite":
        yield None
        return
    with postgres_server() as url:
        yield url


if __name__ == "__main__":
    sys.exit(main())
