from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox.clock import MovableClock

MONDAY = datetime(2021, 1, 11, tzinfo=UTC)


def test_a_clock_with_a_start_stands_still_until_it_is_moved() -> None:
    clock = MovableClock(MONDAY)

    assert clock() == clock() == MONDAY
    clock.advance(timedelta(hours=2))

    assert clock() == MONDAY + timedelta(hours=2)
    assert clock.ahead == timedelta(hours=2)


def test_a_clock_without_a_start_runs_ahead_of_the_time_of_day() -> None:
    clock = MovableClock()

    clock.advance(timedelta(days=400))

    assert clock() - datetime.now(UTC) > timedelta(days=399)
    assert not clock.stands_still


def test_a_clock_never_goes_back() -> None:
    with pytest.raises(ValueError, match="forward only"):
        MovableClock(MONDAY).advance(timedelta(seconds=-1))


def test_a_clock_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        MovableClock(datetime(2021, 1, 11))  # noqa: DTZ001 - what is refused here


def test_who_asked_is_told_of_each_move_until_they_leave() -> None:
    clock, told = MovableClock(MONDAY), []
    leave = clock.on_move(lambda: told.append(clock()))

    clock.advance(timedelta(minutes=1))
    leave()
    clock.advance(timedelta(minutes=1))

    assert told == [MONDAY + timedelta(minutes=1)]
