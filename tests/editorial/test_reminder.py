"""When somebody is reminded, in their own time, and of what."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.calendar import is_working_time, reminded_at
from bot.editorial.gate import Finding, FindingKind
from bot.editorial.quota import Shortfall, Tally
from bot.editorial.reminder import (
    blocking_in,
    first_reminded_at,
    is_reminded_now,
    known_zone,
    lacking,
    morning_of,
    next_morning,
    promise_holds,
)
from tests.editorial.values import CALENDAR, RULE, house, section

OFFICE = replace(CALENDAR, work_from=time(9), work_until=time(18), holidays=frozenset({date(2021, 1, 6)}))
"""Nine to six on weekdays; Epiphany is a holiday."""

ZONES = (
    "America/New_York",
    "Europe/Berlin",
    "Asia/Tokyo",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Kiritimati",
    "Etc/GMT+12",
)
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=365)).map(lambda since: datetime(2021, 1, 1, tzinfo=UTC) + since)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "planned", "expected"),
    [
        ("America/New_York", "2021-01-12T22:00", "2021-01-12T22:00"),
        ("America/New_York", "2021-01-12T23:00", "2021-01-12T23:00"),  # six itself
        ("Europe/Berlin", "2021-01-12T22:00", "2021-01-12T17:00"),  # eleven at night: at six before
        ("Asia/Tokyo", "2021-01-12T22:00", "2021-01-12T09:00"),  # seven in the morning: at six the day before
        ("Asia/Tokyo", "2021-01-10T22:00", "2021-01-08T09:00"),  # on a Monday, before the weekend
        ("Europe/Berlin", "2021-01-07T04:00", "2021-01-05T17:00"),  # the day before is a holiday
        ("America/New_York", "2021-01-06T16:00", "2021-01-05T23:00"),  # the day itself is one
        ("America/New_York", "2021-03-14T20:00", "2021-03-12T23:00"),  # a Sunday in which the clocks change
    ],
)
def test_a_reminder_comes_in_working_hours_or_at_their_end_before(zone: str, planned: str, expected: str) -> None:
    assert reminded_at(OFFICE, utc(planned), zone) == utc(expected)


@given(at=MOMENTS, zone=st.sampled_from(ZONES))
def test_wherever_somebody_is_they_are_reminded_in_working_hours_and_never_later_than_planned(
    at: datetime, zone: str
) -> None:
    found = reminded_at(OFFICE, at, zone)

    assert first_reminded_at(OFFICE, at) <= found <= at
    assert is_working_time(OFFICE, found, zone)
    assert not any(
        is_working_time(OFFICE, found + timedelta(minutes=minutes), zone)
        for minutes in range(1, int((at - found).total_seconds() // 60), 17)
    )


@given(at=MOMENTS, zone=st.sampled_from(ZONES), late=st.timedeltas(timedelta(0), timedelta(days=2)))
def test_what_comes_late_waits_for_working_hours_and_comes_all_the_same_where_none_are_left(
    at: datetime, zone: str, late: timedelta
) -> None:
    planned, until = reminded_at(OFFICE, at, zone), at + timedelta(days=2)
    now = planned + late
    if now >= until:
        return

    if is_reminded_now(OFFICE, at, zone, until=until, now=now):
        left = (now + timedelta(minutes=minutes) for minutes in range(1, 60 * 24 * 9, 29))
        nothing_left = not any(is_working_time(OFFICE, moment, zone) for moment in left if moment < until)
        assert late <= timedelta(hours=1) or is_working_time(OFFICE, now, zone) or nothing_left
    else:
        assert not is_working_time(OFFICE, now, zone)
    assert not is_reminded_now(OFFICE, at, zone, until=until, now=planned - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Asia/Tokyo", "Asia/Tokyo"),
        ("", "America/Caracas"),
        ("Mars/Olympus", "America/Caracas"),
        ("../etc/passwd", "America/Caracas"),
    ],
)
def test_a_zone_that_nobody_knows_is_another_one(name: str, known: str) -> None:
    assert known_zone(name, "America/Caracas") == known


def test_a_snooze_ends_at_nine_where_the_member_is_in_every_night() -> None:
    for day in (date(2021, 3, 14), date(2021, 11, 7)):
        morning = morning_of(day, "America/New_York")
        assert morning.astimezone(ZoneInfo("America/New_York")).replace(tzinfo=None) == datetime.combine(day, time(9))
    assert next_morning(utc("2021-01-12T22:00"), "Asia/Tokyo") == utc("2021-01-14T00:00")


def test_the_promise_of_a_small_issue_is_a_forecast() -> None:
    whole = house(planned_items=10)

    assert promise_holds(Tally(state=2, total=3), whole) == (Fraction(2, 10) <= RULE.limit)
    assert not promise_holds(Tally(state=9, total=10), whole)


def test_what_is_lacking_is_what_brings_each_section_to_its_minimum() -> None:
    assert lacking([Shortfall(section("iran", minimum=10), 3), Shortfall(section("china", minimum=2), 0)]) == 9
    assert lacking([]) == 0


def test_what_blocks_is_counted_but_for_what_editors_are_told_of_by_itself() -> None:
    findings = [
        Finding(FindingKind.NO_DATE, blocking=True),
        Finding(FindingKind.OUTLET_UNDECIDED, blocking=True),
        Finding(FindingKind.LINKS_UNCHECKED, blocking=True, count=2),
        Finding(FindingKind.SECTION_SHORT, blocking=False),
    ]

    assert blocking_in(findings) == 1
    assert blocking_in(findings[1:]) == 0
