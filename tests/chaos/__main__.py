"""Breaks the bot and says what does not hold: `make chaos`."""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.logs import configure_logs
from bot.startup import migrate_all
from db.database import Database
from tests.chaos.broken import broken
from tests.chaos.plan import Options
from tests.chaos.report import report
from tests.postgres import create_database, postgres_cluster

_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
"""Processes die here, not the machine: a disk that is waited for would only make a run longer."""


def main() -> int:
    """Run one seed after the other; 1 where anything did not hold."""
    asked = _arguments()
    configure_logs("ERROR")
    failed = 0
    with (
        tempfile.TemporaryDirectory(dir=_IN_MEMORY if _IN_MEMORY.is_dir() else None) as name,
        _databases(asked.database, Path(name)) as (make, restart),
    ):
        for seed in range(asked.seed, asked.seed + asked.runs):
            options = Options(
                seed=seed,
                deaths=asked.deaths,
                replicas=asked.replicas or (2 if asked.database == "sqlite" else 3),
                with_stops=not asked.no_stops,
                with_restarts=restart is not None,
            )
            folder = Path(name) / f"run-{seed}"
            folder.mkdir()
            url = make(f"chaos_{seed}")
            asyncio.run(_migrate(url))
            outcome = asyncio.run(broken(options, url, folder, restart))
            sys.stdout.write(report(outcome, asked.database))
            sys.stdout.flush()
            failed += bool(outcome.findings)
            if asked.logs:
                sys.stdout.write((folder / "replicas.log").read_text(encoding="utf-8"))
    return 1 if failed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="the first seed; the same seed draws the same plan")
    parser.add_argument("--runs", type=int, default=1, help="how many seeds, one after the other")
    parser.add_argument("--deaths", type=int, default=50, help="deaths in each run")
    parser.add_argument("--replicas", type=int, default=0, help="2 on SQLite and 3 on PostgreSQL unless said")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--no-stops", action="store_true", help="no process is held for longer than its lease")
    parser.add_argument("--logs", action="store_true", help="print what the replicas logged")
    return parser.parse_args()


@contextmanager
def _databases(kind: str, folder: Path) -> Iterator[tuple[Callable[[str], str], Callable[[], None] | None]]:
    """What makes a database by name, and what restarts its server."""
    if kind == "sqlite":
        yield (lambda name: f"sqlite:///{folder / name}.db"), None
        return
    with postgres_cluster() as cluster:
        yield (lambda name: create_database(cluster.url, name)), cluster.restart


async def _migrate(url: str) -> None:
    database = Database(url)
    await migrate_all(database, lambda _: None)
    await database.close()


if __name__ == "__main__":
    sys.exit(main())
