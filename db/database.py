"""Engines for SQLite and PostgreSQL that behave alike."""

import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.dialects.postgresql.asyncpg import AsyncAdapt_asyncpg_dbapi
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError
from sqlalchemy.exc import TimeoutError as DatabaseBusyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, async_sessionmaker, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from db import sqlite
from db.turns import Turns
from db.unit_of_work import SqlUnitOfWork

_BUSY_S = 10
"""How long a transaction waits for a connection or for another one to end, in seconds.

An event is refused sooner than that, by whoever records it.
"""

_REST_S = 1.0
"""A connection that was not in use for this long may have lost its server unnoticed."""

_RESTS_SINCE = "rests since"

_OUTAGES = ("08", "53", "57P")
"""Classes of PostgreSQL's error codes: no connection, no resources, the server stops or starts."""


class DatabaseUrlError(ValueError):
    """The DATABASE_URL cannot be used."""


def async_url(text: str) -> URL:
    """Name the asynchronous driver in a database URL; hosted platforms hand out `postgres://`."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise DatabaseUrlError(
            "DATABASE_URL is not a database URL; write sqlite:///data/desk.db or postgresql://user@host/name."
        ) from None
    match url.get_backend_name():
        case "sqlite" if url.database in (None, "", ":memory:"):
            raise DatabaseUrlError(
                "DATABASE_URL names no file, so everything would be lost; write sqlite:///data/desk.db."
            )
        case "sqlite":
            return url.set(drivername="sqlite+aiosqlite")
        case "postgresql" | "postgres":
            return url.set(drivername="postgresql+asyncpg")
        case other:
            raise DatabaseUrlError(f"DATABASE_URL names {other}; SQLite and PostgreSQL are supported.")


def is_outage(failure: BaseException) -> bool:
    """Whether something failed for the state of the database, and not for what was asked of it.

    A connection of asyncpg that was told of the server's end, and not closed yet, raises an `InternalClientError`.
    """
    if isinstance(failure, DBAPIError):
        code = str(getattr(failure.orig, "sqlstate", None) or "")
        is_lost = isinstance(failure.orig, (OSError, AsyncAdapt_asyncpg_dbapi.InternalClientError))
        return failure.connection_invalidated or code.startswith(_OUTAGES) or is_lost
    return isinstance(failure, (DatabaseBusyError, OSError))


def create_engine(text: str) -> AsyncEngine:
    """Make an engine; nothing is opened before it is used, and what a statement was given is in none of its errors.

    SQLite gets one connection and begins every transaction as a writer: a transaction that reads first and writes
    later is otherwise refused as busy whenever another one wrote in between.
    """
    url = async_url(text)
    if url.get_backend_name() != "sqlite":
        engine = create_async_engine(
            url,
            hide_parameters=True,
            pool_size=5,
            max_overflow=5,
            pool_timeout=_BUSY_S,
            connect_args={"timeout": _BUSY_S},
        )
        _try_before_use(engine)
        return engine
    engine = create_async_engine(
        url,
        hide_parameters=True,
        pool_size=1,
        max_overflow=0,
        pool_timeout=_BUSY_S,
        connect_args={"timeout": _BUSY_S, "async_creator_fn": sqlite.connect},
    )

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        sqlite.begin_as_writer(connection, within_s=_BUSY_S)

    return engine


def _try_before_use(engine: AsyncEngine) -> None:
    """Replace a connection that the server closed, and ask one that has rested whether its server is still there.

    To ask every time, as the pool's own `pool_pre_ping` does, takes three round trips: as many as recording an event.
    """
    dialect = engine.sync_engine.dialect

    @event.listens_for(engine.sync_engine, "checkin")
    def rests(_: object, record: ConnectionPoolEntry) -> None:
        record.info[_RESTS_SINCE] = time.monotonic()

    @event.listens_for(engine.sync_engine, "checkout")
    def returns(connection: DBAPIConnection, record: ConnectionPoolEntry, _: object) -> None:
        if connection.driver_connection.is_closed():
            raise DisconnectionError("The server closed the connection.")
        if time.monotonic() - record.info.get(_RESTS_SINCE, time.monotonic()) < _REST_S:
            return
        try:
            dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as gone:
            raise DisconnectionError("The server went away while nobody asked it.") from gone


class Database:
    """The only place that begins and commits."""

    def __init__(self, url: str) -> None:
        self.engine = create_engine(url)
        self._turns = Turns() if self.engine.dialect.name == "sqlite" else None
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False, autoflush=False)
        at_once = self.engine if self._turns else self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._hurried_sessions = async_sessionmaker(at_once, expire_on_commit=False, autoflush=False)

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncIterator[SqlUnitOfWork]:
        """Open one transaction; leaving the block commits it, an exception undoes it."""
        async with self._turn(hurried=False), self._sessions.begin() as session:
            yield SqlUnitOfWork(session)

    @asynccontextmanager
    async def hurried_unit_of_work(self) -> AsyncIterator[SqlUnitOfWork]:
        """The same for a single statement, before others that wait for the one connection: Slack waits for this one.

        PostgreSQL commits the statement by itself, in one round trip where beginning and committing take three.
        """
        async with self._turn(hurried=True), self._hurried_sessions.begin() as session:
            yield SqlUnitOfWork(session)

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[AsyncConnection]:
        """Open a plain transaction, for migrations and health checks."""
        async with self._turn(hurried=False), self.engine.begin() as connection:
            yield connection

    @asynccontextmanager
    async def _turn(self, *, hurried: bool) -> AsyncIterator[None]:
        """Wait for the one connection that SQLite has; the pool would give it to whoever asked first."""
        if self._turns is None:
            yield
            return
        async with AsyncExitStack() as stack:
            try:
                await stack.enter_async_context(self._turns.turn(hurried=hurried, within_s=_BUSY_S))
            except TimeoutError:
                raise DatabaseBusyError(f"No connection within {_BUSY_S} seconds.") from None
            yield

    async def close(self) -> None:
        await self.engine.dispose()
