"""The values that the desk exchanges with the world."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypedDict

from bot.editorial.houses import HouseChoice
from bot.editorial.issue import Issue
from bot.editorial.item import ItemState
from bot.editorial.outlet import Outlet, Verdict


class Standing(StrEnum):
    """What a person is in the workspace: those who run it are editors of its desks, and who left is nobody's."""

    EDITOR = "editor"
    MEMBER = "member"
    GUEST = "guest"
    APP = "app"
    GONE = "gone"

    @property
    def is_of_desk(self) -> bool:
        return self in {Standing.EDITOR, Standing.MEMBER}

    @property
    def waits_for_editor(self) -> bool:
        """Whether an editor looks at what they bring before it is filed; what somebody brought who left is filed."""
        return self in {Standing.GUEST, Standing.APP}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the workspace; `zone` is an IANA name, or empty where nobody knows it.

    `away_until` is until when their status says that they are away, None where it does not; `locale` is the language
    of their Slack: `es-ES`, or empty.
    """

    id: str
    name: str
    zone: str
    standing: Standing
    away_until: datetime | None = None
    locale: str = ""

    def is_away(self, now: datetime) -> bool:
        return self.away_until is not None and now < self.away_until


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a member chose: None is left to the house, or was not asked yet."""

    language: str | None = None
    desk_id: int | None = None
    welcomed_at: datetime | None = None


class Choices(TypedDict, total=False):
    """Any of what a member can choose."""

    language: str | None
    desk_id: int | None
    welcomed_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpenedHome:
    """A home of the app that was opened, and shows a desk up to its change `seen`; it is shown again at `due_at`.

    `latest` is the desk's latest change, and `latest_by` whoever made it.
    """

    workspace: str
    person: str
    due_at: datetime
    seen: int
    latest: int
    latest_by: str


NOBODYS = ""
"""The workspace of a desk that holds issues which were printed elsewhere, until a channel takes it over."""


@dataclass(frozen=True, slots=True)
class DeskRecord:
    """A channel that is a desk."""

    id: int
    workspace: str
    channel: str
    house: HouseChoice = field(default_factory=HouseChoice)


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
    workspace: str
    attempt: int
    body: str
    received_at: datetime


class Habit(StrEnum):
    """What members say once of a place and is so of its later pages.

    The name it is cited by, an end or a beginning of its headlines that is none of the story, and the zone, by its
    IANA name, in whose days its universal times are to be read.
    """

    SOURCE = "source"
    SUFFIX = "suffix"
    PREFIX = "prefix"
    ZONE = "zone"


@dataclass(frozen=True, slots=True)
class Census:
    """So many filed items of an outlet in a section; None is an outlet that the registry does not have."""

    outlet: Outlet | None
    section: str | None
    count: int


@dataclass(frozen=True, slots=True)
class NewItem:
    """A link that goes on record, with what Slack's preview says of it; the desk's own `channel` may be left out."""

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
    channel: str = ""
    shown_in: str | None = None
    added_by: str | None = None
    replies_to: int | None = None
    preview: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PrintedItem:
    """An item of an issue that was printed elsewhere, as it was printed; `url` is empty where nobody knows its page."""

    desk: DeskRecord
    issue: Issue
    place: int
    section: str
    summary: str
    source: str
    published_on: date
    language: str
    ruling: Verdict
    rank: int | None
    url: str
    key: str
    host: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Carried:
    """How an issue carried a page: `filed_at` is None and `found_by` empty where it was printed elsewhere."""

    number: int
    section: str | None
    found_by: str
    filed_at: datetime | None
    published_on: date | None


@dataclass(frozen=True, slots=True)
class FoundItem:
    """An item of any issue, as it is found by words; `title` is its summary where it was printed without one."""

    number: int
    state: ItemState
    section: str | None
    published_on: date | None
    title: str | None
    url: str
    source: str | None
    found_by: str
    channel: str
    message: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of what editors write of an issue: `version` fences off whoever saw an older one."""

    value: Mapping[str, Any]
    version: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Publication:
    """A version of an issue as it was published: `note` says what is new in it, the manifest what it is made of."""

    version: int
    at: datetime
    by: str
    note: str
    manifest: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TextPart:
    """What a text file tells of a chapter, None where that is not said yet; `outcome` is `stored` or `left` in the end.

    `changed` says that somebody wrote the narrative between being shown and being replaced.
    """

    chapter: str | None
    paragraphs: tuple[str, ...]
    outcome: str = ""
    changed: bool = False


@dataclass(frozen=True, slots=True)
class BroughtText:
    """A text file that an editor brought; `key` names what shows it, `issue_id` is None until it is said."""

    id: int
    workspace: str
    channel: str
    person: str
    name: str
    key: str
    issue_id: int | None
    parts: tuple[TextPart, ...]

    def with_part(self, place: int, part: TextPart) -> "BroughtText":
        """The same text with another part at a place."""
        return replace(self, parts=(*self.parts[:place], part, *self.parts[place + 1 :]))


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


class LeaseLostError(Exception):
    """Somebody else took over the work; what was done here is not kept."""


class PageAlreadyThereError(Exception):
    """The change would put the same page into an issue twice."""
