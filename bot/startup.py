"""Opens the bot's parts in order and closes them in reverse: the one place where the edges meet."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.routing import Route

from bot.configuration import load_houses, load_renderer, without_a_house
from bot.desk import Desk
from bot.extract.fetch import Fetcher
from bot.extract.outlets import load_registry
from bot.extract.reader import PageReader, Services
from bot.extract.worker import Parser
from bot.metrics import CONTENT_TYPE, Metrics
from bot.ports import Clock
from bot.serving import keep_what_is_loaded, listen, serving, until_asked_to_stop
from bot.settings import Settings, SettingsRefusedError, Transport, missing_for
from bot.watching import Watch, watch_loop
from db.database import Database, is_outage
from db.schema import migrate, state, touch
from handlers.account import account_of
from handlers.alerts import Alerts
from handlers.app import Edge, create_edge, slack_client
from handlers.manifest import EVENT_TYPES
from handlers.people import SlackPeople
from handlers.pressure import Pressure
from handlers.probes import create_probes, probes
from handlers.reading import Reading
from handlers.sockets import connected
from handlers.web import SLACK_PATH, create_web
from handlers.workers import Step, Wake, Workers

log = structlog.get_logger()

_READERS = 4
_SENDERS = 3
"""One waits for Slack's answer while others post to other channels; a channel's lane keeps its messages in order."""

_STOP_WITHIN_S = 3
"""Each of requests, listeners and workers has this long to end what it has in hand: nine seconds in all."""

_SWITCH_AFTER_S = 0.000_5
"""How long the loop may keep SQLite's thread waiting to go on. The interpreter's own five milliseconds, spent at each
of the dozens of steps of a transaction, are longer than the transaction."""

_SQLITE = b"SQLite format 3\0"


class NotMigratedError(Exception):
    """The database is not there yet, or not at the version that this program needs."""


class UnusableFileError(Exception):
    """DATABASE_URL names a file that cannot hold the database."""


def wall_clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Bot:
    """The bot with everything opened and nothing running yet."""

    settings: Settings
    database: Database
    desk: Desk
    edge: Edge
    workers: Workers
    steps: tuple[Step, ...]
    watch: Watch
    metrics: Metrics


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
        SettingsRefusedError: with everything that is missing, or what is wrong with the template of the Word document.
        HouseRefusedError: with every fault of the house.
        NotMigratedError: the database must be migrated first.
        UnusableFileError: the file is no database, or may not be read and written.
        DBAPIError: the database cannot be reached, or takes no writes.
    """
    reasons = missing_for(settings, transport)
    if reasons or settings.slack_bot_token is None:
        raise SettingsRefusedError(reasons)
    houses = load_houses(settings)
    renderer = load_renderer(settings, houses.default)
    async with AsyncExitStack() as stack:
        database = Database(settings.database_url)
        stack.push_async_callback(database.close)
        await must_be_migrated(database)
        await touch(database)
        async with database.unit_of_work() as work:
            gone = without_a_house(settings, await work.desks.all())
        if gone:
            raise SettingsRefusedError(
                [f"{channel} is a desk of “{name}”, which no file in VRIC_HOUSES is." for channel, name in gone]
            )
        fetcher = Fetcher(contact="the desk that this link was dropped at", allowed=allowed_pages)
        stack.push_async_callback(fetcher.close)
        if parser is None:
            parser = Parser()
            stack.push_async_callback(parser.close)
        services = Services(oembed=settings.oembed_url, archive=settings.archive_url)
        metrics = Metrics(kinds=EVENT_TYPES)
        client = slack_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url, metrics.called)
        desk = Desk(
            houses=houses,
            unit_of_work=database.unit_of_work,
            pages=PageReader(fetcher, parser, clock, metrics.fetched, services),
            people=SlackPeople(client),
            copies_kept=timedelta(days=settings.vric_snapshot_days),
            renderer=renderer,
        )
        wake, pressure = Wake(), Pressure()
        secret = settings.slack_signing_secret
        edge = create_edge(
            client=client,
            signing_secret=secret.get_secret_value() if secret and transport is Transport.HTTP else None,
            desk=desk,
            unit_of_work=database.unit_of_work,
            hurried_unit_of_work=database.hurried_unit_of_work,
            render=renderer,
            clock=clock,
            beat_every_s=beat_every_s,
            bots=settings.bots,
            alerts=Alerts(settings.vric_alerts),
            is_outage=is_outage,
            wake=wake,
            metrics=metrics,
            pressure=pressure,
        )
        watch = Watch(database=database, ask_slack=lambda: account_of(client), metrics=metrics, clock=clock)

        async def take_next() -> bool:
            taken = await edge.intake.take_next()
            if taken:
                wake()  # there may be pages to read
            return taken

        async def refresh_homes() -> bool:
            return await desk.refresh_homes(now=clock())

        reading = Reading(desk=desk, clock=clock, wake=wake)
        steps: tuple[Step, ...] = (
            take_next,
            edge.catching_up.read_next,
            *(reading.read_next for _ in range(_READERS)),
            reading.look_at_next,
            refresh_homes,
            *(edge.sender.send_next for _ in range(_SENDERS)),
        )
        workers = Workers(steps, wake, pressure=pressure)
        yield Bot(settings, database, desk, edge, workers, steps, watch, metrics)


