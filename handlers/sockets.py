"""The Socket Mode side: Slack's requests over a socket that the bot opens."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from handlers.account import SlackUnavailableError, new_socket

log = structlog.get_logger()

_CONNECT_WITHIN_S = 20


class _Handler(AsyncSocketModeHandler):
    """Answers what it has taken before it hangs up; what comes in meanwhile is left to Slack, which sends it again."""

    def __init__(self, app: AsyncApp, app_token: str) -> None:
        super().__init__(app, app_token)
        self._in_hand = 0
        self._leaving = False
        self._idle = asyncio.Event()
        self._idle.set()

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override] # as Bolt's own
        if self._leaving:
            return
        self._in_hand += 1
        self._idle.clear()
        try:
            await super().handle(client, req)
        finally:
            self._in_hand -= 1
            if not self._in_hand:
                self._idle.set()

    async def leave(self, within_s: float) -> None:
        self._leaving = True
        try:
            await asyncio.wait_for(self._idle.wait(), within_s)
        except TimeoutError:
            log.warning("requests given up", count=self._in_hand)
        await self.close_async()  # type: ignore[no-untyped-call] # Bolt leaves this one untyped


@asynccontextmanager
async def connected(app: AsyncApp, app_token: str, *, stop_within_s: float) -> AsyncIterator[None]:
    """Listen over Socket Mode.

    The first address is asked for here: Slack's client tries a refused token again for ever.

    Raises:
        TokenRefusedError: Slack does not take the app-level token.
        SlackUnavailableError: Slack cannot be reached.
    """
    url = await new_socket(app.client, app_token)
    handler = _Handler(app, app_token)
    handler.client.wss_uri = url
    try:
        await _connect(handler, urlsplit(url).netloc)
        yield
    finally:
        await handler.leave(stop_within_s)


async def _connect(handler: AsyncSocketModeHandler, place: str) -> None:
    try:
        await asyncio.wait_for(handler.connect_async(), _CONNECT_WITHIN_S)  # type: ignore[no-untyped-call] # the same
    except TimeoutError:
        words = f"Slack gives a socket at {place}, and it cannot be opened. Check the network, or use --http."
        raise SlackUnavailableError(words) from None
