"""Examines what the bot stands on, and says what to do about what is wrong."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from bot.editorial.house_file import HouseRefusedError
from bot.settings import Settings, SettingsRefusedError, Transport, missing_for, read_settings
from bot.startup import load_house
from db.database import Database, DatabaseUrlError
from db.schema import state
from handlers.app import slack_client
from handlers.manifest import BOT_SCOPES


@dataclass(frozen=True, slots=True)
class Examined:
    """One line: what was looked at, whether it is well, and what to do where it is not."""

    name: str
    ok: bool
    words: str


async def examine(settings: Settings | None = None) -> list[Examined]:
    """Look at everything, also after something was found wrong."""
    try:
        settings = settings or read_settings()
    except SettingsRefusedError as refusal:
        return [Examined("settings", ok=False, words=reason) for reason in refusal.reasons]
    transport = settings.transport()
    reasons = missing_for(settings, transport)
    found = [Examined("settings", ok=False, words=reason) for reason in reasons]
    if not reasons:
        found.append(Examined("settings", ok=True, words=f"complete for {transport.value}"))
    found.append(_house(settings))
    found += [each async for each in _database(settings)]
    found += [each async for each in _slack(settings, transport)]
    return found


def _house(settings: Settings) -> Examined:
    try:
        house = load_house(settings)
    except HouseRefusedError as refusal:
        return Examined("house", ok=False, words=f"mend {refusal}")
    except OSError as refusal:
        return Examined("house", ok=False, words=f"{settings.vric_house} cannot be read: {refusal.strerror}")
    return Examined("house", ok=True, words=f"{house.title}, {len(house.sections)} sections, {house.calendar.zone}")


async def _database(settings: Settings) -> AsyncIterator[Examined]:
    try:
        database = Database(settings.database_url)
    except DatabaseUrlError as refusal:
        yield Examined("database", ok=False, words=str(refusal))
        return
    try:
        found = await state(database)
        yield Examined("database", ok=True, words=f"reachable ({database.engine.dialect.name})")
        words = f"at {found.current}" if found.is_ready else f"at {found.current or 'nothing'}; run: vric migrate"
        if not found.known:
            words = f"at {found.current}, of a newer program; install that, or name another database in DATABASE_URL"
        yield Examined("migrations", ok=found.is_ready, words=words)
        if found.is_ready:
            async with database.unit_of_work() as work:
                count = await work.outlets.count()
                desks = await work.desks.all()
            yield Examined("registry", ok=count > 0, words=f"{count} outlets" if count else "empty; run: vric migrate")
            invited = f"{len(desks)}" if desks else "none yet; invite the bot into a channel and it becomes one"
            yield Examined("desks", ok=True, words=invited)
    except (SQLAlchemyError, OSError) as refusal:
        reason = getattr(refusal, "orig", None) or refusal
        yield Examined(
            "database", ok=False, words=f"not reachable: {reason}. Check DATABASE_URL, then run: vric migrate"
        )
    finally:
        await database.close()


async def _slack(settings: Settings, transport: Transport) -> AsyncIterator[Examined]:
    if settings.slack_bot_token is None:
        yield Examined("slack", ok=False, words="not asked: there is no token")
        return
    client = slack_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
    try:
        answer = await client.auth_test()
    except SlackApiError as refusal:
        code = refusal.response.get("error", "no answer")
        yield Examined(
            "slack", ok=False, words=f"refuses the bot's token ({code}): install the app again and copy its token"
        )
        return
    except (aiohttp.ClientError, TimeoutError) as refusal:
        yield Examined("slack", ok=False, words=f"not reachable at {settings.slack_api_url} ({type(refusal).__name__})")
        return
    yield Examined("slack", ok=True, words=f"reachable, as {answer['user']} in {answer['team']}")
    granted = set(filter(None, str(answer.headers.get("x-oauth-scopes", "")).replace(" ", "").split(",")))
    lacking = sorted(set(BOT_SCOPES) - granted)
    words = f"missing {', '.join(lacking)}: update the app from manifest.json and install it again"
    yield Examined("scopes", ok=not lacking, words=words if lacking else f"all {len(BOT_SCOPES)} granted")
    if transport is Transport.SOCKET and settings.slack_app_token is not None:
        yield await _socket_mode(client, settings.slack_app_token.get_secret_value())


async def _socket_mode(client: AsyncWebClient, token: str) -> Examined:
    try:
        await client.apps_connections_open(app_token=token)
    except SlackApiError as refusal:
        code = refusal.response.get("error", "no answer")
        words = f"refused ({code}): make an app-level token with connections:write, and switch Socket Mode on"
        return Examined("socket mode", ok=False, words=words)
    return Examined("socket mode", ok=True, words="permitted")
