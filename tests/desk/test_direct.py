"""Links of direct messages: whose they are, and what becomes of them in whatever order their events come."""

from dataclasses import replace
from itertools import permutations

import pytest

from bot.desk import Desk
from bot.desk.drops import Drop
from bot.desk.errors import ItemUnknownError
from bot.editorial.item import ItemState
from db.database import Database
from tests.desk.staff import ANA, BEN, EVA, MORNING, TANKERS, TEAM, drop, wishes

CONVERSATION = "D0BEN"
BOATS = "https://reuters.com/boats"
SENT = replace(drop(TANKERS, by=BEN, channel=CONVERSATION), revision="1")
EDITED = replace(drop(BOATS, by=BEN, channel=CONVERSATION), before=(TANKERS,), revision="2")
DELETED = replace(drop(by=BEN, channel=CONVERSATION), before=(BOATS,), revision="3", deleted=True)


async def test_the_card_is_worded_for_the_sender(desk: Desk, database: Database) -> None:
    await desk.take_in_directly(SENT, now=MORNING)

    (card,) = await wishes(database, "card")
    assert (card.channel, card.subject["reader"]) == (CONVERSATION, BEN.id)


@pytest.mark.parametrize("events", [*permutations([SENT, EDITED, DELETED])])
async def test_the_events_of_a_message_end_in_the_same_state_in_any_order(
    desk: Desk, database: Database, events: tuple[Drop, ...]
) -> None:
    for event in events:
        await desk.take_in_directly(event, now=MORNING)

    async with database.unit_of_work() as work:
        items = await work.items.of_message(TEAM, CONVERSATION, SENT.message)
    assert {item.state for item in items} == {ItemState.WITHDRAWN}


@pytest.mark.parametrize("events", [*permutations([SENT, EDITED])])
async def test_links_that_wait_for_their_desk_are_those_of_the_newest_revision(
    desk: Desk, events: tuple[Drop, ...]
) -> None:
    await desk.welcome(TEAM, "C0AFRICA", editor=EVA.id, now=MORNING)

    for event in events:
        await desk.take_in_directly(event, now=MORNING)

    links = await desk.direct_links(TEAM, CONVERSATION, SENT.message)
    assert (links.newest.links, links.desk_id) == ((BOATS,), None)


async def test_nobody_else_says_for_which_desk_they_are(desk: Desk) -> None:
    await desk.welcome(TEAM, "C0AFRICA", editor=EVA.id, now=MORNING)
    await desk.take_in_directly(SENT, now=MORNING)

    with pytest.raises(ItemUnknownError):
        await desk.send_to_desk(CONVERSATION, SENT.message, 1, workspace=TEAM, by=ANA.id, now=MORNING)

    assert (await desk.direct_links(TEAM, CONVERSATION, SENT.message)).desk_id is None
