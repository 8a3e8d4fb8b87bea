"""What the desk asks of the world: records, pages, people."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from bot.editorial.issue import Issue
from bot.editorial.item import Item, ItemState
from bot.editorial.outlet import Outlet, Verdict
from bot.editorial.revision import Revision
from bot.extract.page import Extract


class Standing(StrEnum):
    """What a person may do at a desk."""

    EDITOR = "editor"
    MEMBER = "member"
    GUEST = "guest"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the workspace; `zone` is an IANA name."""

    id: str
    name: str
    zone: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class DeskRecord:
    """A channel that is a desk."""

    id: int
    workspace: str
    channel: str


@dataclass(frozen=True, slots=True)
class RawEvent:
    """An event as it came: `body` is JSON, `event_id` names it however often it is delivered."""

    event_id: str
    workspace: str
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """An event that was accepted and is being worked on; `attempt` fences off whoever held it before."""

    id: int
    attempt: int
    body: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class NewItem:
    """A link that goes on record."""

    desk: DeskRecord
    issue: Issue
    message: str
    thread: str | None
    dropped: str
    url: str
    key: str
    host: str
    found_by: str
    at: datetime
    read_at: datetime
    shown_in: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the event log."""

    verb: str
    by: str
    at: datetime
    desk: DeskRecord
    issue_id: int | None = None
    item_id: int | None = None
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    id: int = 0


class ShowingKind(StrEnum):
    """What an outbox row shows."""

    CARD = "card"
    DUPLICATE = "duplicate"
    REFUSED_LINKS = "refused links"
    LINK_REMOVED = "link removed"
    SOURCE_DELETED = "source deleted"
    MOVED = "moved"
    STATUS = "status"
    WELCOME = "welcome"
    DRAFT = "draft"
    MEMBER_REMINDER = "member reminder"
    SECTION_REMINDER = "section reminder"
    ISSUE_CHANGED = "issue changed"
    HOME = "home"
    UNREACHABLE = "unreachable"


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


class LeaseLostError(Exception):
    """Somebody else took over the work; what was done here is not kept."""


class PageAlreadyThereError(Exception):
    """The change would put the same page into an issue twice."""


class Desks(Protocol):
    async def find(self, workspace: str, channel: str) -> DeskRecord | None: ...
    async def get(self, desk_id: int) -> DeskRecord: ...
    async def all(self, workspace: str | None = None) -> Sequence[DeskRecord]: ...
    async def add(self, workspace: str, channel: str, at: datetime) -> DeskRecord | None: ...
    async def add_editor(self, desk: DeskRecord, person: str, at: datetime) -> bool: ...
    async def seen(self, desk: DeskRecord) -> str: ...
    async def saw(self, desk: DeskRecord, message: str) -> None: ...
    async def summary(self, desk: DeskRecord) -> tuple[str, datetime] | None: ...
    async def begin_summary(self, desk: DeskRecord, key: str, at: datetime) -> None: ...
    async def editors(self, desk: DeskRecord) -> Sequence[str]: ...
    async def hold(self, desk_id: int) -> None: ...
    async def hold_of(self, item_id: int) -> DeskRecord | None: ...
    async def is_editor(self, desk: DeskRecord, person: str) -> bool: ...


class Issues(Protocol):
    async def open_of(self, desk_id: int) -> Issue | None: ...
    async def get(self, issue_id: int) -> Issue: ...
    async def last_number(self, desk_id: int) -> int | None: ...
    async def has_number(self, desk_id: int, number: int) -> bool: ...
    async def add(
        self,
        desk: DeskRecord,
        number: int,
        window: tuple[date, date],
        deadline: datetime,
        closes_at: datetime,
        at: datetime,
    ) -> Issue: ...
    async def change(self, issue_id: int, *, expect: Mapping[str, Any], values: Mapping[str, Any]) -> Issue | None: ...


class Items(Protocol):
    async def add(self, new: NewItem) -> Item | None: ...
    async def get(self, item_id: int) -> Item | None: ...
    async def holding(self, issue_id: int, key: str) -> Item | None: ...
    async def of_issue(self, issue_id: int, *states: ItemState) -> Sequence[Item]: ...
    async def of_message(self, workspace: str, channel: str, message: str) -> Sequence[Item]: ...
    async def in_summary(self, desk_id: int, key: str) -> Sequence[Item]: ...
    async def cards_since(self, desk: DeskRecord, moment: datetime) -> int: ...
    async def change(self, item_id: int, *, expect: Mapping[str, Any], values: Mapping[str, Any]) -> Item | None: ...
    async def claim_unread(self, now: datetime, until: datetime) -> tuple[Item, int] | None: ...
    async def next_unread_at(self) -> datetime | None: ...
    async def desk_of(self, item_id: int) -> DeskRecord: ...
    async def from_host(self, issue_id: int, domain: str) -> Sequence[Item]: ...


class Messages(Protocol):
    async def find(self, workspace: str, channel: str, message: str) -> Revision | None: ...
    async def keep(self, workspace: str, channel: str, message: str, newest: Revision) -> None: ...


class Changes(Protocol):
    async def add(self, change: Change) -> None: ...
    async def of_item(self, item_id: int) -> Sequence[Change]: ...
    async def of_issue(self, issue_id: int, since: datetime) -> Sequence[Change]: ...


class Inbox(Protocol):
    async def add(self, events: Sequence[RawEvent]) -> Collection[str]: ...
    async def claim(self, now: datetime, until: datetime) -> Receipt | None: ...
    async def finish(self, receipt: Receipt) -> None: ...
    async def put_back(self, receipt: Receipt, due_at: datetime, trouble: str) -> None: ...
    async def park(self, receipt: Receipt, trouble: str) -> None: ...
    async def forget_done(self, before: datetime, limit: int) -> int: ...
    async def next_due_at(self) -> datetime | None: ...


class Outbox(Protocol):
    async def show(self, wish: Show, *, at: datetime, due_at: datetime | None = None) -> None: ...
    async def asked_at(self, workspace: str, key: str) -> datetime | None: ...
    async def find(self, workspace: str, key: str) -> Showing | None: ...
    async def claim(self, now: datetime, until: datetime, pause_until: datetime) -> Showing | None: ...
    async def posted(self, showing: Showing, part: str, message: Posted) -> None: ...
    async def forget_posted(self, showing: Showing) -> None: ...
    async def finish(self, showing: Showing) -> None: ...
    async def go_on(self, showing: Showing) -> None: ...
    async def put_back(self, showing: Showing, due_at: datetime, trouble: str, *, in_doubt: bool) -> None: ...
    async def park(self, showing: Showing, trouble: str) -> None: ...
    async def has_trouble(self, workspace: str, channel: str, trouble: str) -> bool: ...
    async def release(self, workspace: str, channel: str, at: datetime) -> int: ...
    async def forget_shown(self, before: datetime, limit: int, *, kinds: Collection[ShowingKind]) -> int: ...
    async def hold_lane(self, workspace: str, channel: str, until: datetime) -> None: ...
    async def next_due_at(self) -> datetime | None: ...


class Queues(Protocol):
    async def backlog(self, queue: Queue) -> Backlog: ...
    async def oldest(self, queue: Queue, *, parked: bool, limit: int) -> Sequence[Queued]: ...
    async def replay(self, queue: Queue, now: datetime, row_id: int | None = None) -> int: ...


class Claims(Protocol):
    async def take(self, desk: DeskRecord, name: str, period: str, at: datetime, outcome: str) -> bool: ...
    async def taken(self, desk_id: int, period: str) -> frozenset[str]: ...
    async def snooze(self, issue: Issue, workspace: str, person: str, until: datetime) -> None: ...
    async def snoozes(self, issue_id: int) -> Mapping[str, datetime]: ...


class Outlets(Protocol):
    async def find(self, workspace: str, host: str) -> Outlet | None: ...
    async def rule(self, workspace: str, domain: str, ruling: Verdict, by: str, at: datetime) -> None: ...


class KnownPeople(Protocol):
    async def find(self, workspace: str, person: str) -> tuple[Person, datetime] | None: ...
    async def keep(self, workspace: str, person: Person, at: datetime) -> None: ...
    async def names(self, workspace: str, people: Sequence[str]) -> Mapping[str, str]: ...


class UnitOfWork(Protocol):
    """One transaction: leaving the block commits it, an exception undoes it."""

    @property
    def desks(self) -> Desks: ...
    @property
    def issues(self) -> Issues: ...
    @property
    def items(self) -> Items: ...
    @property
    def messages(self) -> Messages: ...
    @property
    def changes(self) -> Changes: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def queues(self) -> Queues: ...
    @property
    def claims(self) -> Claims: ...
    @property
    def outlets(self) -> Outlets: ...
    @property
    def people(self) -> KnownPeople: ...


UnitOfWorkFactory = Callable[[], AbstractAsyncContextManager[UnitOfWork]]


class Pages(Protocol):
    """Reads a page; raises PageTrouble where it cannot."""

    async def read(self, url: str) -> Extract: ...


class People(Protocol):
    """Asks the workspace who somebody is, and who of a channel can be reminded."""

    async def look_up(self, workspace: str, person: str) -> Person | None: ...
    async def present(self, workspace: str, channel: str) -> Sequence[str]: ...


class Clock(Protocol):
    """Tells the time, aware and in UTC."""

    def __call__(self) -> datetime: ...
