"""What the desk shows: values that a builder turns into a message, and nothing but values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from bot.desk.lane import Lane
from bot.editorial.acceptance import asks_for_word, is_barred
from bot.editorial.edition import Edition
from bot.editorial.gate import Finding
from bot.editorial.house import House, Section
from bot.editorial.issue import Issue, IssueState, Outside
from bot.editorial.item import Item, ItemState, Reading
from bot.editorial.ordering import Placed
from bot.editorial.outlet import Verdict
from bot.editorial.quota import Remedies, Shortfall, Tally, forecast
from bot.editorial.releases import may_be_release
from bot.editorial.room import SectionShare
from bot.editorial.rundown import Rundown
from bot.editorial.suggest import suggest
from bot.ports import DeskRecord, FoundItem

SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class Company:
    """The items that tell the story of one: `similar` seems to, and nobody said yet that both stay.

    `second_of` is the item whose second source this one is, `second_sources` are those that are its own. `answers` is
    the one under whose card its link was posted, as long as nobody said what it is to that.
    """

    similar: Item | None = None
    second_of: Item | None = None
    second_sources: tuple[Item, ...] = ()
    answers: Item | None = None


@dataclass(frozen=True)
class CardItem:
    """An item on a card: `if_filed` is the issue's tally with it, `filed_there` counts its section.

    `waits_for_editor` where a guest or a stranger dropped it: only an editor files it. `following` is the number of
    the issue that opens when this one closes, `latest` the last day that is not in the future. `lane` is the issue
    that it came too late for, where it may still be added to that; `is_direct` where its link came
    in a direct message, `is_elsewhere` where another desk of the workspace has its page.
    """

    house: House
    item: Item
    issue: Issue
    verdict: Verdict
    section: Section | None
    moved_from: Section | None
    if_filed: Tally
    filed_there: int
    last_verb: str | None
    last_by: str | None
    source_deleted: bool
    following: int
    latest: date
    waits_for_editor: bool = False
    company: Company = Company()
    lane: Lane | None = None
    is_direct: bool = False
    is_elsewhere: bool = False

    @property
    def asks_for_word(self) -> bool:
        """Whether it is filed with a member's word on it."""
        return asks_for_word(self.item, self.house.state_media)

    @property
    def is_barred(self) -> bool:
        """Whether it is an opinion that the house excludes."""
        return is_barred(self.item, self.house.state_media)

    @property
    def can_be_held(self) -> bool:
        """Whether it waits for a section, and the issue has no room for it."""
        rule = self.house.state_media
        is_over = self.verdict is Verdict.STATE_MEDIA and forecast(self.if_filed, self.house.planned_items) > rule.limit
        asks_more = self.item.is_a_repeat or self.is_barred or (self.item.kind and self.item.kind.must_be_kept)
        is_open = self.issue.state is IssueState.OPEN and self.item.state is ItemState.PENDING
        return is_over and is_open and not asks_more and self.item.reading is not Reading.WAITING

    @property
    def may_be_release(self) -> bool:
        """Whether its page announces something that can stand among the releases."""
        return self.item.announces and may_be_release(self.item, self.house)

    @property
    def ahead(self) -> bool:
        """Whether its page bears a day that is in the future, for as long as no member dated it."""
        item = self.item
        is_asked = self._is_settled and item.state in {ItemState.PENDING, ItemState.FILED}
        day = item.published_on if is_asked and "published_on" not in item.edited else None
        return day is not None and day > self.latest

    @property
    def days_in_question(self) -> tuple[date, ...]:
        """The days to choose from where none is sure; none of them is in the future."""
        return tuple(day for day in self.item.days_in_question if day <= self.latest)

    @property
    def outside(self) -> Outside | None:
        """Where its day lies outside the open issue's window, for as long as nobody has said why it is kept.

        What is first to be decided of an item, whether it is one, is used again, and has its own day, is asked before.
        """
        item = self.item
        is_in_it = self.issue.state is IssueState.OPEN and item.state in {ItemState.PENDING, ItemState.FILED}
        asks_more = not self._is_settled or self.ahead
        if item.published_on is None or item.kept_outside is not None or asks_more or not is_in_it:
            return None
        return self.issue.outside(item.published_on)

    @property
    def _is_settled(self) -> bool:
        """Whether its page was read, is taken for an item, and may be used."""
        item = self.item
        return not (item.is_a_repeat or item.reading is Reading.WAITING or (item.kind and item.kind.must_be_kept))

    @cached_property
    def suggested(self) -> tuple[Section, ...]:
        """The likeliest sections; looked for where they are shown, since a summary of many items shows none."""
        words = " ".join(filter(None, (self.item.title, self.item.summary)))
        return suggest(self.house, words)[:SUGGESTED]


