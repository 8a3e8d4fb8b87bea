"""When an issue closes, and what is due before that, in the desk's own time through every change of its clocks."""

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


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
class CalendarRule:
    """A monthly deadline and what comes before it. `day` past a month's end means its last day."""

    zone: str
    day: int
    at: time
    members_before: timedelta
    sections_before: timedelta
    draft_before: timedelta
    freeze_after: timedelta
    work_from: time
    work_until: time


def next_deadline(rule: CalendarRule, after: datetime) -> datetime:
    """The first deadline after a moment, in UTC.

    A wall time that the zone's clocks skip moves forward with them; one that comes twice is the first.
    """
    local = after.astimezone(ZoneInfo(rule.zone)).date()
    year, month = local.year, local.month
    while (deadline := _monthly(rule, year, month)) <= after:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)  # noqa: PLR2004 - months of a year
    return deadline


def closes_at(rule: CalendarRule, deadline: datetime) -> datetime:
    """The freeze, in UTC: from then on a link is for the next issue. Its hours are hours that pass, not wall time."""
    return deadline + rule.freeze_after


def window(rule: CalendarRule, deadline: datetime) -> tuple[date, date]:
    """The dates that an issue covers: from the first of the month before the deadline to the deadline's own day."""
    last = deadline.astimezone(ZoneInfo(rule.zone)).date()
    return (last.replace(day=1) - timedelta(days=1)).replace(day=1), last


def due_times(rule: CalendarRule, deadline: datetime) -> tuple[Due, ...]:
    """What is due for a deadline, in order and in UTC.

    Distances are of wall time: a day before is the same hour a day before. Members are reminded in working hours, so
    what would fall outside of them comes at the end of the working day before. Each is useful until the deadline, and
    the close however late.
    """
    plan = (
        Due(
            DueKind.MEMBERS,
            DueKind.MEMBERS.value,
            _working(rule, _before(rule, deadline, rule.members_before)),
            deadline,
        ),
        Due(DueKind.SECTIONS, DueKind.SECTIONS.value, _before(rule, deadline, rule.sections_before), deadline),
        Due(DueKind.DRAFT, DueKind.DRAFT.value, _before(rule, deadline, rule.draft_before), deadline),
        Due(DueKind.CLOSE, DueKind.CLOSE.value, closes_at(rule, deadline), None),
    )
    return tuple(sorted(plan, key=lambda due: due.at))


def _monthly(rule: CalendarRule, year: int, month: int) -> datetime:
    day = min(rule.day, calendar.monthrange(year, month)[1])
    return _at_wall(datetime.combine(date(year, month, day), rule.at), rule.zone)


def _at_wall(wall: datetime, zone: str) -> datetime:
    """A wall time as a moment; going to UTC and back moves a skipped one forward."""
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def _before(rule: CalendarRule, deadline: datetime, distance: timedelta) -> datetime:
    wall = deadline.astimezone(ZoneInfo(rule.zone)).replace(tzinfo=None)
    return _at_wall(wall - distance, rule.zone)


def _working(rule: CalendarRule, moment: datetime) -> datetime:
    """The moment itself in working hours, else the end of the last working day before it."""
    wall = moment.astimezone(ZoneInfo(rule.zone)).replace(tzinfo=None)
    if wall.weekday() < 5 and rule.work_from <= wall.time() <= rule.work_until:  # noqa: PLR2004 - Saturday is 5
        return moment
    day = wall.date() if wall.time() > rule.work_until else wall.date() - timedelta(days=1)
    while day.weekday() >= 5:  # noqa: PLR2004 - the same
        day -= timedelta(days=1)
    return _at_wall(datetime.combine(day, rule.work_until), rule.zone)
