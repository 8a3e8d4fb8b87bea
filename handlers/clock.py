"""The clock is a heartbeat: each beat asks the desk what is due."""

import structlog
from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.desk import Desk
from bot.metrics import Metrics
from bot.ports import Clock
from handlers.rest import Rest, token_refused

log = structlog.get_logger()


class Heartbeat:
    """Beats while it runs; `beat` may be called by hand as well."""

    def __init__(self, *, desk: Desk, rest: Rest, clock: Clock, every_s: float, metrics: Metrics) -> None:
        self._rest = rest
        self._metrics = metrics
        self._desk = desk
        self._clock = clock
        self._every_s = every_s
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._scheduler.add_listener(_tell, EVENT_JOB_ERROR | EVENT_JOB_MISSED)

    async def beat(self) -> bool:
        """Do what is due, let drafts follow, and remove what was done with; False where nothing was due.

        Where the workspace refuses the bot everything stays due.
        """
        if await self._rest.lasts_until() is not None:
            return False
        try:
            done = await self._desk.beat(now=self._clock())
        except ExceptionGroup as failures:
            refused, others = failures.split(lambda failure: token_refused(failure) is not None)
            if refused is not None:
                self._rest.begin("a token that is refused")
            if others is not None:
                raise others from None
            return False
        for each in done:
            log.info(
                "due",
                desk=each.desk.id,
                issue=each.issue.number,
                name=each.due.name,
                at=each.due.at.isoformat(),
                outcome=each.outcome.value,
            )
        await self._desk.give_room(now=self._clock())
        refreshed = await self._desk.refresh_drafts(now=self._clock())
        for issue in refreshed:
            log.info("draft refreshed", desk=issue.desk_id, issue=issue.number)
        tidied = await self._desk.tidy(now=self._clock())
        if tidied.events or tidied.showings or tidied.copies:
            log.info("tidied", events=tidied.events, showings=tidied.showings, copies=tidied.copies)
        await self._desk.note_beat(now=self._clock())
        self._metrics.beat(self._clock())
        return bool(done or refreshed)

    def start(self) -> None:
        """Beat now and then regularly; a beat that was missed is made up for once."""
        self._scheduler.add_job(
            self.beat,
            IntervalTrigger(seconds=self._every_s),
            id="heartbeat",
            coalesce=True,
            max_instances=1,
            misfire_grace_time=3600,
        )
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)


def _tell(event: JobExecutionEvent) -> None:
    if event.code == EVENT_JOB_MISSED:
        log.error("heartbeat missed", at=event.scheduled_run_time.isoformat())
    else:
        log.error("heartbeat failed", error=type(event.exception).__name__, exc_info=event.exception)