@asynccontextmanager
async def running(bot: Bot) -> AsyncIterator[None]:
    """Keep the workers and the heartbeat going; what is in hand is finished before they stop."""
    switching_s = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_AFTER_S)
    bot.workers.start()
    bot.edge.heartbeat.start()
    watching = asyncio.create_task(watch_loop(bot.metrics.lagged))
    try:
        yield
    finally:
        watching.cancel()
        bot.edge.heartbeat.stop()
        try:
            async with asyncio.timeout(_STOP_WITHIN_S):
                await bot.edge.in_flight.wait()
        except TimeoutError:
            log.warning("listeners given up")
        await bot.workers.stop(_STOP_WITHIN_S)
        sys.setswitchinterval(switching_s)


@asynccontextmanager
async def serving_http(bot: Bot, listener: socket.socket) -> AsyncIterator[None]:
    """Serve Slack's requests on a bound socket; those that are being answered are answered before it closes."""
    given = bot.settings.slack_signing_secret
    web = create_web(bot.edge.app, given.get_secret_value() if given else "", probes_of(bot))
    async with serving(web, listener, stop_within_s=_STOP_WITHIN_S):
        yield


def probes_of(bot: Bot) -> Sequence[Route]:
    return probes(ready=bot.watch.ready, figures=bot.watch.figures, content_type=CONTENT_TYPE)


@asynccontextmanager
async def serving_socket(bot: Bot) -> AsyncIterator[None]:
    """Listen over Socket Mode."""
    given = bot.settings.slack_app_token
    token = given.get_secret_value() if given else ""
    renewed = bot.edge.catching_up.ask
    async with connected(bot.edge.app, token, stop_within_s=_STOP_WITHIN_S, renewed=renewed):
        yield


async def run_until_stopped(
    settings: Settings, transport: Transport, *, ready: Callable[[str], None] = lambda _: None
) -> None:
    """Run the bot until the process is asked to stop.

    What takes requests is opened last and closed first, so that nothing comes in while the workers end.
    """
    async with until_asked_to_stop(), opened(settings, transport) as bot, AsyncExitStack() as stack:
        account = await account_of(bot.edge.app.client)
        if transport is Transport.HTTP:
            listener = listen(settings.host, settings.port)
            stack.callback(listener.close)
            await stack.enter_async_context(running(bot))
            await stack.enter_async_context(serving_http(bot, listener))
            place = f"[{settings.host}]" if ":" in settings.host else settings.host
            ready(f"{account.user} of {account.team} listens on http://{place}:{settings.port}{SLACK_PATH}")
        else:
            if "port" in settings.model_fields_set:
                listener = listen(settings.host, settings.port)
                stack.callback(listener.close)
                beside = serving(create_probes(probes_of(bot)), listener, stop_within_s=_STOP_WITHIN_S)
                await stack.enter_async_context(beside)
            await stack.enter_async_context(running(bot))
            await stack.enter_async_context(serving_socket(bot))
            ready(f"{account.user} of {account.team} is connected over Socket Mode")
        keep_what_is_loaded()
        await asyncio.get_running_loop().create_future()


async def must_be_migrated(database: Database) -> None:
    """Refuse a database of another version, and make none.

    Raises:
        NotMigratedError: with what to do.
        UnusableFileError: the file is no database, or may not be read and written.
    """
    path = sqlite_file(database)
    if path is not None and not path.exists():
        raise NotMigratedError(f"There is no database at {path} yet. Run: vric migrate")
    found = await state(database)
    if not found.known:
        raise NotMigratedError(
            f"The database is at version {found.current}, which this program does not know. "
            "Install the newer program, or name another database in DATABASE_URL."
        )
    if not found.is_ready:
        raise NotMigratedError("The database is not at this program's version. Run: vric migrate")


def refusal_of(error: SQLAlchemyError | OSError) -> str:
    """What a database or its driver says, without the statement that it refused."""
    said = getattr(error, "orig", None) or error
    return (said.strerror if isinstance(said, OSError) else None) or str(said).rstrip(".") or type(said).__name__


def sqlite_file(database: Database) -> Path | None:
    """The file of a SQLite database, which need not be there yet; None for PostgreSQL.

    Raises:
        UnusableFileError: it is no database, or may not be read and written.
    """
    url = database.engine.url
    if url.get_backend_name() != "sqlite":
        return None
    path = Path(str(url.database))
    if path.is_file() and not os.access(path, os.R_OK | os.W_OK):
        raise UnusableFileError(f"The database {path} may not be read and written by this user. Change its rights.")
    if path.exists() and not _is_sqlite(path):
        raise UnusableFileError(f"{path} is not a database. Name another file in DATABASE_URL.")
    return path


def _is_sqlite(path: Path) -> bool:
    """Whether a file begins as SQLite's do; an empty one is a database without tables."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) in {_SQLITE, b""}


async def migrate_all(database: Database, tell: Callable[[str], None]) -> None:
    """Bring schema and registry up to date; the folder of a SQLite file is made where it lacks."""
    path = sqlite_file(database)
    if path is not None:
        _make_folder(path.parent)
    before = await migrate(database)
    tell(f"schema: {before.current or 'empty'} → {before.needed}")
    registry = load_registry()
    async with database.unit_of_work() as work:
        count = await work.outlets.load(registry.outlets.values())
    tell(f"registry: {count} outlets")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as refusal:
        words = f"The folder {folder} cannot be made ({refusal.strerror}). Name another in DATABASE_URL."
        raise UnusableFileError(words) from None
