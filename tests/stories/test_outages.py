"""Fault 27: the database goes away, is full of others, or has to wait; requests fail fast and come back."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.settings import Transport
from db.database import Database
from tests.newsroom import Newsroom
from tests.stories.test_deadline import TWO_DAYS_BEFORE

TANKERS = "Iran sends fleet of tankers to Venezuela"
PORTS = "Ports of Venezuela wait for tankers"
PAGES = 50
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
_HANG_UP = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
_IN_TRANSACTION = "SELECT count(*) FROM pg_stat_activity WHERE datname = :name AND xact_start IS NOT NULL"


@asynccontextmanager
async def beside(newsroom: Newsroom) -> AsyncIterator[tuple[AsyncConnection, str]]:
    """A connection to another database of the same PostgreSQL, and the name of the newsroom's."""
    server, _, name = newsroom.bot.settings.database_url.rpartition("/")
    other = Database(f"{server}/postgres")
    async with other.connection() as connection:
        yield connection, name
    await other.close()


async def nothing_is_open(newsroom: Newsroom) -> bool:
    """Whether no transaction is under way in the newsroom's database."""
    url = newsroom.bot.settings.database_url
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=0)) as connection:
            connection.execute("BEGIN IMMEDIATE")
        return True
    async with beside(newsroom) as (connection, name):
        return not await connection.scalar(text(_IN_TRANSACTION), {"name": name})


@on_postgresql
async def test_connections_that_a_restart_of_postgresql_cut_are_replaced_without_a_refusal(newsroom: Newsroom) -> None:
    async with beside(newsroom) as (connection, name):
        await connection.execute(text(_HANG_UP), {"name": name})

    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))

    assert [(each.attempt, each.is_accepted) for each in newsroom.deliveries_of(ts)] == [(0, True)]
    assert TANKERS in newsroom.card(ts).words


@on_postgresql
@pytest.mark.parametrize("newsroom", [Transport.HTTP], indirect=True, ids=str)
async def test_while_postgresql_is_away_slack_is_refused_at_once_and_what_it_sends_again_is_stored(
    newsroom: Newsroom,
) -> None:
    async with beside(newsroom) as (connection, name):
        await connection.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false"))
        await connection.execute(text(_HANG_UP), {"name": name})
    began = time.monotonic()

    ts = await newsroom.ana.posts("#vric", newsroom.press.prints("reuters.example/iran-oil", TANKERS))

    assert [each.status for each in newsroom.deliveries_of(ts)] == [500, 500]
    assert time.monotonic() - began < 6
    async with beside(newsroom) as (connection, name):
        await connection.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true"))
    await newsroom.passes(minutes=1)
    assert TANKERS in newsroom.card(ts).words


@pytest.mark.parametrize("newsroom", [Transport.HTTP], indirect=True, ids=str)
async def test_while_every_connection_is_taken_slack_is_refused_within_its_patience_and_sends_again(
    newsroom: Newsroom,
) -> None:
    async with AsyncExitStack() as stack:
        pool = newsroom.bot.database.engine.pool
        for _ in range(10 if newsroom.bot.settings.database_url.startswith("postgresql") else 1):
            await stack.enter_async_context(newsroom.bot.database.connection())
        ts = await newsroom.ana.posts("#vric", newsroom.press.prints("reuters.example/iran-oil", TANKERS))
        assert {each.status for each in newsroom.deliveries_of(ts)} == {500}, pool.status()

    await newsroom.passes(minutes=1)

    assert TANKERS in newsroom.card(ts).words
    assert len(newsroom.replies(ts)) == 1


async def test_a_page_that_hangs_keeps_no_transaction_open(newsroom: Newsroom) -> None:
    page = newsroom.press.holds_back("reuters.example/iran-oil", TANKERS)
    await newsroom.ana.posts("#vric", page.link)

    async with newsroom.while_reading(page):
        assert await nothing_is_open(newsroom)


async def test_fifty_pages_that_hang_leave_the_database_to_what_comes_in_meanwhile(newsroom: Newsroom) -> None:
    """PostgreSQL is left with two connections; SQLite has one anyway."""
    pages = [newsroom.press.holds_back(f"reuters.example/{n}", f"{TANKERS}, part {n}") for n in range(PAGES)]
    await newsroom.ana.posts("#vric", " ".join(page.link for page in pages))
    await newsroom.bot.edge.intake.take_next()
    async with AsyncExitStack() as stack:
        for _ in range(8 if newsroom.bot.settings.database_url.startswith("postgresql") else 0):
            await stack.enter_async_context(newsroom.bot.database.connection())
        readers = [asyncio.create_task(newsroom.bot.desk.read_next(now=newsroom.clock())) for _ in pages]
        await asyncio.wait([asyncio.create_task(page.asked.wait()) for page in pages], return_when="FIRST_COMPLETED")

        ts = await newsroom.ben.posts("#vric", newsroom.press.prints("infobae.example/ports", PORTS))

        assert [(each.attempt, each.is_accepted) for each in newsroom.deliveries_of(ts)] == [(0, True)]
        assert not any(reader.done() for reader in readers)
        for page in pages:
            page.released.set()
        await asyncio.gather(*readers)
    await newsroom.settles(patience=timedelta(minutes=1))
    assert PORTS in newsroom.card(ts).words
    assert all(item.title for item in await newsroom.items())


@pytest.mark.parametrize("method", ["chat.postMessage", "users.info"])
async def test_a_call_of_slacks_that_hangs_keeps_no_transaction_open(newsroom: Newsroom, method: str) -> None:
    held = newsroom.stand_in.holds(method)
    await newsroom.passes(hours=2)
    ts = await newsroom.ben.posts("#vric", newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    working = asyncio.create_task(newsroom.settles())

    await held.asked.wait()
    assert await nothing_is_open(newsroom)

    held.released.set()
    await working
    assert TANKERS in newsroom.card(ts).words


async def test_a_roster_that_hangs_keeps_no_transaction_open(newsroom: Newsroom) -> None:
    held = newsroom.stand_in.holds("conversations.members")
    beating = asyncio.create_task(newsroom.beats(TWO_DAYS_BEFORE))

    await held.asked.wait()
    assert await nothing_is_open(newsroom)

    held.released.set()
    await beating
