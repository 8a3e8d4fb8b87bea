"""Links come in: each once, none lost, whoever drops it again is told."""

from collections import Counter
from datetime import timedelta

import pytest

from bot.desk import Desk
from bot.desk.drops import Drop
from bot.desk.errors import AlreadyInIssueError, NoDeskError
from bot.desk.intake import CARDS_A_MINUTE, RUSH_MOST
from bot.desk.link_errors import LinkRefusedError
from bot.editorial.item import Item, ItemState, Reading
from bot.ports import LeaseLostError, RawEvent, Receipt
from db.database import Database
from tests.desk.staff import (
    ANA,
    BEN,
    DEADLINE,
    EVA,
    MORNING,
    TANKERS,
    TEAM,
    VACCINE,
    desk_on,
    desk_record,
    drop,
    dropped,
    history,
    item_of,
    wishes,
    without,
)


async def test_a_link_is_on_record_with_its_card_before_any_page_is_read(desk: Desk, database: Database) -> None:
    item = await dropped(desk, f"{TANKERS}?utm_source=slack#live")

    assert (item.state, item.reading, item.url, item.found_by) == (
        ItemState.PENDING,
        Reading.WAITING,
        TANKERS,
        ANA.id,
    )
    (card,) = await wishes(database, "card")
    assert (card.thread, card.due_at) == (item.message, MORNING + timedelta(seconds=1.5))


@pytest.mark.parametrize(
    "same",
    [
        f"{TANKERS}?utm_source=twitter&utm_medium=social",
        "https://m.reuters.com/world/iran-sends-tankers",
        "http://www.reuters.com/world/iran-sends-tankers/",
        f"{TANKERS}#comments",
    ],
)
async def test_the_same_page_under_another_address_is_told_in_private_and_not_stored(
    desk: Desk, database: Database, same: str
) -> None:
    item = await dropped(desk)

    taken = await desk.take_in(drop(same, message="2.0", by=BEN), now=MORNING)

    assert ([held.id for held in taken.duplicates], taken.items) == ([item.id], ())
    (told,) = await wishes(database, "duplicate")
    assert (told.recipient, told.subject) == (BEN.id, {"items": [item.id], "message": "2.0"})
    assert [change.verb for change in await history(database, item.id)] == ["dropped", "dropped again"]
    assert len(await wishes(database, "card")) == 1


async def test_a_page_twice_in_one_message_is_one_item_and_nobody_is_told(desk: Desk, database: Database) -> None:
    taken = await desk.take_in(drop(TANKERS, f"{TANKERS}?utm_campaign=x"), now=MORNING)

    assert (len(taken.items), taken.duplicates) == (1, ())
    assert await wishes(database, "duplicate") == []


async def test_a_page_that_was_spiked_may_come_in_by_another_message_and_not_by_its_own(desk: Desk) -> None:
    item = await dropped(desk)
    await desk.spike(item.id, workspace=TEAM, by=ANA.id, now=MORNING)

    own = await desk.take_in(drop(TANKERS), now=MORNING)
    other = await desk.take_in(drop(TANKERS, message="2.0"), now=MORNING)

    assert (own.items, own.duplicates, len(other.items)) == ((), (), 1)


async def test_links_that_cannot_be_read_are_kept_in_what_the_member_is_told(desk: Desk, database: Database) -> None:
    taken = await desk.take_in(drop("ftp://files.example/list", TANKERS, "https://user@bank.example/"), now=MORNING)

    assert len(taken.items) == 1
    (told,) = await wishes(database, "refused links")
    assert told.recipient == ANA.id
    assert told.subject == {"links": dict(taken.refused), "message": "1610377200.000100"}
    assert set(taken.refused) == {"ftp://files.example/list", "https://user@bank.example/"}


async def test_two_hundred_links_in_one_message_are_two_hundred_items_of_one_card(
    desk: Desk, database: Database
) -> None:
    links = [f"https://reuters.com/world/{number}" for number in range(200)]

    taken = await desk.take_in(drop(*links), now=MORNING)

    assert [item.url for item in taken.items] == links
    assert len(await wishes(database, "card")) == 1


async def test_a_link_in_a_channel_that_is_no_desk_makes_it_one(database: Database) -> None:
    desk = desk_on(database)

    item = await dropped(desk)

    assert (await desk.current_issue(await desk_record(database), now=MORNING)).id == item.issue_id


async def test_a_link_after_the_freeze_is_for_the_next_issue(desk: Desk, database: Database) -> None:
    before = await dropped(desk, TANKERS, message="1.0", now=DEADLINE - timedelta(seconds=1))
    await desk.file(before.id, "iran", workspace=TEAM, by=ANA.id, now=DEADLINE - timedelta(seconds=1))
    after = await dropped(desk, TANKERS, message="2.0", now=DEADLINE)

    assert [await number_of(database, item) for item in (before, after)] == [18, 19]


async def test_a_link_that_waits_for_a_section_at_the_freeze_goes_on_into_the_next_issue(
    desk: Desk, database: Database
) -> None:
    waits = await dropped(desk, TANKERS, message="1.0", now=DEADLINE - timedelta(seconds=1))
    again = await desk.take_in(drop(TANKERS, message="2.0"), now=DEADLINE)

    assert await number_of(database, waits) == 19
    assert [item.id for item in again.duplicates] == [waits.id]
    async with database.unit_of_work() as work:
        log = {change.verb: change for change in await work.changes.of_item(waits.id)}
    assert (log["carried over"].before, log["carried over"].after) == ({"number": 18}, {"number": 19})


