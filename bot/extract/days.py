"""Reads days that people and programs write: in figures, in words of many languages, in the Persian calendar."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

from bot.extract.months import MONTHS, PERSIAN_MONTHS, from_persian

_FIGURES = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９०१२३४५६७८९", "0123456789" * 4)
_LETTERS = str.maketrans({"ي": "ی", "ك": "ک"})
_YEAR = r"(?:19|20)\d{2}"
_PERSIAN_YEAR = r"1[34]\d{2}"
_STAMP = re.compile(
    rf"(?<!\d)({_YEAR})-?(\d\d)-?(\d\d)[T ]+(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)? ?(Z|UTC|GMT|[+-]\d\d:?\d\d)?"
)
_ISO = re.compile(rf"(?<![\d.])({_YEAR})(?P<by>[-/.])(\d{{1,2}})(?P=by)(\d{{1,2}})(?![\d])")
_COMPACT = re.compile(rf"(?<!\d)({_YEAR})(\d{{2}})(\d{{2}})(?=\d{{4}}(?!\d)|\d{{6}}(?!\d)|T|\D|$)")
_EASTERN = re.compile(rf"({_YEAR})\s*[年년]\s*(\d{{1,2}})\s*[月월]\s*(\d{{1,2}})\s*[日号號일]")
_VIETNAMESE = re.compile(rf"(?<!\d)(\d{{1,2}})\s+tháng\s+(\d{{1,2}})(?:\s+năm|,)?\s+({_YEAR})(?!\d)", re.IGNORECASE)
_NUMERIC = re.compile(rf"(?<![\d.])(\d{{1,2}})(?P<by>\s?[-/.]\s?)(\d{{1,2}})(?P=by)({_YEAR})(?!\d)")
_SHORT_YEAR = re.compile(r"(?<![\d.,/-])(\d{2})(?P<by>[/.])(\d{2})(?P=by)(\d{2})(?![\d./,-])")
_PERSIAN = re.compile(rf"(?<!\d)({_PERSIAN_YEAR})(?P<by>[-/])(\d{{1,2}})(?P=by)(\d{{1,2}})(?!\d)")
_WORD = r"(?:[^\W\d_][\u0300-\u036f\u0900-\u0903\u093a-\u094f]*){2,}(?:[ ](?:الثاني|الأول|الثانی))?"
"""A name of a month, whose letters may carry signs of their own, as in Hindi."""

_DAY_MONTH = re.compile(
    rf"(?<![\d.:])(\d{{1,2}})(?:st|nd|rd|th|er|re|º|ª|°|\.)?,?[\s/-]*(?:de\s+|of\s+|d['’]|di\s+)?({_WORD})\.?"
    rf"[\s,/-]*(?:de[l]?\s+|of\s+)?({_YEAR}|{_PERSIAN_YEAR})(?!\d)",
    re.IGNORECASE,
)  # fmt: skip
_MONTH_DAY = re.compile(
    rf"(?<!\w)({_WORD})\.?[\s/-]*(\d{{1,2}})(?:st|nd|rd|th)?(?:,|\s|\.|-|/)+({_YEAR})(?!\d)", re.IGNORECASE
)
_YEAR_FIRST = re.compile(rf"(?<!\d)({_YEAR})[.,]?\s+({_WORD})\.?\s+(\d{{1,2}})(?!\d|:)", re.IGNORECASE)
_MAIL = re.compile(rf"(?<!\w)\w{{3}} (\w{{3}}) (\d{{1,2}}) \d\d:\d\d:\d\d [\w:+]* ?({_YEAR})(?!\d)")
_MONTHS = 12
_CENTURY = 2000
_NEXT = 40
"""Of years in two figures, those up to this one belong to this century."""

_LONGEST = 400


def day_in(text: str, *, day_first: bool | None = None) -> date | None:
    """The first day that a text means: with its year, in figures whose order is clear or with the name of the month.

    04/03/2021 is the fourth of March where the page puts days first, the third of April where it puts months first
    (`day_first` False), and none where that is unknown.
    """
    return next(days_in(text, day_first=day_first), None)


def days_in(text: str, *, day_first: bool | None = None) -> Iterator[date]:
    """The days that a text means, those of the clearest forms first."""
    text = " ".join(text[:_LONGEST].split()).translate(_FIGURES)
    if not any(each.isdigit() for each in text):
        return
    for form in (_ISO, _EASTERN, _COMPACT):
        for found in form.finditer(text):
            year, month, day = (each for each in found.groups() if each.isdigit())
            yield from _day(int(year), int(month), int(day))
    for found in _VIETNAMESE.finditer(text):
        yield from _day(int(found[3]), int(found[2]), int(found[1]))
    yield from _in_words(text)
    for found in _NUMERIC.finditer(text):
        yield from _in_order(
            int(found[1]), int(found[3]), int(found[4]), day_first=True if "." in found["by"] else day_first
        )
    for found in _PERSIAN.finditer(text):
        yield from _persian(int(found[1]), int(found[3]), int(found[4]))


def short_day_in(text: str, *, day_first: bool | None = None) -> date | None:
    """The day of a text that is a date in figures and little else, its year in two of them: 11.01.21."""
    found = _SHORT_YEAR.search(text[:_LONGEST].translate(_FIGURES))
    if found is None:
        return None
    year = int(found[4]) + (_CENTURY if int(found[4]) <= _NEXT else _CENTURY - 100)
    return next(
        _in_order(int(found[1]), int(found[3]), year, day_first=True if found["by"] == "." else day_first), None
    )


def instant_in(text: str) -> datetime | None:
    """The instant that a text gives with its offset; None where it gives no time or no offset."""
    found = _STAMP.search(text[:_LONGEST])
    if found is None or not found[7]:
        return None
    offset = "+00:00" if found[7] in {"Z", "UTC", "GMT"} else found[7]
    try:
        return datetime.fromisoformat(f"{found[1]}-{found[2]}-{found[3]}T{found[4]}:{found[5]}{offset}")
    except ValueError:
        return None


def is_utc(instant: datetime) -> bool:
    """Say whether an instant was given in universal time rather than in that of some place."""
    return instant.utcoffset() == UTC.utcoffset(None)


def _in_words(text: str) -> Iterator[date]:
    for form, (day, month, year) in (
        (_DAY_MONTH, (1, 2, 3)),
        (_MONTH_DAY, (2, 1, 3)),
        (_YEAR_FIRST, (3, 2, 1)),
        (_MAIL, (2, 1, 3)),
    ):
        for found in form.finditer(text):
            name = found[month].casefold()
            if number := MONTHS.get(name):
                if not found[year].startswith(("13", "14")):
                    yield from _day(int(found[year]), number, int(found[day]))
            elif number := PERSIAN_MONTHS.get(name.translate(_LETTERS)):
                yield from _persian(int(found[year]), number, int(found[day]))


def _in_order(first: int, second: int, year: int, *, day_first: bool | None) -> Iterator[date]:
    if day_first or first > _MONTHS or first == second:
        yield from _day(year, second, first)
    elif day_first is False or second > _MONTHS:
        yield from _day(year, first, second)


def _day(year: int, month: int, day: int) -> Iterator[date]:
    try:
        yield date(year, month, day)
    except ValueError:
        return


def _persian(year: int, month: int, day: int) -> Iterator[date]:
    try:
        yield from_persian(year, month, day)
    except ValueError:
        return
