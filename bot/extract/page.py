"""What reading a page yields, and what can stand in the way."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


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
    first. `likeliest_day` is the first of all, however unsure. `alternative` is a second headline where the page
    truly has two. `language` is an ISO 639-1 code; `final_url` is the address that answered after all redirects.
    """

    title: str | None = None
    published_on: date | None = None
    other_days: tuple[date, ...] = ()
    source: str | None = None
    author: str | None = None
    language: str | None = None
    summary: str | None = None
    final_url: str | None = None
    alternative: str | None = None
    findings: tuple[Finding, ...] = field(default=(), compare=False)
    likeliest_day: date | None = field(default=None, compare=False)


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
    """A page that could not be read; its text is a sentence for the member.

    `retry` says whether trying again later can help; `status` is the HTTP status where there was one.
    """

    def __init__(self, kind: Trouble, sentence: str, *, retry: bool = False, status: int | None = None) -> None:
        super().__init__(sentence)
        self.kind = kind
        self.retry = retry
        self.status = status