@dataclass(frozen=True, slots=True)
class Card:
    """All items of a message, or of a summary, that is named `place` at the desk; `names` are those of people on it."""

    place: str
    house: House
    items: tuple[CardItem, ...]
    names: Mapping[str, str]
    already_there: int


@dataclass(frozen=True, slots=True)
class ItemAndIssue:
    """An item that is spoken about, with names."""

    house: House
    desk: DeskRecord
    issue: Issue
    item: Item
    section: Section | None
    names: Mapping[str, str]
    card: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Status:
    """How the issue stands, for one member. `filed` counts by section key, `releases` are all that are printed.

    `crowded` are the sections in which state media exceed the limit, `held` counts what waits for room.
    """

    house: House
    desk: DeskRecord
    issue: Issue
    now: datetime
    tally: Tally
    crowded: tuple[SectionShare, ...]
    shortfalls: tuple[Shortfall, ...]
    filed: Mapping[str, int]
    pending: int
    held: int
    releases: int
    mine: tuple[Item, ...]
    is_editor: bool

    @property
    def mine_filed(self) -> int:
        return sum(item.state is ItemState.FILED for item in self.mine)


@dataclass(frozen=True, slots=True)
class Starred:
    """An item that members voted for and that is no must read yet."""

    item: int
    title: str
    votes: int


@dataclass(frozen=True, slots=True)
class PassageForm:
    """A passage as its texts; `version` is 0 and `by` and `at` are None as long as nobody has written it.

    Of the must reads `votes` counts those for each, and `starred` are items that most others were given to.
    """

    house: House
    issue: Issue
    name: str
    texts: tuple[str, ...]
    version: int
    by: str | None
    at: datetime | None
    votes: tuple[int, ...] = ()
    starred: tuple[Starred, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderEntry:
    """An item of a section or a must read, in its place; `rank` is None where it stands there by its date."""

    key: str
    title: str
    rank: int | None
    pinned: bool = False
    source: str | None = None
    on: date | None = None
    votes: int = 0


@dataclass(frozen=True, slots=True)
class OrderForm:
    """A section, by its key, or the must reads, in order; `by` and `at` are None where nobody ordered it yet.

    `starred` are items that members voted for and that are no must reads yet.
    """

    house: House
    issue: Issue
    name: str
    entries: tuple[OrderEntry, ...]
    by: str | None
    at: datetime | None
    starred: tuple[Starred, ...] = ()

    @property
    def seen(self) -> tuple[Placed, ...]:
        """What a form made for this order has seen."""
        return tuple(Placed(entry.key, entry.rank, pinned=entry.pinned) for entry in self.entries)


@dataclass(frozen=True, slots=True)
class TextFilePart:
    """Paragraphs of a text file, None as title where nobody said whose they are; `there` counts those that stand."""

    title: str | None
    paragraphs: tuple[str, ...]
    outcome: str
    changed: bool
    there: int
    by: str | None
    at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text file that an editor brought; as long as its issue is not said, `issues` are those that it can be for."""

    house: House
    id: int
    name: str
    issue: Issue | None
    issues: tuple[Issue, ...]
    parts: tuple[TextFilePart, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for what a member asked, of so many in all; `words` are those that were looked for."""

    house: House
    asked: str
    words: tuple[str, ...]
    items: tuple[FoundItem, ...]
    total: int
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Draft:
    """The edition as it stands and the gate's findings. `since` and `news` say what changed after the last draft."""

    house: House
    desk: DeskRecord
    issue: Issue
    edition: Edition
    remedies: Remedies
    findings: tuple[Finding, ...]
    pending: int
    since: datetime | None
    news: Mapping[str, int]

    @property
    def rundown(self) -> Rundown:
        return self.edition.rundown

    @property
    def tally(self) -> Tally:
        return self.edition.tally
