from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extract.days import day_in, days_in, instant_in, is_utc, short_day_in
from bot.extract.months import MONTHS, PERSIAN_MONTHS, from_persian

DAYS = st.dates(date(1980, 1, 1), date(2079, 12, 31))
PERSIAN_NUMBERS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@given(day=DAYS, name=st.sampled_from(sorted(MONTHS)))
def test_every_name_of_a_month_is_read_before_and_after_its_day(day: date, name: str) -> None:
    day = day.replace(month=MONTHS[name], day=min(day.day, 28))

    assert day_in(f"{day.day} {name} {day.year}") == day
    assert day_in(f"{name.upper()} {day.day}, {day.year}") == day
    assert day_in(f"el {day.day} de {name} de {day.year}, 10:30") == day


@given(day=DAYS)
def test_figures_of_every_clear_order_mean_the_same_day(day: date) -> None:
    assert day_in(day.isoformat()) == day
    assert day_in(f"{day:%Y%m%d}") == day
    assert day_in(f"{day:%d.%m.%Y}") == day
    assert day_in(f"{day:%d/%m/%Y}", day_first=True) == day
    assert day_in(f"{day:%m/%d/%Y}", day_first=False) == day or day.day > 12
    assert day_in(f"{day.year}年{day.month}月{day.day}日") == day
    assert day_in(f"{day.day} tháng {day.month} năm {day.year}") == day


@pytest.mark.parametrize(
    ("persian", "day"),
    [
        ((1399, 10, 22), date(2021, 1, 11)),
        ((1399, 12, 30), date(2021, 3, 20)),
        ((1400, 1, 1), date(2021, 3, 21)),
        ((1403, 1, 1), date(2024, 3, 20)),
        ((1370, 1, 1), date(1991, 3, 21)),
    ],
)
def test_a_persian_day_is_that_of_the_almanac(persian: tuple[int, int, int], day: date) -> None:
    assert from_persian(*persian) == day


@pytest.mark.parametrize("persian", [(1399, 0, 1), (1399, 13, 1), (1399, 7, 31), (1400, 12, 30), (1399, 1, 0)])
def test_a_persian_day_that_is_none_is_refused(persian: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="-"):
        from_persian(*persian)


@given(year=st.integers(1300, 1499), month=st.integers(1, 12), day=st.integers(1, 29))
def test_persian_days_follow_each_other_and_are_read_in_words(year: int, month: int, day: int) -> None:
    name = next(name for name, number in PERSIAN_MONTHS.items() if number == month)

    own = from_persian(year, month, day)

    assert day == 1 or own - from_persian(year, month, day - 1) == timedelta(days=1)
    assert day_in(f"{day} {name} {year}".translate(PERSIAN_NUMBERS)) == own


def test_two_figures_of_a_year_are_enough_where_the_line_is_a_date() -> None:
    assert short_day_in("11.01.21") == date(2021, 1, 11)
    assert short_day_in("11/01/99", day_first=True) == date(1999, 1, 11)
    assert short_day_in("11/01/21") is None
    assert short_day_in("version 1.11.01.21") is None


def test_an_instant_tells_whether_it_is_universal_time() -> None:
    assert instant_in("2021-01-12T02:30:00Z") == datetime(2021, 1, 12, 2, 30, tzinfo=UTC)
    assert instant_in("20210112T02:30:00+0000") == datetime(2021, 1, 12, 2, 30, tzinfo=UTC)
    local = instant_in("2021-01-11T22:30:00-04:00")
    assert local is not None
    assert not is_utc(local)
    assert instant_in("2021-01-12T02:30:00") is None
    assert instant_in("2021-01-12") is None


@given(text=st.text(max_size=300))
def test_whatever_the_text_reading_its_days_ends(text: str) -> None:
    assert all(isinstance(day, date) for day in days_in(text))
