"""What a database's tables look like to Alembic and to the inspector."""

from collections.abc import Iterator
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect

from db.database import Database
from db.models import Base
from db.search_index import is_modelled

VERSIONS = "alembic_version"
"""Alembic's own table."""


async def differences(database: Database) -> list[Any]:
    """What the models say and the database lacks, or the other way round."""

    def compare(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": is_modelled})
        return list(compare_metadata(context, Base.metadata))

    async with database.connection() as connection:
        return await connection.run_sync(compare)


async def tables(database: Database) -> set[str]:
    async with database.connection() as connection:
        return set(await connection.run_sync(lambda found: inspect(found).get_table_names()))


def _is_modelled_table(name: str) -> bool:
    return is_modelled(name, "table")


async def constraint_names(database: Database) -> list[tuple[str, str, str | None]]:
    """Every constraint and index: its table, what its name must be, and its name."""

    def read(connection: Connection) -> Iterator[tuple[str, str, str | None]]:
        found = inspect(connection)
        for table in filter(_is_modelled_table, set(found.get_table_names()) - {VERSIONS}):
            yield table, f"pk_{table}", found.get_pk_constraint(table)["name"]
            for key in found.get_foreign_keys(table):
                wanted = f"fk_{table}_{key['constrained_columns'][0]}_{key['referred_table']}"
                yield table, wanted, key["name"]
            for unique in found.get_unique_constraints(table):
                yield table, f"uq_{table}_{'_'.join(unique['column_names'])}", unique["name"]

    async with database.connection() as connection:
        return await connection.run_sync(lambda found: list(read(found)))
