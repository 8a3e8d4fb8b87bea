"""When a person is reminded, in their own working hours; and what is worth a reminder."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.editorial.calendar import CalendarRule, at_wall, is_working_day, is_working_time, reminded_at
from bot.editorial.gate import Finding, FindingKind
from bot.editorial.house import House
from bot.editorial.quota import Shortfall, Tally, forecast

MOST_REMINDERS = 2
"""So many reminders of an issue a member gets, whatever the plan, the snoozes and moved deadlines bring."""

_ON_TIME = timedelta(hours=1)
_MORNING = time(9, 0)
_OFFSETS = tuple(f"Etc/GMT{west:+d}" for west in range(-14, 13))
_BETWEEN = timedelta(hours=1)
"""Zones lie between whole hours, too."""


_NOT_COUNTED_AGAIN = frozenset({FindingKind.OUTLET_UNDECIDED, FindingKind.LINKS_UNCHECKED})
"""An undecided outlet is told of by itself; that pages are to be looked at again waits for the bot, not for editors."""


def known_zone(name: str, otherwise: str) -> str:
    """A zone by its IANA name, or another one where nobody knows that name."""
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError):
        return otherwise


def first_reminded_at(rule: CalendarRule, at: datetime) -> datetime:
    """Before this moment nobody is reminded, wherever they are, of what is planned for another one."""
    return min(reminded_at(rule, at, zone) for zone in _OFFSETS) - _BETWEEN


def is_reminded_now(rule: CalendarRule, at: datetime, zone: str, *, until: datetime, now: datetime) -> bool:
    """Whether the time has come for somebody in a zone.

    What comes late, as after a bot was down or a deadline was moved, waits for their working hours as long as some
    begin before it helps no more.
    """
    planned = reminded_at(rule, at, zone)
    if now < planned:
        return False
    if now - planned <= _ON_TIME or is_working_time(rule, now, zone):
        return True
    return _next_working_time(rule, now, zone) >= until


def morning_of(day: date, zone: str) -> datetime:
    """Nine in the morning of a day in a zone, in UTC: when a snooze ends."""
    return at_wall(datetime.combine(day, _MORNING), zone)


def next_morning(now: datetime, zone: str) -> datetime:
    """The morning of tomorrow, where it is now."""
    return morning_of(now.astimezone(ZoneInfo(zone)).date() + timedelta(days=1), zone)


def promise_holds(counted: Tally, house: House) -> bool:
    """Whether the share of state media is within its limit, in an issue that is still small as a forecast."""
    return forecast(counted, house.planned_items) <= house.state_media.limit


def lacking(short: Iterable[Shortfall]) -> int:
    """How many items would bring every section to its minimum."""
    return sum(each.section.minimum - each.have for each in short)


def blocking_in(findings: Iterable[Finding]) -> int:
    """How many findings keep an issue from being published, beside those of which editors are told anyway."""
    return sum(finding.blocking and finding.kind not in _NOT_COUNTED_AGAIN for finding in findings)


def _next_working_time(rule: CalendarRule, moment: datetime, zone: str) -> datetime:
    """When working hours begin next after a moment that is outside of them."""
    wall = moment.astimezone(ZoneInfo(zone))
    day = wall.date() if wall.time() < rule.work_from else wall.date() + timedelta(days=1)
    while not is_working_day(rule, day):
        day += timedelta(days=1)
    return at_wall(datetime.combine(day, rule.work_from), zone)
