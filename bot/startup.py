"""Opens the bot's parts in order and closes them in reverse: the one place where the edges meet."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog
import uvicorn
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

from bot.desk import Desk
from bot.editorial.house import House
from bot.editorial.house_file import read_house
from bot.extract.fetch import Fetcher
from bot.extract.outlets import load_registry
from bot.extract.reader import PageReader
from bot.extract.worker import Parser
from bot.ports import Clock
from bot.render import Renderer
from bot.settings import Settings, SettingsRefusedError, Transport, missing_for
from db.database import Database
from db.schema import migrate, state
from handlers.app import Edge, create_edge, slack_client
from handlers.people import SlackPeople
from handlers.web import create_web
from handlers.workers import Step, Wake, Workers

log = structlog.get_logger()

_READERS = 4
_STOP_WITHIN_S = 8


class NotMigratedError(Exception):
    """The database is not at the version that this program needs."""


def wall_clock() -> datetime:
    return datetime.now(UTC)


def load_house(settings: Settings) -> House:
    """Read the house of a desk; raises HouseRefusedError with every fault."""
    return read_house(settings.vric_house.read_text(encoding="utf-8"), str(settings.vric_house))


@dataclass(frozen=True, slots=True)
class Bot:
    """The bot with everything opened and nothing running yet."""

    settings: Settings
    database: Database
    desk: Desk
    edge: Edge
    workers: Workers
    steps: tuple[Step, ...]


@asynccontextmanager
async def opened(
    settings: Settings,
    transport: Transport,
    *,
    clock: Clock = wall_clock,
    allowed_pages: Collection[tuple[str, int]] = (),
    beat_every_s: float = 20,
    parser: Parser | None = None,
) -> AsyncIterator[Bot]:
    """Open the bot: settings, house, database, readers, Slack's side. Nothing starts half configured.

    A parser that is handed in stays open: its children may serve several bots of one process.

    Raises:
        SettingsRefusedError: with everything that is missing.
        HouseRefusedError: with every fault of the house.
        NotMigratedError: the database must be migrated first.
    """
    reasons = missing_for(settings, transport)
    if reasons or settings.slack_bot_token is None:
        raise SettingsRefusedError(reasons)
    house = load_house(settings)
    async with AsyncExitStack() as stack:
        database = Database(settings.database_url)
        stack.push_async_callback(database.close)
        await must_be_migrated(database)
        fetcher = Fetcher(contact="the desk that this link was dropped at", allowed=allowed_pages)
        stack.push_async_callback(fetcher.close)
        if parser is None:
            parser = Parser()
            stack.push_async_callback(parser.close)
        client = slack_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
        desk = Desk(
            house=house,
            unit_of_work=database.unit_of_work,
            pages=PageReader(fetcher, parser, clock),
            people=SlackPeople(client),
        )
        wake = Wake()
        secret = settings.slack_signing_secret
        edge = create_edge(
            client=client,
            signing_secret=secret.get_secret_value() if secret and transport is Transport.HTTP else None,
            desk=desk,
            unit_of_work=database.unit_of_work,
            render=Renderer(),
            clock=clock,
            beat_every_s=beat_every_s,
            wake=wake,
        )

        async def read_next() -> bool:
            return await desk.read_next(now=clock()) is not None

        steps: tuple[Step, ...] = (edge.intake.take_next, *(read_next for _ in range(_READERS)), edge.sender.send_next)
        workers = Workers(steps, wake)
        yield Bot(settings, database, desk, edge, workers, steps)


@asynccontextmanager
async def running(bot: Bot) -> AsyncIterator[None]:
    """Keep the workers and the heartbeat going; what is in hand is finished before they stop."""
    bot.workers.start()
    bot.edge.heartbeat.start()
    try:
        yield
    finally:
        bot.edge.heartbeat.stop()
        try:
            await asyncio.wait_for(bot.edge.in_flight.wait(), _STOP_WITHIN_S / 2)
        except TimeoutError:
            log.warning("listeners given up")
        await bot.workers.stop(_STOP_WITHIN_S / 2)


@asynccontextmanager
async def serving_http(bot: Bot, listener: socket.socket) -> AsyncIterator[uvicorn.Server]:
    """Serve Slack's requests on a bound socket."""
    config = uvicorn.Config(create_web(bot.edge.app), log_config=None, lifespan="off", access_log=False)
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        while not server.started and not task.done():  # noqa: ASYNC110 - uvicorn offers a flag, no event
            await asyncio.sleep(0.005)
        yield server
    finally:
        server.should_exit = True
        await task


@asynccontextmanager
async def serving_socket(bot: Bot) -> AsyncIterator[None]:
    """Listen over Socket Mode."""
    token = bot.settings.slack_app_token
    handler = AsyncSocketModeHandler(bot.edge.app, token.get_secret_value() if token else None)
    await handler.connect_async()  # type: ignore[no-untyped-call] # Bolt leaves this one untyped
    try:
        yield
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call] # the same


async def run_until_stopped(
    settings: Settings, transport: Transport, *, ready: Callable[[str], None] = lambda _: None
) -> None:
    """Run the bot until the process is asked to stop."""
    async with opened(settings, transport) as bot, AsyncExitStack() as stack:
        if transport is Transport.HTTP:
            listener = socket.create_server((settings.host, settings.port))
            await stack.enter_async_context(serving_http(bot, listener))
            ready(f"listening on http://{settings.host}:{settings.port}/slack/events")
        else:
            await stack.enter_async_context(serving_socket(bot))
            ready("connected over Socket Mode")
        await stack.enter_async_context(running(bot))
        await stop_asked()


async def stop_asked() -> None:
    """Wait for SIGTERM or SIGINT."""
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked.set)
    try:
        await asked.wait()
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)


async def must_be_migrated(database: Database) -> None:
    """Refuse a database of another version; raises NotMigratedError with what to do."""
    found = await state(database)
    if not found.known:
        raise NotMigratedError(
            f"The database is at version {found.current}, which this program does not know. "
            "Install the newer program, or name another database in DATABASE_URL."
        )
    if not found.is_ready:
        raise NotMigratedError("The database is not at this program's version. Run: vric migrate")


async def migrate_all(database: Database, tell: Callable[[str], None]) -> None:
    """Bring schema and registry up to date."""
    before = await migrate(database)
    tell(f"schema: {before.current or 'empty'} → {before.needed}")
    registry = load_registry()
    async with database.unit_of_work() as work:
        count = await work.outlets.load(registry.outlets.values())
    tell(f"registry: {count} outlets")


class _Server(uvicorn.Server):
    """Leaves signals to whoever runs the bot, so that it stops in order."""

    @contextmanager
    def capture_signals(self) -> Any:  # noqa: ANN401 - a generator of nothing
        with nullcontext():
            yield
