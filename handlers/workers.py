"""Loops that work through what waits, until they are stopped."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog

log = structlog.get_logger()

Step = Callable[[], Awaitable[bool]]


class Workers:
    """Each step is repeated while it finds work, and asked again when woken or after a pause."""

    def __init__(self, steps: Sequence[Step], *, pause_s: float = 0.5) -> None:
        self._steps = steps
        self._pause_s = pause_s
        self._woken = [asyncio.Event() for _ in steps]
        self._tasks: list[asyncio.Task[None]] = []

    def wake(self) -> None:
        """Say that there may be work now."""
        for event in self._woken:
            event.set()

    def start(self) -> None:
        self._tasks = [
            asyncio.create_task(self._repeat(step, woken)) for step, woken in zip(self._steps, self._woken, strict=True)
        ]

    async def stop(self, within_s: float) -> None:
        """Let every step finish what it has in hand; what takes longer is given up and taken up again later."""
        for task in self._tasks:
            task.cancel("stopping")
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=within_s)
        self._tasks = []

    async def _repeat(self, step: Step, woken: asyncio.Event) -> None:
        while True:
            woken.clear()
            try:
                worked = await step()
            except Exception:
                log.exception("step failed", step=getattr(step, "__qualname__", repr(step)))
                worked = False
            if not worked:
                await self._pause(woken)

    async def _pause(self, woken: asyncio.Event) -> None:
        try:
            await asyncio.wait_for(woken.wait(), self._pause_s)
        except TimeoutError:
            return
