"""A clock that can be moved forward."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class MovableClock:
    """Stands still where it was started at a moment; else it runs with the time of day. Either can be moved forward."""

    def __init__(self, start: datetime | None = None) -> None:
        self._start = start
        self._ahead = timedelta(0)
        self._moved: list[Callable[[], None]] = []

    def __call__(self) -> datetime:
        return (self._start or datetime.now(UTC)) + self._ahead

    @property
    def ahead(self) -> timedelta:
        """How far the clock was moved."""
        return self._ahead

    def advance(self, by: timedelta) -> None:
        """Move forward; a clock never goes back."""
        if by < timedelta(0):
            raise ValueError("The clock moves forward only.")
        self._ahead += by
        for tell in self._moved:
            tell()

    def on_move(self, tell: Callable[[], None]) -> None:
        self._moved.append(tell)
