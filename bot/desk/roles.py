"""What is told of roles: to who has another one, to who waits for an editor, and what changes roles by itself."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.editorial.item import Item, ItemState
from bot.editorial.role import Role
from bot.ports import Change, DeskRecord, EditorGroup, Person, Show, ShowingKind, Standing, Team, UnitOfWork


async def lapse(work: UnitOfWork, desk: DeskRecord, person: Person, now: datetime) -> None:
    """Take the role of somebody who is not of the desk any more; where nobody owns it then, its editors are told."""
    await work.desks.hold(desk.id)
    team = await work.teams.of(desk)
    owners = tuple(each for each in team.owners if each != person.id)
    editors = tuple(each for each in team.editors if each != person.id)
    if (owners, editors) == (team.owners, team.editors):
        return
    await work.teams.write(desk, replace(team, owners=owners, editors=editors), by="", at=now)
    before = {"person": person.id, "role": team.roles[person.id].value}
    await work.changes.add(Change("role lapsed", "", now, desk, before=before))
    if owners or not team.owners:
        return
    about = {"desk": desk.id, "owner": person.name, "is_gone": person.standing is Standing.GONE}
    for told in await work.desks.editors(desk) or [desk.channel]:
        key = f"{ShowingKind.OWNERLESS.value}:{desk.id}:{team.version}:{told}"
        await work.outbox.show(Show(key, ShowingKind.OWNERLESS, desk.workspace, told, subject=about), at=now)


async def keep_group(work: UnitOfWork, desk: DeskRecord, group: EditorGroup, now: datetime) -> None:
    """Take what the workspace says of a user group of a desk; who gains or loses a role by it is told."""
    await work.desks.hold(desk.id)
    team = await work.teams.of(desk)
    known = next((each for each in team.groups if each.id == group.id), None)
    if known is None:
        return  # an owner took it off the team meanwhile
    await work.teams.keep_group(desk, group)
    if set(group.members) == set(known.members):
        return
    before = {"group": group.id, "members": list(known.members)}
    after = {"group": group.id, "members": list(group.members)}
    await work.changes.add(Change("group changed", "", now, desk, before=before, after=after))
    await tell_of_roles(work, desk, team, await work.teams.of(desk), by="", now=now)


async def tell_of_roles(
    work: UnitOfWork, desk: DeskRecord, before: Team, after: Team, *, by: str, now: datetime
) -> None:
    """Tell each who has another role than before, in private and once; who did it knows."""
    for person, role in role_changes(before, after).items():
        if person == by:
            continue
        about = {"desk": desk.id, "role": role.value if role is not None else None, "by": by}
        key = f"{ShowingKind.TEAM_NEWS.value}:{desk.id}:{person}:{about['role']}:{now.isoformat()}"
        await work.outbox.show(Show(key, ShowingKind.TEAM_NEWS, desk.workspace, person, subject=about), at=now)


async def thank(work: UnitOfWork, desk: DeskRecord, item: Item, now: datetime) -> None:
    """Thank a guest in private for what their message in the channel brought, once: an editor looks at it."""
    if item.state is not ItemState.PENDING or item.added_by is not None or item.channel != desk.channel:
        return  # an editor was faster, a member added what they once wrote, or the card is theirs alone
    key = f"{ShowingKind.THANKS.value}:{item.channel}:{item.message}"
    if await work.outbox.asked_at(desk.workspace, key) is not None:
        return
    wish = Show(
        key=key,
        kind=ShowingKind.THANKS,
        workspace=desk.workspace,
        channel=item.channel,
        thread=item.thread if item.thread != item.message else None,
        recipient=item.found_by,
    )
    await work.outbox.show(wish, at=now)


def role_changes(before: Team, after: Team) -> Mapping[str, Role | None]:
    """The role that each has now who has another than before."""
    then, is_now = before.roles, after.roles
    return {each: is_now.get(each) for each in {**then, **is_now} if then.get(each) != is_now.get(each)}
