"""What reading a page yields, and what can stand in the way."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Extract:
    """What a page says of itself. What was not found is None; nothing is guessed.

    `other_days` are those that the page gives beside the one used, such as that of another time zone. `language` is an
    ISO 639-1 code; `final_url` is the address that answered after all redirects.
    """

    title: str | None = None
    published_on: date | None = None
    other_days: tuple[date, ...] = ()
    source: str | None = None
    author: str | None = None
    language: str | None = None
    summary: str | None = None
    final_url: str | None = None


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
