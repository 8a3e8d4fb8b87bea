"""A small Bolt app, and one that is no Bolt app at all, for the stand-in to deliver to."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox.server import Server
from bot.sandbox.stand_in import StandIn

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "newcomer"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "slash_commands": [{"command": "/vric", "description": "The desk"}],
        "shortcuts": [
            {"name": "Add to issue", "type": "message", "callback_id": "add_to_issue", "description": "Add a link"},
            {"name": "New item", "type": "global", "callback_id": "new_item", "description": "Write an item"},
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "app_mentions:read",
                "channels:history",
                "channels:join",
                "channels:read",
                "chat:write",
                "commands",
                "files:read",
                "files:write",
                "groups:history",
                "groups:read",
                "im:history",
                "im:read",
                "im:write",
                "reactions:read",
                "reactions:write",
                "team:read",
                "usergroups:read",
                "users:read",
            ]
        }
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": [
                "app_home_opened",
                "app_mention",
                "member_joined_channel",
                "member_left_channel",
                "message.channels",
                "message.groups",
                "message.im",
                "reaction_added",
                "reaction_removed",
                "subteam_members_changed",
                "subteam_updated",
                "user_change",
            ]
        }
    },
}


def manifest(*, without: tuple[str, ...] = (), **features: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """The newcomer's manifest without some scopes, and with other features."""
    scopes = [scope for scope in MANIFEST["oauth_config"]["scopes"]["bot"] if scope not in without]
    changed = {"oauth_config": {"scopes": {"bot": scopes}}, "features": {**MANIFEST["features"], **features}}
    return {**MANIFEST, **changed}


def client_of(stand_in: StandIn, token: str | None = None) -> AsyncWebClient:
    """Slack's own client, which never sends anything twice by itself."""
    return AsyncWebClient(token=token or stand_in.bot_token, base_url=stand_in.api_url, retry_handlers=[], timeout=5)


def bolt_app(stand_in: StandIn) -> AsyncApp:
    """A Bolt app that answers Slack only when its listener is done."""
    return AsyncApp(
        client=client_of(stand_in),
        signing_secret=stand_in.signing_secret,
        process_before_response=True,
        logger=logging.getLogger("tests.newcomer"),
    )


@asynccontextmanager
async def over_http(stand_in: StandIn, app: AsyncApp) -> AsyncIterator[None]:
    """The app takes requests at an address of its own."""
    slack = AsyncSlackRequestHandler(app)

    async def events(request: Request) -> Response:
        return await slack.handle(request)

    async with serving(events) as url:
        stand_in.request_url = url
        yield


@asynccontextmanager
async def over_sockets(stand_in: StandIn, app: AsyncApp) -> AsyncIterator[None]:
    """The app opens a socket."""
    handler = AsyncSocketModeHandler(app, stand_in.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call] # Bolt leaves this one untyped
    await stand_in.deliverer.connected()
    try:
        yield
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call] # the same


@dataclass
class Endpoint:
    """Takes requests as they come, and answers with what it was told to."""

    answers: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    requests: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    waits_for: asyncio.Event | None = None
    _more: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def __call__(self, request: Request) -> Response:
        body = await request.body()
        async with self._more:
            self.requests.append((dict(request.headers), body))
            self._more.notify_all()
        status = self.answers.pop(0) if self.answers else 200
        if self.waits_for is not None:
            await self.waits_for.wait()
        return Response(status_code=status, headers=self.headers)

    async def took(self, count: int) -> None:
        """Wait until so many requests have come."""
        async with self._more:
            await self._more.wait_for(lambda: len(self.requests) >= count)


@asynccontextmanager
async def serving(endpoint: Callable[[Request], Any]) -> AsyncIterator[str]:
    """Serve one endpoint on loopback; gives its URL."""

    async def answer(request: Request) -> Response:
        found: Response = await endpoint(request)
        return found

    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    server = Server(Starlette(routes=[Route("/slack/events", answer, methods=["POST"])]), listener)
    await server.start()
    try:
        yield f"http://127.0.0.1:{port}/slack/events"
    finally:
        await server.stop()
