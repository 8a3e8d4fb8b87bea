"""Who owns and edits a desk: nothing is overwritten, and user groups are followed."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.desk import Desk
from bot.desk.errors import EditorsOnlyError, NotOfThisDeskError
from bot.desk.fields import FieldsRefusedError
from bot.desk.team_errors import OwnersOnlyError, TeamChangedError
from bot.desk.team_page import TeamForm, TeamPage, TeamWish
from bot.ports import Person, RawEvent, Receipt, Standing, Team, UserGroup, WorkspaceSilentError
from db.database import Database
from tests.desk.staff import (
    ANA,
    BEN,
    CHANNEL,
    EVA,
    GUS,
    MORNING,
    TEAM,
    Staff,
    desk_on,
    desk_record,
    log_of,
    wishes,
)

CAT = Person("U_CAT", "Cat Lund", "UTC", Standing.MEMBER)
LATER = MORNING + timedelta(minutes=5)
DESK_GROUP = UserGroup("S_DESK", "Foreign desk", (BEN.id,))


@pytest.fixture
def staff() -> Staff:
    return Staff(ANA, BEN, CAT, EVA, GUS)


@pytest.fixture
async def desk(database: Database, staff: Staff) -> Desk:
    """A desk that Ana owns; Eva runs the workspace."""
    found = desk_on(database, people=staff)
    await found.welcome(TEAM, CHANNEL, editor=ANA.id, now=MORNING)
    return found


async def team_of(database: Database) -> Team:
    record = await desk_record(database)
    async with database.unit_of_work() as work:
        return await work.teams.of(record)


async def form(desk: Desk, database: Database, *, by: Person = ANA) -> TeamForm:
    return await desk.team_form((await desk_record(database)).id, workspace=TEAM, by=by.id, now=MORNING)


async def change(
    desk: Desk,
    seen: TeamForm,
    *owners: Person,
    editors: tuple[Person, ...] = (),
    by: Person = ANA,
    groups: tuple[str, ...] | None = None,
) -> TeamPage:
    wish = TeamWish(seen.team.version, tuple(each.id for each in owners), tuple(each.id for each in editors), groups)
    return await desk.change_team(seen.desk.id, wish, workspace=TEAM, by=by.id, now=MORNING)


async def receipt(database: Database) -> Receipt:
    async with database.unit_of_work() as work:
        await work.inbox.add([RawEvent(f"Ev{MORNING}", TEAM, "{}", MORNING)])
        found = await work.inbox.claim(MORNING, LATER)
    assert found is not None
    return found


async def test_of_two_who_change_a_team_at_once_one_is_told_and_the_other_stands(
    desk: Desk, database: Database
) -> None:
    seen = await form(desk, database)
    results = await asyncio.gather(
        change(desk, seen, ANA, editors=(BEN,)), change(desk, seen, ANA, editors=(CAT,)), return_exceptions=True
    )

    assert sorted(type(each).__name__ for each in results) == ["TeamChangedError", "TeamPage"]
    (won,) = [each for each in results if isinstance(each, TeamPage)]
    (lost,) = [each for each in results if isinstance(each, TeamChangedError)]
    assert lost.by == ANA.name
    assert await team_of(database) == won.team
    assert [row.after["person"] for row in await log_of(database) if row.verb == "role changed"] == [*won.team.editors]


async def test_what_changes_nothing_is_nobodys_news_and_leaves_open_forms_alone(desk: Desk, database: Database) -> None:
    seen = await form(desk, database)
    await change(desk, seen, ANA)

    await change(desk, seen, ANA, editors=(BEN,))

    assert [row.verb for row in await log_of(database)].count("role changed") == 1
    assert [wish.channel for wish in await wishes(database, "team news")] == [BEN.id]


async def test_an_owner_may_go_where_another_stays_and_is_told_by_name_who_cannot_come(
    desk: Desk, database: Database
) -> None:
    seen = await form(desk, database)
    with pytest.raises(FieldsRefusedError) as refused:
        await change(desk, seen, ANA, GUS, editors=(replace(BEN, id="U_NOBODY"),))
    assert {field: reason.theirs for field, reason in refused.value.reasons.items()} == {
        "owners": GUS.name,
        "editors": "U_NOBODY",
    }
    with pytest.raises(FieldsRefusedError) as refused:
        await change(desk, seen, editors=(ANA,))
    assert refused.value.reasons.keys() == {"owners"}

    page = await change(desk, seen, BEN, editors=(ANA, BEN))

    assert (page.team.owners, page.team.editors) == ((BEN.id,), (ANA.id,))
    assert not page.may_change
    assert [wish.channel for wish in await wishes(database, "team news")] == [BEN.id]


async def test_only_owners_change_a_team_and_admins_where_it_has_none(
    desk: Desk, database: Database, staff: Staff
) -> None:
    seen = await form(desk, database)
    for other in (BEN, EVA):
        with pytest.raises(OwnersOnlyError):
            await change(desk, seen, other, by=other)
    with pytest.raises(NotOfThisDeskError):
        await form(desk, database, by=GUS)

    staff.becomes(replace(ANA, standing=Standing.GONE))
    await desk.person(TEAM, ANA.id, LATER, within=timedelta(0))
    assert (await team_of(database)).owners == ()
    with pytest.raises(OwnersOnlyError):
        await form(desk, database, by=BEN)
    await change(desk, await form(desk, database, by=EVA), BEN, by=EVA)

    assert (await team_of(database)).owners == (BEN.id,)
    with pytest.raises(OwnersOnlyError):
        await form(desk, database, by=EVA)


async def test_who_changes_a_team_may_not_undo_a_lapse_that_came_between(
    desk: Desk, database: Database, staff: Staff
) -> None:
    await change(desk, await form(desk, database), ANA, editors=(BEN,))
    seen = await form(desk, database)
    staff.becomes(replace(BEN, standing=Standing.GUEST))
    await desk.person(TEAM, BEN.id, LATER, within=timedelta(0))

    with pytest.raises(TeamChangedError):
        await change(desk, seen, ANA, editors=(BEN, CAT))

    assert (await team_of(database)).editors == ()
    assert [row.before["person"] for row in await log_of(database) if row.verb == "role lapsed"] == [BEN.id]


async def test_members_of_a_user_group_are_asked_for_once_in_a_while_and_stand_while_nobody_answers(
    desk: Desk, database: Database, staff: Staff
) -> None:
    staff.user_groups = {DESK_GROUP.id: DESK_GROUP}
    await change(desk, await form(desk, database), ANA, groups=(DESK_GROUP.id,))
    record = await desk_record(database)
    asked = len(staff.asked_for)
    for _ in range(3):
        await desk.waiting(record, by=BEN.id, now=MORNING + timedelta(minutes=2))
    assert len(staff.asked_for) == asked

    staff.user_groups = None
    await desk.waiting(record, by=BEN.id, now=LATER)
    await desk.waiting(record, by=BEN.id, now=LATER)
    assert len(staff.asked_for) == asked + 1

    staff.user_groups = {DESK_GROUP.id: replace(DESK_GROUP, members=(CAT.id,))}
    with pytest.raises(EditorsOnlyError):
        await desk.waiting(record, by=BEN.id, now=LATER + timedelta(minutes=5))
    await desk.waiting(record, by=CAT.id, now=LATER + timedelta(minutes=5))
    async with database.unit_of_work() as work:
        assert await work.desks.editors(record) == [ANA.id, CAT.id]
    assert [row.after["members"] for row in await log_of(database) if row.verb == "group changed"] == [[CAT.id]]


async def test_a_user_group_whose_members_are_silent_is_asked_about_again_until_it_is_known(
    desk: Desk, database: Database, staff: Staff
) -> None:
    staff.user_groups = {DESK_GROUP.id: DESK_GROUP}
    await change(desk, await form(desk, database), ANA, groups=(DESK_GROUP.id,))
    staff.user_groups = None
    event = await receipt(database)
    with pytest.raises(WorkspaceSilentError):
        await desk.group_changed(TEAM, DESK_GROUP.id, name=None, now=LATER, receipt=event)

    staff.user_groups = {}
    await desk.group_changed(TEAM, DESK_GROUP.id, name="Old desk", now=LATER, receipt=event)

    (group,) = (await team_of(database)).groups
    assert (group.name, group.members) == ("Old desk", ())
    assert [wish.channel for wish in await wishes(database, "team news")] == [BEN.id, BEN.id]


async def test_two_replicas_that_follow_a_user_group_at_once_tell_it_once(
    desk: Desk, database: Database, staff: Staff
) -> None:
    staff.user_groups = {DESK_GROUP.id: DESK_GROUP}
    await change(desk, await form(desk, database), ANA, groups=(DESK_GROUP.id,))
    staff.user_groups = {DESK_GROUP.id: replace(DESK_GROUP, members=(CAT.id,))}
    record = await desk_record(database)

    await asyncio.gather(*(desk.team(record, by=ANA.id, now=LATER) for _ in range(4)))

    assert [row.verb for row in await log_of(database)].count("group changed") == 1
    told = [(wish.channel, wish.wanted) for wish in await wishes(database, "team news")]
    assert told == [(BEN.id, 1), (BEN.id, 1), (CAT.id, 1)]


async def test_guests_in_a_user_group_are_no_editors_and_are_asked_nothing(
    desk: Desk, database: Database, staff: Staff
) -> None:
    staff.user_groups = {DESK_GROUP.id: replace(DESK_GROUP, members=(BEN.id, GUS.id))}
    await desk.person(TEAM, GUS.id, MORNING)
    await change(desk, await form(desk, database), ANA, groups=(DESK_GROUP.id,))
    record = await desk_record(database)

    async with database.unit_of_work() as work:
        assert await work.desks.editors(record) == [ANA.id, BEN.id]
    with pytest.raises(NotOfThisDeskError):
        await desk.waiting(record, by=GUS.id, now=MORNING)


async def test_a_guest_who_invites_the_bot_owns_nothing(database: Database, staff: Staff) -> None:
    desk = desk_on(database, people=staff)
    await desk.welcome(TEAM, CHANNEL, editor=GUS.id, now=MORNING)
    assert (await team_of(database)).roles == {}

    await desk.welcome(TEAM, CHANNEL, editor=BEN.id, now=MORNING)
    await desk.welcome(TEAM, CHANNEL, editor=ANA.id, now=MORNING)

    team = await team_of(database)
    assert (team.owners, team.editors) == ((BEN.id,), (ANA.id,))


async def test_a_status_that_changes_is_nobodys_news_and_asks_nothing(
    desk: Desk, database: Database, staff: Staff
) -> None:
    before = await log_of(database)
    staff.becomes(replace(ANA, standing=Standing.GUEST))  # as it would be found, were it asked

    await desk.person_changed(TEAM, ANA, now=LATER, receipt=await receipt(database))

    assert (await team_of(database)).owners == (ANA.id,)
    assert await log_of(database) == before
