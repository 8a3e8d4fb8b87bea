"""An issue: one edition, with the dates it covers and the moment it closes."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class IssueState(StrEnum):
    """A desk has exactly one open issue; closed ones stay on record, and published ones never change."""

    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"


class Outside(StrEnum):
    """On which side of an issue's window a day lies."""

    OLDER = "older"
    NEWER = "newer"


@dataclass(frozen=True, slots=True)
class Issue:
    """One edition. `deadline` and `closes_at` (the freeze) are aware and in UTC; the window counts both its days.

    `published_at` is when it was published and `closed_at` when it was closed, None until then.
    """

    id: int
    desk_id: int
    number: int
    state: IssueState
    window_start: date
    window_end: date
    deadline: datetime
    closes_at: datetime
    published_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def frozen_at(self) -> datetime:
        """When it took its last link: at its freeze, or where an editor closed it before that."""
        return min(self.closes_at, self.closed_at or self.closes_at)

    def outside(self, day: date) -> Outside | None:
        """Where a day lies that is not in the window; None for those in it."""
        if day < self.window_start:
            return Outside.OLDER
        return Outside.NEWER if day > self.window_end else None
