"""What a member's home of the app shows, and the forms that it opens: values, and nothing but values."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.desk.views import Status
from bot.editorial.house import House, Section
from bot.editorial.issue import Issue
from bot.editorial.item import Item
from bot.editorial.needs import Need
from bot.ports import DeskRecord


@dataclass(frozen=True, slots=True)
class Waiting:
    """An item of a member's of which something is open; `card` is where it is shown, by channel and message."""

    item: Item
    needs: tuple[Need, ...]
    card: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class ShortSection:
    """A section under its minimum, and the links that wait for a section and may fit there."""

    section: Section
    have: int
    fitting: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Covered:
    """How many items a section has, and how many of them are of state media."""

    section: Section
    items: int
    state: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What newcomers are told: whom they can ask, and for how many days copies of pages are kept."""

    desk: DeskRecord
    editors: tuple[str, ...]
    copies_days: int


@dataclass(frozen=True, slots=True)
class HomePage:
    """How the issue stands for one member, and what they can do next.

    `zone` is their own. `waits` counts what waits for them, of which `waiting` are the first. `blocking` counts what
    blocks the issue, None for whoever is no editor; `decisions` is how much stands in the waiting list of editors.
    `may_name` is whether they may say who owns and edits the desk.
    `is_new` is whether they have not said yet that they read what is kept; `desks` is how many the workspace has.
    """

    status: Status
    zone: str
    waiting: tuple[Waiting, ...]
    waits: int
    short: tuple[ShortSection, ...]
    coverage: tuple[Covered, ...]
    blocking: int | None
    decisions: int
    kept: Kept
    is_new: bool
    desks: int
    may_name: bool = False


@dataclass(frozen=True, slots=True)
class FittingForm:
    """A short section with the links that may fit there."""

    house: House
    desk: DeskRecord
    issue: Issue
    short: ShortSection
    minimum: int


@dataclass(frozen=True, slots=True)
class DeskChoice:
    """The desks that a member can choose from, by the names of their channels, and the one that they chose."""

    desks: Mapping[DeskRecord, str]
    chosen: int | None
