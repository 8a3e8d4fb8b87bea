"""Reads a house from TOML: every fault is reported, each with its line."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.editorial.calendar import CalendarRule
from bot.editorial.house import Chapter, CitationStyle, Denominator, House, Section, StateMediaRule

Path = tuple[str | int, ...]

_KEY = re.compile(r"[a-z][a-z0-9-]*")
_HOURS_A_MONTH = 24 * 28
_LAST_DAY = 31


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a house file, and on which line."""

    line: int
    reason: str


class HouseRefusedError(ValueError):
    """A house file that cannot be used; `faults` are all that was found."""

    def __init__(self, name: str, faults: Sequence[Fault]) -> None:
        self.name = name
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        super().__init__("\n".join(f"{name}:{fault.line}: {fault.reason}" for fault in self.faults))


def read_house(text: str, name: str = "house.toml") -> House:
    """Read a house file.

    Raises:
        HouseRefusedError: with every fault of the file and its line.
    """
    try:
        document = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as broken:
        line = re.search(r"line (\d+)", str(broken))
        number = int(line[1]) if line else len(text.splitlines())
        raise HouseRefusedError(name, [Fault(number, str(broken).partition(" (at ")[0])]) from None
    reader = _Reader()
    house = _house(_Table(reader, document, ()))
    if reader.faults:
        raise HouseRefusedError(name, [Fault(_line_of(text, path), reason) for path, reason in reader.faults])
    return house


class _Reader:
    """Collects what is wrong, so that one reading reports everything."""

    def __init__(self) -> None:
        self.faults: list[tuple[Path, str]] = []

    def refuse(self, path: Path, reason: str) -> None:
        self.faults.append((path, reason))


class _Table:
    """A table of the file; each value is taken once, and what is left over is refused."""

    def __init__(self, reader: _Reader, values: Mapping[str, Any], path: Path) -> None:
        self._reader = reader
        self._values = dict(values)
        self.path = path

    def refuse(self, key: str, reason: str) -> None:
        self._reader.refuse((*self.path, key), reason)

    def take(self, key: str, kind: type, default: Any) -> Any:  # noqa: ANN401 - the caller names the type
        if key not in self._values:
            self._reader.refuse(self.path, f"“{key}” is missing.")
            return default
        value = self._values.pop(key)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.refuse(key, f"“{key}” must be {_KINDS[kind]}.")
            return default
        return value

    def words(self, key: str) -> tuple[str, ...]:
        found = self.take(key, list, [])
        if any(not isinstance(word, str) or not word.strip() for word in found):
            self.refuse(key, f"“{key}” must be a list of words.")
            return ()
        return tuple(found)

    def count(self, key: str, least: int, most: int | None = None) -> int:
        number: int = self.take(key, int, least)
        if number < least or (most is not None and number > most):
            self.refuse(key, f"“{key}” must be {least} or more." if most is None else f"“{key}” is {least} to {most}.")
            return least
        return number

    def text(self, key: str) -> str:
        found: str = self.take(key, str, "?")
        if not found.strip():
            self.refuse(key, f"“{key}” is empty.")
        return found

    def table(self, key: str) -> "_Table":
        return _Table(self._reader, self.take(key, dict, {}), (*self.path, key))

    def tables(self, key: str) -> list["_Table"]:
        found = self.take(key, list, [])
        if not found or any(not isinstance(each, dict) for each in found):
            self.refuse(key, f"“{key}” must be one table or more.")
            return []
        return [_Table(self._reader, each, (*self.path, key, place)) for place, each in enumerate(found)]

    def close(self) -> None:
        for key in self._values:
            self.refuse(key, f"“{key}” is not known here.")


_KINDS: Mapping[type, str] = {
    str: "text in quotes",
    int: "a whole number",
    list: "a list",
    dict: "a table",
    Decimal: "a number with a decimal point",
    time: "a time of day such as 17:00:00",
}


def _house(top: _Table) -> House:
    name, title = top.text("name"), top.text("title")
    first, each, planned = top.count("first_number", 1), top.count("items_per_member", 0), top.count("planned_items", 1)
    rule, plan = _state_media(top.table("state_media")), _calendar(top.table("calendar"))
    style = _citation(top.table("citation"))
    seen: set[str] = set()
    chapters = tuple(_chapter(table, seen) for table in top.tables("chapters"))
    top.close()
    return House(name, title, first, each, planned, chapters, rule, plan, style)


