"""When a person is reminded, in their own working hours; and what is worth a reminder."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.editorial.calendar import CalendarRule
from bot.editorial.gate import Finding, FindingKind
from bot.editorial.house import House
from bot.editorial.item import Item, ItemState
from bot.editorial.outlet import Verdict, verdict
from bot.editorial.quota import Shortfall, Tally, forecast

MOST_REMINDERS = 2
"""So many reminders of an issue a member gets, whatever the plan, the snoozes and moved deadlines bring."""

_ON_TIME = timedelta(hours=1)
_MORNING = time(9, 0)
_OFFSETS = tuple(f"Etc/GMT{west:+d}" for west in range(-14, 13))
_BETWEEN = timedelta(hours=1)
"""Zones lie between whole hours, too."""


class Waits(StrEnum):
    """What waits for the editors of an issue."""

    LINKS_OF_GUESTS = "links of guests"
    OUTLETS_UNDECIDED = "outlets undecided"
    BLOCKING = "blocking"


def known_zone(name: str, otherwise: str) -> str:
    """A zone by its IANA name, or another one where nobody knows that name."""
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError):
        return otherwise


def is_working_time(rule: CalendarRule, moment: datetime, zone: str) -> bool:
    """Whether it is within working hours in a zone at a moment; both ends are."""
    wall = moment.astimezone(ZoneInfo(zone))
    return _is_working_day(wall.date()) and rule.work_from <= wall.time() <= rule.work_until


def reminded_at(rule: CalendarRule, at: datetime, zone: str) -> datetime:
    """When somebody in a zone is reminded of what is planned for a moment, in UTC.

    The moment itself in their working hours, else the end of their working time before; never later.
    """
    if is_working_time(rule, at, zone):
        return at
    wall = at.astimezone(ZoneInfo(zone))
    day = wall.date() if wall.time() > rule.work_until else wall.date() - timedelta(days=1)
    while not _is_working_day(day):
        day -= timedelta(days=1)
    return min(_at_wall(day, rule.work_until, zone), at)


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
    return _at_wall(day, _MORNING, zone)


def next_morning(now: datetime, zone: str) -> datetime:
    """The morning of tomorrow, where it is now."""
    return morning_of(now.astimezone(ZoneInfo(zone)).date() + timedelta(days=1), zone)


def promise_holds(counted: Tally, house: House) -> bool:
    """Whether the share of state media is within its limit, in an issue that is still small as a forecast."""
    return forecast(counted, house.planned_items) <= house.state_media.limit


def lacking(short: Iterable[Shortfall]) -> int:
    """How many items would bring every section to its minimum."""
    return sum(each.section.minimum - each.have for each in short)


def waits_for_editors(
    items: Iterable[Item], guests: Collection[str], watched: Collection[str], findings: Iterable[Finding]
) -> Mapping[Waits, int]:
    """What of an issue waits for its editors, in an order that is kept, without what is none.

    An undecided outlet counts once however many items it has, and not again as what blocks.
    """
    counted = Counter[Waits]()
    undecided = set()
    for item in items:
        counted[Waits.LINKS_OF_GUESTS] += item.state is ItemState.PENDING and item.found_by in guests
        is_counted = item.state in {ItemState.PENDING, ItemState.FILED} and not item.is_release
        if is_counted and verdict(item.outlet, watched) is Verdict.UNDECIDED:
            undecided.add(item.cited_for or item.host)
    counted[Waits.OUTLETS_UNDECIDED] = len(undecided)
    counted[Waits.BLOCKING] = sum(
        finding.blocking and finding.kind is not FindingKind.OUTLET_UNDECIDED for finding in findings
    )
    return {kind: counted[kind] for kind in Waits if counted[kind]}


def _is_working_day(day: date) -> bool:
    return day.weekday() < 5  # noqa: PLR2004 - Saturday is 5


def _next_working_time(rule: CalendarRule, moment: datetime, zone: str) -> datetime:
    """When working hours begin next after a moment that is outside of them."""
    wall = moment.astimezone(ZoneInfo(zone))
    day = wall.date() if wall.time() < rule.work_from else wall.date() + timedelta(days=1)
    while not _is_working_day(day):
        day += timedelta(days=1)
    return _at_wall(day, rule.work_from, zone)


def _at_wall(day: date, at: time, zone: str) -> datetime:
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
