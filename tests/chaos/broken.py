"""A run from its options to what did not hold."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.chaos.plan import Death, Options
from tests.chaos.run import in_peace, in_trouble, open_run
from tests.chaos.verdict import findings

_NO_DEATHS = frozenset({Death.STOPPED, Death.STOPPED_IN_POST, Death.DATABASE})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened, and every sentence about what does not hold."""

    options: Options
    count: Counter[str]
    deaths: Counter[str]
    findings: list[str]
    seconds: float

    @property
    def died(self) -> int:
        """How often a process was killed."""
        return sum(count for death, count in self.deaths.items() if death not in _NO_DEATHS)


async def broken(
    options: Options, database_url: str, folder: Path, restart_database: Callable[[], None] | None = None
) -> Outcome:
    """Break the bot by a plan, let it recover, and look."""
    began = time.monotonic()
    async with open_run(options, database_url, folder, restart_database) as run:
        async with in_trouble(run):
            await run.walk()
        async with in_peace(run, database_url) as newsroom:
            found = await findings(run, newsroom)
    return Outcome(options, run.count, run.deaths, found, time.monotonic() - began)
