"""Writes a migration from what the models say and the migrations do not: `make migration MESSAGE="…"`."""

import asyncio
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from db.database import Database
from db.schema import alembic_config, migrate


async def revise(message: str) -> None:
    """Build a database with the migrations there are, and write the one that is missing."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'scratch.db'}")
        await migrate(database)

        def write(connection: Connection) -> None:
            config = alembic_config(connection)
            number = len(list(ScriptDirectory.from_config(config).walk_revisions())) + 1
            command.revision(config, message=message, autogenerate=True, rev_id=f"{number:04}")

        async with database.connection() as connection:
            await connection.run_sync(write)
        await database.close()


if __name__ == "__main__":
    asyncio.run(revise(" ".join(sys.argv[1:])))
