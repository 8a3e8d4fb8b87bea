"""What waits to be shown, and how much of it there is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class ShowingKind(StrEnum):
    """What an outbox row shows."""

    CARD = "card"
    DUPLICATE = "duplicate"
    REFUSED_LINKS = "refused links"
    LINK_REMOVED = "link removed"
    SOURCE_DELETED = "source deleted"
    MOVED = "moved"
    HELD_NEWS = "held news"
    HELD_QUESTION = "held question"
    LATE_ASKED = "late asked"
    LATE_TOLD = "late told"
    APPEAL = "appeal"
    THANKS = "thanks"
    TEAM_NEWS = "team news"
    OWNERLESS = "ownerless"
    STATUS = "status"
    WELCOME = "welcome"
    DRAFT = "draft"
    TEXT_FILE = "text file"
    DIRECT = "direct"
    WHICH_DESK = "which desk"
    MEMBER_REMINDER = "member reminder"
    SECTION_REMINDER = "section reminder"
    EDITOR_REMINDER = "editor reminder"
    ISSUE_CHANGED = "issue changed"
    HOME = "home"
    UNREACHABLE = "unreachable"
    ALERT = "alert"


@dataclass(frozen=True, slots=True)
class Show:
    """A wish to show something: the key names it, so that asking twice shows it once.

    `recipient` is set where only one person may see it.
    """

    key: str
    kind: ShowingKind
    workspace: str
    channel: str
    thread: str | None = None
    recipient: str | None = None
    subject: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that shows a part of a showing; `digest` is of what it says."""

    channel: str
    ts: str
    digest: str


@dataclass(frozen=True, slots=True)
class Showing:
    """An outbox row that was claimed: `wanted` is what its sender promises to have shown.

    `attempt` counts the tries in a row that failed. `leased_until` fences off whoever held it before: no two leases
    of a row end at the same moment.
    """

    id: int
    show: Show
    wanted: int
    attempt: int
    leased_until: datetime | None
    in_doubt: bool
    asked_at: datetime
    posted: Mapping[str, Posted]


class Queue(StrEnum):
    """What the bot works through."""

    INBOX = "inbox"
    OUTBOX = "outbox"


@dataclass(frozen=True, slots=True)
class Queued:
    """A row that waits, or that was given up and is parked; `trouble` is what stopped it last."""

    queue: Queue
    id: int
    kind: str
    parked: bool
    since: datetime
    attempts: int
    trouble: str | None


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much of a queue waits, since when, and how much is parked."""

    queue: Queue
    waiting: int
    parked: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Refused:
    """Rows of a queue that one reason stops in one channel: how many, since when, and when the next is tried again.

    Those that are `parked` were given up, and nothing tries them. Events have no channel.
    """

    queue: Queue
    channel: str
    reason: str
    parked: bool
    count: int
    since: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Unread:
    """How many pages wait to be read, and when the next is."""

    count: int
    next_at: datetime | None
