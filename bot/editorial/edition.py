"""The edition: everything that an issue prints, in the order in which it is printed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.editorial.house import House, StateMediaRule
from bot.editorial.issue import Issue, IssueState
from bot.editorial.item import Item
from bot.editorial.quota import Tally, percent, tally
from bot.editorial.rundown import Rundown, RundownChapter

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the overview."""

    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A pull quote: who said it, with what office, where, and when; `text` is without its quotation marks.

    Of an issue that was printed elsewhere only the whole attribution may be known: it is the speaker then.
    """

    text: str
    speaker: str
    office: str = ""
    occasion: str = ""
    on: date | None = None

    @property
    def attribution(self) -> str:
        """The line below the quote: `President Hassan Rouhani in a televised speech, January 7, 2021`."""
        who = " ".join(filter(None, (self.office, self.speaker, self.occasion)))
        return f"{who}, {long_date(self.on)}" if self.on is not None else who


@dataclass(frozen=True, slots=True)
class MustRead:
    """What the editors recommend; `note` says who stands behind the outlet, `language` is an ISO 639-1 code.

    Of an issue that was printed elsewhere only the whole citation may be known: it is the title then.
    """

    title: str
    language: str
    byline: str = ""
    outlet: str = ""
    note: str = ""
    url: str = ""

    @property
    def citation(self) -> str:
        """Title, author, outlet, note: `Pirates of the Caribbean by Ximena Herrera, Iranwire`."""
        by = f" by {self.byline or self.outlet}" if self.byline or self.outlet else ""
        outlet = f", {self.outlet}" if self.byline and self.outlet else ""
        return f"{self.title}{by}{outlet}{f', {self.note}' if self.note else ''}"


@dataclass(frozen=True, slots=True)
class Release:
    """What a government's own site announces: the label of the agency, as printed, and its headline."""

    agency: str
    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Writing:
    """What editors write around the items. `narratives` are paragraphs by the key of their chapter.

    The `releases` of an edition are also those that were filed from their links. An empty disclaimer is that of the
    house; `special` is why the issue carries more state media than it should.
    """

    headline: str = ""
    author: str = ""
    author_role: str = ""
    disclaimer: str = ""
    special: str = ""
    overview: tuple[Paragraph | Quote, ...] = ()
    must_reads: tuple[MustRead, ...] = ()
    releases_heading: str = ""
    releases: tuple[Release, ...] = ()
    narratives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def tally(self, items: Iterable[Item], rule: StateMediaRule) -> Tally:
        """What counts for the promise: the filed ones of these items, with what is written around them."""
        return tally(items, rule, releases=len(self.releases), must_reads=len(self.must_reads))


@dataclass(frozen=True, slots=True)
class Edition:
    """An issue with its writing and its rundown, as one value: the same one gives the same bytes in every format.

    `registry_of` is the day of the registry by which its outlets were judged, None where it was printed elsewhere.
    `corrections` say what changed since it was published, each with its day.
    """

    house: House
    issue: Issue
    writing: Writing
    rundown: Rundown
    registry_of: date | None = None
    corrections: tuple[str, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        return self.rundown.items

    @property
    def tally(self) -> Tally:
        """What counts of it for the promise, by the house's denominator."""
        return self.writing.tally(self.items, self.house.state_media)

    @property
    def title(self) -> str:
        """`VRIC MONITOR No. 18 | …`, without a headline as long as there is none."""
        name = f"{self.house.title} No. {self.issue.number}"
        return f"{name} | {self.writing.headline}" if self.writing.headline else name

    @property
    def chapters(self) -> tuple[RundownChapter, ...]:
        """The chapters that have something to print."""
        return tuple(
            each for each in self.rundown.chapters if each.items or self.writing.narratives.get(each.chapter.key)
        )

    @property
    def disclaimer(self) -> str:
        """What readers are told of state media: the issue's own words, else the house's, with the figures in them.

        What was published, here or elsewhere, says what it said then, and nothing where it said nothing.
        """
        if self.issue.state is IssueState.PUBLISHED:
            return self.writing.disclaimer
        printed, rule = self.house.printed, self.house.state_media
        limit = percent(rule.limit)
        words = self.writing.disclaimer or printed.disclaimer.format(limit=limit, counts=rule.denominator.words)
        if self.writing.special and printed.special:
            words += " " + printed.special.format(share=percent(self.tally.share, rule.limit), limit=limit)
        return words

    @property
    def releases_heading(self) -> str:
        return self.writing.releases_heading or self.house.printed.releases_heading

    def narrative(self, chapter: RundownChapter) -> tuple[str, ...]:
        return self.writing.narratives.get(chapter.chapter.key, ())


def long_date(day: date) -> str:
    """A date as it is printed in prose: `January 7, 2021`, whatever the machine's language."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"
