"""Links that members add by name: once, however often and by how many they are sent."""

import asyncio
from dataclasses import replace

import pytest

from bot.desk import Desk
from bot.desk.adding import Added, Addition, Asked
from bot.desk.errors import NoDeskError, NotInChannelError, NotOfThisDeskError
from bot.editorial.off_topic import OffTopic
from db.database import Database
from tests.desk.staff import (
    ANA,
    BEN,
    CHANNEL,
    GUS,
    MORNING,
    TANKERS,
    TEAM,
    VACCINE,
    desk_on,
    desk_record,
    drop,
    item_of,
    log_of,
)

MEETING = "https://zoom.us/j/98765"
SAID = drop(TANKERS, by=BEN)


async def added(desk: Desk, addition: Addition) -> Added:
    came = await desk.add_links(addition, now=MORNING)
    assert isinstance(came, Added)
    return came


async def test_one_form_that_is_sent_twice_adds_and_notes_once(desk: Desk, database: Database) -> None:
    record = await desk_record(database)
    addition = Addition(TEAM, ANA.id, "V1", (TANKERS, VACCINE), desk=record.id, note="Both from\nMonday")

    first, second = await added(desk, addition), await added(desk, addition)

    assert [item.id for item in first.items] == [item.id for item in second.there]
    assert (first.there, second.items) == ((), ())
    for item in first.items:
        assert (await item_of(database, item.id)).note == "Ana Ruiz: Both from Monday"


async def test_a_page_that_is_typed_twice_is_new_once_and_was_not_there_before(desk: Desk, database: Database) -> None:
    record = await desk_record(database)

    came = await added(desk, Addition(TEAM, ANA.id, "V1", (TANKERS, f"{TANKERS}?utm_source=mail"), SAID, record.id))

    assert (len(came.items), came.there) == (1, ())


async def test_of_many_who_add_one_message_at_once_one_does(replicas: list[Database]) -> None:
    desks = [desk_on(database) for database in replicas]
    for person in (ANA, BEN):
        await desks[0].person(TEAM, person.id, MORNING)

    came = await asyncio.gather(
        *(
            desk.add_message(SAID, by=person.id, ticket=f"{place}{person.id}", now=MORNING)
            for place, desk in enumerate(desks)
            for person in (ANA, BEN)
        )
    )

    done = [each for each in came if isinstance(each, Added)]
    assert len(done) == len(desks) * 2
    (item,) = {item.id for each in done for item in (*each.items, *each.there)}
    assert sum(len(each.items) for each in done) == 1
    assert (await item_of(replicas[0], item)).found_by == BEN.id


async def test_nothing_is_added_as_long_as_something_has_to_be_said(desk: Desk, database: Database) -> None:
    meeting = drop(TANKERS, MEETING, by=BEN)

    assert await desk.add_message(meeting, by=ANA.id, ticket="1", now=MORNING) == Asked(looks_like=OffTopic.MEETING)
    assert await desk.add_message(drop(by=BEN), by=ANA.id, ticket="2", now=MORNING) == Asked(has_links=False)
    elsewhere = await desk.add_message(drop(TANKERS, by=BEN, channel="C_LOUNGE"), by=ANA.id, ticket="3", now=MORNING)
    assert isinstance(elsewhere, Asked)
    assert [(each.channel, each.name) for each in elsewhere.desks] == [(CHANNEL, "vric")]
    async with database.unit_of_work() as work:
        assert await work.items.of_message(TEAM, CHANNEL, meeting.message) == []
        assert len(await work.desks.all(TEAM)) == 1


async def test_guests_and_whoever_names_no_desk_add_nothing(desk: Desk, database: Database) -> None:
    record = await desk_record(database)
    addition = Addition(TEAM, ANA.id, "V1", (TANKERS,), replace(SAID, channel="C_LOUNGE"))

    with pytest.raises(NotOfThisDeskError):
        await desk.add_links(replace(addition, by=GUS.id, desk=record.id), now=MORNING)
    with pytest.raises(NoDeskError):
        await desk.add_links(addition, now=MORNING)
    with pytest.raises(NotInChannelError):
        await desk.add_links(replace(addition, desk=record.id + 1), now=MORNING)

    assert [change.verb for change in await log_of(database)] == ["desk made", "opened", "editor added"]


async def test_links_of_one_message_elsewhere_are_one_card_in_the_channel_of_the_desk(
    desk: Desk, database: Database
) -> None:
    record = await desk_record(database)
    said = drop(TANKERS, VACCINE, by=BEN, channel="C_LOUNGE")
    additions = [Addition(TEAM, ANA.id, f"V{place}", (link,), said, record.id) for place, link in enumerate(said.links)]

    items = [item for addition in additions for item in (await added(desk, addition)).items]

    assert {(item.channel, item.message, item.thread) for item in items} == {
        (CHANNEL, f"added:C_LOUNGE:{said.message}", None)
    }
    assert {(item.found_by, item.added_by) for item in items} == {(BEN.id, ANA.id)}
    card = await desk.card(record.id, f"added:C_LOUNGE:{said.message}", now=MORNING)
    assert card is not None
    assert len(card.items) == 2
