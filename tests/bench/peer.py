"""A Bolt app that listens to messages and does nothing with them: what the bot is measured against."""

import asyncio
import socket
from collections.abc import Mapping
from typing import Any

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.logs import configure_logs
from bot.serving import serving, until_asked_to_stop
from handlers.web import SLACK_PATH
from tests.bench.processes import answer, orders


async def live(given: Mapping[str, Any]) -> None:
    client = AsyncWebClient(token=given["token"], base_url=given["api_url"])
    app = AsyncApp(client=client, signing_secret=given["signing_secret"])

    @app.event("message")
    async def nothing() -> None: ...

    slack = AsyncSlackRequestHandler(app)

    async def from_slack(request: Request) -> Response:
        return await slack.handle(request)

    web = Starlette(routes=[Route(SLACK_PATH, from_slack, methods=["POST"])])
    listener = socket.create_server(("127.0.0.1", 0))
    async with until_asked_to_stop(), serving(web, listener, stop_within_s=3):
        answer(listener.getsockname()[1])
        await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    configure_logs("INFO")
    asyncio.run(live(orders()))
