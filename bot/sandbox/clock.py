"""A clock that can be moved forward."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class MovableClock:
    """Stands still where it was started at a moment; else it runs with the time of day. Either can be moved forward."""

    def __init__(self, start: datetime | None = None) -> None:
        if start is not None and start.tzinfo is None:
            raise ValueError("A clock starts at a moment with a time zone.")
        self._start = start
        self._ahead = timedelta(0)
        self._moved: list[Callable[[], None]] = []

    def __call__(self) -> datetime:
        return (self._start or datetime.now(UTC)) + self._ahead

    @property
    def stands_still(self) -> bool:
        """Whether time passes only when somebody moves the clock."""
        return self._start is not None

    @property
    def ahead(self) -> timedelta:
        """How far the clock was moved."""
        return self._ahead

    def advance(self, by: timedelta) -> None:
        """Move forward; a clock never goes back."""
        if by < timedelta(0):
            raise ValueError("The clock moves forward only.")
        self._ahead += by
        for tell in tuple(self._moved):
            tell()

    def on_move(self, tell: Callable[[], None]) -> Callable[[], None]:
        """Tell somebody of each move; returns what ends that."""
        self._moved.append(tell)

        def leave() -> None:
            if tell in self._moved:
                self._moved.remove(tell)

        return leave
