"""Fault 28: what cannot be stored is refused, with the reason in the log; it comes again, and then it is stored."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest

from db.database import Database
from tests.newsroom import Newsroom

TANKERS = "Iran sends fleet of tankers to Venezuela"
LONG = "All that is known of the ships & their cargo. " * 200
_DISK_FULL = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$
"""
_HANG_UP = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}' AND pid <> pg_backend_pid()"


async def on_its_connection(newsroom: Newsroom, statement: str) -> None:
    async with newsroom.bot.database.connection() as connection:
        await connection.exec_driver_sql(statement)


async def pragma(newsroom: Newsroom, words: str) -> Any:  # noqa: ANN401 - what SQLite answers
    """On the one connection that the bot has to SQLite, outside of any transaction."""
    async with newsroom.bot.database.engine.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        async with driver.execute(f"PRAGMA {words}") as cursor:
            answer = await cursor.fetchone()
    return answer and answer[0]


@asynccontextmanager
async def full_disk(newsroom: Newsroom) -> AsyncIterator[str]:
    """SQLite may not grow; PostgreSQL says what it says where its disk is full."""
    if newsroom.bot.settings.database_url.startswith("sqlite"):
        await pragma(newsroom, f"max_page_count = {await pragma(newsroom, 'page_count')}")
        yield "database or disk is full"
        await pragma(newsroom, "max_page_count = 1000000")
        return
    await on_its_connection(newsroom, _DISK_FULL)
    await on_its_connection(newsroom, "CREATE TRIGGER no_room BEFORE INSERT ON inbox EXECUTE FUNCTION no_room()")
    yield "No space left on device"
    await on_its_connection(newsroom, "DROP TRIGGER no_room ON inbox")


@asynccontextmanager
async def only_read(newsroom: Newsroom) -> AsyncIterator[str]:
    """Whoever owns the database lets it be read only, while the bot has it open."""
    url = newsroom.bot.settings.database_url
    if url.startswith("sqlite"):
        await pragma(newsroom, "query_only = ON")
        yield "attempt to write a readonly database"
        await pragma(newsroom, "query_only = OFF")
        return
    server, _, name = url.rpartition("/")
    owner = Database(f"{server}/postgres")
    for setting in ("on", "off"):
        async with owner.connection() as connection:
            await connection.exec_driver_sql(f"ALTER DATABASE {name} SET default_transaction_read_only = {setting}")
            await connection.exec_driver_sql(_HANG_UP.format(name))
        if setting == "on":
            yield "read-only transaction"
    await owner.close()


@asynccontextmanager
async def not_migrated(newsroom: Newsroom) -> AsyncIterator[str]:
    """Somebody undid what a migration made."""
    await on_its_connection(newsroom, "ALTER TABLE inbox RENAME TO out_of_order")
    yield "inbox"
    await on_its_connection(newsroom, "ALTER TABLE out_of_order RENAME TO inbox")


@pytest.mark.parametrize("happens", [full_disk, only_read, not_migrated])
async def test_an_event_that_cannot_be_stored_is_refused_with_the_reason_and_stored_when_it_can_be(
    newsroom: Newsroom,
    caplog: pytest.LogCaptureFixture,
    happens: Callable[[Newsroom], AbstractAsyncContextManager[str]],
) -> None:
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS)

    async with happens(newsroom) as reason:
        ts = await newsroom.ana.posts("#vric", f"{link} {LONG}")

        assert {each.is_accepted for each in newsroom.deliveries_of(ts)} == {False}
        assert newsroom.stand_in.request_url is None or {each.status for each in newsroom.deliveries_of(ts)} == {500}
        assert reason in caplog.text
    await newsroom.passes(minutes=1)

    assert TANKERS in newsroom.card(ts).words
    assert [item.url for item in await newsroom.items()] == [link]
