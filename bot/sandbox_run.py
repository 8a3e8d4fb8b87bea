"""Runs the bot, unchanged, in its sandbox: a stand-in workspace, sample pages, and a clock that can be moved."""

import asyncio
import socket
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.catalogue import catalogue_of
from bot.desk.planning import plans_until
from bot.editorial.outlet import Control, Outlet
from bot.render import Renderer
from bot.sandbox.clock import MovableClock
from bot.sandbox.page_api import Coming, nothing_is_planned
from bot.sandbox.samples import SAMPLE_HOSTS, SAMPLE_OUTLETS, SampleSite
from bot.sandbox.stand_in import StandIn
from bot.serving import cannot_listen, until_asked_to_stop
from bot.settings import Transport, read_settings
from bot.startup import Bot, migrate_all, opened, running, serving_http, serving_socket
from db.database import Database
from handlers.blocks.calendar import moments_ahead
from handlers.manifest import manifest
from handlers.web import SLACK_PATH

_DATABASE = "sandbox.db"
_PLANNED_ISSUES = 2
_LOOKS_AHEAD = timedelta(days=70)
"""In so many days there are two issues of every house that publishes monthly or oftener."""


async def run_sandbox(*, port: int, transport: Transport, ready: Callable[[str], None]) -> None:
    """Serve the sandbox until the process is asked to stop; what happened in it is gone afterwards."""
    clock = MovableClock()
    async with until_asked_to_stop(), AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="vric-sandbox-")))
        with cannot_listen("127.0.0.1", port, setting="--port"):
            stand_in = await stack.enter_async_context(StandIn(manifest(), clock=clock, port=port))
        site = await stack.enter_async_context(SampleSite(clock))
        stand_in.samples = site.links()
        url = f"sqlite:///{folder / _DATABASE}"
        await _prepare(url)
        settings = read_settings(
            _env_file=None,
            slack_bot_token=stand_in.bot_token,
            slack_app_token=stand_in.app_token,
            slack_signing_secret=stand_in.signing_secret,
            slack_api_url=stand_in.api_url,
            database_url=url,
            vric_archive_url="none",
            vric_oembed_url="none",
        )
        pages = [(host, site.port) for host in SAMPLE_HOSTS]
        bot = await stack.enter_async_context(
            opened(settings, transport, clock=clock, allowed_pages=pages, beat_every_s=1)
        )
        stand_in.coming = _plan_of(bot, clock)
        stack.callback(setattr, stand_in, "coming", nothing_is_planned)
        await stack.enter_async_context(running(bot))
        if transport is Transport.HTTP:
            listener = socket.create_server(("127.0.0.1", 0))
            await stack.enter_async_context(serving_http(bot, listener))
            stand_in.request_url = f"http://127.0.0.1:{listener.getsockname()[1]}{SLACK_PATH}"
        else:
            await stack.enter_async_context(serving_socket(bot))
            await stand_in.deliverer.connected()
        await stand_in.invites_bot("#vric")
        stand_in.workspace.open_conversations()
        ready(stand_in.url)
        await asyncio.get_running_loop().create_future()


def _plan_of(bot: Bot, clock: MovableClock) -> Coming:
    """What the bot will do by itself, for the page: nobody has to work out to which moment the clock is to be moved."""
    render, words = Renderer(), catalogue_of("en")

    async def coming() -> Sequence[Mapping[str, Any]]:
        now = clock()
        plans = await plans_until(bot.desk.houses, bot.database.unit_of_work, (now + _LOOKS_AHEAD).date(), now=now)
        first = plans[0]
        moments = moments_ahead(replace(first, issues=first.issues[:_PLANNED_ISSUES]), render)
        zone = first.house.calendar.zone
        return [{"at": at.isoformat(), "when": words.moment(at, zone), "what": what} for at, what in moments]

    return coming


async def _prepare(url: str) -> None:
    """Migrate the sandbox's database and tell it who controls the outlets of the sample pages."""
    database = Database(url)
    try:
        await migrate_all(database, lambda _: None)
        outlets = [
            Outlet(domain=domain, name=name, country=country, control=Control(control), evidence="sample page")
            for domain, name, country, control in SAMPLE_OUTLETS
        ]
        async with database.unit_of_work() as work:
            await work.outlets.load(outlets)
    finally:
        await database.close()
