"""SQLite in the loop's own thread, except for what waits: for another writer, or for the disk.

A statement takes some ten microseconds; handing it to a thread and taking the answer back takes a hundred times that
where the loop has other work (docs/decisions/0008). A commit that wrote waits for the disk, and does so in a thread;
whoever waits for another writer rests meanwhile.
"""

import asyncio
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

import aiosqlite
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.util import await_

_LOOK_AGAIN_S = 0.005
_AT_ONE_GO_S = 0.002
"""Statements that take longer than this together let the loop do other work in between."""

_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=0")
_CHUNK = 64

T = TypeVar("T")


class LoopConnection(aiosqlite.Connection):
    """A connection whose statements run where they are awaited; its thread commits."""

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, _CHUNK)
        self._thread.daemon = True
        self._committed = 0
        self._gave_way = 0.0

    async def commit(self) -> None:
        """Commit, in the thread if there is anything to wait for; a commit is waited for to its end."""
        if self.total_changes == self._committed:
            self._conn.commit()
            return
        self._committed = self.total_changes
        doing = asyncio.ensure_future(super()._execute(self._conn.commit))  # type: ignore[no-untyped-call] # aiosqlite's
        try:
            await asyncio.shield(doing)
        except asyncio.CancelledError:
            with suppress(sqlite3.Error):
                await doing
            raise

    async def _execute(self, fn: Callable[..., T], *words: Any, **named: Any) -> T:  # noqa: ANN401 - aiosqlite's signature
        """Everything that aiosqlite does with a connection comes through here."""
        if not self._running or self._connection is None:
            raise ValueError("Connection closed")
        if time.perf_counter() - self._gave_way > _AT_ONE_GO_S:
            await asyncio.sleep(0)
            self._gave_way = time.perf_counter()
        return fn(*words, **named)


async def connect(path: str, **named: Any) -> aiosqlite.Connection:  # noqa: ANN401 - as Python's driver takes them
    """Open a database whose transactions begin when they are told to, and whose commits reach the disk."""
    connector = partial(sqlite3.connect, path, **{**named, "check_same_thread": False, "isolation_level": None})
    connection = await LoopConnection(connector)
    try:
        for pragma in _PRAGMAS:
            await connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        await connection.close()
        raise
    return connection


def begin_as_writer(connection: Connection, *, within_s: float) -> None:
    """Begin a transaction that may write, and wait for another one's end without holding up the loop.

    Raises:
        DBAPIError: it did not end in time, or the database cannot be opened.
    """
    until = time.monotonic() + within_s
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except DBAPIError as refusal:
            if not _is_busy(refusal) or time.monotonic() >= until:
                raise
        else:
            return
        await_(asyncio.sleep(_LOOK_AGAIN_S))


def _is_busy(refusal: DBAPIError) -> bool:
    cause = refusal.orig
    return isinstance(cause, sqlite3.OperationalError) and cause.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
