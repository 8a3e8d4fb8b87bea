"""On which days issues end, before holidays are looked at: each month, every week or two, or on days of a list."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Protocol

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Recurrence(Protocol):
    """Days that follow each other without an end, so that a desk always has a next issue."""

    def days(self, start: date) -> Iterator[date]:
        """All that come on a day or after it, in order."""

    def covers_from(self, day: date) -> date:
        """The first date that the issue of one of these days covers."""


@dataclass(frozen=True, slots=True)
class Monthly:
    """A day of each month; one past a month's end means its last day."""

    day: int

    def days(self, start: date) -> Iterator[date]:
        found = (self._in_month(start.year * 12 + start.month - 1 + months) for months in count())
        return (day for day in found if day >= start)

    def covers_from(self, day: date) -> date:
        """The first of the month before: a monthly issue tells of what its readers saw begin."""
        return (day.replace(day=1) - timedelta(days=1)).replace(day=1)

    def _in_month(self, months: int) -> date:
        year, month = divmod(months, 12)
        return date(year, month + 1, min(self.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Weekly:
    """Every so many weeks on the weekday of the anchor, which is one of these days."""

    anchor: date
    weeks: int = 1

    def days(self, start: date) -> Iterator[date]:
        step = timedelta(weeks=self.weeks)
        first = start + (self.anchor - start) % step
        return (first + step * number for number in count())

    def covers_from(self, day: date) -> date:
        """The day of the issue before: what appeared on it after that one closed is for this one."""
        return day - timedelta(weeks=self.weeks)


@dataclass(frozen=True, slots=True)
class ByDates:
    """The days of a list, which has two or more in order; after its end the distance of its last two is repeated."""

    listed: tuple[date, ...]

    def days(self, start: date) -> Iterator[date]:
        step = self.listed[-1] - self.listed[-2]
        yield from (day for day in self.listed if day >= start)
        first = max(start, self.listed[-1] + step)
        first += (self.listed[-1] - first) % step
        yield from (first + step * number for number in count())

    def covers_from(self, day: date) -> date:
        """The day of the issue before, as for weeks; before the first of all it is as far as from that to the next."""
        if day > self.listed[-1]:
            return day - (self.listed[-1] - self.listed[-2])
        earlier = [each for each in self.listed if each < day]
        return earlier[-1] if earlier else day - (self.listed[1] - self.listed[0])
