"""What the desk shows: values that a builder turns into a message, and nothing but values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from bot.editorial.edition import Edition
from bot.editorial.gate import Finding
from bot.editorial.house import House, Section
from bot.editorial.issue import Issue, IssueState, Outside
from bot.editorial.item import Item, ItemState, Reading
from bot.editorial.outlet import Verdict
from bot.editorial.quota import Remedies, Shortfall, Tally
from bot.editorial.rundown import Rundown
from bot.editorial.suggest import suggest
from bot.ports import DeskRecord, FoundItem

SUGGESTED = 3


@dataclass(frozen=True)
class CardItem:
    """An item on a card: `if_filed` is the issue's tally with it, `filed_there` counts its section.

    `waits_for_editor` where a guest or a stranger dropped it: only an editor files it. `following` is the number of
    the issue that opens when this one closes.
    """

    house: House
    item: Item
    issue: Issue
    verdict: Verdict
    section: Section | None
    moved_from: Section | None
    if_filed: Tally
    remedies: Remedies
    filed_there: int
    last_verb: str | None
    last_by: str | None
    source_deleted: bool
    following: int
    waits_for_editor: bool = False

    @property
    def outside(self) -> Outside | None:
        """Where its day lies outside the open issue's window, for as long as nobody has said why it is kept.

        What is first to be decided of an item, whether it is one and is used again, is asked before.
        """
        item = self.item
        is_in_it = self.issue.state is IssueState.OPEN and item.state in {ItemState.PENDING, ItemState.FILED}
        asks_more = item.is_a_repeat or item.reading is Reading.WAITING or (item.kind and item.kind.must_be_kept)
        if item.published_on is None or item.kept_outside is not None or asks_more or not is_in_it:
            return None
        return self.issue.outside(item.published_on)

    @cached_property
    def suggested(self) -> tuple[Section, ...]:
        """The likeliest sections; looked for where they are shown, since a summary of many items shows none."""
        words = " ".join(filter(None, (self.item.title, self.item.summary)))
        return suggest(self.house, words)[:SUGGESTED]


@dataclass(frozen=True, slots=True)
class Card:
    """All items of one message. `names` are those of the people on it."""

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
    """How the issue stands, for one member. `filed` counts by section key."""

    house: House
    desk: DeskRecord
    issue: Issue
    now: datetime
    tally: Tally
    remedies: Remedies
    shortfalls: tuple[Shortfall, ...]
    filed: Mapping[str, int]
    pending: int
    mine: tuple[Item, ...]

    @property
    def mine_filed(self) -> int:
        return sum(1 for item in self.mine if item.section is not None)


@dataclass(frozen=True, slots=True)
class PassageForm:
    """A passage as its texts; `version` is 0 and `by` and `at` are None as long as nobody has written it."""

    house: House
    issue: Issue
    name: str
    texts: tuple[str, ...]
    version: int
    by: str | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for what a member asked, of so many in all; `words` are those that were looked for."""

    house: House
    asked: str
    words: tuple[str, ...]
    items: tuple[FoundItem, ...]
    total: int
    names: Mapping[str, str]

    @property
    def sections(self) -> Mapping[str, str]:
        """The titles of the house's sections; an older issue may have had others."""
        return {section.key: section.title for section in self.house.sections}


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
