"""Homes follow their desk: once within a while, however much changes, and for those who may look at them."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from bot.desk import Desk
from bot.desk.errors import NoDeskError, NotInChannelError, NotOfThisDeskError, SectionUnknownError
from bot.ports import Change, Person, ShowingKind
from db.database import Database
from tests.desk.staff import ANA, BEN, CHANNEL, EVA, GUS, MORNING, NOBODY_THERE, TEAM, desk_on, desk_record, wishes

SECOND = timedelta(seconds=1)


async def changes(database: Database, by: str, at: datetime, *, count: int = 1) -> None:
    """Somebody does something at the desk, or so much of it."""
    desk = await desk_record(database)
    async with database.unit_of_work() as work:
        for _ in range(count):
            await work.changes.add(Change("noted", by, at, desk))


async def shown(database: Database, at: datetime) -> list[str]:
    """Whose homes are shown at a moment: each that is due, as the sender takes them."""
    members = []
    async with database.unit_of_work() as work:
        while (showing := await work.outbox.claim(at, at + 60 * SECOND, at)) is not None:
            await work.outbox.finish(showing)
            if showing.show.kind is ShowingKind.HOME:
                members.append(showing.show.channel)
    return members


async def shown_after_change(
    desk: Desk, database: Database, at: datetime, *, by: Person = ANA, count: int = 1
) -> list[str]:
    await changes(database, by.id, at, count=count)
    await desk.refresh_homes(now=at)
    return await shown(database, at)


async def test_a_thousand_changes_in_a_row_show_a_home_a_few_times_and_once_more_in_the_end(
    desk: Desk, database: Database
) -> None:
    await desk.show_home(TEAM, BEN.id, now=MORNING)
    await shown(database, MORNING)
    noon = MORNING + timedelta(hours=2)

    moments = [noon + number * SECOND for number in range(100)]
    times = [at for at in moments if await shown_after_change(desk, database, at, count=10)]

    assert times[0] == noon
    assert len(times) <= 1 + 100 / 15
    assert all(later - earlier >= 15 * SECOND for earlier, later in pairwise(times))
    await shown(database, moments[-1] + 15 * SECOND)
    await desk.refresh_homes(now=moments[-1] + 15 * SECOND)
    await shown(database, moments[-1] + 30 * SECOND)
    assert not await desk.refresh_homes(now=moments[-1] + 60 * SECOND)


async def test_what_is_on_its_way_is_not_asked_for_again_and_tells_all_when_it_is_sent(
    desk: Desk, database: Database
) -> None:
    await desk.show_home(TEAM, BEN.id, now=MORNING)
    await shown(database, MORNING)
    assert await shown_after_change(desk, database, MORNING + 5 * SECOND) == []

    await changes(database, ANA.id, MORNING + 6 * SECOND)

    assert not await desk.refresh_homes(now=MORNING + 7 * SECOND)
    assert await shown(database, MORNING + 15 * SECOND) == [BEN.id]


async def test_what_somebody_does_themselves_is_in_their_home_within_seconds(desk: Desk, database: Database) -> None:
    for member in (ANA, BEN):
        await desk.show_home(TEAM, member.id, now=MORNING)
    await shown(database, MORNING)

    assert await shown_after_change(desk, database, MORNING + SECOND, by=BEN) == []

    assert await shown(database, MORNING + 3 * SECOND) == [BEN.id]
    assert await shown(database, MORNING + 15 * SECOND) == [ANA.id]


async def test_where_nothing_changed_no_home_is_asked_for(desk: Desk, database: Database) -> None:
    await desk.show_home(TEAM, BEN.id, now=MORNING)

    assert not await desk.refresh_homes(now=MORNING + timedelta(minutes=59))
    assert len(await wishes(database, "home")) == 1


async def test_another_desk_changes_nothing_in_a_home(desk: Desk) -> None:
    await desk.show_home(TEAM, BEN.id, now=MORNING)
    await desk.welcome(TEAM, "C_AFRICA", editor=EVA.id, now=MORNING)

    assert not await desk.refresh_homes(now=MORNING + timedelta(minutes=1))


async def test_whichever_replica_looks_a_change_is_asked_for_once(
    desk: Desk, replicas: list[Database], database: Database
) -> None:
    await desk.show_home(TEAM, BEN.id, now=MORNING)
    noon = MORNING + timedelta(minutes=10)
    await changes(database, ANA.id, noon)

    found = [await desk_on(each).refresh_homes(now=noon) for each in replicas]

    assert found == [True, False, False, False]


async def test_what_a_member_chose_stays_when_they_choose_something_else(desk: Desk, database: Database) -> None:
    record = await desk_record(database)
    await desk.got_it(workspace=TEAM, by=BEN.id, now=MORNING)
    await desk.choose_desk(record.id, workspace=TEAM, by=BEN.id, now=MORNING + SECOND)

    async with database.unit_of_work() as work:
        kept, others = await work.preferences.find(TEAM, BEN.id), await work.preferences.find(TEAM, ANA.id)

    assert (kept.language, kept.desk_id, kept.welcomed_at) == (None, record.id, MORNING)
    assert (others.language, others.desk_id, others.welcomed_at) == (None, None, None)


async def test_a_desk_is_chosen_by_those_who_are_in_its_channel(desk: Desk, database: Database) -> None:
    away = await desk.welcome(TEAM, NOBODY_THERE, editor=EVA.id, now=MORNING)
    assert away is not None

    with pytest.raises(NotInChannelError):
        await desk.choose_desk(away.id, workspace=TEAM, by=BEN.id, now=MORNING)

    async with database.unit_of_work() as work:
        assert (await work.preferences.find(TEAM, BEN.id)).desk_id is None
    choice = await desk.desk_choice(workspace=TEAM, by=BEN.id, now=MORNING)
    assert [record.channel for record in choice.desks] == [CHANNEL]


async def test_what_waits_is_shown_to_members_of_the_workspace_alone(desk: Desk, database: Database) -> None:
    record = await desk_record(database)

    with pytest.raises(NotOfThisDeskError):
        await desk.fitting(record.id, "iran", workspace=TEAM, by=GUS.id, now=MORNING)
    with pytest.raises(NoDeskError):
        await desk.fitting(record.id, "iran", workspace="T_OTHER", by=BEN.id, now=MORNING)
    with pytest.raises(SectionUnknownError):
        await desk.fitting(record.id, "atlantis", workspace=TEAM, by=BEN.id, now=MORNING)
