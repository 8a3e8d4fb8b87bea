"""Databases before their first migration."""

from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path

import pytest

from db.database import Database
from tests.postgres import create_database

_NUMBERS = count(1)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return create_database(request.getfixturevalue("postgres"), f"empty_{next(_NUMBERS)}")


@pytest.fixture
async def empty(empty_url: str) -> AsyncIterator[Database]:
    found = Database(empty_url)
    yield found
    await found.close()


@pytest.fixture
async def replica(database_url: str) -> AsyncIterator[Database]:
    """Another process's connections to the database of `database`."""
    found = Database(database_url)
    yield found
    await found.close()
