"""Who may do what at a desk: the one rule, for use cases, for help, and for what buttons are shown."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody is at a desk."""

    OWNER = "owner"
    EDITOR = "editor"
    MEMBER = "member"


class Act(StrEnum):
    """What can be done at a desk, as far as it makes a difference who does it."""

    FILE = "file"
    EDIT = "edit"
    WAIVE = "waive"
    PUBLISH = "publish"
    REGISTRY = "registry"
    DEADLINE = "deadline"
    ISSUES = "issues"
    ROLES = "roles"
    SETUP = "setup"


@dataclass(frozen=True, slots=True)
class Footing:
    """How somebody stands at a desk.

    `role` is None for whoever is not of the desk: guests, strangers, apps, and those who left. `is_admin` says that
    they run the workspace, and `has_owner` whether the desk has one at all.
    """

    role: Role | None
    is_admin: bool = False
    has_owner: bool = True


_OF_MEMBERS = frozenset({Act.FILE})
_OF_EDITORS = _OF_MEMBERS | {Act.EDIT, Act.WAIVE, Act.PUBLISH, Act.REGISTRY, Act.DEADLINE, Act.ISSUES}
_OF_OWNERS = frozenset(Act)
_ACTS = {Role.MEMBER: _OF_MEMBERS, Role.EDITOR: _OF_EDITORS, Role.OWNER: _OF_OWNERS}


def footing(named: Role | None, *, is_of_desk: bool = True, is_admin: bool = False, has_owner: bool = True) -> Footing:
    """How somebody stands who was `named` to a role, or to none.

    Whoever runs the workspace is an editor of each of its desks. A guest stays a guest, whatever they were named to.
    """
    if not is_of_desk:
        return Footing(None, has_owner=has_owner)
    least = Role.EDITOR if is_admin else Role.MEMBER
    return Footing(higher(named, least), is_admin, has_owner)


def acts(stands: Footing) -> frozenset[Act]:
    """Everything that somebody may do; whoever runs the workspace may name owners where a desk has none."""
    if stands.role is None:
        return frozenset()
    orphaned = {Act.ROLES} if stands.is_admin and not stands.has_owner else set()
    return _ACTS[stands.role] | orphaned


def may(stands: Footing, act: Act) -> bool:
    return act in acts(stands)


def edits(stands: Footing) -> bool:
    """Whether somebody is an editor, by whichever way."""
    return stands.role in {Role.EDITOR, Role.OWNER}


def higher(first: Role | None, second: Role) -> Role:
    """The one of two roles that may do more."""
    return max(first or Role.MEMBER, second, key=lambda role: len(_ACTS[role]))
