"""What readers are told of an edition in figures: what each section holds, and how the promise was kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bot.editorial.country import NAMES
from bot.editorial.edition import Edition
from bot.editorial.house import House
from bot.editorial.item import Item
from bot.editorial.outlet import Verdict, verdict
from bot.editorial.quota import Tally, within


@dataclass(frozen=True, slots=True)
class Coverage:
    """The items of a section, or of the whole, counted; `foreign` are not in the house's language.

    Days are those of dated items, None where there is none.
    """

    title: str
    items: int
    state: int
    foreign: int
    oldest: date | None
    newest: date | None

    @property
    def share(self) -> Fraction:
        """The exact share of state media among these items; nothing of nothing is zero."""
        return Fraction(self.state, self.items) if self.items else Fraction(0)


@dataclass(frozen=True, slots=True)
class CoverageTable:
    """The sections that print items, in their order, and all of their items together."""

    rows: tuple[Coverage, ...]
    total: Coverage


@dataclass(frozen=True, slots=True)
class Disclosure:
    """How the promise was kept: `counts` is what stands below the line, `watched` are names of countries.

    `registry_of` is the day of the registry that says who controls an outlet, where it is known.
    """

    tally: Tally
    limit: Fraction
    counts: str
    watched: tuple[str, ...]
    registry_of: date | None

    @property
    def is_within(self) -> bool:
        return within(self.tally, self.limit)


def coverage_of(edition: Edition) -> CoverageTable:
    """Count an edition's items by section; its releases and must reads have no part in it."""
    sections = [section for chapter in edition.chapters for section in chapter.sections if section.items]
    return CoverageTable(
        rows=tuple(_counted(section.section.title, section.items, edition.house) for section in sections),
        total=_counted("", edition.items, edition.house),
    )


def disclosure_of(edition: Edition) -> Disclosure:
    """What an edition discloses of its state media, by the rule of its house."""
    rule = edition.house.state_media
    return Disclosure(
        tally=edition.tally,
        limit=rule.limit,
        counts=rule.denominator.words,
        watched=tuple(sorted(NAMES[code] for code in rule.watched)),
        registry_of=edition.registry_of,
    )


def _counted(title: str, items: Iterable[Item], house: House) -> Coverage:
    every = tuple(items)
    days = [item.published_on for item in every if item.published_on is not None]
    return Coverage(
        title=title,
        items=len(every),
        state=sum(verdict(item.outlet, house.state_media.watched) is Verdict.STATE_MEDIA for item in every),
        foreign=sum(bool(item.language) and item.language != house.citation.language for item in every),
        oldest=min(days, default=None),
        newest=max(days, default=None),
    )
