"""What tests share: databases built by the migrations, and the newsroom that stories play in."""

import asyncio
import io
import json
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path
from typing import Any, NoReturn

import pytest

from bot.extract.worker import Parser
from bot.logs import configure_logs
from bot.sandbox.clock import MovableClock
from bot.sandbox.delivery import PATIENCE_S
from bot.sandbox.stand_in import StandIn
from bot.settings import Transport
from bot.startup import migrate_all
from db.database import Database
from handlers.manifest import manifest
from tests.newsroom import Newsroom, play_over_pairs
from tests.opening import open_newsroom
from tests.postgres import Cluster, create_database, find_postgres, postgres_cluster, postgres_server
from tests.recorded import SHARED, calls_in, refused_in
from tests.texts import thin_texts

_NUMBERS = count(1)


def unavailable(what: str) -> NoReturn:
    """Skip with a reason; where everything is required, as in CI, fail."""
    if os.environ.get("REQUIRE_ALL"):
        pytest.fail(f"{what} is required here and is not there")
    pytest.skip(f"{what} is not there")


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Called by pytest for each test, before it reads the marks that it knows."""
    play_over_pairs(metafunc.definition)


@pytest.fixture(scope="session", autouse=True)
def _logs() -> None:
    configure_logs("WARNING")


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        unavailable("the folder shared/ beside the project")
    return SHARED


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    if find_postgres() is None:
        unavailable("PostgreSQL")
    with postgres_server() as url:
        yield url


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A server of a module's own: it is stopped and restarted while others work on theirs."""
    if find_postgres() is None:
        unavailable("PostgreSQL")
    with postgres_cluster() as found:
        migrate_database(create_database(found.url, "template_desk"))
        yield found


def migrate_database(url: str) -> None:
    """Build the tables of a database and load the registry."""

    async def bring_up_to_date() -> None:
        database = Database(url)
        await migrate_all(database, lambda _: None)
        await database.close()

    asyncio.run(bring_up_to_date())


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate_database(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres: str) -> str:
    migrate_database(create_database(postgres, "template_desk"))
    return postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh database, migrated, with the registry in it."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        shutil.copy(template, tmp_path / "desk.db")
        return f"sqlite:///{tmp_path / 'desk.db'}"
    url: str = request.getfixturevalue("postgres_template")
    return create_database(url, f"desk_{next(_NUMBERS)}", template="template_desk")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    found = Database(database_url)
    yield found
    await found.close()


@pytest.fixture(scope="session")
async def parser() -> AsyncIterator[Parser]:
    """One pair of parsing children for all stories: each bot of the tests shares them."""
    found = Parser()
    yield found
    await found.close()


@pytest.fixture
async def stand_in(recorded_calls: Path) -> AsyncIterator[StandIn]:
    """A workspace that knows the bot's manifest, on a clock that runs."""
    async with StandIn(manifest(), clock=MovableClock()) as found:
        found.record_to(recorded_calls)
        yield found


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What is logged, a line of JSON each, as it is where nobody watches a terminal."""
    stream = io.StringIO()
    configure_logs("INFO", stream)
    yield stream
    configure_logs("WARNING")


def logged(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().split("\n")[:-1]]


@pytest.fixture
def patience_s() -> float:
    """How long Slack waits for an answer; a story in which none comes asks for less."""
    return PATIENCE_S


@pytest.fixture
def further_settings() -> dict[str, str]:
    """Settings of the bot beyond those that it cannot do without; a story that is about one asks for it."""
    return {}


@pytest.fixture(params=[Transport.HTTP, Transport.SOCKET], ids=str)
async def newsroom(
    request: pytest.FixtureRequest,
    database_url: str,
    parser: Parser,
    recorded_calls: Path,
    patience_s: float,
    further_settings: dict[str, str],
) -> AsyncIterator[Newsroom]:
    """The real bot at the stand-in workspace, with a desk in #vric and No. 18 open."""
    async with open_newsroom(
        database_url, request.param, parser, recorded_calls, patience_s=patience_s, **further_settings
    ) as found:
        await found.opens_desk()
        yield found


@pytest.fixture(scope="session")
def recorded_calls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Every Slack call that the bot makes in tests, checked at the end: by what Slack documents, and for its text."""
    path = tmp_path_factory.mktemp("calls") / "calls.jsonl"
    yield path
    if path.exists():
        _check_texts(path)
    if path.exists() and SHARED.is_dir():
        findings = refused_in(path)
        assert not findings, "\n".join(findings)


def _check_texts(path: Path) -> None:
    findings = [said for call in calls_in(path) for said in thin_texts(call["method"], call["args"])]
    assert not findings, "\n".join(dict.fromkeys(findings))
