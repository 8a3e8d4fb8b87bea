"""Who owns and edits a desk, as it is shown and as it is changed: values, and nothing but values."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.editorial.house import House
from bot.editorial.issue import Issue
from bot.editorial.role import Footing
from bot.ports import DeskRecord, Team, UserGroup


@dataclass(frozen=True, slots=True)
class Asker:
    """Whoever asks what they can do: how they stand, and at which desk; None where there is none."""

    stands: Footing
    desk: DeskRecord | None


@dataclass(frozen=True, slots=True)
class TeamPage:
    """Who is named at a desk, and who filed in its open issue, most first; `may_change` is of whoever looks at it."""

    house: House
    desk: DeskRecord
    issue: Issue
    team: Team
    filed: Mapping[str, int]
    names: Mapping[str, str]
    may_change: bool


@dataclass(frozen=True, slots=True)
class TeamForm:
    """The team as it is to be changed; `groups` are those that can be chosen, those of the team among them."""

    desk: DeskRecord
    team: Team
    groups: tuple[UserGroup, ...]


@dataclass(frozen=True, slots=True)
class TeamWish:
    """Who is to be named, over a version of the team; `groups` is None where they could not be chosen."""

    version: int
    owners: tuple[str, ...]
    editors: tuple[str, ...]
    groups: tuple[str, ...] | None
