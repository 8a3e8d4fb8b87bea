"""Reads the calendar of a house: when issues end, and what comes before and after that."""

from datetime import date, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.editorial.calendar import EVERY_DAY, MONDAY_TO_FRIDAY, Before, CalendarRule, DueKind, Reminder
from bot.editorial.recurrence import WEEKDAYS, ByDates, Monthly, Recurrence, Weekly
from bot.editorial.toml_table import Table

_HOURS_A_MONTH = 24 * 28
_DAYS_A_MONTH = 28
_LAST_DAY = 31
_NOON = time(12)
_RECURRENCES = ("monthly", "weekly", "fortnightly", "dates")
_AUDIENCES = {"members": DueKind.MEMBERS, "sections": DueKind.SECTIONS, "editors": DueKind.EDITORS}


def read_calendar(table: Table) -> CalendarRule:
    """Read `[calendar]`; what is wrong is collected in the table."""
    zone = table.text("zone")
    if zone and not _is_zone(zone):
        table.refuse("zone", f"“{zone}” is not a time zone such as America/New_York.")
    recurs, shortest = _recurrence(table)
    at = table.take("deadline_time", time) or _NOON
    work_from, work_until = table.take("work_from", time), table.take("work_until", time)
    if work_from is not None and work_until is not None and work_until < work_from:
        table.refuse("work_until", "“work_until” is before “work_from”.")
    working = _weekdays(table, "working_days")
    late = table.count("late_lane_hours", 0, _HOURS_A_MONTH) if table.has("late_lane_hours") else None
    rule = CalendarRule(
        zone=zone,
        recurs=recurs,
        at=at,
        reminders=_plan(table, at, shortest),
        draft=_distance(table, "draft_", at, shortest),
        freeze_after=timedelta(hours=table.count("freeze_hours_after", 0, _HOURS_A_MONTH)),
        work_from=work_from or _NOON,
        work_until=work_until or _NOON,
        working_days=working or MONDAY_TO_FRIDAY,
        deadline_days=working or EVERY_DAY,
        holidays=frozenset(table.days("holidays", optional=True)),
        late_for=timedelta(hours=late) if late is not None else None,
    )
    table.close()
    return rule


def _recurrence(table: Table) -> tuple[Recurrence, int]:
    """How deadlines follow each other, and how many days lie between two at least."""
    kind = table.text("recurrence") if table.has("recurrence") else "monthly"
    match kind:
        case "weekly":
            return Weekly(date.min + timedelta(days=_weekday(table))), 7
        case "fortnightly":
            weekday, anchor = _weekday(table), table.take("anchor", date) or date.min
            if anchor != date.min and anchor.weekday() != weekday:
                table.refuse("anchor", f"“anchor” is a {WEEKDAYS[anchor.weekday()]}: it must be the day of a deadline.")
            return Weekly(anchor, 2), 14
        case "dates":
            return _by_dates(table)
        case "monthly" | "":
            return Monthly(table.count("deadline_day", 1, _LAST_DAY)), _DAYS_A_MONTH
    table.refuse("recurrence", f"“recurrence” must be one of {', '.join(f'“{each}”' for each in _RECURRENCES)}.")
    table.leave("deadline_day", "deadline_weekday", "anchor", "dates")
    return Monthly(1), _DAYS_A_MONTH


def _by_dates(table: Table) -> tuple[Recurrence, int]:
    listed = table.days("dates")
    distances = [(later - earlier).days for earlier, later in pairwise(listed)]
    if listed and not distances:
        table.refuse("dates", "“dates” must be two days or more: the distance of the last two is repeated after them.")
    elif any(distance < 1 for distance in distances):
        table.refuse("dates", "“dates” must be in order, each day once.")
    elif distances:
        return ByDates(listed), min(distances)
    return Monthly(1), _DAYS_A_MONTH


def _plan(table: Table, deadline: time, shortest: int) -> tuple[Reminder, ...]:
    found: list[Reminder] = []
    for each in table.tables("reminders", least=0):
        to = each.text("to")
        if to and to not in _AUDIENCES:
            each.refuse("to", f"“to” must be one of {', '.join(f'“{name}”' for name in _AUDIENCES)}.", to)
        entry = Reminder(_AUDIENCES.get(to, DueKind.MEMBERS), _distance(each, "", deadline, shortest))
        if to in _AUDIENCES and entry in found:
            each.refuse("to", f"This reminder to “{to}” stands twice.")
        found.append(entry)
        each.close()
    return tuple(found)


def _distance(table: Table, prefix: str, deadline: time, shortest: int) -> Before:
    """`hours_before`, or `days_before` and `at`. What came before the issue opens would come at once."""
    if not table.has(f"{prefix}days_before") and not table.has(f"{prefix}at"):
        return Before(hours=table.count(f"{prefix}hours_before", 1, shortest * 24 - 1))
    days, at = table.count(f"{prefix}days_before", 0, shortest - 1), table.take(f"{prefix}at", time)
    if table.has(f"{prefix}hours_before"):
        table.leave(f"{prefix}hours_before")
        table.refuse(f"{prefix}hours_before", f"“{prefix}hours_before” and “{prefix}days_before” exclude each other.")
    if days == 0 and at is not None and at >= deadline:
        table.refuse(f"{prefix}at", f"“{prefix}at” must be before the deadline's own time of day.")
    return Before(days=days, at=at or _NOON)


def _weekday(table: Table) -> int:
    name = table.text("deadline_weekday")
    if name and name not in WEEKDAYS:
        table.refuse("deadline_weekday", f"“{name}” is no day of the week such as friday.")
    return WEEKDAYS.index(name) if name in WEEKDAYS else 0


def _weekdays(table: Table, key: str) -> frozenset[int]:
    names = table.words(key, optional=True)
    for name in names:
        if name not in WEEKDAYS:
            table.refuse(key, f"“{name}” is no day of the week such as friday.", name)
    return frozenset(WEEKDAYS.index(name) for name in names if name in WEEKDAYS)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
