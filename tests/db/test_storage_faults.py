"""Fault 28, as far as the database: what cannot be written fails with its reason, and nothing half written stays."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.ports import RawEvent
from bot.startup import NotMigratedError, must_be_migrated
from db.database import Database, DatabaseUrlError
from db.models import DeskRow, InboxRow
from db.schema import migrate
from tests.db.test_writers import on_sqlite

NOON = datetime(2021, 1, 11, 12, 0, tzinfo=UTC)
PAGES_LEFT = 3


@pytest.fixture
async def read_only(database_url: str) -> AsyncIterator[Database]:
    """A database that its owner switched to reading only."""
    if database_url.startswith("sqlite"):
        url = f"{database_url.replace('sqlite:///', 'sqlite:///file:')}?mode=ro&uri=true"
    else:
        url, owner = database_url, Database(database_url)
        name = database_url.rpartition("/")[2]
        async with owner.connection() as connection:
            await connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
        await owner.close()
    found = Database(url)
    yield found
    await found.close()


async def deliver(database: Database, *bodies: str) -> None:
    """A desk and events, in one transaction."""
    async with database.unit_of_work() as work:
        await work.desks.add("T_VRIC", "C_VRIC", NOON)
        for number, body in enumerate(bodies):
            await work.inbox.add([RawEvent(f"Ev{number}", "T_VRIC", body, NOON)])


async def events(database: Database) -> int | None:
    async with database.connection() as connection:
        return await connection.scalar(select(func.count()).select_from(InboxRow))


async def test_a_database_that_may_only_be_read_refuses_the_event_with_the_reason(read_only: Database) -> None:
    with pytest.raises(DBAPIError, match=r"read-?only"):
        await deliver(read_only, "{}")

    assert await events(read_only) == 0


async def test_a_folder_that_is_missing_is_the_reason_given_and_nothing_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    database = Database(f"sqlite:///{folder / 'desk.db'}")

    with pytest.raises(NotMigratedError, match=r"no database at .*desk\.db yet\. Run: vric migrate"):
        await must_be_migrated(database)
    with pytest.raises(OperationalError, match="unable to open database file"):
        await migrate(database)

    await database.close()
    assert not folder.exists()


async def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    path.write_text("Minutes of the meeting of 11 January.\n" * 100)
    database = Database(f"sqlite:///{path}")

    with pytest.raises(DBAPIError, match="file is not a database"):
        await migrate(database)

    await database.close()
    assert path.read_text().startswith("Minutes of the meeting")


@on_sqlite
async def test_a_full_disk_undoes_the_whole_transaction_and_leaves_the_database_in_use(database_url: str) -> None:
    database = Database(database_url)

    @event.listens_for(database.engine.sync_engine, "connect")
    def disk_is_nearly_full(connection: Any, _record: Any) -> None:  # noqa: ANN401 - the driver's connection
        cursor = connection.cursor()
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0] + PAGES_LEFT}")
        cursor.close()

    with pytest.raises(OperationalError, match="database or disk is full"):
        await deliver(database, "{}", "x" * 100_000)

    assert await events(database) == 0
    async with database.connection() as connection:
        assert await connection.scalar(select(func.count()).select_from(DeskRow)) == 0
        assert await connection.scalar(text("PRAGMA integrity_check")) == "ok"
    async with database.unit_of_work() as work:
        assert await work.inbox.add([RawEvent("Ev1", "T_VRIC", "{}", NOON)])
    await database.close()


@pytest.mark.parametrize("failing", [ZeroDivisionError, KeyboardInterrupt])
async def test_whatever_stops_a_transaction_leaves_nothing_of_it(
    database: Database, failing: type[BaseException]
) -> None:
    async def stop_half_way() -> None:
        async with database.unit_of_work() as work:
            await work.inbox.add([RawEvent("Ev1", "T_VRIC", "{}", NOON)])
            raise failing

    with pytest.raises(failing):
        await stop_half_way()

    assert await events(database) == 0


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://desk@db.example/vric", "names mysql; SQLite and PostgreSQL are supported"),
        ("data/desk.db", "is not a database URL; write sqlite:///data/desk.db"),
    ],
)
def test_a_url_that_names_no_usable_database_is_refused_with_what_to_write(url: str, words: str) -> None:
    with pytest.raises(DatabaseUrlError, match=words):
        Database(url)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg2"])
def test_every_spelling_of_postgresql_that_platforms_hand_out_is_understood(scheme: str) -> None:
    database = Database(f"{scheme}://desk:secret@db.example:5432/vric")

    assert database.engine.url.drivername == "postgresql+asyncpg"


async def test_an_error_does_not_tell_what_the_statement_was_given(database: Database) -> None:
    """Errors go into logs, and what is given are whole events."""
    with pytest.raises(DBAPIError) as refused:
        async with database.connection() as connection:
            await connection.execute(text("INSERT INTO nowhere VALUES (:said)"), {"said": "a member's own words"})

    assert "nowhere" in str(refused.value)
    assert "own words" not in str(refused.value)