def _chapter(table: _Table, seen: set[str]) -> Chapter:
    key, title = table.text("key"), table.text("title")
    sections = tuple(_section(each, key, seen) for each in table.tables("sections"))
    table.close()
    return Chapter(key, title, sections)


def _section(table: _Table, chapter: str, seen: set[str]) -> Section:
    key, title = table.text("key"), table.text("title")
    if not _KEY.fullmatch(key):
        table.refuse("key", f"The key “{key}” must be small letters, digits and hyphens.")
    if key in seen:
        table.refuse("key", f"The section “{key}” stands twice.")
    seen.add(key)
    section = Section(key, title, chapter, table.words("words"), table.count("minimum", 0))
    table.close()
    return section


def _state_media(table: _Table) -> StateMediaRule:
    limit = Fraction(table.take("limit", Decimal, Decimal("0.2")))
    if not 0 < limit <= 1:
        table.refuse("limit", "“limit” must be above 0 and at most 1.")
    denominator = table.text("denominator")
    if denominator not in {each.value for each in Denominator}:
        choices = ", ".join(f"“{each}”" for each in Denominator)
        table.refuse("denominator", f"“denominator” must be one of {choices}.")
        denominator = Denominator.OVERALL.value
    watched = table.words("watched")
    for code in watched:
        if not re.fullmatch(r"[A-Z]{2}", code):
            table.refuse("watched", f"“{code}” is not a country code of two capital letters.")
    rule = StateMediaRule(limit, Denominator(denominator), frozenset(watched), table.text("prefix"))
    table.close()
    return rule


def _calendar(table: _Table) -> CalendarRule:
    zone = table.text("zone")
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        table.refuse("zone", f"“{zone}” is not a time zone such as America/New_York.")
    noon = time(12)
    rule = CalendarRule(
        zone=zone,
        day=table.count("deadline_day", 1, _LAST_DAY),
        at=table.take("deadline_time", time, noon),
        members_before=timedelta(hours=table.count("remind_members_hours_before", 1, _HOURS_A_MONTH)),
        sections_before=timedelta(hours=table.count("remind_sections_hours_before", 1, _HOURS_A_MONTH)),
        draft_before=timedelta(hours=table.count("draft_hours_before", 1, _HOURS_A_MONTH)),
        freeze_after=timedelta(hours=table.count("freeze_hours_after", 0, _HOURS_A_MONTH)),
        work_from=table.take("work_from", time, noon),
        work_until=table.take("work_until", time, noon),
    )
    if rule.work_until < rule.work_from:
        table.refuse("work_until", "“work_until” is before “work_from”.")
    table.close()
    return rule


def _citation(table: _Table) -> CitationStyle:
    style = CitationStyle(
        language=table.text("language"),
        credit=table.text("credit"),
        undated=table.text("undated"),
        language_note=table.text("language_note"),
        no_source=table.text("no_source"),
    )
    for key, takes in (("credit", {"source", "date"}), ("undated", {"source"}), ("language_note", {"language"})):
        names = set(re.findall(r"\{(.*?)\}", getattr(style, key)))
        if names != takes:
            wanted = " and ".join(sorted(f"{{{name}}}" for name in takes))
            table.refuse(key, f"“{key}” must hold {wanted}, and no other braces.")
    table.close()
    return style


def _line_of(text: str, path: Path) -> int:
    """The line on which the value of a path begins.

    The TOML reader keeps no positions, so the file is read again in growing beginnings: the value begins after the
    last whole beginning that lacks it. A file that is refused is small and read once, so the cost does not matter.
    """
    lines = text.splitlines()
    last_without = 0
    for number in range(1, len(lines) + 1):
        try:
            document: Any = tomllib.loads("\n".join(lines[:number]))
        except tomllib.TOMLDecodeError:
            continue
        if _holds(document, path):
            return _first_written(lines, last_without, number)
        last_without = number
    return max(len(lines), 1)


def _holds(document: Any, path: Path) -> bool:  # noqa: ANN401 - any TOML value
    for step in path:
        try:
            document = document[step]
        except (KeyError, IndexError, TypeError):
            return False
    return True


def _first_written(lines: Sequence[str], start: int, end: int) -> int:
    """The first line that is neither empty nor a comment."""
    for number in range(start, end):
        if lines[number].strip() and not lines[number].strip().startswith("#"):
            return number + 1
    return end
