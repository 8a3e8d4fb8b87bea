"""The rundown: an issue's items in the order in which they are printed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot.editorial.house import Chapter, House, Section
from bot.editorial.issue import Issue
from bot.editorial.item import Item, ItemState

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class RundownSection:
    """A section with its items; one that `leads` holds its chapter's own items, and needs no heading below it."""

    section: Section
    items: tuple[Item, ...]
    leads: bool = False


@dataclass(frozen=True, slots=True)
class RundownChapter:
    chapter: Chapter
    sections: tuple[RundownSection, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for section in self.sections for item in section.items)


@dataclass(frozen=True, slots=True)
class Rundown:
    """The items of each chapter; `releases` are what was filed as one, printed apart from them."""

    issue: Issue
    chapters: tuple[RundownChapter, ...]
    releases: tuple[Item, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for chapter in self.chapters for item in chapter.items)

    @property
    def filed(self) -> tuple[Item, ...]:
        """Everything that is filed: the releases and the items."""
        return (*self.releases, *self.items)


class SectionGoneError(Exception):
    """Items stand under a section that the house no longer has; they must be moved first."""

    def __init__(self, sections: Iterable[str]) -> None:
        self.sections = tuple(sorted(sections))
        super().__init__(f"The house has no section {', '.join(self.sections)}.")


def assemble(house: House, issue: Issue, items: Iterable[Item]) -> Rundown:
    """Put the filed items under their sections: first those that editors pinned, then those that they placed.

    The others, and those of the same place, stand newest first, ties as they were filed, undated ones last.

    Raises:
        SectionGoneError: an item would vanish because its section is not in the house.
    """
    filed = sorted((item for item in items if item.state is ItemState.FILED), key=_order)
    gone = {item.section or "?" for item in filed} - {place.key for place in house.places}
    if gone:
        raise SectionGoneError(gone)
    return Rundown(
        issue=issue,
        chapters=tuple(
            RundownChapter(
                chapter,
                tuple(
                    RundownSection(
                        section, tuple(item for item in filed if item.section == section.key), leads=place == 0
                    )
                    for place, section in enumerate(chapter.sections)
                ),
            )
            for chapter in house.chapters
        ),
        releases=tuple(item for item in filed if item.is_release),
    )


def _order(item: Item) -> tuple[bool, bool, int, int, datetime, int]:
    day = item.published_on or date.min
    by_date = -day.toordinal(), item.filed_at or _LONG_AGO, item.id
    return not item.pinned, item.rank is None, item.rank or 0, *by_date
