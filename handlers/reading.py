"""Steps that read pages: those of new links, and once more those of an issue that is about to be published."""

from collections.abc import Callable

import structlog

from bot.desk import Desk
from bot.desk.trace import trace_of
from bot.editorial.item import Item
from bot.ports import Clock

log = structlog.get_logger()


class Reading:
    """Each step does one page, and wakes whoever shows what came of it."""

    def __init__(self, *, desk: Desk, clock: Clock, wake: Callable[[], None]) -> None:
        self._desk = desk
        self._clock = clock
        self._wake = wake

    async def read_next(self) -> bool:
        """Read the page of the link that has waited longest; False where none waits."""
        return self._done("read", await self._desk.read_next(now=self._clock()))

    async def look_at_next(self) -> bool:
        """Look at the page that has waited longest to be looked at again; False where none waits."""
        return self._done("looked at", await self._desk.look_at_next(now=self._clock()))

    def _done(self, what: str, item: Item | None) -> bool:
        if item is None:
            return False
        self._wake()
        log.info(what, item=item.id, reading=item.reading.value, trace=trace_of(item.channel, item.message))
        return True
