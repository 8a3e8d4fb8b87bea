"""Loops that work through what waits, until they are stopped."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog

from handlers.pressure import Pressure

log = structlog.get_logger()

_STEP_BACK_S = 2
"""How long a step waits at most for events that are being accepted."""

Step = Callable[[], Awaitable[bool]]


class Wake:
    """Says that there may be work now, to whoever waits for it."""

    def __init__(self) -> None:
        self._waiting: list[asyncio.Event] = []

    def __call__(self) -> None:
        for event in self._waiting:
            event.set()

    def listener(self) -> asyncio.Event:
        """An event that is set whenever there may be work."""
        event = asyncio.Event()
        self._waiting.append(event)
        return event


class Workers:
    """Each step is repeated while it finds work, and asked again when woken or after a pause.

    One that found nothing rests a moment even where it is woken: events that come fifty a second would otherwise let
    every idle step ask the database as often.
    """

    def __init__(
        self,
        steps: Sequence[Step],
        wake: Wake,
        *,
        pressure: Pressure | None = None,
        pause_s: float = 0.4,
        rest_s: float = 0.1,
    ) -> None:
        self._steps = steps
        self._pressure = pressure or Pressure()
        self._wake = wake
        self._pause_s = pause_s
        self._rest_s = rest_s
        self._stopping = False
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        self._tasks = [asyncio.create_task(self._repeat(step, self._wake.listener())) for step in self._steps]

    async def stop(self, within_s: float) -> None:
        """Let every step finish what it has in hand; what takes longer is given up and taken up again later."""
        self._stopping = True
        self._wake()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=within_s)
            for task in late:
                task.cancel("stopping")
            await asyncio.gather(*late, return_exceptions=True)
        self._tasks = []

    async def _repeat(self, step: Step, woken: asyncio.Event) -> None:
        while not self._stopping:
            woken.clear()
            await self._pressure.eases(_STEP_BACK_S)
            try:
                worked = await step()
            except Exception:
                log.exception("step failed", step=getattr(step, "__qualname__", repr(step)))
                worked = False
            if not worked and not self._stopping:
                await asyncio.sleep(self._rest_s)
                await self._pause(woken)

    async def _pause(self, woken: asyncio.Event) -> None:
        try:
            async with asyncio.timeout(self._pause_s):
                await woken.wait()
        except TimeoutError:
            return
