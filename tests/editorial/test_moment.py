from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.moment import MomentUnclearError, read_moment

NEW_YORK = "America/New_York"
MONDAY_NOON = datetime(2021, 1, 11, 17, tzinfo=UTC)


def _read(text: str, *, zone: str = NEW_YORK, now: datetime = MONDAY_NOON) -> str:
    moment = read_moment(text, zone=zone, now=now, at=time(17))
    assert moment.tzinfo is UTC
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("text", "wall"),
    [
        ("2021-01-14 17:30", "2021-01-14 17:30"),
        ("2021-1-4", "2021-01-04 17:00"),
        ("14 Jan 17:30", "2021-01-14 17:30"),
        ("14. January, 9:05", "2021-01-14 09:05"),
        ("Jan 14", "2021-01-14 17:00"),
        ("January 14, 2022 12:00", "2022-01-14 12:00"),
        ("14 jan 2022", "2022-01-14 17:00"),
        ("3 Sept", "2021-09-03 17:00"),
        ("10 Jan", "2022-01-10 17:00"),
        ("11 Jan", "2021-01-11 17:00"),
        ("11 Jan 11:59", "2022-01-11 11:59"),
        ("31 Dec 23:59", "2021-12-31 23:59"),
        ("Fri 12:00", "2021-01-15 12:00"),
        ("  FRIDAY   12:00 ", "2021-01-15 12:00"),
        ("12:00 Thurs", "2021-01-14 12:00"),
        ("Fri 29 Jan 17:30", "2021-01-29 17:30"),
        ("Thursday, January 14, 2021", "2021-01-14 17:00"),
        ("Mon", "2021-01-11 17:00"),
        ("Mon 12:00", "2021-01-18 12:00"),
        ("Mon 11:59", "2021-01-18 11:59"),
        ("Sun", "2021-01-17 17:00"),
        ("today", "2021-01-11 17:00"),
        ("tomorrow", "2021-01-12 17:00"),
        ("tomorrow 00:00", "2021-01-12 00:00"),
        ("18:15", "2021-01-11 18:15"),
        ("today 9:00", "2021-01-11 09:00"),
    ],
)
def test_a_moment_is_read_as_a_person_writes_it(text: str, wall: str) -> None:
    assert _read(text) == wall


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "nothing: "),
        ("   ", "nothing: "),
        ("soon", "no day: soon"),
        ("money", "no day: "),
        ("satellite 12:00", "no day: "),
        ("fr", "no day: "),
        ("Fri 14 Jan", "another weekday: 2021-01-14"),
        ("fri " * 2000, "no day: "),
        ("14 Foo", "no such day: 14 foo"),
        ("14 janitor", "no such day: 14 janitor"),
        ("31 Feb", "no such day: 31 feb"),
        ("29 Feb", "no such day: 29 feb"),
        ("2021-02-30", "no such day: 2021-02-30"),
        ("0000-01-01", "no such day"),
        ("0 Jan", "no such day"),
        ("24:00", "no time: 24:00"),
        ("Fri 12:60", "no time: 12:60"),
        ("Fri 12:00 13:00", "no day: "),
        ("Fri 12:00 or 13:00", "no day: "),
        ("17:00:00", "no day: "),
        ("123:45", "no day: "),
        ("9999-12-31 23:00", "too far: "),
        ("14/01/2021", "no day: "),
    ],
)
def test_what_names_no_moment_is_said(text: str, said: str) -> None:
    with pytest.raises(MomentUnclearError, match=said):
        _read(text)


def test_a_leap_day_is_read_in_its_year() -> None:
    assert _read("29 Feb", now=datetime(2024, 1, 11, tzinfo=UTC)) == "2024-02-29 17:00"
    with pytest.raises(MomentUnclearError, match="no such day"):
        _read("29 Feb", now=datetime(2024, 3, 1, tzinfo=UTC))


def test_today_is_the_desks_today() -> None:
    late = datetime(2021, 1, 1, 3, tzinfo=UTC)

    assert _read("today", now=late) == "2020-12-31 17:00"
    assert _read("today", zone="Asia/Kathmandu", now=late) == "2021-01-01 17:00"


@pytest.mark.parametrize(
    ("zone", "text", "wall"),
    [
        (NEW_YORK, "2021-03-14 02:30", "2021-03-14 03:30"),
        ("Europe/Berlin", "2021-03-28 02:30", "2021-03-28 03:30"),
        ("America/Santiago", "2021-09-05 00:30", "2021-09-05 01:30"),
    ],
)
def test_a_time_that_the_clocks_skip_moves_forward(zone: str, text: str, wall: str) -> None:
    assert _read(text, zone=zone) == wall


def test_a_time_that_comes_twice_is_the_first() -> None:
    found = read_moment("2021-11-07 01:30", zone=NEW_YORK, now=MONDAY_NOON, at=time(17))

    assert found == datetime(2021, 11, 7, 5, 30, tzinfo=UTC)


@given(st.text() | st.from_regex(r"\d{1,4}[- ](\d{1,2}|[A-Z][a-z]{2,4})[- ]?\d{0,4}( \d{1,2}:\d{2})?", fullmatch=True))
def test_whatever_is_typed_is_a_moment_or_is_said_to_be_none(text: str) -> None:
    try:
        found = read_moment(text, zone="Asia/Kathmandu", now=MONDAY_NOON, at=time(17))
    except MomentUnclearError:
        return
    assert found.tzinfo is UTC
