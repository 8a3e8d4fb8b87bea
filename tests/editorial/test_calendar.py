from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.calendar import EVERY_DAY, CalendarRule, Due, DueKind, closes_at, due_times, next_deadline, window
from bot.editorial.recurrence import Monthly
from tests.editorial.values import CALENDAR

ZONES = ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "America/Santiago", "Asia/Kathmandu", "UTC"]
_MOMENTS = st.integers(0, 10 * 366 * 24 * 60).map(lambda minute: _utc(2020, 1, 1) + timedelta(minutes=minute))


def _utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def _wall(moment: datetime, zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def _due(dues: tuple[Due, ...], kind: DueKind) -> Due:
    (found,) = (due for due in dues if due.kind is kind)
    return found


def _rule(zone: str, day: int, at: time) -> CalendarRule:
    return replace(CALENDAR, zone=zone, recurs=Monthly(day), at=at)


def _deadlines(rule: CalendarRule, after: datetime, count: int) -> list[datetime]:
    found = []
    for _ in range(count):
        after = next_deadline(rule, after)
        found.append(after)
    return found


def test_the_deadline_is_the_desks_hour_in_summer_and_winter() -> None:
    assert next_deadline(CALENDAR, _utc(2021, 1, 1)) == _utc(2021, 1, 14, 22)
    assert next_deadline(CALENDAR, _utc(2021, 7, 1)) == _utc(2021, 7, 14, 21)


def test_the_deadline_after_a_deadline_is_that_of_the_next_month() -> None:
    deadline = _utc(2021, 1, 14, 22)

    assert next_deadline(CALENDAR, deadline - timedelta(microseconds=1)) == deadline
    assert next_deadline(CALENDAR, deadline) == _utc(2021, 2, 14, 22)


def test_december_is_followed_by_january() -> None:
    assert next_deadline(CALENDAR, _utc(2020, 12, 14, 22)) == _utc(2021, 1, 14, 22)
    assert next_deadline(CALENDAR, _utc(2020, 12, 31, 23, 59)) == _utc(2021, 1, 14, 22)


def test_the_month_is_that_of_the_desk_and_not_of_utc() -> None:
    rule = _rule("Asia/Kathmandu", 1, time(2))

    assert next_deadline(rule, _utc(2020, 12, 31, 20)) == _utc(2020, 12, 31, 20, 15)
    assert next_deadline(rule, _utc(2020, 12, 31, 20, 15)) == _utc(2021, 1, 31, 20, 15)


def test_a_day_past_the_end_of_a_month_is_its_last() -> None:
    rule = _rule("UTC", 31, time(17))

    found = _deadlines(rule, _utc(2024, 1, 1), 4)

    assert [deadline.date() for deadline in found] == [
        date(2024, 1, 31),
        date(2024, 2, 29),
        date(2024, 3, 31),
        date(2024, 4, 30),
    ]
    assert next_deadline(rule, _utc(2023, 2, 1)).date() == date(2023, 2, 28)


@pytest.mark.parametrize(
    ("zone", "day", "at", "month", "wall"),
    [
        ("America/New_York", 14, time(2, 30), 3, "2021-03-14 03:30"),
        ("Europe/Berlin", 28, time(2, 30), 3, "2021-03-28 03:30"),
        ("America/Santiago", 5, time(0, 30), 9, "2021-09-05 01:30"),
        ("Australia/Lord_Howe", 3, time(2, 15), 10, "2021-10-03 02:45"),
    ],
)
def test_a_wall_time_that_the_spring_night_skips_moves_forward(
    zone: str, day: int, at: time, month: int, wall: str
) -> None:
    found = next_deadline(_rule(zone, day, at), _utc(2021, month, 1, 12))

    assert _wall(found, zone) == wall


@pytest.mark.parametrize(
    ("zone", "day", "at", "month", "moment"),
    [
        ("America/New_York", 7, time(1, 30), 11, _utc(2021, 11, 7, 5, 30)),
        ("Europe/Berlin", 31, time(2, 30), 10, _utc(2021, 10, 31, 0, 30)),
        ("America/Santiago", 3, time(23, 30), 4, _utc(2021, 4, 4, 2, 30)),
        ("Australia/Lord_Howe", 4, time(1, 45), 4, _utc(2021, 4, 3, 14, 45)),
    ],
)
def test_a_wall_time_that_comes_twice_in_the_autumn_night_is_the_first(
    zone: str, day: int, at: time, month: int, moment: datetime
) -> None:
    rule = _rule(zone, day, at)

    found = next_deadline(rule, _utc(2021, month, 1, 12))

    assert found == moment
    assert next_deadline(rule, found) > found + timedelta(days=20)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", [time(0, 30), time(1, 45), time(2, 15), time(2, 30), time(17), time(23, 59)])
@pytest.mark.parametrize("day", [3, 7, 14, 28, 31])
def test_every_month_has_one_deadline_in_every_zone(zone: str, at: time, day: int) -> None:
    found = _deadlines(_rule(zone, day, at), _utc(2021, 1, 1, 12), 24)

    months = [(local.year, local.month) for local in (each.astimezone(ZoneInfo(zone)) for each in found)]
    assert len(set(months)) == 24
    assert found == sorted(found)


@given(_MOMENTS, st.sampled_from(ZONES), st.integers(1, 31), st.times())
def test_the_next_deadline_lies_ahead_and_no_other_lies_between(now: datetime, zone: str, day: int, at: time) -> None:
    rule = _rule(zone, day, at.replace(second=0, microsecond=0))

    found = next_deadline(rule, now)

    assert now < found <= now + timedelta(days=32)
    assert next_deadline(rule, found - timedelta(microseconds=1)) == found


@pytest.mark.parametrize(
    ("zone", "deadline", "day_before"),
    [
        ("America/New_York", _utc(2021, 3, 14, 21), "2021-03-13 17:00"),
        ("America/New_York", _utc(2021, 11, 7, 22), "2021-11-06 17:00"),
        ("Europe/Berlin", _utc(2021, 3, 28, 15), "2021-03-27 17:00"),
        ("Europe/Berlin", _utc(2021, 10, 31, 16), "2021-10-30 17:00"),
        ("America/Santiago", _utc(2021, 9, 5, 20), "2021-09-04 17:00"),
        ("America/Santiago", _utc(2021, 4, 4, 21), "2021-04-03 17:00"),
    ],
)
def test_a_day_before_is_the_same_hour_through_both_nights(zone: str, deadline: datetime, day_before: str) -> None:
    rule = replace(_rule(zone, deadline.day, time(17)), working_days=EVERY_DAY)

    dues = due_times(rule, deadline)

    assert _wall(_due(dues, DueKind.DRAFT).at, zone) == day_before
    assert _wall(_due(dues, DueKind.SECTIONS).at, zone) == day_before


@pytest.mark.parametrize(
    ("zone", "deadline", "wall"),
    [
        ("America/New_York", "2021-03-15 02:30", "2021-03-14 03:30"),
        ("Europe/Berlin", "2021-03-29 02:30", "2021-03-28 03:30"),
        ("America/Santiago", "2021-09-06 00:30", "2021-09-05 01:30"),
        ("America/New_York", "2021-11-08 01:30", "2021-11-07 01:30"),
        ("Europe/Berlin", "2021-11-01 02:30", "2021-10-31 02:30"),
        ("America/Santiago", "2021-04-04 23:30", "2021-04-03 23:30"),
    ],
)
def test_what_is_due_in_a_night_of_the_clocks_is_due_once(zone: str, deadline: str, wall: str) -> None:
    at = datetime.fromisoformat(deadline).replace(tzinfo=ZoneInfo(zone))
    dues = due_times(_rule(zone, at.day, at.time()), at)

    drafts = [due.at for due in dues if due.kind is DueKind.DRAFT]
    assert [_wall(at, zone) for at in drafts] == [wall]
    assert all(not at.astimezone(ZoneInfo(zone)).fold for at in drafts)


def test_each_thing_is_due_once_under_its_own_name_in_order() -> None:
    dues = due_times(replace(CALENDAR, freeze_after=timedelta(hours=3)), _utc(2021, 1, 14, 22))

    assert [(due.name, due.at) for due in dues] == [
        ("remind members 48 hours before", _utc(2021, 1, 12, 22)),
        ("remind sections 24 hours before", _utc(2021, 1, 13, 22)),
        ("draft", _utc(2021, 1, 13, 22)),
        ("close", _utc(2021, 1, 15, 1)),
    ]


def test_a_reminder_is_of_use_until_the_deadline_and_the_close_for_ever() -> None:
    deadline = _utc(2021, 1, 14, 22)

    useful = {due.kind: due.useful_until for due in due_times(CALENDAR, deadline)}

    assert useful == {
        DueKind.MEMBERS: deadline,
        DueKind.SECTIONS: deadline,
        DueKind.DRAFT: deadline,
        DueKind.CLOSE: None,
    }


@pytest.mark.parametrize(
    ("deadline", "reminded"),
    [
        ("2021-01-14 17:00", "2021-01-12 17:00"),
        ("2021-01-14 18:00", "2021-01-12 18:00"),
        ("2021-01-14 18:01", "2021-01-12 18:00"),
        ("2021-01-14 23:30", "2021-01-12 18:00"),
        ("2021-01-14 09:00", "2021-01-12 09:00"),
        ("2021-01-14 08:59", "2021-01-11 18:00"),
        ("2021-01-13 08:00", "2021-01-08 18:00"),
        ("2021-01-11 12:00", "2021-01-08 18:00"),
        ("2021-01-12 12:00", "2021-01-08 18:00"),
        ("2021-01-11 23:00", "2021-01-08 18:00"),
        ("2021-03-16 12:00", "2021-03-12 18:00"),
    ],
)
def test_members_are_reminded_in_working_hours_or_at_the_end_of_the_working_day_before(
    deadline: str, reminded: str
) -> None:
    at = datetime.fromisoformat(deadline).replace(tzinfo=ZoneInfo("America/New_York"))

    due = _due(due_times(CALENDAR, at), DueKind.MEMBERS)

    assert _wall(due.at, "America/New_York") == reminded


@given(_MOMENTS, st.sampled_from(ZONES))
def test_no_member_is_reminded_at_night_at_a_weekend_or_later_than_planned(deadline: datetime, zone: str) -> None:
    rule = replace(CALENDAR, zone=zone)

    at = _due(due_times(rule, deadline), DueKind.MEMBERS).at.astimezone(ZoneInfo(zone))

    assert at.weekday() < 5
    assert time(9) <= at.time() <= time(18)
    assert at <= deadline - timedelta(hours=46)


def test_the_freeze_comes_after_as_many_hours_as_the_house_says() -> None:
    deadline = _utc(2021, 3, 14, 6)

    assert closes_at(CALENDAR, deadline) == deadline
    assert closes_at(replace(CALENDAR, freeze_after=timedelta(hours=6)), deadline) == _utc(2021, 3, 14, 12)


def test_an_issue_covers_the_month_before_and_the_days_up_to_its_deadline() -> None:
    assert window(CALENDAR, _utc(2021, 1, 14, 22)) == (date(2020, 12, 1), date(2021, 1, 14))
    assert window(CALENDAR, _utc(2021, 3, 31, 21)) == (date(2021, 2, 1), date(2021, 3, 31))


def test_the_last_day_of_the_window_is_the_desks() -> None:
    assert window(replace(CALENDAR, zone="Asia/Kathmandu"), _utc(2020, 12, 31, 20)) == (
        date(2020, 12, 1),
        date(2021, 1, 1),
    )
