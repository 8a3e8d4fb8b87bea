"""The house: sections, quotas, calendar and citation style of a desk, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from bot.editorial.calendar import CalendarRule

RELEASES = "releases"
"""The key under which links are filed that are printed among the releases; no section of a house has it."""


CATALOGUES = ("en", "es")
"""The languages in which members can be spoken to, by their ISO 639-1 codes."""


class Denominator(StrEnum):
    """What counts below the line of the state-media share."""

    ITEMS = "items"
    ITEMS_AND_RELEASES = "items and releases"
    OVERALL = "overall"

    @property
    def words(self) -> str:
        """What is counted, for members."""
        return {
            Denominator.ITEMS: "the dated items",
            Denominator.ITEMS_AND_RELEASES: "dated items and releases",
            Denominator.OVERALL: "the overall issue: dated items, releases and must reads",
        }[self]


@dataclass(frozen=True, slots=True)
class StateMediaRule:
    """At most `limit` of what the denominator counts; `watched` are ISO 3166-1 codes, `prefix` is printed before.

    `topics` are what an item of state media may be about: whoever files one attests which. Without any, nobody is
    asked.
    """

    limit: Fraction
    denominator: Denominator
    watched: frozenset[str]
    prefix: str
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading that takes items, with the words that suggest it; a word that ends in `*` is a beginning."""

    key: str
    title: str
    chapter: str
    words: tuple[str, ...]
    minimum: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """Sections under one heading; the first holds the chapter's own items."""

    key: str
    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class CitationStyle:
    """Pieces of a citation: `credit` takes source and date, `undated` the source, `language_note` the language."""

    language: str
    credit: str
    undated: str
    language_note: str
    no_source: str


@dataclass(frozen=True, slots=True)
class PrintStyle:
    """What stands around the items in print.

    `disclaimer` takes {limit} and {counts}, `special` takes {share} and {limit}; `chapters_in_text` is whether plain
    text prints the titles of chapters, which every other format does.
    """

    releases_heading: str = "OFFICIAL RELEASES"
    disclaimer: str = ""
    special: str = ""
    chapters_in_text: bool = True


@dataclass(frozen=True, slots=True)
class House:
    """How a desk edits. `name` is a short key, `first_number` the number of a new desk's first issue.

    `own_sites` are the hosts where the publication itself stands: their pages are no news. `capture` are the emoji that
    add the links of a message to the issue. `digest` is the SHA-256 of the file that it was read from.
    `section_characters` is how much a section may print, 0 where that is open; `language` is spoken in the channel.
    """

    name: str
    title: str
    first_number: int
    items_per_member: int
    planned_items: int
    chapters: tuple[Chapter, ...]
    state_media: StateMediaRule
    calendar: CalendarRule
    citation: CitationStyle
    own_sites: tuple[str, ...] = ()
    capture: tuple[str, ...] = ()
    printed: PrintStyle = PrintStyle()
    section_characters: int = 0
    language: str = "en"
    digest: str = field(default="", compare=False)

    @property
    def sections(self) -> tuple[Section, ...]:
        """All sections, in the order in which they are printed."""
        return tuple(section for chapter in self.chapters for section in chapter.sections)

    @property
    def places(self) -> tuple[Section, ...]:
        """All that a link can be filed under: the sections, and before them the releases, which every house has."""
        return (Section(RELEASES, "Releases", "", (), 0), *self.sections)

    @property
    def titles(self) -> Mapping[str, str]:
        """What each place is called, by its key; an older issue may have had others."""
        return {place.key: place.title for place in self.places}

    def section(self, key: str) -> Section:
        """The section of this key, or the place of the releases; raises KeyError where there is none."""
        for section in self.places:
            if section.key == key:
                return section
        raise KeyError(key)
