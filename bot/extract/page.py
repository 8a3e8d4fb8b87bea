"""What reading a page yields, and what can stand in the way."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.editorial.kind import Kind
from bot.editorial.opinion import OpinionSign


@dataclass(frozen=True, slots=True)
class Nature:
    """What kind of page it is, and what only pages of that kind say.

    `agency` is the label under which an authority's releases are printed; `account` names who wrote a post or made a
    video, as host and handle; `publisher` is whom an aggregator names as the first to publish. `canonical` is the
    page's own address where it agrees with the one that answered, `leads_to` where its readers are sent on. `opinion`
    is what says that it is an opinion.
    """

    kind: Kind = Kind.NEWS
    paywalled: bool = False
    agency: str | None = None
    pages: int | None = None
    seconds: int | None = None
    account: str | None = None
    publisher: str | None = None
    canonical: str | None = None
    leads_to: str | None = None
    opinion: OpinionSign | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was read: the packed body with the digest of what it unpacks to, and the headers that matter.

    `packed` is None where a copy of the same bytes was handed out before.
    """

    url: str
    at: datetime
    sha256: str
    size: int
    packed: bytes | None
    headers: Mapping[str, str]

    def body(self) -> bytes | None:
        """What was read, byte for byte; None where the copy is not kept (any more)."""
        return gzip.decompress(self.packed) if self.packed is not None else None


@dataclass(frozen=True, slots=True)
class ArchivedCopy:
    """A copy that an archive keeps of a page, and of which day."""

    url: str
    on: date


@dataclass(frozen=True, slots=True)
class Finding:
    """How sure a value is, 0 to 1, and the places of the page that support it, the strongest first."""

    field: str
    confidence: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extract:
    """What a page says of itself. What was not found is None.

    `published_on` is given where it is sure enough to be used without asking. `other_days` are those that the page
    gives beside it, such as that of another time zone; where none is sure they are what to ask about, the likeliest
    first. `likeliest_day` is the first of all, however unsure; `stamp` is when the page says in universal time that it
    came out. `alternative` is a second headline where the page truly has two. `lead` is the first paragraph of a page
    that gives no description of itself. `language` is an ISO 639-1 code; `final_url` is the address that answered
    after all redirects. `nature` says what kind of page it is, `snapshot` is what was read. `source` is how the site
    calls itself, `cited_as` how it is cited whatever it calls itself: as the house printed it, or as the `site_part`
    that has a name of its own is known.
    """

    title: str | None = None
    published_on: date | None = None
    other_days: tuple[date, ...] = ()
    source: str | None = None
    author: str | None = None
    language: str | None = None
    summary: str | None = None
    final_url: str | None = None
    nature: Nature = Nature()
    snapshot: Snapshot | None = None
    alternative: str | None = None
    lead: str | None = field(default=None, compare=False)
    findings: tuple[Finding, ...] = field(default=(), compare=False)
    likeliest_day: date | None = field(default=None, compare=False)
    stamp: datetime | None = field(default=None, compare=False)
    cited_as: str | None = field(default=None, compare=False)
    site_part: str | None = field(default=None, compare=False)


class Trouble(StrEnum):
    """Why a page could not be read."""

    REFUSED = "refused address"
    GONE = "gone"
    BLOCKED = "blocked"
    SERVER = "server error"
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed out"
    REDIRECTS = "too many redirects"
    NOT_A_PAGE = "not a page"
    UNREADABLE = "unreadable"


class PageTrouble(Exception):  # noqa: N818 - named for the fact
    """A page that could not be read; its text names why, as `not there: 404`, and the catalogue has the sentence.

    `retry` says whether trying again later can help; `status` is the HTTP status where there was one.
    """

    def __init__(self, kind: Trouble, why: str, *, retry: bool = False, status: int | None = None) -> None:
        super().__init__(why)
        self.kind = kind
        self.retry = retry
        self.status = status
