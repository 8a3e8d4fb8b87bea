"""Whether the bot can do its work, and how much of it waits: what probes and monitoring ask."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

import structlog

from bot.metrics import Metrics
from bot.ports import Clock, Queue
from db.database import Database
from db.schema import state
from handlers.account import SlackUnavailableError, TokenRefusedError

log = structlog.get_logger()

_ANSWER_WITHIN_S = 3
_REMEMBERED_FOR = timedelta(seconds=60)
"""Probes come every few seconds: Slack is asked once a minute."""


_LOOKED_AT_EVERY_S = 0.025
"""Often enough that what blocks the loop for a tenth of a second is seen, and rarely enough to cost nothing."""


async def watch_loop(
    told: Callable[[float], None],
    *,
    now: Callable[[], float] = time.monotonic,
    rest: Callable[[float], Awaitable[object]] = asyncio.sleep,
) -> None:
    """Tell again and again how many seconds later than it asked for a task is woken: whatever blocks the loop shows."""
    while True:
        due = now() + _LOOKED_AT_EVERY_S
        await rest(_LOOKED_AT_EVERY_S)
        told(now() - due)


class Watch:
    """Looks at the database whenever it is asked, and at Slack now and then.

    What is said here may be read by strangers, so reasons that name places go to the log.
    """

    def __init__(
        self, *, database: Database, ask_slack: Callable[[], Awaitable[object]], metrics: Metrics, clock: Clock
    ) -> None:
        self._database = database
        self._ask_slack = ask_slack
        self._metrics = metrics
        self._clock = clock
        self._asking = asyncio.Lock()
        self._slack: tuple[datetime, str | None] | None = None

    async def ready(self) -> Mapping[str, str | None]:
        """What the bot stands on, each with what is wrong about it, or None."""
        return {**await self._of_the_database(), "slack": await self._of_slack()}

    async def figures(self) -> bytes:
        """The page of metrics. It is there without the database, too."""
        now = self._clock()
        try:
            async with asyncio.timeout(_ANSWER_WITHIN_S), self._database.unit_of_work() as work:
                backlogs = [await work.queues.backlog(queue) for queue in Queue]
        except Exception as refusal:  # noqa: BLE001 - drivers raise what they like, and it is what is wrong
            log.warning("figures incomplete", reason=_reason(refusal))
            return self._metrics.page(now, database_up=False)
        for each in backlogs:
            oldest_s = max((now - each.oldest).total_seconds(), 0) if each.oldest else 0
            self._metrics.found(each.queue.value, waiting=each.waiting, parked=each.parked, oldest_s=oldest_s)
        return self._metrics.page(now, database_up=True)

    async def _of_the_database(self) -> Mapping[str, str | None]:
        try:
            async with asyncio.timeout(_ANSWER_WITHIN_S):
                found = await state(self._database)
        except Exception as refusal:  # noqa: BLE001 - drivers raise what they like, and it is what is wrong
            log.warning("not ready", what="database", reason=_reason(refusal))
            return {"database": "cannot be used; the log says why", "migrations": "not known without the database"}
        if found.is_ready:
            return {"database": None, "migrations": None}
        advice = "run: vric migrate" if found.known else "install the newer program"
        return {"database": None, "migrations": f"at {found.current or 'nothing'}, not {found.needed}; {advice}"}

    async def _of_slack(self) -> str | None:
        async with self._asking:
            now = self._clock()
            if self._slack is None or now - self._slack[0] >= _REMEMBERED_FOR:
                self._slack = (now, await self._asked())
            return self._slack[1]

    async def _asked(self) -> str | None:
        try:
            async with asyncio.timeout(_ANSWER_WITHIN_S):
                await self._ask_slack()
        except TokenRefusedError as refusal:
            return f"refuses the bot's token ({refusal.code})"
        except (SlackUnavailableError, TimeoutError) as silence:
            log.warning("not ready", what="slack", reason=_reason(silence))
            return "does not answer; the log says why"
        return None


def _reason(refusal: Exception) -> str:
    return str(getattr(refusal, "orig", None) or refusal) or type(refusal).__name__
