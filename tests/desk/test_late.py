"""The late lane where nobody can be asked or told, and for what is none of its business."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.desk import Desk
from bot.desk.errors import ItemUnknownError, LateLaneClosedError, NoEditorsError
from bot.editorial.item import Item
from bot.ports import LateRequest
from db.database import Database
from tests.desk.staff import (
    ANA,
    BEN,
    CHANNEL,
    DEADLINE,
    EVA,
    HOUSE,
    MORNING,
    TEAM,
    desk_on,
    desk_record,
    dropped,
    wishes,
)

LATER = DEADLINE + timedelta(minutes=3)


async def dropped_late(desk: Desk) -> tuple[Item, int]:
    """An item that came after the freeze, and the issue that it came too late for."""
    first = await dropped(desk, "https://reuters.com/first", message="1610377200.000001")
    return await dropped(desk, message="1610661780.000100", now=LATER), first.issue_id


async def asks(desk: Desk, item: Item, issue: int) -> LateRequest:
    return await desk.ask_to_add(item.id, issue, workspace=TEAM, by=BEN.id, now=LATER)


async def test_a_desk_without_editors_says_so_and_nothing_is_kept(database: Database) -> None:
    desk = desk_on(database)
    item, issue = await dropped_late(desk)

    with pytest.raises(NoEditorsError):
        await asks(desk, item, issue)

    async with database.unit_of_work() as work:
        assert await work.late.of_items([item.id], issue) == {}


async def test_what_came_in_time_and_was_carried_over_is_not_asked_back(desk: Desk, database: Database) -> None:
    item = await dropped(desk)
    await desk.current_issue(await desk_record(database), now=LATER)

    with pytest.raises(LateLaneClosedError):
        await asks(desk, item, item.issue_id)


async def test_neither_another_desk_nor_another_workspace_takes_it(desk: Desk, database: Database) -> None:
    item, issue = await dropped_late(desk)
    await desk.welcome(TEAM, "C0AFRICA", editor=ANA.id, now=MORNING)
    other = await desk.current_issue(await desk_record(database, "C0AFRICA"), now=MORNING)
    with pytest.raises(ItemUnknownError):
        await asks(desk, item, other.id)

    request = await asks(desk, item, issue)

    with pytest.raises(ItemUnknownError):
        await desk.accept_late(request.id, workspace="T0OTHER", by=EVA.id, now=LATER)


async def test_a_finder_who_is_no_person_is_not_written_to(desk: Desk, database: Database) -> None:
    item, issue = await dropped_late(desk)
    async with database.unit_of_work() as work:
        await work.items.change(item.id, expect={}, values={"found_by": "B0PING"})
    request = await asks(desk, item, issue)

    await desk.accept_late(request.id, workspace=TEAM, by=EVA.id, now=LATER)

    assert [show.channel for show in await wishes(database, "late told")] == [BEN.id]


async def test_when_the_hours_of_the_lane_are_over_an_old_button_asks_nobody(database: Database) -> None:
    rule = replace(HOUSE.calendar, late_for=timedelta(hours=2))
    desk = desk_on(database, house=replace(HOUSE, calendar=rule))
    await desk.welcome(TEAM, CHANNEL, editor=EVA.id, now=MORNING)
    item, issue = await dropped_late(desk)
    over = DEADLINE + timedelta(hours=2)
    card = await desk.card(1, item.message, now=over - timedelta(seconds=1))
    assert card is not None
    assert card.items[0].lane is not None
    assert card.items[0].lane.can_be_asked

    with pytest.raises(LateLaneClosedError):
        await desk.ask_to_add(item.id, issue, workspace=TEAM, by=BEN.id, now=over)

    card = await desk.card(1, item.message, now=over)
    assert card is not None
    assert card.items[0].lane is not None
    assert not card.items[0].lane.can_be_asked
