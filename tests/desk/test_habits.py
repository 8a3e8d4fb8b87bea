"""What a member's correction says of the place that a page is from, and what becomes of later pages."""

from datetime import UTC, date, datetime

import pytest

from bot.desk.habits import as_is_usual, told_by
from bot.ports import Habit
from tests.editorial.values import item

CARACAS = "America/Caracas"
LATE = datetime(2021, 1, 12, 2, 30, tzinfo=UTC)
"""The evening before in Caracas."""

NIGHT, MORROW = date(2021, 1, 11), date(2021, 1, 12)


@pytest.mark.parametrize(
    ("title", "wish", "told"),
    [
        ("Port reopens | Mundo", "Port reopens", {Habit.SUFFIX: " | Mundo"}),
        ("Port reopens - El Diario", "Port reopens", {Habit.SUFFIX: " - El Diario"}),
        ("En vivo: port reopens", "port reopens", {Habit.PREFIX: "En vivo: "}),
        ("Port reopens in Havana", "Port reopens", {}),
        ("Port reopens | Mundo", "Havana's port reopens", {}),
        ("Port reopens | " + "Mundo " * 20, "Port reopens", {}),
        ("Port reopens", "Port reopens | Mundo", {Habit.SUFFIX: None}),
        ("port reopens", "En vivo: port reopens", {Habit.PREFIX: None}),
        ("Port reopens |", "Port reopens", {}),
        ("Port reopens", "", {}),
    ],
)
def test_an_end_that_is_taken_off_at_a_mark_is_a_habit(title: str, wish: str, told: dict[Habit, str | None]) -> None:
    assert told_by(item(title=title), {"title": wish}, ()) == told


def test_what_a_member_wrote_before_says_nothing_of_the_page() -> None:
    written = item(title="Port reopens | Mundo", published_on=NIGHT, stamped_at=LATE)

    edited = {"title": "U_ANA", "published_on": "U_ANA"}
    again = item(title="Port reopens | Mundo", published_on=NIGHT, stamped_at=LATE, edited=edited)

    words = {"title": "Port reopens", "published_on": MORROW}
    assert told_by(written, words, ()) == {Habit.SUFFIX: " | Mundo", Habit.ZONE: None}
    assert told_by(again, words, ()) == {}


@pytest.mark.parametrize(
    ("was", "said", "told"),
    [
        (MORROW, NIGHT, {Habit.ZONE: CARACAS}),
        (None, NIGHT, {Habit.ZONE: CARACAS}),
        (NIGHT, MORROW, {Habit.ZONE: None}),
        (MORROW, date(2021, 1, 9), {}),
        (MORROW, MORROW, {}),
        (MORROW, None, {}),
    ],
)
def test_a_day_that_is_that_of_a_zone_is_a_habit(
    was: date | None, said: date | None, told: dict[Habit, str | None]
) -> None:
    shown = item(published_on=was, stamped_at=LATE)

    assert told_by(shown, {"published_on": said}, ("Mars/Olympus", CARACAS)) == told


def test_without_a_universal_time_a_day_says_nothing_of_zones() -> None:
    assert told_by(item(published_on=MORROW), {"published_on": NIGHT}, (CARACAS,)) == {}


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Havana reopens | Mundo", "Havana reopens"),
        ("En vivo: Havana reopens | Mundo", "Havana reopens"),
        ("Havana reopens", "Havana reopens"),
        (" | Mundo", " | Mundo"),
        (None, None),
    ],
)
def test_later_headlines_lose_the_usual_ends(title: str | None, shown: str | None) -> None:
    usual = as_is_usual({"title": title}, {Habit.SUFFIX: " | Mundo", Habit.PREFIX: "En vivo: "})

    assert ({"title": title} | usual)["title"] == shown


def test_later_times_are_read_as_days_of_the_zone() -> None:
    read = {"published_on": MORROW, "stamped_at": LATE}

    assert as_is_usual(read, {Habit.ZONE: CARACAS}) == {"published_on": NIGHT}
    assert as_is_usual(read, {}) == {}
    assert as_is_usual(read | {"stamped_at": None}, {Habit.ZONE: CARACAS}) == {}
