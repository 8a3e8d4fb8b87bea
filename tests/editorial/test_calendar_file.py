"""When issues end and what comes before, as a house file says it, and each mistake with its line."""

from datetime import date, time, timedelta

import pytest

from bot.editorial.calendar import Before, DueKind, Reminder
from bot.editorial.house_file import read_house
from bot.editorial.recurrence import Weekly
from tests.editorial.house_text import HOUSE, faults_in, house_with

WEEKLY = """\
recurrence = "weekly"
deadline_weekday = "thursday"
working_days = ["monday", "thursday"]
holidays = [2021-12-23, 2021-12-30]
late_lane_hours = 48"""


def _calendar(*lines: str) -> str:
    """The house with other lines in place of its deadline's day, which is line 19."""
    return house_with("deadline_day = 31", "\n".join(lines))


def test_a_weekly_calendar_is_read_as_it_is_written() -> None:
    rule = read_house(_calendar(WEEKLY)).calendar

    assert rule.recurs == Weekly(date(1, 1, 4))
    assert rule.working_days == rule.deadline_days == {0, 3}
    assert rule.holidays == {date(2021, 12, 23), date(2021, 12, 30)}
    assert rule.late_for == timedelta(hours=48)


def test_a_calendar_says_monthly_or_nothing() -> None:
    assert read_house(_calendar('recurrence = "monthly"', "deadline_day = 31")) == read_house(HOUSE)
    assert read_house(HOUSE).calendar.late_for is None


def test_reminders_and_draft_may_come_at_an_hour_of_the_clock() -> None:
    text = house_with("hours_before = 24", "days_before = 2, at = 09:30:00")
    text = house_with("draft_hours_before = 12", "draft_days_before = 0\ndraft_at = 08:00:00", text)

    rule = read_house(text).calendar

    assert rule.reminders == (
        Reminder(DueKind.MEMBERS, Before(hours=48)),
        Reminder(DueKind.SECTIONS, Before(days=2, at=time(9, 30))),
    )
    assert rule.draft == Before(days=0, at=time(8))


@pytest.mark.parametrize(
    ("lines", "line", "reason"),
    [
        (['recurrence = "yearly"'], 19, "“recurrence” must be one of “monthly”, “weekly”, “fortnightly”, “dates”."),
        (['recurrence = "monthly"'], 17, "“deadline_day” is missing."),
        (['recurrence = "weekly"'], 17, "“deadline_weekday” is missing."),
        (['recurrence = "weekly"', 'deadline_weekday = "thurs"'], 20, "“thurs” is no day of the week such as friday."),
        (
            ['recurrence = "weekly"', 'deadline_weekday = "friday"', "deadline_day = 3"],
            21,
            "“deadline_day” is not known",
        ),
        (['recurrence = "fortnightly"', 'deadline_weekday = "friday"'], 17, "“anchor” is missing."),
        (
            ['recurrence = "fortnightly"', 'deadline_weekday = "friday"', "anchor = 2021-01-14"],
            21,
            "“anchor” is a thursday: it must be the day of a deadline.",
        ),
        (
            ['recurrence = "fortnightly"', 'deadline_weekday = "friday"', "anchor = 2021-01-14T17:00:00"],
            21,
            "“anchor” must be a day such as 2021-01-14.",
        ),
        (['recurrence = "dates"'], 17, "“dates” is missing."),
        (['recurrence = "dates"', "dates = []"], 20, "“dates” must be a list of days such as 2021-01-14."),
        (['recurrence = "dates"', "dates = [2021-01-14]"], 20, "“dates” must be two days or more"),
        (['recurrence = "dates"', "dates = [2021-02-14, 2021-01-14]"], 20, "“dates” must be in order, each day once."),
        (['recurrence = "dates"', "dates = [2021-01-14, 2021-01-14]"], 20, "“dates” must be in order, each day once."),
        (['recurrence = "dates"', 'dates = ["2021-01-14"]'], 20, "“dates” must be a list of days such as 2021-01-14."),
        (["deadline_day = 31", "holidays = [17]"], 20, "“holidays” must be a list of days such as 2021-01-14."),
        (["deadline_day = 31", "holidays = [2021-01-14T17:00:00]"], 20, "“holidays” must be a list of days"),
        (["deadline_day = 31", 'working_days = ["mon"]'], 20, "“mon” is no day of the week such as friday."),
        (["deadline_day = 31", "late_lane_hours = -1"], 20, "“late_lane_hours” is 0 to 672."),
    ],
)
def test_each_mistake_in_when_issues_end_is_reported_once_with_its_line(
    lines: list[str], line: int, reason: str
) -> None:
    faults = faults_in(_calendar(*lines))

    assert [number for number, _ in faults] == [line]
    assert reason in faults[0][1]


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ('to = "sections"', 'to = "everybody"', 22, "“to” must be one of “members”, “sections”, “editors”."),
        ('to = "sections", ', "", 21, "“to” is missing."),
        ("hours_before = 24", "hours_before = 0", 21, "“hours_before” is 1 to 671."),
        ("hours_before = 24", "hours_before = 672", 21, "“hours_before” is 1 to 671."),
        ("hours_before = 24", "days_before = 2", 21, "“at” is missing."),
        ("hours_before = 24", "at = 09:00:00", 21, "“days_before” is missing."),
        ("hours_before = 24", "days_before = 28, at = 09:00:00", 21, "“days_before” is 0 to 27."),
        ("hours_before = 24", "days_before = 0, at = 17:00:00", 21, "before the deadline's own time of day."),
        (
            "hours_before = 24",
            "hours_before = 24, days_before = 1, at = 09:00:00",
            21,
            "“hours_before” and “days_before” exclude each other.",
        ),
        ("hours_before = 24", "hours_before = 24, in = 3", 21, "“in” is not known here."),
        ('to = "sections", hours_before = 24', 'to = "members", hours_before = 48', 21, "to “members” stands twice."),
        ("draft_hours_before = 12", "draft_days_before = 1", 17, "“draft_at” is missing."),
        ("draft_hours_before = 12", "", 17, "“draft_hours_before” is missing."),
    ],
)
def test_each_mistake_in_the_plan_is_reported_once_with_its_line(old: str, new: str, line: int, reason: str) -> None:
    faults = faults_in(house_with(old, new))

    assert [number for number, _ in faults] == [line]
    assert reason in faults[0][1]


def test_what_would_come_before_a_weekly_issue_opens_is_refused() -> None:
    faults = faults_in(house_with("hours_before = 48", "hours_before = 168", _calendar(WEEKLY)))

    assert [reason for _, reason in faults] == ["“hours_before” is 1 to 167."]
