"""What works in the background steps back while many events wait for their answer."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_MANY = 3
"""So many wait at once where they come faster than they are answered: each is answered sooner the less else goes on."""

_CALM_S = 0.1
"""Events that share a transaction are answered together, and the next ones take a moment to come."""


class Pressure:
    """Counts the events that wait to be on record."""

    def __init__(self, *, many: int = _MANY, calm_s: float = _CALM_S) -> None:
        self._many = many
        self._calm_s = calm_s
        self._waiting = 0
        self._high_at = -calm_s

    @contextmanager
    def event(self) -> Iterator[None]:
        """Within this an event waits."""
        self._waiting += 1
        if self._waiting >= self._many:
            self._high_at = time.monotonic()
        try:
            yield
        finally:
            self._waiting -= 1

    @property
    def is_high(self) -> bool:
        """Whether many events wait, or did a moment ago."""
        return self._waiting >= self._many or time.monotonic() - self._high_at < self._calm_s

    async def eases(self, within_s: float) -> None:
        """Wait until it does, at most so long: what is in the background must come to its end, too."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                while self.is_high:  # noqa: ASYNC110 - it eases by nothing happening
                    await asyncio.sleep(self._calm_s / 2)
