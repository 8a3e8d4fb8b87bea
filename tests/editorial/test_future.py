"""A day that begins more than 24 hours ahead of the desk's clock is in the future."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.future import latest_day

ZONES = ("America/New_York", "Asia/Tehran", "Pacific/Kiritimati", "UTC")
MOMENTS = st.integers(946_684_800, 4_070_908_800).map(lambda second: datetime.fromtimestamp(second, UTC))


@given(MOMENTS, st.sampled_from(ZONES))
def test_the_latest_day_has_begun_within_a_day_and_the_one_after_it_has_not(now: datetime, zone: str) -> None:
    latest = latest_day(now, zone)

    assert _begins(latest, zone) <= now + timedelta(hours=24) < _begins(latest + timedelta(days=1), zone)


def test_days_are_those_of_the_desk() -> None:
    evening = datetime(2021, 1, 11, 23, 30, tzinfo=ZoneInfo("America/New_York"))

    assert latest_day(evening, "America/New_York") == date(2021, 1, 12)
    assert latest_day(evening, "UTC") == date(2021, 1, 13)


def _begins(day: date, zone: str) -> datetime:
    """The first moment of a day; that of one whose midnight the clocks skip is where they go on."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