async def number_of(database: Database, item: Item) -> int:
    async with database.unit_of_work() as work:
        found = await work.items.get(item.id)
        assert found is not None
        return (await work.issues.get(found.issue_id)).number


async def test_a_removed_link_is_withdrawn_and_one_that_was_filed_stays(desk: Desk, database: Database) -> None:
    taken = await desk.take_in(drop(TANKERS, VACCINE), now=MORNING)
    filed, pending = taken.items
    await desk.file(filed.id, "medical-diplomacy", workspace=TEAM, by=BEN.id, now=MORNING)

    gone = (await desk.take_in(without(TANKERS, VACCINE), now=MORNING)).withdrawn

    assert [item.id for item in gone] == [pending.id]
    assert (await item_of(database, filed.id)).state is ItemState.FILED


async def test_a_link_that_is_removed_and_written_again_is_on_the_list_again(desk: Desk, database: Database) -> None:
    """Its message has it on record, so that it cannot be stored anew: it must not be lost."""
    item = await dropped(desk)
    await desk.take_in(without(TANKERS), now=MORNING)

    taken = await desk.take_in(drop(TANKERS), now=MORNING)

    assert [(back.id, back.state) for back in taken.items] == [(item.id, ItemState.PENDING)]
    assert [change.verb for change in await history(database, item.id)] == ["dropped", "withdrawn", "undone"]


async def test_a_link_that_is_written_again_after_the_freeze_is_for_the_next_issue(
    desk: Desk, database: Database
) -> None:
    item = await dropped(desk)
    await desk.take_in(without(TANKERS), now=MORNING)
    _, following = await desk.close_issue(await desk_record(database), by=EVA.id, now=MORNING)

    (back,) = (await desk.take_in(drop(TANKERS), now=MORNING)).items

    assert (back.id, back.issue_id) == (item.id, following.id)


async def test_an_event_is_done_in_the_transaction_that_stores_its_links(desk: Desk, database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.inbox.add([RawEvent("Ev1", TEAM, "{}", MORNING)])

    async def claim(hours: int) -> Receipt:
        async with database.unit_of_work() as work:
            receipt = await work.inbox.claim(MORNING + timedelta(hours=hours), MORNING + timedelta(hours=hours + 1))
        assert receipt is not None
        return receipt

    slow, heir = await claim(0), await claim(1)

    with pytest.raises(LeaseLostError):
        await desk.take_in(drop(TANKERS), now=MORNING, receipt=slow)
    assert await wishes(database, "card") == []
    assert len((await desk.take_in(drop(TANKERS), now=MORNING, receipt=heir)).items) == 1


async def test_a_typed_link_is_refused_with_the_reason_and_leaves_nothing(desk: Desk, database: Database) -> None:
    item = await dropped(desk)

    with pytest.raises(AlreadyInIssueError) as held:
        await desk.add(drop(TANKERS, message="added:1"), now=MORNING)
    with pytest.raises(LinkRefusedError, match="no web link"):
        await desk.add(drop("ftp://files.example/", message="added:2"), now=MORNING)
    with pytest.raises(NoDeskError):
        await desk.add(Drop(TEAM, "C_NOWHERE", "added:3", None, ANA.id, (VACCINE,)), now=MORNING)

    assert held.value.item.id == item.id
    assert len(await wishes(database, "card")) == 1
    assert [change.verb for change in await history(database, item.id)] == ["dropped"]


async def test_a_message_that_is_read_again_is_counted_once_and_one_that_gains_a_known_link_is_shown_again(
    desk: Desk, database: Database
) -> None:
    held = await dropped(desk, TANKERS, message="1.0")
    await desk.take_in(drop(VACCINE, message="2.0"), now=MORNING)
    before = await wishes(database, "card")

    for _ in range(2):
        await desk.take_in(drop(VACCINE, TANKERS, message="2.0"), now=MORNING)

    async with database.unit_of_work() as work:
        verbs = [change.verb for change in await work.changes.of_item(held.id)]
    assert verbs.count("dropped again") == 1
    assert len(await wishes(database, "duplicate")) == 1
    card = await desk.card((await desk_record(database)).id, "2.0", now=MORNING)
    assert card is not None
    assert card.already_there == 1
    assert await wishes(database, "card") != before


async def test_a_rush_without_end_is_shown_in_summaries_of_a_size(desk: Desk, database: Database) -> None:
    """A summary is shown again as a whole with each link that it gets."""
    for number in range(CARDS_A_MINUTE + RUSH_MOST + 2):
        now = MORNING + timedelta(milliseconds=number)
        await desk.take_in(drop(f"{TANKERS}-{number}", message=f"1610377200.{number:06}"), now=now)

    async with database.unit_of_work() as work:
        items = [await work.items.get(number) for number in range(1, CARDS_A_MINUTE + RUSH_MOST + 3)]
    shown_in = Counter(item.shown_in for item in items if item is not None)
    assert sorted(shown_in.values()) == [2, CARDS_A_MINUTE, RUSH_MOST]
