"""Who may do what at a desk, whichever way they came to it."""

import pytest

from bot.editorial.role import Act, Footing, Role, acts, edits, footing, higher, may

OF_EDITORS = {Act.FILE, Act.EDIT, Act.WAIVE, Act.PUBLISH, Act.REGISTRY, Act.DEADLINE, Act.ISSUES}


@pytest.mark.parametrize(
    ("role", "allowed"),
    [(None, set()), (Role.MEMBER, {Act.FILE}), (Role.EDITOR, OF_EDITORS), (Role.OWNER, set(Act))],
)
def test_each_role_may_do_what_is_its_own_and_nothing_else(role: Role | None, allowed: set[Act]) -> None:
    stands = Footing(role)

    assert acts(stands) == allowed
    assert {act for act in Act if may(stands, act)} == allowed


@pytest.mark.parametrize("named", [None, *Role])
def test_who_is_not_of_the_desk_may_do_nothing_whatever_they_are_named_to(named: Role | None) -> None:
    stands = footing(named, is_of_desk=False, is_admin=True, has_owner=False)

    assert acts(stands) == frozenset()
    assert not edits(stands)


@pytest.mark.parametrize(
    ("named", "is_admin", "role"),
    [
        (None, False, Role.MEMBER),
        (None, True, Role.EDITOR),
        (Role.EDITOR, False, Role.EDITOR),
        (Role.EDITOR, True, Role.EDITOR),
        (Role.OWNER, False, Role.OWNER),
        (Role.OWNER, True, Role.OWNER),
        (Role.MEMBER, True, Role.EDITOR),
    ],
)
def test_whoever_runs_the_workspace_is_an_editor_at_least(named: Role | None, *, is_admin: bool, role: Role) -> None:
    assert footing(named, is_admin=is_admin).role is role


@pytest.mark.parametrize(("is_admin", "has_owner"), [(True, True), (True, False), (False, True), (False, False)])
def test_owners_are_named_by_admins_only_where_a_desk_has_none(*, is_admin: bool, has_owner: bool) -> None:
    editor = footing(Role.EDITOR, is_admin=is_admin, has_owner=has_owner)

    assert may(editor, Act.ROLES) == (is_admin and not has_owner)
    assert not may(editor, Act.SETUP)
    assert may(footing(Role.OWNER), Act.ROLES)


def test_of_two_roles_the_higher_counts() -> None:
    assert [higher(first, second) for first, second in ((None, Role.MEMBER), (Role.EDITOR, Role.MEMBER))] == [
        Role.MEMBER,
        Role.EDITOR,
    ]
    assert higher(Role.EDITOR, Role.OWNER) is higher(Role.OWNER, Role.EDITOR) is Role.OWNER
