"""Who owns and edits a desk, and the records of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.editorial.role import Role
from bot.ports.values import DeskRecord


@dataclass(frozen=True, slots=True)
class UserGroup:
    """A user group of the workspace, as it says itself; one that was switched off has no members."""

    id: str
    name: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EditorGroup:
    """A user group whose members are editors of a desk; `asked_at` is when the workspace was last asked for them."""

    id: str
    name: str
    members: tuple[str, ...] = ()
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """Who is named to a role at a desk, by person or by user group.

    `version` counts the changes of who is named; `by` and `at` say who made the last, and are None before the first.
    """

    owners: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    groups: tuple[EditorGroup, ...] = ()
    version: int = 0
    by: str | None = None
    at: datetime | None = None

    @property
    def roles(self) -> Mapping[str, Role]:
        """The role of each who has one, whichever way they have it."""
        grouped = [person for group in self.groups for person in group.members]
        owners = dict.fromkeys(self.owners, Role.OWNER)
        return {**owners, **dict.fromkeys((*self.editors, *grouped), Role.EDITOR), **owners}


class Teams(Protocol):
    async def of(self, desk: DeskRecord) -> Team: ...
    async def write(self, desk: DeskRecord, team: Team, *, by: str, at: datetime) -> bool: ...
    async def keep_group(self, desk: DeskRecord, group: EditorGroup) -> None: ...
    async def desks_naming(self, workspace: str, person: str) -> Sequence[DeskRecord]: ...
    async def desks_with_group(self, workspace: str, group: str) -> Sequence[DeskRecord]: ...
