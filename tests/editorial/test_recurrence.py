"""Issues of every recurrence: none comes twice in its period, none is left out, no holiday carries a deadline."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.calendar import (
    EVERY_DAY,
    MONDAY_TO_FRIDAY,
    Before,
    CalendarRule,
    DueKind,
    Reminder,
    closes_at,
    deadline_following,
    due_times,
    is_listed,
    late_until,
    next_deadline,
    window,
)
from bot.editorial.house_file import read_house
from bot.editorial.recurrence import ByDates, Monthly, Recurrence, Weekly
from bot.settings import SHIPPED_HOUSE
from tests.editorial.values import CALENDAR

ZONES = [
    "America/New_York",
    "Europe/Madrid",
    "America/Sao_Paulo",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Africa/Cairo",
    "UTC",
]
DAYS = st.dates(date(1995, 1, 1), date(2035, 12, 31))
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
THURSDAY = date(2021, 1, 14)


@st.composite
def lists_of_days(draw: st.DrawFn) -> ByDates:
    first = draw(DAYS)
    steps = draw(st.lists(st.integers(1, 60), min_size=1, max_size=8))
    days = [first]
    for step in steps:
        days.append(days[-1] + timedelta(days=step))
    return ByDates(tuple(days))


RECURRENCES: st.SearchStrategy[Recurrence] = st.one_of(
    st.builds(Monthly, st.integers(1, 31)),
    st.builds(Weekly, DAYS, st.sampled_from([1, 2])),
    lists_of_days(),
)


@st.composite
def calendars(draw: st.DrawFn, near: date | None = None) -> tuple[CalendarRule, datetime]:
    """A rule, and a moment near which its holidays are."""
    day = near or draw(DAYS)
    holidays = draw(st.frozensets(st.integers(-20, 120).map(lambda ahead: day + timedelta(days=ahead)), max_size=40))
    rule = replace(
        CALENDAR,
        zone=draw(st.sampled_from(ZONES)),
        recurs=draw(RECURRENCES),
        at=draw(TIMES),
        deadline_days=draw(st.frozensets(st.integers(0, 6), min_size=1)),
        holidays=holidays,
    )
    return rule, datetime.combine(day, draw(TIMES), UTC)


def deadlines(rule: CalendarRule, after: datetime) -> Iterator[datetime]:
    while True:
        after = next_deadline(rule, after)
        yield after


def local(moment: datetime, rule: CalendarRule) -> date:
    return moment.astimezone(ZoneInfo(rule.zone)).date()


def days(rule: CalendarRule, after: datetime, count: int) -> list[str]:
    return [f"{local(each, rule):%a %Y-%m-%d}" for each in islice(deadlines(rule, after), count)]


@given(calendars())
def test_deadlines_strictly_increase_and_none_stands_on_a_holiday_or_a_day_of_rest(
    drawn: tuple[CalendarRule, datetime],
) -> None:
    rule, now = drawn

    found = list(islice(deadlines(rule, now), 12))

    assert now < found[0]
    assert all(earlier < later for earlier, later in pairwise(found))
    for deadline in found:
        assert local(deadline, rule) not in rule.holidays
        assert local(deadline, rule).weekday() in rule.deadline_days


@given(calendars())
def test_each_day_of_the_rule_has_its_issue_or_shares_that_of_the_day_before_it(
    drawn: tuple[CalendarRule, datetime],
) -> None:
    """Nothing is left out: between two deadlines stands no other day on which one could be."""
    rule, now = drawn
    found = [local(each, rule) for each in islice(deadlines(rule, now), 12)]

    planned = [day for day in islice(rule.recurs.days(found[0]), 40) if day <= found[-1]]

    for day in planned:
        between = [day - timedelta(days=back) for back in range(60) if day - timedelta(days=back) > found[0]]
        workable = [each for each in between if each not in rule.holidays and each.weekday() in rule.deadline_days]
        assert not workable or workable[0] in found


@given(st.sampled_from(ZONES), TIMES, st.one_of(st.builds(Monthly, st.integers(1, 31)), st.builds(Weekly, DAYS)), DAYS)
def test_every_local_month_or_week_has_one_deadline(zone: str, at: time, recurs: Recurrence, start: date) -> None:
    rule = replace(CALENDAR, zone=zone, at=at, recurs=recurs)
    found = [local(each, rule) for each in islice(deadlines(rule, datetime.combine(start, time(12), UTC)), 30)]

    if isinstance(recurs, Monthly):
        periods = [day.year * 12 + day.month for day in found]
    else:
        assert isinstance(recurs, Weekly)
        periods = [(day - recurs.anchor).days // 7 for day in found]
    assert [later - earlier for earlier, later in pairwise(periods)] == [1] * 29


@given(calendars(), st.integers(0, 400))
def test_whenever_the_clock_is_looked_at_the_same_deadlines_come(
    drawn: tuple[CalendarRule, datetime], hours: int
) -> None:
    """However the beats fall, a deadline is that of one issue: the next one is asked for after it."""
    rule, now = drawn
    first, second = islice(deadlines(rule, now), 2)

    later = min(now + timedelta(hours=hours), second - timedelta(microseconds=1))

    assert next_deadline(rule, later) == (first if later < first else second)


@given(calendars(), st.integers(1, 60 * 24), st.integers(-20, 20))
def test_an_issue_that_closes_early_or_late_is_followed_by_another_day(
    drawn: tuple[CalendarRule, datetime], minutes: int, shift: int
) -> None:
    rule, now = drawn
    deadline = next_deadline(rule, now)
    last_day = window(rule, deadline)[1]
    moved = max(deadline + timedelta(hours=shift), now + timedelta(minutes=1))

    following = deadline_following(rule, moved, last_day, now=moved + timedelta(minutes=minutes))

    assert local(following, rule) > last_day
    assert following > moved


@given(calendars(), st.lists(st.tuples(st.sampled_from(list(DueKind)[:3]), st.integers(1, 600)), unique=True))
def test_each_entry_of_the_plan_is_due_once_in_working_hours_and_never_late(
    drawn: tuple[CalendarRule, datetime], entries: list[tuple[DueKind, int]]
) -> None:
    rule, now = drawn
    plan = tuple(Reminder(kind, Before(hours=hours)) for kind, hours in entries)
    rule = replace(rule, reminders=plan)
    deadline = next_deadline(rule, now)

    dues = due_times(rule, deadline)

    names = [due.name for due in dues]
    assert len(names) == len(set(names)) == len(plan) + 2
    assert [due.at for due in dues] == sorted(due.at for due in dues)
    for due in dues:
        wall = due.at.astimezone(ZoneInfo(rule.zone))
        if due.kind in {DueKind.MEMBERS, DueKind.SECTIONS, DueKind.EDITORS}:
            assert wall.date() not in rule.holidays
            assert wall.weekday() in MONDAY_TO_FRIDAY
            assert rule.work_from <= wall.time() <= rule.work_until
            assert due.at < deadline
            assert due.useful_until is not None
            assert due.useful_until <= deadline


def test_every_week_has_its_thursday() -> None:
    rule = replace(CALENDAR, recurs=Weekly(THURSDAY))

    assert days(rule, datetime(2021, 3, 1, tzinfo=UTC), 3) == ["Thu 2021-03-04", "Thu 2021-03-11", "Thu 2021-03-18"]


def test_every_second_week_is_counted_from_its_anchor_whether_before_or_after_it() -> None:
    rule = replace(CALENDAR, recurs=Weekly(THURSDAY, 2))

    assert days(rule, datetime(2021, 1, 10, tzinfo=UTC), 2) == ["Thu 2021-01-14", "Thu 2021-01-28"]
    assert days(rule, datetime(2020, 12, 20, tzinfo=UTC), 2) == ["Thu 2020-12-31", "Thu 2021-01-14"]


def test_after_the_last_day_of_a_list_the_last_distance_is_repeated_and_said_not_to_be_listed() -> None:
    rule = replace(CALENDAR, recurs=ByDates((date(2021, 1, 14), date(2021, 2, 11), date(2021, 2, 21))))

    found = list(islice(deadlines(rule, datetime(2021, 1, 1, tzinfo=UTC)), 5))

    assert [f"{local(each, rule)}" for each in found] == [
        "2021-01-14",
        "2021-02-11",
        "2021-02-21",
        "2021-03-03",
        "2021-03-13",
    ]
    assert [is_listed(rule, each) for each in found] == [True, True, True, False, False]
    assert days(rule, datetime(2031, 1, 1, tzinfo=UTC), 1) == ["Fri 2031-01-10"]


def test_a_deadline_on_a_holiday_or_a_day_of_rest_moves_to_the_working_day_before() -> None:
    rule = replace(
        CALENDAR,
        recurs=Monthly(14),
        deadline_days=MONDAY_TO_FRIDAY,
        holidays=frozenset({date(2021, 2, 12), date(2021, 4, 14)}),
    )

    assert days(rule, datetime(2021, 2, 1, tzinfo=UTC), 4) == [
        "Thu 2021-02-11",  # Sunday the 14th, and Friday is a holiday
        "Fri 2021-03-12",
        "Tue 2021-04-13",
        "Fri 2021-05-14",
    ]


def test_where_no_working_days_are_named_a_deadline_may_stand_on_a_sunday() -> None:
    assert CALENDAR.deadline_days == EVERY_DAY
    assert days(CALENDAR, datetime(2021, 2, 1, tzinfo=UTC), 1) == ["Sun 2021-02-14"]


def test_a_deadline_may_move_into_the_month_before_and_none_is_left_out_or_doubled() -> None:
    rule = replace(CALENDAR, recurs=Monthly(1), holidays=frozenset({date(2021, 3, 1), date(2021, 2, 28)}))

    assert days(rule, datetime(2021, 1, 15, tzinfo=UTC), 3) == ["Mon 2021-02-01", "Sat 2021-02-27", "Thu 2021-04-01"]
    assert window(rule, next_deadline(rule, datetime(2021, 2, 2, tzinfo=UTC))) == (date(2021, 2, 1), date(2021, 2, 27))


def test_a_week_of_nothing_but_holidays_has_no_issue_of_its_own() -> None:
    week = frozenset(date(2021, 12, 24) + timedelta(days=ahead) for ahead in range(7))
    rule = replace(CALENDAR, recurs=Weekly(THURSDAY), holidays=week)

    assert days(rule, datetime(2021, 12, 17, tzinfo=UTC), 2) == ["Thu 2021-12-23", "Thu 2022-01-06"]


@pytest.mark.parametrize(
    ("recurs", "deadline", "covers"),
    [
        (Monthly(14), date(2021, 1, 14), (date(2020, 12, 1), date(2021, 1, 14))),
        (Weekly(THURSDAY), date(2021, 1, 21), (date(2021, 1, 14), date(2021, 1, 21))),
        (Weekly(THURSDAY, 2), date(2021, 1, 28), (date(2021, 1, 14), date(2021, 1, 28))),
        (ByDates((date(2021, 1, 4), THURSDAY)), THURSDAY, (date(2021, 1, 4), THURSDAY)),
        (ByDates((date(2021, 1, 4), THURSDAY)), date(2021, 1, 4), (date(2020, 12, 25), date(2021, 1, 4))),
        (ByDates((date(2021, 1, 4), THURSDAY)), date(2021, 1, 24), (THURSDAY, date(2021, 1, 24))),
    ],
)
def test_an_issue_covers_the_days_since_the_one_before_it(
    recurs: Recurrence, deadline: date, covers: tuple[date, date]
) -> None:
    rule = replace(CALENDAR, recurs=recurs)
    before = datetime.combine(deadline, time(0), UTC)

    assert window(rule, next_deadline(rule, before)) == covers


@given(calendars())
def test_windows_leave_no_day_between_two_issues(drawn: tuple[CalendarRule, datetime]) -> None:
    rule, now = drawn
    first, second = islice(deadlines(rule, now), 2)

    assert window(rule, second)[0] <= window(rule, first)[1] <= window(rule, second)[1]


def test_a_reminder_comes_at_an_hour_of_the_desks_clock() -> None:
    plan = (
        Reminder(DueKind.MEMBERS, Before(days=2, at=time(10))),
        Reminder(DueKind.EDITORS, Before(days=0, at=time(9))),
    )
    rule = replace(CALENDAR, reminders=plan, draft=Before(days=1, at=time(8, 30)))

    dues = {due.name: f"{due.at:%d %H:%M}" for due in due_times(rule, datetime(2021, 1, 14, 22, tzinfo=UTC))}

    assert dues == {
        "remind members 2 days before at 10:00": "12 15:00",
        "draft": "13 13:30",
        "remind editors 0 days before at 09:00": "14 14:00",
        "close": "14 22:00",
    }


def test_of_two_reminders_to_the_same_people_the_earlier_is_of_use_until_the_later() -> None:
    plan = tuple(Reminder(DueKind.MEMBERS, Before(hours=hours)) for hours in (24, 72))
    deadline = datetime(2021, 1, 14, 22, tzinfo=UTC)

    early, late = (due for due in due_times(replace(CALENDAR, reminders=plan), deadline) if due.kind is DueKind.MEMBERS)

    assert (early.name, early.useful_until) == ("remind members 72 hours before", late.at)
    assert late.useful_until == deadline


def test_the_late_lane_ends_after_its_hours_or_when_the_issue_is_published() -> None:
    freeze = closes_at(CALENDAR, datetime(2021, 1, 14, 22, tzinfo=UTC))

    assert late_until(CALENDAR, freeze) is None
    assert late_until(replace(CALENDAR, late_for=timedelta(hours=48)), freeze) == datetime(2021, 1, 16, 22, tzinfo=UTC)


def _documented() -> list[str]:
    page = (Path(__file__).parent.parent.parent / "docs" / "calendar.md").read_text(encoding="utf-8")
    return [block.partition("```")[0] for block in page.split("```toml\n")[1:]]


@pytest.mark.parametrize(
    ("place", "ends"),
    [
        (0, ["Thu 2026-12-31", "Sun 2027-01-31", "Sun 2027-02-28"]),
        (1, ["Thu 2026-12-31", "Thu 2027-01-07", "Thu 2027-01-14"]),
        (2, ["Fri 2027-01-08", "Fri 2027-01-22", "Fri 2027-02-05"]),
        (3, ["Thu 2027-01-14", "Thu 2027-02-11", "Thu 2027-03-18"]),
    ],
    ids=["monthly", "weekly", "fortnightly", "dates"],
)
def test_a_calendar_that_is_documented_is_read_and_ends_its_issues_on_these_days(place: int, ends: list[str]) -> None:
    shipped = SHIPPED_HOUSE.read_text(encoding="utf-8")
    before, _, after = shipped.partition("[calendar]")

    house = read_house(f"{before}{_documented()[place]}\n[citation]{after.partition('[citation]')[2]}")

    assert days(house.calendar, datetime(2026, 12, 26, 12, tzinfo=UTC), 3) == ends


def test_a_documented_holiday_gives_its_deadline_to_the_day_before() -> None:
    shipped = SHIPPED_HOUSE.read_text(encoding="utf-8")
    before, _, after = shipped.partition("[calendar]")
    house = read_house(f"{before}{_documented()[1]}\n[citation]{after.partition('[citation]')[2]}")

    assert days(house.calendar, datetime(2027, 3, 20, tzinfo=UTC), 1) == ["Wed 2027-03-24"]
