"""Examines what the bot stands on, and says what to do about what is wrong."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from bot.configuration import load_houses, load_renderer, without_a_house
from bot.editorial.calendar import is_listed, next_deadline
from bot.editorial.house import House
from bot.editorial.house_file import HouseRefusedError
from bot.editorial.recurrence import ByDates
from bot.ports import Queue
from bot.settings import Settings, SettingsRefusedError, Transport, missing_for, settings_as_found
from bot.startup import UnusableFileError, refusal_of, sqlite_file, wall_clock
from db.database import Database, DatabaseUrlError
from db.schema import state, touch
from handlers.account import SlackUnavailableError, TokenRefusedError, account_of, new_socket
from handlers.app import slack_client
from handlers.manifest import BOT_SCOPES

_TAB_OFF = "messages_tab_disabled"
"""What Slack answers where the app's Messages Tab is off."""


@dataclass(frozen=True, slots=True)
class Examined:
    """One line: what was looked at, whether it is well, and what to do where it is not."""

    name: str
    ok: bool
    words: str


async def examine(settings: Settings | None = None) -> list[Examined]:
    """Look at everything, also after something was found wrong."""
    wrong: list[str] = []
    if settings is None:
        settings, wrong = settings_as_found()
    transport = settings.transport()
    wrong += missing_for(settings, transport)
    found = [Examined("settings", ok=False, words=reason) for reason in wrong]
    if not wrong:
        found.append(Examined("settings", ok=True, words=f"complete for {transport.value}"))
    found += _house(settings)
    found += [each async for each in _database(settings)]
    found += [each async for each in _slack(settings, transport)]
    return found


def _house(settings: Settings) -> list[Examined]:
    if not settings.vric_house.is_file():
        return []  # the settings said so
    try:
        house = load_houses(settings).default
    except HouseRefusedError as refusal:
        return [Examined("house", ok=False, words=f"mend {fault}") for fault in str(refusal).splitlines()]
    words = f"{house.title}, {len(house.sections)} sections, {house.calendar.zone}"
    return [Examined("house", ok=True, words=words), *_calendar(house), *_word_template(settings, house)]


def _calendar(house: House) -> list[Examined]:
    """Whether a house that lists its days says when the two issues end that members see ahead."""
    recurs = house.calendar.recurs
    if not isinstance(recurs, ByDates):
        return []
    first = next_deadline(house.calendar, wall_clock())
    is_well = is_listed(house.calendar, next_deadline(house.calendar, first))
    until = f"days are listed until {recurs.listed[-1]}"
    words = (
        until if is_well else f"{until}: add the next ones to “dates”, else the distance of the last two is repeated"
    )
    return [Examined("calendar", ok=is_well, words=words)]


def _word_template(settings: Settings, house: House) -> list[Examined]:
    template = settings.word_template
    if template is None or not template.is_file():
        return []  # the settings said so
    try:
        load_renderer(settings, house)
    except SettingsRefusedError as refusal:
        return [Examined("word template", ok=False, words=f"mend {reason}") for reason in refusal.reasons]
    return [Examined("word template", ok=True, words=f"{template} can be used")]


async def _database(settings: Settings) -> AsyncIterator[Examined]:
    try:
        database = Database(settings.database_url)
    except DatabaseUrlError as refusal:
        yield Examined("database", ok=False, words=str(refusal))
        return
    try:
        path = sqlite_file(database)
        if path is not None and not path.exists():
            yield Examined("database", ok=False, words=f"{path} is not there yet; run: vric migrate")
            return
        found = await state(database)
        yield await _written(database, is_ready=found.is_ready)
        words = f"at {found.current}" if found.is_ready else f"at {found.current or 'nothing'}; run: vric migrate"
        if not found.known:
            words = f"at {found.current}, of a newer program; install that, or name another database in DATABASE_URL"
        yield Examined("migrations", ok=found.is_ready, words=words)
        if found.is_ready:
            async with database.unit_of_work() as work:
                count = await work.outlets.count()
                desks = await work.desks.all()
                refused = await work.queues.count_parked(Queue.OUTBOX, _TAB_OFF)
            yield Examined("registry", ok=count > 0, words=f"{count} outlets" if count else "empty; run: vric migrate")
            for channel, name in without_a_house(settings, desks):
                yield Examined("house", ok=False, words=f"{channel} is a desk of “{name}”, which no file is")
            invited = f"{len(desks)}" if desks else "none yet; invite the bot into a channel and it becomes one"
            yield Examined("desks", ok=True, words=invited)
            yield _direct_messages(refused)
    except UnusableFileError as refusal:
        yield Examined("database", ok=False, words=str(refusal))
    except (SQLAlchemyError, OSError) as refusal:
        words = f"not reachable: {refusal_of(refusal)}. Check DATABASE_URL, then run: vric migrate"
        yield Examined("database", ok=False, words=words)
    finally:
        await database.close()


def _direct_messages(refused: int) -> Examined:
    """Whether Slack takes what is said to people in private; it tells nobody how the app's home is set before that."""
    words = "none was refused"
    if refused:
        words = (
            f"Slack refuses them ({_TAB_OFF}): {refused} parked. Under “App Home” switch the Messages Tab on and let"
            " people send messages from it, as in manifest.json; then run: vric queue --replay outbox"
        )
    return Examined("direct messages", ok=not refused, words=words)


async def _written(database: Database, *, is_ready: bool) -> Examined:
    """Whether the database takes what is written; before its first migration there is nothing to write."""
    try:
        if is_ready:
            await touch(database)
    except SQLAlchemyError as refusal:
        words = f"takes no writes: {refusal_of(refusal)}. Check DATABASE_URL, and the disk"
        return Examined("database", ok=False, words=words)
    return Examined("database", ok=True, words=f"reachable ({database.engine.dialect.name})")


async def _slack(settings: Settings, transport: Transport) -> AsyncIterator[Examined]:
    if not settings.slack_bot_token:
        yield Examined("slack", ok=False, words="not asked: set SLACK_BOT_TOKEN first")
        return
    client = slack_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
    try:
        account = await account_of(client)
    except (TokenRefusedError, SlackUnavailableError) as refusal:
        yield Examined("slack", ok=False, words=str(refusal))
    else:
        yield Examined("slack", ok=True, words=f"reachable, as {account.user} in {account.team}")
        lacking = sorted(set(BOT_SCOPES) - account.scopes)
        words = f"missing {', '.join(lacking)}: update the app from manifest.json and install it again"
        yield Examined("scopes", ok=not lacking, words=words if lacking else f"all {len(BOT_SCOPES)} granted")
    if transport is Transport.SOCKET and settings.slack_app_token:
        yield await _socket_mode(client, settings.slack_app_token.get_secret_value())


async def _socket_mode(client: AsyncWebClient, token: str) -> Examined:
    try:
        await new_socket(client, token)
    except (TokenRefusedError, SlackUnavailableError) as refusal:
        return Examined("socket mode", ok=False, words=str(refusal))
    return Examined("socket mode", ok=True, words="permitted")
