"""The migrations build what the models say."""

from pathlib import Path

from db.database import Database
from db.schema import migrate
from tests.db.tables import differences


async def test_a_change_of_the_models_has_its_migration(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'desk.db'}")

    await migrate(database)

    found = await differences(database)
    await database.close()
    assert not found, 'make migration MESSAGE="…"'
