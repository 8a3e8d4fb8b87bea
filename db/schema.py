"""The schema's version: what the database has, what this program needs, and the way from one to the other."""

from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, column, func, select, table, update

from db.database import Database

_MIGRATING = 18
"""PostgreSQL's lock of whoever migrates; the number is ours to choose."""


class NewerDatabaseError(Exception):
    """The database was migrated by a newer version of this program."""


@dataclass(frozen=True, slots=True)
class SchemaState:
    """`current` is None where nothing was migrated yet; `known` is False where only a newer program knows it."""

    current: str | None
    needed: str
    known: bool

    @property
    def is_ready(self) -> bool:
        return self.current == self.needed


def alembic_config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


async def state(database: Database) -> SchemaState:
    """Read which migration the database is at."""
    async with database.connection() as connection:
        return await connection.run_sync(_state)


async def touch(database: Database) -> None:
    """Write what is there already.

    A file that may only be read, a server that only repeats another one and a full disk are known by nothing else.
    """
    version = table("alembic_version", column("version_num"))
    async with database.connection() as connection:
        await connection.execute(update(version).values(version_num=version.c.version_num))


async def migrate(database: Database) -> SchemaState:
    """Bring the schema up to date; returns what it was before.

    Raises:
        NewerDatabaseError: the database knows migrations that this program does not; nothing was changed.
    """
    async with database.connection() as connection:
        return await connection.run_sync(_migrate)


def _state(connection: Connection) -> SchemaState:
    scripts = ScriptDirectory.from_config(alembic_config())
    current = MigrationContext.configure(connection).get_current_revision()
    known = current is None or current in {script.revision for script in scripts.walk_revisions()}
    return SchemaState(current=current, needed=str(scripts.get_current_head()), known=known)


def _migrate(connection: Connection) -> SchemaState:
    if connection.dialect.name == "postgresql":  # SQLite lets one transaction write at a time anyway
        connection.execute(select(func.pg_advisory_xact_lock(_MIGRATING)))
    before = _state(connection)
    if not before.known:
        raise NewerDatabaseError(
            f"The database is at version {before.current}, which this program does not know; it was left as it is. "
            "Install the newer program, or name another database in DATABASE_URL."
        )
    command.upgrade(alembic_config(connection), "head")
    return before
