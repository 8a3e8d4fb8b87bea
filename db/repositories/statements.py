"""Statements that both databases have, under one name."""

from typing import Any

from sqlalchemy import ColumnElement, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Base


def insert_unless_there(session: AsyncSession, table: type[Base], **values: Any) -> sqlite.Insert | postgresql.Insert:  # noqa: ANN401 - any column
    """Insert a row unless a unique constraint says that it is there."""
    return insert_each_unless_there(session, table).values(**values)


def insert_each_unless_there(session: AsyncSession, table: type[Base] | Table) -> sqlite.Insert | postgresql.Insert:
    """Insert each of the rows that it is executed with, unless a unique constraint says that it is there.

    Rows given when it is executed leave it the same statement whatever their number: it is compiled once.
    """
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def insert_or_update(
    session: AsyncSession,
    table: type[Base],
    *,
    keys: tuple[str, ...],
    values: dict[str, Any],
    update: dict[str, Any],
    where: ColumnElement[bool] | None = None,
) -> sqlite.Insert | postgresql.Insert:
    """Insert a row, or write `update` to the one that has these keys, if it is as `where` says."""
    if session.get_bind().dialect.name == "postgresql":
        insert = postgresql.insert(table).values(**values)
        return insert.on_conflict_do_update(index_elements=keys, set_=update, where=where)
    return sqlite.insert(table).values(**values).on_conflict_do_update(index_elements=keys, set_=update, where=where)
