"""Reads a house from TOML: every fault is reported, each with its line."""

import re
import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256

from bot.editorial.calendar_file import read_calendar
from bot.editorial.citation import LANGUAGES
from bot.editorial.country import COUNTRIES
from bot.editorial.house import (
    CATALOGUES,
    RELEASES,
    Chapter,
    CitationStyle,
    Denominator,
    House,
    PrintStyle,
    Section,
    StateMediaRule,
)
from bot.editorial.toml_table import Faults, Table, line_of

_EMOJI = re.compile(r"[a-z0-9_+'-]+")
_WORD = re.compile(r"[^*]*[^\W_][^*]*\*?")
_DEFAULT_LIMIT = Fraction(1, 5)


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
        number = int(line[1]) if line else text.rstrip().count("\n") + 1
        raise HouseRefusedError(name, [Fault(number, str(broken).partition(" (at ")[0])]) from None
    faults = Faults()
    house = _house(Table(faults, document, ()))
    if faults.found:
        raise HouseRefusedError(name, [Fault(line_of(text, path, word), reason) for path, reason, word in faults.found])
    return replace(house, digest=sha256(text.encode()).hexdigest())


def _house(top: Table) -> House:
    name, title = top.name("name"), top.text("title")
    first, each, planned = top.count("first_number", 1), top.count("items_per_member", 0), top.count("planned_items", 1)
    rule, plan = _state_media(top.table("state_media")), read_calendar(top.table("calendar"))
    style = _citation(top.table("citation"))
    printed, own = _printed(top.table("print")), top.words("own_sites", optional=True)
    longest = top.count("section_characters", 0, optional=True)
    capture = _capture(top.table("capture", optional=True))
    language = _language(top)
    seen: set[tuple[str, str]] = set()
    chapters = tuple(_chapter(table, seen) for table in top.tables("chapters"))
    top.close()
    return House(
        name, title, first, each, planned, chapters, rule, plan, style, own, capture, printed, longest, language
    )


def _language(table: Table) -> str:
    """What is spoken in the channel: the first catalogue where nothing is said."""
    language = table.text("language", optional=True) or CATALOGUES[0]
    if language not in CATALOGUES:
        choices = ", ".join(f"“{each}”" for each in CATALOGUES)
        table.refuse("language", f"“language” must be one of {choices}.")
    return language


def _chapter(table: Table, seen: set[tuple[str, str]]) -> Chapter:
    key, title = _once(table, "chapter", seen), table.text("title")
    sections = tuple(_section(each, key, seen) for each in table.tables("sections"))
    table.close()
    return Chapter(key, title, sections)


def _section(table: Table, chapter: str, seen: set[tuple[str, str]]) -> Section:
    key, title = _once(table, "section", seen), table.text("title")
    if key == RELEASES:
        table.refuse("key", f"The section “{key}” needs another key: under this one stand the releases of every house.")
    words = table.words("words")
    for word in words:
        if not _WORD.fullmatch(word):
            table.refuse(
                "words", f"“{word}” suggests nothing: a word has letters, and `*` stands only at its end.", word
            )
    section = Section(key, title, chapter, words, table.count("minimum", 0))
    table.close()
    return section


def _once(table: Table, what: str, seen: set[tuple[str, str]]) -> str:
    """The key of a chapter or section, which no other one has."""
    key = table.name("key")
    if key and (what, key) in seen:
        table.refuse("key", f"The {what} “{key}” stands twice.")
    seen.add((what, key))
    return key


def _state_media(table: Table) -> StateMediaRule:
    written = table.take("limit", Decimal)
    limit = _DEFAULT_LIMIT
    if written is not None and written.is_finite() and 0 < written <= 1 and written * 1000 % 1 == 0:
        limit = Fraction(written)
    elif written is not None:
        table.refuse("limit", "“limit” must be above 0 and at most 1, with three decimals at most.")
    denominator = table.text("denominator") or Denominator.OVERALL.value
    if denominator not in {each.value for each in Denominator}:
        choices = ", ".join(f"“{each}”" for each in Denominator)
        table.refuse("denominator", f"“denominator” must be one of {choices}.")
        denominator = Denominator.OVERALL.value
    watched = table.words("watched")
    for code in watched:
        if code not in COUNTRIES:
            table.refuse("watched", f"“{code}” is not the ISO 3166-1 code of a country, such as VE or GB.", code)
    topics = table.words("topics", optional=True)
    rule = StateMediaRule(limit, Denominator(denominator), frozenset(watched), table.text("prefix"), topics)
    table.close()
    return rule


def _citation(table: Table) -> CitationStyle:
    style = CitationStyle(
        language=table.text("language"),
        credit=table.text("credit"),
        undated=table.text("undated"),
        language_note=table.text("language_note"),
        no_source=table.text("no_source"),
    )
    if style.language and style.language not in LANGUAGES:
        table.refuse("language", f"“{style.language}” is not the code of a language that I can name, such as en.")
    for key, takes in (("credit", {"source", "date"}), ("undated", {"source"}), ("language_note", {"language"})):
        _must_hold(table, key, getattr(style, key), takes)
    table.close()
    return style


def _printed(table: Table) -> PrintStyle:
    style = PrintStyle(
        releases_heading=table.text("releases_heading"),
        disclaimer=table.text("disclaimer"),
        special=table.text("special"),
        chapters_in_text=table.flag("chapters_in_text"),
    )
    for key, takes in (("disclaimer", {"limit", "counts"}), ("special", {"share", "limit"})):
        _must_hold(table, key, getattr(style, key), takes)
    table.close()
    return style


def _capture(table: Table) -> tuple[str, ...]:
    reactions = table.words("reactions")
    for name in reactions:
        if not _EMOJI.fullmatch(name):
            table.refuse("reactions", f"“{name}” is no emoji's name without its colons, such as pushpin.", name)
    table.close()
    return reactions


def _must_hold(table: Table, key: str, words: str, takes: Collection[str]) -> None:
    """Refuse words that do not hold just these names in braces."""
    if words and _braces_of(words) != takes:
        wanted = " and ".join(f"{{{name}}}" for name in sorted(takes))
        table.refuse(key, f"“{key}” must hold {wanted}, and no other braces.")


def _braces_of(words: str) -> set[str]:
    """What stands in braces, as it is written; a brace that has no partner stands for itself."""
    return {found.strip("{}") or found for found in re.findall(r"\{[^{}]*\}|[{}]", words)}
