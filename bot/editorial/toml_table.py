"""Reads tables of a TOML file: what is wrong is collected, each with the line on which it is written."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, TypeVar

Path = tuple[str | int, ...]
"""How a value is reached from the top of a file: keys of tables and places of lists."""

T = TypeVar("T")
_KEY = re.compile(r"[a-z][a-z0-9-]*")


class Faults:
    """Collects what is wrong, so that one reading reports everything."""

    def __init__(self) -> None:
        self.found: list[tuple[Path, str, str]] = []

    def refuse(self, path: Path, reason: str, word: str = "") -> None:
        self.found.append((path, reason, word))


class Table:
    """A table of the file; each value is taken once, and what is left over is refused.

    A value that is refused comes back as None or empty, so that one mistake is reported once. Of a table that is not
    there no value is missed: `values` is None and everything is taken in silence.
    """

    def __init__(self, faults: Faults, values: Mapping[str, Any] | None, path: Path) -> None:
        self._faults = faults
        self._there = values is not None
        self._values = dict(values or {})
        self.path = path

    def refuse(self, key: str, reason: str, word: str = "") -> None:
        """Refuse a value, or one word of a list, which may stand on a line of its own."""
        self._faults.refuse((*self.path, key), reason, word)

    def take(self, key: str, kind: type[T]) -> T | None:
        if key not in self._values:
            if self._there:
                self._faults.refuse(self.path, f"“{key}” is missing.")
            return None
        value = self._values.pop(key)
        if not isinstance(value, kind) or isinstance(value, (bool, datetime)) is not (kind is bool):
            self.refuse(key, f"“{key}” must be {_KINDS[kind]}.")
            return None
        return value

    def has(self, key: str) -> bool:
        """Whether a value stands there that was not taken yet."""
        return key in self._values

    def leave(self, *keys: str) -> None:
        """Pass over values that mean nothing where another one is wrong, so that they are not refused as well."""
        for key in keys:
            self._values.pop(key, None)

    def days(self, key: str, *, optional: bool = False) -> tuple[date, ...]:
        if optional and key not in self._values:
            return ()
        found = self.take(key, list)
        if found is None:
            return ()
        if (not found and not optional) or any(not isinstance(day, date) or isinstance(day, datetime) for day in found):
            self.refuse(key, f"“{key}” must be a list of days such as 2021-01-14.")
            return ()
        return tuple(found)

    def words(self, key: str, *, optional: bool = False) -> tuple[str, ...]:
        if optional and key not in self._values:
            return ()
        found = self.take(key, list) or []
        if any(not isinstance(word, str) or not word.strip() for word in found):
            self.refuse(key, f"“{key}” must be a list of words.")
            return ()
        return tuple(found)

    def count(self, key: str, least: int, most: int | None = None, *, optional: bool = False) -> int:
        number = self.take(key, int) if key in self._values or not optional else None
        if number is None:
            return least
        if number < least or (most is not None and number > most):
            self.refuse(key, f"“{key}” must be {least} or more." if most is None else f"“{key}” is {least} to {most}.")
            return least
        return number

    def flag(self, key: str) -> bool:
        return self.take(key, bool) or False

    def text(self, key: str, *, optional: bool = False) -> str:
        found = self.take(key, str) if key in self._values or not optional else None
        if found is not None and not found.strip():
            self.refuse(key, f"“{key}” is empty.")
            return ""
        return found or ""

    def name(self, key: str) -> str:
        found = self.text(key)
        if found and not _KEY.fullmatch(found):
            self.refuse(key, f"The {key} “{found}” must be small letters, digits and hyphens.")
        return found

    def table(self, key: str, *, optional: bool = False) -> "Table":
        if optional and key not in self._values:
            return Table(self._faults, None, (*self.path, key))
        return Table(self._faults, self.take(key, dict), (*self.path, key))

    def tables(self, key: str, *, least: int = 1) -> list["Table"]:
        found = self.take(key, list)
        if found is None:
            return []
        if len(found) < least or any(not isinstance(each, dict) for each in found):
            self.refuse(key, f"“{key}” must be one table or more." if least else f"“{key}” must be a list of tables.")
            return []
        return [Table(self._faults, each, (*self.path, key, place)) for place, each in enumerate(found)]

    def close(self) -> None:
        for key in self._values:
            self.refuse(key, f"“{key}” is not known here.")


_KINDS: Mapping[type, str] = {
    str: "text in quotes",
    int: "a whole number",
    bool: "true or false",
    list: "a list",
    dict: "a table",
    Decimal: "a number with a decimal point",
    date: "a day such as 2021-01-14",
    time: "a time of day such as 17:00:00",
}


def line_of(text: str, path: Path, word: str = "") -> int:
    """The line on which the value of a path begins, or on which a word of it stands.

    The TOML reader keeps no positions, so the file is read again in growing beginnings: the value begins after the
    last whole beginning that lacks it. A file that is refused is small and read once, so the cost does not matter.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    last_without = 0
    for number in range(1, len(lines) + 1):
        try:
            document: Any = tomllib.loads("\n".join(lines[:number]))
        except tomllib.TOMLDecodeError:
            continue
        if _holds(document, path):
            return _line_with(lines, word, _first_written(lines, last_without, number), number)
        last_without = number
    return len(lines)


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


def _line_with(lines: Sequence[str], word: str, start: int, end: int) -> int:
    """The first of these lines that holds a word in quotes, else the first of all."""
    holding = (
        number
        for number in range(start, end + 1)
        if word and re.search(rf"[\"']{re.escape(word)}[\"']", lines[number - 1])
    )
    return next(holding, start)
