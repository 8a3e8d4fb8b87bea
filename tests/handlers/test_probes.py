"""Probes: whether the process lives, whether it can work and what keeps it from that, and nothing that is secret."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.extract.worker import Parser
from bot.sandbox.clock import MovableClock
from bot.sandbox.stand_in import StandIn
from bot.settings import Transport, read_settings
from bot.startup import Bot, opened, probes_of
from handlers.probes import create_probes
from tests.opening import secrets_of

Opens = Callable[..., Awaitable["Probed"]]
NOON = datetime(2021, 1, 11, 12, 0, tzinfo=UTC)
WELL = "database: ok\nmigrations: ok\nslack: ok\n"


class Probed:
    """A bot, and somebody who asks how it is."""

    def __init__(self, bot: Bot, clock: MovableClock, client: httpx.AsyncClient) -> None:
        self.bot = bot
        self.clock = clock
        self._client = client

    async def asked(self, path: str) -> tuple[int, str]:
        answer = await self._client.get(path)
        return answer.status_code, answer.text


@pytest.fixture
async def opens(database_url: str, stand_in: StandIn, parser: Parser) -> AsyncIterator[Opens]:
    """Opens a bot with the tokens of the workspace, or others."""
    async with AsyncExitStack() as stack:

        async def opens_bot(**others: str) -> Probed:
            given = secrets_of(stand_in) | {"database_url": database_url} | others
            clock = MovableClock(NOON)
            settings = read_settings(_env_file=None, **given)
            bot = await stack.enter_async_context(opened(settings, Transport.HTTP, clock=clock, parser=parser))
            web = httpx.ASGITransport(create_probes(probes_of(bot)))
            client = httpx.AsyncClient(transport=web, base_url="http://vric.example")
            return Probed(bot, clock, await stack.enter_async_context(client))

        yield opens_bot


async def is_gone(bot: Bot) -> None:
    """The database is where nobody finds it."""
    url = bot.database.engine.url
    await bot.database.close()
    if url.get_backend_name() == "sqlite":
        folder = Path(str(url.database)).parent
        shutil.move(folder, folder.with_name(f"{folder.name}-gone"))
        return
    server = create_async_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    async with server.connect() as connection:
        await connection.execute(text(f"ALTER DATABASE {url.database} RENAME TO {url.database}_gone"))
    await server.dispose()


async def test_where_all_is_well_each_thing_is_named_and_well(opens: Opens) -> None:
    bot = await opens()

    assert await bot.asked("/healthz") == (200, "ok\n")
    assert await bot.asked("/readyz") == (200, WELL)


async def test_slack_is_asked_once_a_minute_however_often_the_probe_comes(opens: Opens, stand_in: StandIn) -> None:
    bot = await opens()

    for _ in range(20):
        await bot.asked("/readyz")
        bot.clock.advance(timedelta(seconds=2))
    asked_in_40_s = len([call for call in stand_in.calls if call.method == "auth.test"])
    bot.clock.advance(timedelta(seconds=20))
    await bot.asked("/readyz")

    assert asked_in_40_s == 1
    assert len([call for call in stand_in.calls if call.method == "auth.test"]) == 2


async def test_a_token_that_slack_refuses_is_what_is_wrong(opens: Opens) -> None:
    bot = await opens(slack_bot_token="xoxb-of-another-app")

    status, words = await bot.asked("/readyz")

    assert (status, words) == (503, WELL.replace("slack: ok", "slack: refuses the bot's token (invalid_auth)"))
    assert await bot.asked("/healthz") == (200, "ok\n")


async def test_a_slack_that_is_silent_is_what_is_wrong_and_its_address_is_not_told(opens: Opens) -> None:
    bot = await opens(slack_api_url="http://127.0.0.1:9/api/")

    status, words = await bot.asked("/readyz")

    assert (status, words) == (503, WELL.replace("slack: ok", "slack: does not answer; the log says why"))


async def test_a_migration_that_lacks_is_what_is_wrong_and_the_command_is_named(opens: Opens) -> None:
    bot = await opens()
    async with bot.bot.database.connection() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))

    status, words = await bot.asked("/readyz")

    assert status == 503
    assert words.startswith("database: ok\nmigrations: at 0001, not 0")
    assert words.endswith("; run: vric migrate\nslack: ok\n")


async def test_a_database_that_is_gone_is_what_is_wrong_and_the_process_lives(opens: Opens) -> None:
    bot = await opens()
    await is_gone(bot.bot)

    status, words = await bot.asked("/readyz")

    assert status == 503
    assert words == (
        "database: cannot be used; the log says why\nmigrations: not known without the database\nslack: ok\n"
    )
    assert await bot.asked("/healthz") == (200, "ok\n")


async def test_without_the_database_the_other_figures_are_still_given(opens: Opens) -> None:
    bot = await opens()
    await bot.asked("/readyz")
    await is_gone(bot.bot)

    status, page = await bot.asked("/metrics")

    assert status == 200
    assert "vric_database_up 0.0\n" in page
    assert 'vric_slack_calls_total{method="auth.test",outcome="ok"} 1.0\n' in page
    assert "vric_queue_rows{" not in page


async def test_no_answer_holds_a_secret_or_an_address(opens: Opens, stand_in: StandIn, database_url: str) -> None:
    bot = await opens()

    pages = [(await bot.asked(path))[1] for path in ("/healthz", "/readyz", "/metrics")]
    await is_gone(bot.bot)
    pages += [(await bot.asked(path))[1] for path in ("/healthz", "/readyz", "/metrics")]

    hidden = [*secrets_of(stand_in).values(), database_url, database_url.rpartition("/")[2]]
    assert not [word for word in hidden for page in pages if word in page]
