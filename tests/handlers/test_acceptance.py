"""Events that come at the same time share a transaction, and none of them pays for another."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import SQLAlchemyError

from bot.ports import RawEvent, UnitOfWork
from db.database import Database, is_outage
from handlers.acceptance import Acceptance

NOON = datetime(2021, 1, 11, 12, 0, tzinfo=UTC)


class Door:
    """Counts the transactions; the first one ends only when it is let go."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.opened = 0
        self.let_go = asyncio.Event()
        self.first_is_in = asyncio.Event()

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[UnitOfWork]:
        self.opened += 1
        if self.opened == 1:
            self.first_is_in.set()
            await self.let_go.wait()
        async with self._database.unit_of_work() as work:
            yield work


def event(name: str, body: str = "{}") -> RawEvent:
    return RawEvent(name, "T_VRIC", body, NOON)


async def on_record(database: Database) -> int:
    count = 0
    async with database.unit_of_work() as work:
        while await work.inbox.claim(NOON, NOON.replace(hour=13)) is not None:
            count += 1
    return count


async def test_what_gathers_during_a_transaction_shares_the_next_one(database: Database) -> None:
    door = Door(database)
    acceptance = Acceptance(door, is_outage=is_outage)
    first = asyncio.create_task(acceptance.accept(event("Ev0")))
    await door.first_is_in.wait()

    others = [asyncio.create_task(acceptance.accept(event(f"Ev{number}"))) for number in range(1, 50)]
    await asyncio.sleep(0)
    door.let_go.set()

    assert await asyncio.gather(first, *others) == [True] * 50
    assert door.opened == 2
    assert await on_record(database) == 50


async def test_of_the_same_event_twice_in_a_transaction_one_is_new(database: Database) -> None:
    door = Door(database)
    acceptance = Acceptance(door, is_outage=is_outage)
    first = asyncio.create_task(acceptance.accept(event("Ev0")))
    await door.first_is_in.wait()

    twins = [asyncio.create_task(acceptance.accept(event("Ev1"))) for _ in range(2)]
    await asyncio.sleep(0)
    door.let_go.set()

    assert await first
    assert sorted(await asyncio.gather(*twins)) == [False, True]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_an_event_that_the_database_refuses_refuses_no_other(database: Database) -> None:
    """PostgreSQL takes no zero character; SQLite does."""
    door = Door(database)
    acceptance = Acceptance(door, is_outage=is_outage)
    first = asyncio.create_task(acceptance.accept(event("Ev0")))
    await door.first_is_in.wait()

    together = [asyncio.create_task(acceptance.accept(event(f"Ev{n}", body))) for n, body in ((1, "{}"), (2, "\0"))]
    await asyncio.sleep(0)
    door.let_go.set()
    good, bad = await asyncio.gather(*together, return_exceptions=True)

    assert await first
    assert good is True
    assert isinstance(bad, SQLAlchemyError)
    assert await on_record(database) == 2


async def test_whoever_gives_up_is_not_waited_for_and_the_others_are_recorded(database: Database) -> None:
    door = Door(database)
    acceptance = Acceptance(door, is_outage=is_outage)
    first = asyncio.create_task(acceptance.accept(event("Ev0")))
    await door.first_is_in.wait()

    impatient, patient = (asyncio.create_task(acceptance.accept(event(f"Ev{number}"))) for number in (1, 2))
    await asyncio.sleep(0)
    impatient.cancel()
    door.let_go.set()

    assert all(await asyncio.gather(first, patient))
    assert await on_record(database) == 2


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_an_event_is_recorded_though_the_server_closed_the_connection_a_moment_ago(
    database: Database, database_url: str
) -> None:
    """While the loop stands still, so that the bot finds it out in the middle of its statement."""
    acceptance = Acceptance(database.hurried_unit_of_work, is_outage=is_outage)
    assert await acceptance.accept(event("Ev0"))

    hung_up = threading.Thread(target=lambda: asyncio.run(hang_up(database_url)))
    hung_up.start()
    hung_up.join()

    assert await acceptance.accept(event("Ev1"))
    assert await on_record(database) == 2


async def hang_up(url: str) -> None:
    """Have the server end the one other connection, and wait until it has."""
    owner = Database(url)
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    async with owner.connection() as connection:
        ended = await connection.exec_driver_sql(f"SELECT pg_terminate_backend(pid, 5000) {others}")
        assert ended.scalars().all() == [True]
    await owner.close()
