"""Reads a moment as a person writes it: a date, a weekday or a distance, and a time of day."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_SHORTEST = 3
_TIME = re.compile(r"\b(\d{1,2}):(\d{2})\b")


class MomentUnclearError(ValueError):
    """The text names no moment: `why` says what it lacks, `about` is the part that cannot be read."""

    def __init__(self, why: str, about: str = "") -> None:
        super().__init__(f"{why}: {about}")
        self.why = why
        self.about = about


def read_moment(text: str, *, zone: str, now: datetime, at: time) -> datetime:
    """Read `2021-01-14 17:00`, `14 Jan 17:00`, `Thu 14 Jan`, `Jan 14`, `Fri 12:00`, `tomorrow`, `17:00`.

    Without a time of day `at` is meant, without a day today. A weekday or a day without its year is the next one to
    come. `zone` is where the text is written; a time that its clocks skip moves forward with them. The answer is
    aware, in UTC, and may have passed.

    Raises:
        MomentUnclearError: neither day nor time can be read from the text, or there is no such day or time.
    """
    local_now = now.astimezone(ZoneInfo(zone))
    words = " ".join(text.lower().split())
    if not words:
        raise MomentUnclearError("nothing")
    clock = _TIME.search(words)
    if clock is not None:
        hour, minute = int(clock[1]), int(clock[2])
        if hour > 23 or minute > 59:  # noqa: PLR2004 - the last hour and minute of a day
            raise MomentUnclearError("no time", clock[0])
        at = time(hour, minute)
    day = _read_day(_TIME.sub("", words, count=1).strip(" ,"), local_now, at)
    try:
        return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
    except OverflowError:
        raise MomentUnclearError("too far", str(day)) from None


def _read_day(words: str, now: datetime, at: time) -> date:
    """The day in words; a weekday before a date must be the date's own."""
    weekday, _, rest = words.partition(" ")
    named = _named(weekday.rstrip(".,"), _WEEKDAYS)
    if named is None or not rest:
        return _read_date(words, now, at)
    day = _read_date(rest, now, at)
    if day.weekday() != named:
        raise MomentUnclearError("another weekday", str(day))
    return day


def _read_date(words: str, now: datetime, at: time) -> date:
    today, passed = now.date(), now.time() >= at
    try:
        if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", words):
            year, month, day = map(int, words.split("-"))
            return date(year, month, day)
        if written := re.fullmatch(r"(\d{1,2})\.? ([a-z]+)\.?,?(?: (\d{4}))?", words):
            return _read_written(int(written[1]), written[2], written[3], today, passed=passed)
        if written := re.fullmatch(r"([a-z]+)\.? (\d{1,2}),?(?: (\d{4}))?", words):
            return _read_written(int(written[2]), written[1], written[3], today, passed=passed)
        if (weekday := _named(words, _WEEKDAYS)) is not None:
            ahead = (weekday - today.weekday()) % 7
            return today + timedelta(days=7 if ahead == 0 and passed else ahead)
    except ValueError as impossible:
        raise MomentUnclearError("no such day", words) from impossible
    distance = {"today": 0, "": 0, "tomorrow": 1}.get(words)
    if distance is None:
        raise MomentUnclearError("no day", words)
    return today + timedelta(days=distance)


def _read_written(day: int, name: str, year: str | None, today: date, *, passed: bool) -> date:
    month = _named(name, _MONTHS)
    if month is None:
        raise ValueError(name)
    if year is not None:
        return date(int(year), month + 1, day)
    this_year = date(today.year, month + 1, day)
    to_come = this_year > today or (this_year == today and not passed)
    return this_year if to_come else this_year.replace(year=today.year + 1)


def _named(word: str, names: tuple[str, ...]) -> int | None:
    """The place of the name that a word is or begins: `fri`, `thurs`, `sept`."""
    begun = [place for place, name in enumerate(names) if len(word) >= _SHORTEST and name.startswith(word)]
    return begun[0] if begun else None
