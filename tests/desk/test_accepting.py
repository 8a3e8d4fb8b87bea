"""State media are filed with a member's word on them, where the house asks for one."""

import asyncio
from dataclasses import replace

import pytest

from bot.desk import Desk
from bot.desk.errors import AttestationNeededError, SomebodyWasFasterError
from bot.editorial.item import Item, ItemState
from db.database import Database
from tests.desk.staff import ANA, BEN, HOUSE, MORNING, TEAM, VACCINE, desk_on, dropped, history, item_of


async def accepted(desk: Desk, item: Item, by: str = ANA.id) -> Item:
    return await desk.accept(
        item.id, "medical-diplomacy", "diplomatic", is_checked=True, workspace=TEAM, by=by, now=MORNING
    )


async def test_filing_asks_for_a_word_and_changes_nothing(desk: Desk, database: Database) -> None:
    item = await dropped(desk, VACCINE)

    with pytest.raises(AttestationNeededError) as asked:
        await desk.file(item.id, "iran", workspace=TEAM, by=ANA.id, now=MORNING)

    assert (asked.value.item.id, asked.value.section) == (item.id, "iran")
    assert (await item_of(database, item.id)).state is ItemState.PENDING


async def test_a_house_without_topics_asks_nobody(database: Database) -> None:
    desk = desk_on(database, house=replace(HOUSE, state_media=replace(HOUSE.state_media, topics=())))
    item = await dropped(desk, VACCINE)

    filed = await desk.file(item.id, "iran", workspace=TEAM, by=ANA.id, now=MORNING)

    assert (filed.state, filed.attestation) == (ItemState.FILED, None)


async def test_of_two_who_accept_at_once_one_files_it_with_their_own_word(
    desk: Desk, replicas: list[Database], database: Database
) -> None:
    item = await dropped(desk, VACCINE)
    desks = [desk_on(each) for each in replicas[:2]]

    outcomes = await asyncio.gather(
        *(accepted(each, item, by.id) for each, by in zip(desks, (ANA, BEN), strict=True)), return_exceptions=True
    )

    (filed,) = [each for each in outcomes if isinstance(each, Item)]
    assert [type(each) for each in outcomes if each is not filed] == [SomebodyWasFasterError]
    stands = await item_of(database, item.id)
    assert stands.attestation is not None
    assert stands.attestation.by == stands.filed_by == filed.filed_by


async def test_undo_brings_back_the_word_that_was_given_before(desk: Desk, database: Database) -> None:
    item = await accepted(desk, await dropped(desk, VACCINE))
    await desk.undo(item.id, workspace=TEAM, by=ANA.id, now=MORNING)
    again = await accepted(desk, item, BEN.id)
    moved = await desk.move(item.id, "iran", moved_from="medical-diplomacy", workspace=TEAM, by=ANA.id, now=MORNING)

    back = await desk.undo(item.id, workspace=TEAM, by=ANA.id, now=MORNING)
    out = await desk.undo(item.id, workspace=TEAM, by=ANA.id, now=MORNING)

    assert again.attestation == moved.attestation == back.attestation
    assert (out.state, out.attestation) == (ItemState.PENDING, None)
    verbs = [change.verb for change in await history(database, item.id)]
    assert verbs[-5:] == ["undone", "filed", "moved", "undone", "undone"]
