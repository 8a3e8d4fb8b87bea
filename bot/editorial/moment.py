"""Reads a moment as a person writes it: a date, a weekday or a distance, and a time of day."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = re.compile(r"\b(\d{1,2}):(\d{2})\b")


class MomentUnclearError(ValueError):
    """The text names no moment."""


def read_moment(text: str, *, zone: str, now: datetime, at: time) -> datetime:
    """Read `2021-01-14 17:00`, `14 Jan 17:00`, `Fri 12:00`, `tomorrow`; without a time of day, `at` is meant.

    A weekday or a day without its year is the next one to come. The answer is aware, in UTC.

    Raises:
        MomentUnclearError: no day can be read from the text, or the day does not exist.
    """
    local_now = now.astimezone(ZoneInfo(zone))
    words = " ".join(text.lower().split())
    clock = _TIME.search(words)
    if clock is not None:
        hour, minute = int(clock[1]), int(clock[2])
        if hour > 23 or minute > 59:  # noqa: PLR2004 - the last hour and minute of a day
            raise MomentUnclearError(f"{clock[0]} is no time of day.")
        at = time(hour, minute)
    day = _read_day(_TIME.sub("", words).strip(" ,"), local_now, at)
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


def _read_day(words: str, now: datetime, at: time) -> date:
    today, passed = now.date(), now.time() >= at
    try:
        if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", words):
            year, month, day = map(int, words.split("-"))
            return date(year, month, day)
        if written := re.fullmatch(r"(\d{1,2})\.? ([a-z]{3})[a-z]*\.?(?: (\d{4}))?", words):
            month = _MONTHS.index(written[2]) + 1
            if written[3]:
                return date(int(written[3]), month, int(written[1]))
            this_year = date(today.year, month, int(written[1]))
            return this_year if this_year > today or (this_year == today and not passed) else _next_year(this_year)
        if words[:3] in _WEEKDAYS and words.isalpha():
            ahead = (_WEEKDAYS.index(words[:3]) - today.weekday()) % 7
            return today + timedelta(days=7 if ahead == 0 and passed else ahead)
    except ValueError as impossible:
        raise MomentUnclearError(f"There is no day “{words}”.") from impossible
    distance = {"today": 0, "": 0, "tomorrow": 1}.get(words)
    if distance is None:
        raise MomentUnclearError(f"I cannot read a day in “{words}”.")
    return today + timedelta(days=distance)


def _next_year(day: date) -> date:
    return day.replace(year=day.year + 1)
