"""The Socket Mode side: Slack's requests over a socket that the bot opens."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import monotonic
from urllib.parse import urlsplit

import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from handlers.account import SlackUnavailableError, TokenRefusedError, new_socket

log = structlog.get_logger()

_CONNECT_WITHIN_S = 20


@dataclass(frozen=True, slots=True)
class Pace:
    """How many connections there are, and how soon a silent one is noticed: well within a minute."""

    sockets: int = 2
    ping_every_s: float = 5
    watch_every_s: float = 2
    replace_after_s: float = 30


class _Handler(AsyncSocketModeHandler):
    """Answers what it has taken before it hangs up; what comes in meanwhile is left to Slack, which sends it again."""

    def __init__(self, app: AsyncApp, app_token: str, ping_every_s: float) -> None:
        super().__init__(app, app_token, ping_interval=ping_every_s)
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
            async with asyncio.timeout(within_s):
                await self._idle.wait()
        except TimeoutError:
            log.warning("requests given up", count=self._in_hand)
        await self.close_async()  # type: ignore[no-untyped-call] # Bolt leaves this one untyped


class _Sockets:
    """Holds several connections, so that events go on while Slack renews one, and replaces one that does not heal."""

    def __init__(self, app: AsyncApp, app_token: str, pace: Pace, renewed: Callable[[], None]) -> None:
        self._app = app
        self._app_token = app_token
        self._pace = pace
        self._renewed = renewed
        self._handlers: list[_Handler] = []
        self._sessions: list[object] = []
        self._well_at: list[float] = []

    async def open(self) -> None:
        for _ in range(self._pace.sockets):
            handler = await self._opened()
            self._handlers.append(handler)
            self._sessions.append(handler.client.current_session)
            self._well_at.append(monotonic())

    async def watch(self) -> None:
        """Look again and again; Slack's client renews its connection itself, and may hang in doing so."""
        while True:
            await asyncio.sleep(self._pace.watch_every_s)
            for place, handler in enumerate(self._handlers):
                socket = handler.client
                if not await socket.is_connected():
                    if monotonic() - self._well_at[place] >= self._pace.replace_after_s:
                        await self._replace(place)
                    continue
                self._well_at[place] = monotonic()
                if socket.current_session is not self._sessions[place]:
                    self._sessions[place] = socket.current_session
                    log.info("socket renewed", place=place)
                    self._renewed()

    async def close(self, within_s: float) -> None:
        await asyncio.gather(*(handler.leave(within_s) for handler in self._handlers))

    async def _opened(self) -> _Handler:
        url = await new_socket(self._app.client, self._app_token)
        handler = _Handler(self._app, self._app_token, self._pace.ping_every_s)
        handler.client.wss_uri = url
        try:
            await _connect(handler, urlsplit(url).netloc)
        except BaseException:
            await handler.leave(0)
            raise
        return handler

    async def _replace(self, place: int) -> None:
        self._well_at[place] = monotonic()
        try:
            fresh = await self._opened()
        except (SlackUnavailableError, TokenRefusedError) as trouble:
            log.warning("socket not replaced", place=place, reason=str(trouble))
            return
        old, self._handlers[place] = self._handlers[place], fresh
        self._sessions[place] = fresh.client.current_session
        log.warning("socket replaced", place=place)
        self._renewed()
        try:
            async with asyncio.timeout(self._pace.replace_after_s):
                await old.leave(0)
        except TimeoutError:
            log.warning("socket given up", place=place)


@asynccontextmanager
async def connected(
    app: AsyncApp,
    app_token: str,
    *,
    stop_within_s: float,
    renewed: Callable[[], None] = lambda: None,
    pace: Pace = Pace(),
) -> AsyncIterator[None]:
    """Listen over Socket Mode; `renewed` is told when a connection was lost and is there again.

    The first address is asked for here: Slack's client tries a refused token again for ever.

    Raises:
        TokenRefusedError: Slack does not take the app-level token.
        SlackUnavailableError: Slack cannot be reached.
    """
    sockets = _Sockets(app, app_token, pace, renewed)
    try:
        await sockets.open()
        watching = asyncio.create_task(sockets.watch())
        try:
            yield
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
    finally:
        await sockets.close(stop_within_s)


async def _connect(handler: AsyncSocketModeHandler, place: str) -> None:
    try:
        async with asyncio.timeout(_CONNECT_WITHIN_S):
            await handler.connect_async()  # type: ignore[no-untyped-call] # the same
    except TimeoutError:
        words = f"Slack gives a socket at {place}, and it cannot be opened. Check the network, or use --http."
        raise SlackUnavailableError(words) from None
