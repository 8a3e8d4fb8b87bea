"""Lanes: a channel gets its messages in order and one a second, and no channel waits for another."""

import asyncio
from typing import Any

from sqlalchemy import Engine, event

from db.database import Database
from tests.db.test_inbox import on_postgresql
from tests.db.test_outbox import LEASE, NOON, PAUSE, after, asks, card, claims, finishes, puts_back, takes
from tests.db.test_writers import on_sqlite


async def test_a_channel_gets_its_messages_in_order_and_one_a_second(database: Database) -> None:
    await asks(database, card(1), card(2), card(3))
    moments = []

    for tenth in range(30):
        showing = await claims(database, after(tenth / 10))
        if showing is not None:
            await finishes(database, showing)
            moments.append((tenth / 10, showing.show.key))

    assert moments == [(0.0, "card:C_VRIC:1"), (1.0, "card:C_VRIC:2"), (2.0, "card:C_VRIC:3")]


async def test_other_channels_go_on_while_one_pauses(database: Database) -> None:
    await asks(database, card(1), card(2), card(1, "C_AFRICA"), card(1, "U_ANA"))

    keys = [(await takes(database, NOON)).show.channel for _ in range(3)]

    assert keys == ["C_VRIC", "C_AFRICA", "U_ANA"]
    assert await claims(database, NOON) is None


async def test_a_held_channel_waits_while_the_others_go_on(database: Database) -> None:
    await asks(database, card(1), card(1, "C_AFRICA"))
    async with database.unit_of_work() as work:
        await work.outbox.hold_lane("T_VRIC", "C_VRIC", after(30))

    assert (await takes(database, NOON)).show.channel == "C_AFRICA"
    assert await claims(database, after(29)) is None
    async with database.unit_of_work() as work:
        assert await work.outbox.next_due_at() == after(30)
    assert (await takes(database, after(30))).show.channel == "C_VRIC"


async def test_a_shorter_hold_does_not_end_a_longer_one(database: Database) -> None:
    """Two replicas were refused: one shall wait half a minute, the other a second."""
    await asks(database, card())
    for seconds in (30, 1):
        async with database.unit_of_work() as work:
            await work.outbox.hold_lane("T_VRIC", "C_VRIC", after(seconds))

    assert await claims(database, after(29)) is None


@on_postgresql
async def test_a_replica_that_claims_meanwhile_takes_another_channel_and_never_the_next_message_of_the_same(
    database: Database, replica: Database
) -> None:
    """It skips the row that it finds locked; taking the second of that channel, it could post it before the first."""
    await asks(database, card(1), card(2), card(1, "C_AFRICA"))

    async with database.unit_of_work() as one, replica.unit_of_work() as other:
        first = await one.outbox.claim(NOON, NOON + LEASE, NOON + PAUSE)
        second = await other.outbox.claim(NOON, NOON + LEASE, NOON + PAUSE)
        third = await other.outbox.claim(NOON, NOON + LEASE, NOON + PAUSE)

    assert first is not None
    assert second is not None
    assert (first.show.key, second.show.key, third) == ("card:C_VRIC:1", "card:C_AFRICA:1", None)


async def test_replicas_that_claim_at_once_share_the_channels_and_keep_each_one_in_order(
    database: Database, replica: Database
) -> None:
    channels = [f"C_{number}" for number in range(4)]
    await asks(database, *(card(number, channel) for number in range(3) for channel in channels))
    seen: dict[str, list[str]] = {channel: [] for channel in channels}

    for second in range(6):
        found = await asyncio.gather(*(claims(each, after(second)) for each in [database, replica] * 4))
        claimed = [showing for showing in found if showing is not None]
        assert len({showing.show.channel for showing in claimed}) == len(claimed)
        for showing in claimed:
            seen[showing.show.channel].append(showing.show.key)
            await finishes(database, showing)

    assert seen == {channel: [f"card:{channel}:{number}" for number in range(3)] for channel in channels}


async def test_a_message_that_rests_holds_up_nobody_and_comes_first_when_it_is_due(database: Database) -> None:
    await asks(database, card(1), card(2), card(3))
    await puts_back(database, await takes(database, NOON), after(1.5), in_doubt=True)

    second = await takes(database, after(1))
    await finishes(database, second)

    assert second.show.key == "card:C_VRIC:2"
    assert (await takes(database, after(2))).show.key == "card:C_VRIC:1"
    assert (await takes(database, after(3))).show.key == "card:C_VRIC:3"


async def test_a_message_whose_sender_died_holds_up_nobody(database: Database, replica: Database) -> None:
    await asks(database, card(1), card(2))
    await takes(database, NOON)

    assert (await takes(replica, after(1))).show.key == "card:C_VRIC:2"


@on_sqlite
async def test_claiming_looks_only_at_what_is_owed(database: Database) -> None:
    """It comes dozens of times a second, and must not cost more with every card that was ever shown."""
    asked: list[tuple[str, Any]] = []

    def listen(_1: object, _2: object, statement: str, parameters: object, *_: object) -> None:
        asked.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", listen)
    try:
        await claims(database, NOON)
    finally:
        event.remove(Engine, "before_cursor_execute", listen)
    (claim,) = [(statement, parameters) for statement, parameters in asked if "outbox" in statement]

    async with database.connection() as connection:
        plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {claim[0]}", claim[1])
        steps = [str(step.detail) for step in plan]

    of_outbox = [step for step in steps if "outbox" in step]
    assert len(of_outbox) == 3, steps
    assert all("ix_outbox_owed" in step or "INTEGER PRIMARY KEY" in step for step in of_outbox), steps
