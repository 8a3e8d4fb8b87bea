"""Which databases a URL may name."""

import pytest

from db.database import Database, DatabaseUrlError


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "is not a database URL"),
        ("desk.db", "is not a database URL"),
        ("postgresql://host:port/desk", "is not a database URL"),
        ("mysql://host/desk", "names mysql; SQLite and PostgreSQL are supported"),
        ("sqlite://", "names no file, so everything would be lost"),
        ("sqlite:///:memory:", "names no file, so everything would be lost"),
    ],
)
def test_a_url_that_names_no_database_of_ours_is_refused(url: str, reason: str) -> None:
    with pytest.raises(DatabaseUrlError, match=reason):
        Database(url)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
async def test_every_spelling_of_postgresql_gets_the_asynchronous_driver(scheme: str) -> None:
    database = Database(f"{scheme}://desk@localhost/desk")

    assert database.engine.url.drivername == "postgresql+asyncpg"
    await database.close()
