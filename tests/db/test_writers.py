"""Fault 26: SQLite under many writers. A transaction that reads first and writes later must not be refused as busy."""

import asyncio
import sqlite3
import threading
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Integer, event, insert, select, text, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from db.database import Database, async_url, create_engine
from db.sqlite import connect

NOON = datetime(2021, 1, 11, 12, 0, tzinfo=UTC)
WRITERS, ROUNDS = 6, 5
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


class Base(DeclarativeBase):
    pass


class Counter(Base):
    __tablename__ = "counter"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    stands_at: Mapped[int]


def engine_that_begins_late(url: str) -> AsyncEngine:
    """What a plain BEGIN does: it becomes a writer at its first write, and then may be refused at once."""
    engine = create_async_engine(async_url(url))

    @event.listens_for(engine.sync_engine, "connect")
    def leave_beginning_to_us(connection: object, _record: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined] # the driver's connection

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: object) -> None:
        connection.exec_driver_sql("BEGIN")  # type: ignore[attr-defined] # SQLAlchemy's connection

    return engine


@pytest.fixture
async def counter_url(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'counter.db'}"
    engine = create_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
        await connection.execute(insert(Counter).values(id=1, stands_at=0))
    await engine.dispose()
    return url


async def read_then_write(engine: AsyncEngine, between: Callable[[], Awaitable[object]]) -> None:
    async with engine.begin() as connection:
        stands_at = await connection.scalar(select(Counter.stands_at))
        await between()
        await connection.execute(update(Counter).values(stands_at=(stands_at or 0) + 1))


async def test_a_transaction_that_begins_late_is_refused_when_another_one_wrote_in_between(counter_url: str) -> None:
    """The fault itself: without it the cure would prove nothing."""
    engines = engine_that_begins_late(counter_url), engine_that_begins_late(counter_url)
    both_have_read = asyncio.Barrier(2)

    ended = await asyncio.gather(
        *(read_then_write(engine, both_have_read.wait) for engine in engines), return_exceptions=True
    )

    assert [type(each) for each in ended if each is not None] == [OperationalError]
    assert "locked" in str(next(filter(None, ended)))
    for engine in engines:
        await engine.dispose()


async def test_our_transactions_read_then_write_from_many_connections_and_none_is_refused(counter_url: str) -> None:
    async def work(engine: AsyncEngine) -> None:
        for _ in range(ROUNDS):
            await read_then_write(engine, lambda: asyncio.sleep(0))

    async with AsyncExitStack() as stack:
        engines = [create_engine(counter_url) for _ in range(WRITERS)]
        for engine in engines:
            stack.push_async_callback(engine.dispose)
        await asyncio.gather(*(work(engine) for engine in engines))

        async with engines[0].begin() as connection:
            assert await connection.scalar(select(Counter.stands_at)) == WRITERS * ROUNDS


@on_sqlite
async def test_every_connection_is_durable_and_keeps_references(database: Database) -> None:
    async with database.connection() as connection:
        found = {
            pragma: await connection.scalar(text(f"PRAGMA {pragma}"))
            for pragma in ("journal_mode", "synchronous", "foreign_keys")
        }

    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


async def test_whoever_waits_for_another_writer_holds_up_nobody_else(counter_url: str) -> None:
    """The other writer is a process of its own, such as `vric import`: the loop must go on meanwhile."""
    engine = create_engine(counter_url)
    other = sqlite3.connect(counter_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waiting = asyncio.create_task(read_then_write(engine, lambda: asyncio.sleep(0)))

    for _ in range(20):
        await asyncio.sleep(0.005)
    assert not waiting.done()
    other.execute("COMMIT")
    await waiting

    other.close()
    await engine.dispose()


async def test_a_commit_that_is_under_way_is_waited_for_by_whoever_is_cancelled(tmp_path: Path) -> None:
    """Its connection would else be given to the next transaction while a thread still uses it."""
    begun, may_end = threading.Event(), threading.Event()

    class SlowDisk(sqlite3.Connection):
        def commit(self) -> None:
            begun.set()
            may_end.wait()
            super().commit()

    connection = await connect(str(tmp_path / "slow.db"), factory=SlowDisk)
    await connection.execute("CREATE TABLE notes (words TEXT)")
    await connection.execute("BEGIN IMMEDIATE")
    await connection.execute("INSERT INTO notes VALUES ('kept')")
    committing = asyncio.create_task(connection.commit())
    await asyncio.to_thread(begun.wait)
    committing.cancel()
    for _ in range(10):
        await asyncio.sleep(0)
    assert not committing.done()
    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await committing

    assert not connection.in_transaction
    assert list(await connection.execute_fetchall("SELECT words FROM notes")) == [("kept",)]
    await connection.close()


async def test_a_transaction_that_is_cancelled_is_undone_and_holds_up_nobody(database: Database) -> None:
    """A worker that is given up at shutdown is cancelled wherever it stands."""
    written, never = asyncio.Event(), asyncio.Event()

    async def stuck() -> None:
        async with database.unit_of_work() as work:
            await work.desks.add("T_VRIC", "C_VRIC", NOON)
            written.set()
            await never.wait()

    task = asyncio.create_task(stuck())
    await written.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    async with database.unit_of_work() as work:
        assert await work.desks.add("T_VRIC", "C_VRIC", NOON) is not None
