"""Opens a newsroom: the stand-in workspace, the press and the real bot, and closes them in reverse."""

import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from bot.extract.worker import Parser
from bot.sandbox.clock import MovableClock
from bot.sandbox.delivery import PATIENCE_S
from bot.sandbox.stand_in import StandIn
from bot.settings import Settings, Transport, read_settings
from bot.startup import Bot, opened, serving_http, serving_socket
from handlers.manifest import manifest
from handlers.web import SLACK_PATH
from tests.newsroom import MONDAY_MORNING, OUTLETS, Newsroom
from tests.press import Press


def secrets_of(stand_in: StandIn) -> dict[str, str]:
    """What a bot has to know to talk to this workspace, by setting."""
    return {
        "slack_bot_token": stand_in.bot_token,
        "slack_app_token": stand_in.app_token,
        "slack_signing_secret": stand_in.signing_secret,
        "slack_api_url": stand_in.api_url,
    }


ASKS_NOBODY = {"vric_archive_url": "none", "vric_oembed_url": "none"}
"""Settings of a bot that asks nobody but the pages themselves."""


def settings_for(stand_in: StandIn, database_url: str, **given: str) -> Settings:
    return read_settings(
        _env_file=None, **{"database_url": database_url, **secrets_of(stand_in), **ASKS_NOBODY, **given}
    )


@asynccontextmanager
async def open_newsroom(
    database_url: str,
    transport: Transport,
    parser: Parser,
    record_to: Path,
    *,
    patience_s: float = PATIENCE_S,
    **given: str,
) -> AsyncIterator[Newsroom]:
    """Open the stand-in, the press and the bot; close them in reverse. `given` are further settings of the bot."""
    clock = MovableClock(MONDAY_MORNING)
    async with AsyncExitStack() as stack:
        stand_in = await stack.enter_async_context(StandIn(manifest(), clock=clock, patience_s=patience_s))
        stand_in.record_to(record_to)
        press = await stack.enter_async_context(Press())
        running = await stack.enter_async_context(AsyncExitStack())

        async def start() -> Bot:
            await running.aclose()
            return await running.enter_async_context(
                open_bot(stand_in, database_url, transport, parser, press=press, clock=clock, **given)
            )

        bot = await start()
        async with bot.database.unit_of_work() as work:
            await work.outlets.load(OUTLETS)
        yield Newsroom(stand_in=stand_in, bot=bot, clock=clock, press=press, restart=start)


@asynccontextmanager
async def open_bot(
    stand_in: StandIn,
    database_url: str,
    transport: Transport,
    parser: Parser,
    *,
    press: Press,
    clock: MovableClock,
    **given: str,
) -> AsyncIterator[Bot]:
    """The real bot, reachable by the stand-in over a transport; its workers are left to the story."""
    asked = {"vric_archive_url": press.archive, "vric_oembed_url": press.oembed}
    settings = settings_for(stand_in, database_url, **asked, **given)
    async with (
        opened(settings, transport, clock=clock, allowed_pages=press.places, parser=parser) as bot,
        AsyncExitStack() as stack,
    ):
        if transport is Transport.HTTP:
            listener = socket.create_server(("127.0.0.1", 0))
            await stack.enter_async_context(serving_http(bot, listener))
            stand_in.request_url = f"http://127.0.0.1:{listener.getsockname()[1]}{SLACK_PATH}"
        else:
            await stack.enter_async_context(serving_socket(bot))
            await stand_in.deliverer.connected()
        yield bot
