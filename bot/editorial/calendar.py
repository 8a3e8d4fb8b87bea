"""When an issue closes, and what is due before that, in the desk's own time through every change of its clocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.editorial.recurrence import ByDates, Recurrence

EVERY_DAY = frozenset(range(7))
MONDAY_TO_FRIDAY = frozenset(range(5))


class DueKind(StrEnum):
    """What is done at a due time."""

    MEMBERS = "remind members"
    SECTIONS = "remind sections"
    EDITORS = "remind editors"
    DRAFT = "draft"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Due:
    """A moment of the plan. `useful_until` says until when a late one still helps; None is always."""

    kind: DueKind
    name: str
    at: datetime
    useful_until: datetime | None


@dataclass(frozen=True, slots=True)
class Before:
    """A distance to the deadline in wall time: hours, or where `at` is given days, and then that time of day."""

    hours: int = 0
    days: int = 0
    at: time | None = None

    def __str__(self) -> str:
        if self.at is None:
            return f"{self.hours} hours before"
        return f"{self.days} day{'' if self.days == 1 else 's'} before at {self.at:%H:%M}"


@dataclass(frozen=True, slots=True)
class Reminder:
    """An entry of the plan: whom it concerns, by the kind of what is due, and when it comes."""

    kind: DueKind
    before: Before

    @property
    def name(self) -> str:
        """What it is claimed by: the distance, so that to add or drop an entry repeats none of the others."""
        return f"{self.kind.value} {self.before}"


@dataclass(frozen=True, slots=True)
class CalendarRule:
    """When issues end, and the plan that leads there.

    A day that is a holiday, or none of `deadline_days`, gives its deadline to the last one before it that is neither.
    Reminders come between `work_from` and `work_until` of `working_days` that are no holidays. `late_for` is how long
    after the freeze a link may ask to be let in; None is until the issue is published.
    """

    zone: str
    recurs: Recurrence
    at: time
    reminders: tuple[Reminder, ...]
    draft: Before
    freeze_after: timedelta
    work_from: time
    work_until: time
    working_days: frozenset[int] = MONDAY_TO_FRIDAY
    deadline_days: frozenset[int] = EVERY_DAY
    holidays: frozenset[date] = frozenset()
    late_for: timedelta | None = None


def next_deadline(rule: CalendarRule, after: datetime) -> datetime:
    """The first deadline after a moment, in UTC.

    A wall time that the zone's clocks skip moves forward with them; one that comes twice is the first. Days that have
    no day to go to but that of the issue before are one issue with it: a week of holidays has none of its own.
    """
    # A deadline may stand on the day after its own where the clocks skip that day.
    start = after.astimezone(ZoneInfo(rule.zone)).date() - timedelta(days=1)
    deadlines = (_deadline_of(rule, day) for day in rule.recurs.days(start))
    return next(deadline for deadline in deadlines if deadline > after)


def deadline_following(rule: CalendarRule, deadline: datetime, last_day: date, now: datetime) -> datetime:
    """The deadline of the issue that opens when one closes whose deadline may have been moved.

    It is after the one that was planned for the last day of its window, too: an issue that closes some days early does
    not bring the same deadline again.
    """
    return next_deadline(rule, max(now, deadline, at_wall(datetime.combine(last_day, rule.at), rule.zone)))


def closes_at(rule: CalendarRule, deadline: datetime) -> datetime:
    """The freeze, in UTC: from then on a link is for the next issue. Its hours are hours that pass, not wall time."""
    return deadline + rule.freeze_after


def late_until(rule: CalendarRule, freeze: datetime) -> datetime | None:
    """Until when a link that came after the freeze may still ask for its way in; None is until it is published."""
    return freeze + rule.late_for if rule.late_for is not None else None


def window(rule: CalendarRule, deadline: datetime) -> tuple[date, date]:
    """The dates that an issue covers, up to the deadline's own day.

    A monthly one begins with the first of the month before the deadline, any other on the day of the deadline before:
    and each there at the latest, as what appeared on that day after the deadline is for this issue.
    """
    last = deadline.astimezone(ZoneInfo(rule.zone)).date()
    day = next(day for day in rule.recurs.days(last) if _day_for(rule, day) >= last)
    if _day_for(rule, day) != last:  # an editor chose it
        day = last
    first = rule.recurs.covers_from(day)
    return min(first, _day_for(rule, next(rule.recurs.days(first)))), last


def is_listed(rule: CalendarRule, deadline: datetime) -> bool:
    """False for what lies behind the last day of a list: there the house says nothing any more."""
    day = deadline.astimezone(ZoneInfo(rule.zone)).date()
    return not isinstance(rule.recurs, ByDates) or day <= rule.recurs.listed[-1]


def due_times(rule: CalendarRule, deadline: datetime) -> tuple[Due, ...]:
    """What is due for a deadline, in order and in UTC.

    Distances are of wall time: a day before is the same hour a day before. Reminders come in working hours, so what
    would fall outside of them comes at the end of the working time before. A reminder is useful until the next one
    to the same people, the last one and the draft until the deadline, and the close however late.
    """
    plan = sorted(rule.reminders, key=lambda entry: _reminded_at(rule, deadline, entry))
    dues = [
        *(due for kind in DueKind for due in _reminders(rule, deadline, [each for each in plan if each.kind is kind])),
        Due(DueKind.DRAFT, DueKind.DRAFT.value, _before(rule, deadline, rule.draft), deadline),
        Due(DueKind.CLOSE, DueKind.CLOSE.value, closes_at(rule, deadline), None),
    ]
    return tuple(sorted(dues, key=lambda due: due.at))


def reminded_at(rule: CalendarRule, at: datetime, zone: str) -> datetime:
    """When somebody in a zone is reminded of what is planned for a moment, in UTC.

    The moment itself in their working hours, else the end of their working time before; never later.
    """
    if is_working_time(rule, at, zone):
        return at
    wall = at.astimezone(ZoneInfo(zone))
    day = wall.date() if wall.time() > rule.work_until else wall.date() - timedelta(days=1)
    while not is_working_day(rule, day):
        day -= timedelta(days=1)
    return min(at_wall(datetime.combine(day, rule.work_until), zone), at)


def is_working_time(rule: CalendarRule, moment: datetime, zone: str) -> bool:
    """Whether it is within working hours in a zone at a moment; both ends are."""
    wall = moment.astimezone(ZoneInfo(zone))
    return is_working_day(rule, wall.date()) and rule.work_from <= wall.time() <= rule.work_until


def is_working_day(rule: CalendarRule, day: date) -> bool:
    return day.weekday() in rule.working_days and day not in rule.holidays


def at_wall(wall: datetime, zone: str) -> datetime:
    """A wall time as a moment; going to UTC and back moves a skipped one forward."""
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def _reminders(rule: CalendarRule, deadline: datetime, entries: Sequence[Reminder]) -> list[Due]:
    """The reminders of one kind, which are in order: of those that were missed the newest alone still helps."""
    moments = [*(_reminded_at(rule, deadline, entry) for entry in entries), deadline]
    return [
        Due(entry.kind, entry.name, at, min(until, deadline))
        for entry, (at, until) in zip(entries, pairwise(moments), strict=True)
    ]


def _deadline_of(rule: CalendarRule, day: date) -> datetime:
    return at_wall(datetime.combine(_day_for(rule, day), rule.at), rule.zone)


def _day_for(rule: CalendarRule, day: date) -> date:
    """The day itself, or the last one before it on which a deadline may stand."""
    while day in rule.holidays or day.weekday() not in rule.deadline_days:
        day -= timedelta(days=1)
    return day


def _before(rule: CalendarRule, deadline: datetime, distance: Before) -> datetime:
    wall = deadline.astimezone(ZoneInfo(rule.zone)).replace(tzinfo=None)
    if distance.at is None:
        return at_wall(wall - timedelta(hours=distance.hours), rule.zone)
    return at_wall(datetime.combine(wall.date() - timedelta(days=distance.days), distance.at), rule.zone)


def _reminded_at(rule: CalendarRule, deadline: datetime, entry: Reminder) -> datetime:
    return reminded_at(rule, _before(rule, deadline, entry.before), rule.zone)
