"""The inbox: an event is on record once, and worked on by one worker at a time until it is done or parked."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.ports import LeaseLostError, RawEvent, Receipt
from db.database import Database

NOON = datetime(2021, 1, 11, 12, 0, tzinfo=UTC)
LEASE = timedelta(seconds=60)
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


async def delivered(database: Database, event_id: str, *, at: datetime = NOON) -> bool:
    async with database.unit_of_work() as work:
        event = RawEvent(event_id, "T_VRIC", f'{{"event_id": "{event_id}"}}', at)
        return event_id in await work.inbox.add([event])


async def taken(database: Database, at: datetime = NOON) -> Receipt:
    async with database.unit_of_work() as work:
        receipt = await work.inbox.claim(at, at + LEASE)
    assert receipt is not None
    return receipt


async def nothing_due(database: Database, at: datetime) -> bool:
    async with database.unit_of_work() as work:
        return await work.inbox.claim(at, at + LEASE) is None


async def test_an_event_that_is_delivered_again_is_on_record_once(database: Database) -> None:
    assert [await delivered(database, "Ev1") for _ in range(4)] == [True, False, False, False]

    await taken(database)
    assert await nothing_due(database, NOON)


async def test_an_event_that_is_delivered_again_after_it_was_done_is_not_worked_on_again(database: Database) -> None:
    await delivered(database, "Ev1")
    async with database.unit_of_work() as work:
        receipt = await work.inbox.claim(NOON, after(60))
        assert receipt is not None
        await work.inbox.finish(receipt)

    assert not await delivered(database, "Ev1", at=after(3_600))
    assert await nothing_due(database, after(86_400))


async def test_of_events_that_come_together_those_are_new_that_were_not_there(database: Database) -> None:
    await delivered(database, "Ev2")

    async with database.unit_of_work() as work:
        new = await work.inbox.add([RawEvent(f"Ev{number}", "T_VRIC", "{}", NOON) for number in (1, 2, 3, 1)])

    assert sorted(new) == ["Ev1", "Ev3"]


async def test_of_deliveries_at_the_same_moment_one_is_new(database: Database, replica: Database) -> None:
    doors = [database, replica] * 8

    new = await asyncio.gather(*(delivered(door, "Ev1") for door in doors))

    assert sorted(new) == [False] * 15 + [True]


async def test_events_are_claimed_in_the_order_in_which_they_came(database: Database) -> None:
    for number in range(3):
        await delivered(database, f"Ev{number}", at=after(number))

    bodies = [(await taken(database, after(5))).body for _ in range(3)]

    assert bodies == ['{"event_id": "Ev0"}', '{"event_id": "Ev1"}', '{"event_id": "Ev2"}']
    assert await nothing_due(database, after(5))


async def test_workers_at_the_same_moment_never_take_the_same_event(database: Database, replica: Database) -> None:
    for number in range(8):
        await delivered(database, f"Ev{number}")

    receipts = await asyncio.gather(*(taken(each) for each in [database, replica] * 4))

    assert len({receipt.id for receipt in receipts}) == 8


@on_postgresql
async def test_a_worker_does_not_wait_for_the_one_that_is_claiming(database: Database, replica: Database) -> None:
    await delivered(database, "Ev1")
    await delivered(database, "Ev2")

    async with database.unit_of_work() as first, replica.unit_of_work() as second:
        receipts = [await work.inbox.claim(NOON, after(60)) for work in (first, second)]

    assert [receipt and receipt.body for receipt in receipts] == ['{"event_id": "Ev1"}', '{"event_id": "Ev2"}']


async def test_a_worker_that_died_loses_its_event_when_the_lease_ends(database: Database, replica: Database) -> None:
    await delivered(database, "Ev1")
    dead = await taken(database)

    assert await nothing_due(replica, after(59))
    heir = await taken(replica, after(60))

    assert (heir.id, dead.attempt, heir.attempt) == (dead.id, 1, 2)


@pytest.mark.parametrize("ending", ["finish", "put back", "park"])
async def test_whoever_was_taken_over_from_can_change_nothing_any_more(
    database: Database, replica: Database, ending: str
) -> None:
    await delivered(database, "Ev1")
    slow = await taken(database)
    heir = await taken(replica, after(60))

    async def end_slowly() -> None:
        async with database.unit_of_work() as work:
            await work.desks.add("T_VRIC", "C_SLOW", NOON)
            match ending:
                case "finish":
                    await work.inbox.finish(slow)
                case "put back":
                    await work.inbox.put_back(slow, after(61), "too slow")
                case _:
                    await work.inbox.park(slow, "too slow")

    with pytest.raises(LeaseLostError):
        await end_slowly()

    async with replica.unit_of_work() as work:
        assert await work.desks.find("T_VRIC", "C_SLOW") is None
        await work.inbox.finish(heir)


async def test_an_event_is_finished_once(database: Database) -> None:
    await delivered(database, "Ev1")
    receipt = await taken(database)
    async with database.unit_of_work() as work:
        await work.inbox.finish(receipt)

        with pytest.raises(LeaseLostError):
            await work.inbox.finish(receipt)


async def test_a_late_worker_that_nobody_took_over_from_still_finishes(database: Database) -> None:
    await delivered(database, "Ev1")
    receipt = await taken(database)

    async with database.unit_of_work() as work:
        await work.inbox.finish(receipt)

    assert await nothing_due(database, after(600))


async def test_what_was_put_back_comes_when_it_is_due_and_holds_up_nobody(database: Database) -> None:
    await delivered(database, "Ev1")
    await delivered(database, "Ev2")
    async with database.unit_of_work() as work:
        receipt = await work.inbox.claim(NOON, after(60))
        assert receipt is not None
        await work.inbox.put_back(receipt, after(30), "ValueError: a body that cannot be read")

    assert (await taken(database, after(1))).body == '{"event_id": "Ev2"}'
    assert await nothing_due(database, after(29))
    async with database.unit_of_work() as work:
        assert await work.inbox.next_due_at() == after(30)
    again = await taken(database, after(30))
    assert (again.id, again.attempt) == (receipt.id, 2)


async def test_what_was_parked_rests_for_good(database: Database) -> None:
    await delivered(database, "Ev1")
    receipt = await taken(database)
    async with database.unit_of_work() as work:
        await work.inbox.park(receipt, "KeyError: 'channel'")

    assert await nothing_due(database, after(86_400))
    async with database.unit_of_work() as work:
        assert await work.inbox.next_due_at() is None
    assert not await delivered(database, "Ev1", at=after(3_600))
