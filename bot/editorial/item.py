"""An item: one cited story of an issue."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.editorial.kind import Kind
from bot.editorial.outlet import Outlet


class ItemState(StrEnum):
    """Where an item stands. Nothing is deleted: spiked and withdrawn items stay on record."""

    PENDING = "pending"
    FILED = "filed"
    SPIKED = "spiked"
    WITHDRAWN = "withdrawn"


class Reading(StrEnum):
    """How far the item's page was read."""

    WAITING = "waiting"
    READ = "read"
    FAILED = "failed"


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
    its page.
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
    edited: Mapping[str, str] = field(default_factory=dict)
    version: int = 1

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
