"""The catalogue of a language: its labels, and how dates, numbers and names are written in it."""

import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.editorial.house import CATALOGUES, RELEASES, House, Section
from bot.editorial.passages import chapter_of
from bot.editorial.quota import percent

TEMPLATES = Path(__file__).parent.parent / "templates"
_YEAR_IS_CLEAR = 183
"""Half a year, in days."""


class Catalogue:
    """What one language says; `language` names the folder of its messages, errors and labels."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.labels = _labels(language)

    def label(self, name: str, **values: object) -> str:
        """What stands on a button, in a menu or above a field, as plain text: `card.move` is `move` of `[card]`."""
        group, _, key = name.partition(".")
        return self.labels[group][key].format(**values)

    def count_of(self, number: int, noun: str) -> str:
        """A number with a noun of the catalogue: `1 item`, `2 items`."""
        name = f"one.{noun}" if number == 1 else f"many.{noun}"
        return f"{number} {self.label(name)}"

    def percent(self, share: Fraction, limit: Fraction | None = None) -> str:
        """A share in per cent, with as many decimals as tell it from a limit that it is not."""
        return percent(share, limit).replace(".", self.label("number.point"))

    def day(self, value: date) -> str:
        """A date as members read it: `4 Jan 2021`."""
        return self.label("date.day", day=value.day, month=self._month(value), year=value.year)

    def short_day(self, value: date, near: date) -> str:
        """A date beside another one: `4 Jan`, with its year where that is not clear."""
        if abs((value - near).days) >= _YEAR_IS_CLEAR:
            return self.day(value)
        return self.label("date.short_day", day=value.day, month=self._month(value))

    def moment(self, value: datetime, zone: str) -> str:
        """A moment as the desk's clock shows it, with its zone."""
        local = value.astimezone(ZoneInfo(zone))
        weekday = self.label("date.weekdays").split()[local.weekday()]
        day, clock = self.day(local.date()), f"{local:%H:%M}"
        return self.label("date.moment", weekday=weekday, day=day, clock=clock, zone=_zone_of(local))

    def language_name(self, code: str) -> str:
        """The name of a language, by its ISO 639-1 code; a code without a name here stands for itself."""
        return self.labels["language"].get(code, code)

    def passage_name(self, name: str, house: House) -> str:
        """What a passage is called: `Must reads`, `Narrative of Iran`."""
        chapter = chapter_of(name)
        if chapter is None:
            return self.label(f"passage.{name}")
        titles = {each.key: each.title for each in house.chapters}
        return self.label("writing.narrative_of", chapter=titles.get(chapter, chapter))

    def place_name(self, section: Section) -> str:
        """What a place is called that links are filed under: a section by its title in the house."""
        return self.label("place.releases") if section.key == RELEASES else section.title

    @property
    def filters(self) -> Mapping[str, Callable[..., object]]:
        """What templates of this language write values with."""
        return {
            "percent": self.percent,
            "day": self.day,
            "short_day": self.short_day,
            "moment": self.moment,
            "language": self.language_name,
            "passage_name": self.passage_name,
            "place": self.place_name,
        }

    def _month(self, value: date) -> str:
        return self.label("date.months").split()[value.month - 1]


@cache
def catalogue_of(language: str) -> Catalogue:
    return Catalogue(language)


def catalogue_named(text: str) -> str | None:
    """The language that somebody names, by its name in any of the languages or by its code; None of any other."""
    wanted = _plain(text)
    for code in CATALOGUES:
        names = {catalogue_of(each).language_name(code) for each in CATALOGUES}
        if wanted in {code, *map(_plain, names), _plain(catalogue_of(code).label(f"spoken.{code}"))}:
            return code
    return None


def _zone_of(local: datetime) -> str:
    """`EST`; where people have no letters for their zone, as in Bogotá, how far it is from UTC: `UTC-5`."""
    name = f"{local:%Z}"
    if name.isalpha():
        return name
    hours, minutes = int(name[:3]), name[3:]
    return f"UTC{hours:+}:{minutes}" if minutes else f"UTC{hours:+}"


def _plain(text: str) -> str:
    """Text without capitals, accents and spaces around it."""
    apart = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))


@cache
def _labels(language: str) -> Mapping[str, Mapping[str, str]]:
    with (TEMPLATES / language / "labels.toml").open("rb") as file:
        return tomllib.load(file)
