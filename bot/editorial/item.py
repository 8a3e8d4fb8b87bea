"""An item: one cited story of an issue."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.editorial.house import RELEASES
from bot.editorial.kind import Kind
from bot.editorial.opinion import OpinionSign
from bot.editorial.outlet import Outlet
from bot.editorial.page_check import PageCheck


class ItemState(StrEnum):
    """Where an item stands. Nothing is deleted: spiked, withdrawn and second sources of others stay on record.

    One that is held waits in its issue, uncounted, for room: it returns to its section by itself. One that is held over
    waits until its issue closes and the next one takes it.
    """

    PENDING = "pending"
    FILED = "filed"
    HELD = "held"
    HELD_OVER = "held over"
    SPIKED = "spiked"
    WITHDRAWN = "withdrawn"
    SECOND_SOURCE = "second source"


class Reading(StrEnum):
    """How far the item's page was read."""

    WAITING = "waiting"
    READ = "read"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Attestation:
    """A member's word on an item of state media: its topic, that nobody else reports it, and that it is no opinion."""

    topic: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Appeal:
    """Who asks an editor whether an item that looks like an opinion is a report."""

    by: str
    at: datetime


class Answer(StrEnum):
    """What an editor said of a held item."""

    ACCEPTED = "accepted"
    LEFT_HELD = "left held"


@dataclass(frozen=True, slots=True)
class Question:
    """Who asked which editors to file a held item over the limit, and what one of them said, None until they do."""

    by: str
    at: datetime
    editors: tuple[str, ...]
    answer: Answer | None = None
    answered_by: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """Where an earlier issue carried the page of an item: `section` is its title, `found_by` empty where nobody knows.

    `on` is the day on which it was filed, or its own date where it was printed elsewhere.
    """

    number: int
    section: str | None
    found_by: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an item is in an issue all the same: one line, by whom, and the name that they signed it with."""

    words: str
    by: str
    name: str


@dataclass(frozen=True, slots=True)
class Late:
    """Who had an item added to its issue after the freeze, and which editor accepted it, with the names of that day."""

    asked_by: str
    asker: str
    by: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Item:
    """A story as the desk knows it; what was not found is None and is asked for.

    `kind` is that of its page, None until it was read. `agency`, `pages` and `seconds` are what a release, a PDF and a
    video say of themselves; `account` is who wrote a post, `publisher` whom an aggregator names as the first.
    `archived_url` is a copy of a dead page, of that day; `preview` is what Slack showed of the link.

    `outlet` is the registry's row for the host, or None where the host is unknown.`channel`, `message` and `thread`
    say where the link came from, and `shown_in` names the summary that shows it in place of a card; `key` is equal
    for links to the same page. `language` is an ISO 639-1 code. `other_days` are dates that the page gives beside the
    one used, `stamped_at` is when it says in universal time that it came out. `edited` says which field was last
    written by which member. `alternative` is a second headline of the page; `site_part` is the part of the site that
    is cited by a name of its own, by the beginning of its address. `rank` is its place in its section where an editor
    gave it one, and `pinned` puts it above all those; `url` is empty where it was printed elsewhere and nobody knows
    its page. `checked_at` is when its page was looked at last, and `checked` what became of it; `attestation` is a
    member's word on an item of state media. `earlier` says which earlier issue carried its page, and `used_again` why
    it is used all the same; `kept_outside` is why it is kept although its day is outside the issue's window.

    `opinion` is what says of its page that it is an opinion; `appeal` is a member's question whether it is one, and
    `reclassified` an editor's word that it is a report.

    `asked` is a member's question to the editors whether it is filed although it is held. Of a held item `section` is
    the one that it returns to, `filed_by` and `filed_at` are who held it and since when.

    `similar_to` is another item that seems to tell the same story, `kept_beside` names those of which a member said
    that both stay, with that member; `second_of` is the item whose second source this one is. `replies_to` is the one
    under whose card its link was posted.
    `added_by` put it on the list by a reaction to somebody's message. `late` says that an editor added it to its issue
    after the freeze.
    """

    id: int
    issue_id: int
    url: str
    host: str
    state: ItemState
    reading: Reading
    found_by: str
    created_at: datetime
    title: str | None = None
    alternative: str | None = None
    source: str | None = None
    published_on: date | None = None
    other_days: tuple[date, ...] = ()
    stamped_at: datetime | None = None
    language: str | None = None
    author: str | None = None
    summary: str | None = None
    kind: Kind | None = None
    paywalled: bool = False
    agency: str | None = None
    pages: int | None = None
    seconds: int | None = None
    account: str | None = None
    publisher: str | None = None
    site_part: str | None = None
    archived_url: str | None = None
    archived_on: date | None = None
    preview: Mapping[str, str] = field(default_factory=dict)
    outlet: Outlet | None = None
    rank: int | None = None
    pinned: bool = False
    section: str | None = None
    filed_by: str | None = None
    filed_at: datetime | None = None
    moved_from: str | None = None
    trouble: str | None = None
    retry_at: datetime | None = None
    key: str = ""
    note: str | None = None
    channel: str = ""
    message: str = ""
    thread: str | None = None
    shown_in: str | None = None
    checked: PageCheck = field(default_factory=PageCheck)
    checked_at: datetime | None = None
    attestation: Attestation | None = None
    edited: Mapping[str, str] = field(default_factory=dict)
    earlier: Earlier | None = None
    used_again: Reason | None = None
    kept_outside: Reason | None = None
    opinion: OpinionSign | None = None
    appeal: Appeal | None = None
    reclassified: Reason | None = None
    asked: Question | None = None
    similar_to: int | None = None
    kept_beside: Mapping[str, str] = field(default_factory=dict)
    second_of: int | None = None
    replies_to: int | None = None
    added_by: str | None = None
    late: Late | None = None
    version: int = 1

    def is_kept_beside(self, other: "Item") -> bool:
        """Whether a member said that both of two items stay."""
        return str(other.id) in self.kept_beside or str(self.id) in other.kept_beside

    @property
    def is_release(self) -> bool:
        """Whether it stands among the releases: it is printed with its agency, and is no item of a section."""
        return self.section == RELEASES

    @property
    def announces(self) -> bool:
        """Whether its page is a release, or a file of an agency whose releases have a label."""
        return self.kind is Kind.RELEASE or self.agency is not None

    @property
    def days_in_question(self) -> tuple[date, ...]:
        """The days to choose from where none is sure, the likeliest first."""
        return self.other_days if self.published_on is None and self._was_read else ()

    @property
    def other_title(self) -> str | None:
        """A second headline of the page, for as long as no member has written one."""
        is_open = self._was_read and "title" not in self.edited and self.alternative != self.title
        return self.alternative if is_open else None

    @property
    def is_a_repeat(self) -> bool:
        """Whether an earlier issue carried its page, and nobody has said why it is used again."""
        return self.earlier is not None and self.used_again is None

    @property
    def cited_for(self) -> str | None:
        """The place of which the source is the name: a part of a site, else the host; None where it is not known.

        Before its page was read an item's host is where its link leads first. Who published what an aggregator shows,
        or wrote a post of an unknown account, is said of the one item alone.
        """
        is_of_others = self.kind is Kind.AGGREGATOR and "publisher" not in self.edited
        if self.reading is not Reading.READ or is_of_others or (self.kind is Kind.POST and self.account is None):
            return None
        return self.site_part or self.host

    @property
    def _was_read(self) -> bool:
        return self.reading is Reading.READ and not (self.kind is not None and self.kind.must_be_kept)
