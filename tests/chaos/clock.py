"""One hurried clock for every process of a run."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sandbox.clock import MovableClock


@dataclass(frozen=True, slots=True)
class Pace:
    """From when and how fast time runs; `began` is of the machine's monotonic clock, which all its processes share."""

    start: datetime
    began: float
    rate: float

    def __call__(self) -> datetime:
        return self.start + timedelta(seconds=(time.monotonic() - self.began) * self.rate)


class HurriedClock(MovableClock):
    """Runs by its pace, and can be moved on top of that once nobody else lives by the pace.

    To the workspace it stands still: what is due there is found when the clock is moved, if by nothing.
    """

    def __init__(self, start: datetime, rate: float) -> None:
        super().__init__(start)
        self.pace = Pace(start, time.monotonic(), rate)

    def __call__(self) -> datetime:
        return self.pace() + self.ahead

    def ticks(self) -> None:
        """Let the workspace see what became due."""
        self.advance(timedelta(0))
