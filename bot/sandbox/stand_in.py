"""The stand-in workspace as a server on loopback."""

import socket
from collections.abc import Mapping, Sequence
from datetime import timedelta
from ipaddress import ip_address
from json import dumps
from pathlib import Path
from re import search
from secrets import token_hex
from typing import Any, Self

from starlette.applications import Starlette
from starlette.requests import Request as WebRequest
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from bot.sandbox import events
from bot.sandbox.administration import Administration
from bot.sandbox.calls import Call, Calls, Fault, Held
from bot.sandbox.clock import MovableClock
from bot.sandbox.delivery import PATIENCE_S, Deliverer, Delivery
from bot.sandbox.member import Member
from bot.sandbox.modals import Modals
from bot.sandbox.page_api import Coming, nothing_is_planned, page_routes
from bot.sandbox.records import Message, Refusal
from bot.sandbox.response_urls import ResponseUrls
from bot.sandbox.server import Server
from bot.sandbox.transport import Kind, Request
from bot.sandbox.web_api import WebApi
from bot.sandbox.workspace import Workspace

_REAL_TOKEN = r"xox[a-z]-\d{6,}|xapp-\d-[A-Z0-9]{6,}"  # noqa: S105 - what one looks like


class StandIn:
    """One workspace, one app. It binds loopback only, makes its own tokens, and reads none from anywhere."""

    def __init__(
        self,
        manifest: Mapping[str, Any],
        *,
        clock: MovableClock,
        host: str = "127.0.0.1",
        port: int = 0,
        patience_s: float = PATIENCE_S,
    ) -> None:
        if not ip_address(host).is_loopback:
            raise ValueError("The sandbox is for this machine only.")
        if search(_REAL_TOKEN, dumps(manifest)):
            raise ValueError("There is a real token in the manifest. The sandbox takes none.")
        self.clock = clock
        self.bot_token = f"xoxb-sandbox-{token_hex(12)}"
        self.app_token = f"xapp-sandbox-{token_hex(12)}"
        self.signing_secret = token_hex(16)
        self.workspace = Workspace(clock)
        self.modals = Modals(self.workspace, clock)
        self.samples: list[dict[str, str]] = []
        self.coming: Coming = nothing_is_planned
        self.deliverer = Deliverer(
            signing_secret=self.signing_secret, app_id=self.workspace.app_id, clock=clock, patience_s=patience_s
        )
        self._features = manifest.get("features", {})
        self._subscribed = frozenset(manifest["settings"].get("event_subscriptions", {}).get("bot_events", ()))
        self._responses = ResponseUrls(self.workspace, clock, self.emit)
        self._api = WebApi(self.workspace, self.modals, manifest, clock=clock, echo=self.emit, url=lambda: self.url)
        self._calls = Calls(
            self._api,
            bot_token=self.bot_token,
            app_token=self.app_token,
            clock=clock,
            tell=self.workspace.changed,
        )
        self.admins = Administration(self.workspace, self.emit, self.settled)
        self._host = host
        self._port = port
        self._server: Server | None = None
        self._forget_clock = clock.on_move(self._moved)

    @property
    def url(self) -> str:
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}"

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    @property
    def request_url(self) -> str | None:
        """Where the app takes requests; None where it opens sockets instead."""
        return self.deliverer.request_url

    @request_url.setter
    def request_url(self, url: str | None) -> None:
        self.deliverer.request_url = url
        self.workspace.changed()

    @property
    def calls(self) -> Sequence[Call]:
        """The Web API calls that were made, oldest first."""
        return self._calls.made

    @property
    def deliveries(self) -> Sequence[Delivery]:
        """What was sent to the app, in the order of its answers."""
        return self.deliverer.deliveries

    @property
    def commands(self) -> frozenset[str]:
        return frozenset(each["command"] for each in self._features.get("slash_commands", ()))

    @property
    def shortcuts(self) -> Sequence[Mapping[str, str]]:
        return tuple(self._features.get("shortcuts", ()))

    @property
    def takes_direct_messages(self) -> bool:
        home = self._features.get("app_home", {})
        return bool(home.get("messages_tab_enabled", True)) and not home.get("messages_tab_read_only_enabled", False)

    async def start(self) -> None:
        """Bind and serve; a port in use is refused at once, with OSError."""
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        listener = socket.create_server((self._host, self._port), family=family)
        self._port = int(listener.getsockname()[1])
        self._server = Server(self._application(), listener)
        await self._server.start()

    async def close(self) -> None:
        """Hang up on everybody and stop serving; closing again does nothing."""
        self._forget_clock()
        self.workspace.changes.end()
        await self.deliverer.close()
        if self._server is not None:
            await self._server.stop()
        self._calls.close()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def record_to(self, path: Path) -> None:
        """Append every call to a file, as a JSON line of method and arguments."""
        self._calls.record_to(path)

    def member(self, name: str) -> Member:
        """A person of the workspace, who can post, click and type."""
        return Member(self, self.workspace.user(name))

    def messages(self, channel: str) -> list[Message]:
        """What everybody sees in a channel, outside threads."""
        found = self.workspace.log[self.workspace.channel(channel).id]
        return [m for m in found if m.seen_by is None and (not m.is_reply or m.subtype == "thread_broadcast")]

    def thread(self, channel: str, ts: str) -> list[Message]:
        """The replies to a message."""
        return self.workspace.thread(self.workspace.channel(channel).id, ts)

    def fault(
        self, method: str, kind: str, *, times: int = 1, retry_after: int = 1, channel: str | None = None
    ) -> None:
        """Make the next calls of a method fail, in one channel or in all.

        `kind` is `ratelimited`, `500_before`, `500_after` (done, then an error), `hang_after` (done, then the
        connection drops), or an error code of Slack's.
        """
        place = self.workspace.channel(channel).id if channel else None
        self._calls.add_fault(Fault(method, kind, times, retry_after, place))

    def locks_out(self, code: str | None) -> None:
        """From now on every call with the bot's token is refused with this code; None lets the bot in again."""
        self._calls.locked_out = code

    def is_misset(self, off: timedelta, lacks: str) -> None:
        """From now on answers are dated so far from the clock, and a scope is granted no more."""
        self._calls.date_off = off
        self._api.loses(lacks)

    async def says_farewell(self, kind: str) -> None:
        """Tell the app that it was uninstalled, or that its token was revoked."""
        self.emit(kind, {"tokens": {"oauth": [], "bot": [self.workspace.bot.id]}} if kind == "tokens_revoked" else {})
        await self.settled()

    def holds(self, method: str) -> Held:
        """The next call of a method is answered only when it is released."""
        return self._calls.hold(method)

    def lags(self, seconds: float) -> None:
        """From now on history hides messages that are younger than this by the workspace's clock."""
        self.workspace.history_lag_s = seconds

    def calm(self) -> None:
        """Ask for no more faults: what was not met yet is forgotten, and history shows everything at once."""
        self._calls.calm()
        self.workspace.history_lag_s = 0

    def emit(self, kind: str, event: Mapping[str, Any]) -> None:
        """Deliver an event to the app if it subscribed to it, holds a scope for it, and is there to see it."""
        item = event.get("item") or event
        channel = self.workspace.channels.get(str(item.get("channel")))
        name = events.subscription(kind, channel)
        scopes = events.SCOPES_OF_EVENTS.get(name)
        if name not in self._subscribed or (scopes and not self._api.scopes.intersection(scopes)):
            return
        if channel is not None and self.workspace.bot.id not in channel.members:
            return
        shared = channel is not None and any(self.workspace.users[user].is_stranger for user in channel.members)
        at = self.clock().timestamp()
        self.deliverer.send(events.envelope(self.workspace, {"type": kind, **event}, at, shared=shared))

    def emit_change(self, message: Message, before: Mapping[str, Any]) -> None:
        """Deliver that a message changed."""
        channel = self.workspace.channels[message.channel]
        self.emit("message", events.changed(message, before, channel, self.workspace.next_ts()))

    async def invites_bot(self, channel: str, by: str = "ana") -> None:
        """Somebody invites the app into a channel."""
        await self.joins(channel, self.workspace.bot.name, by=by)

    async def joins(self, channel: str, name: str, *, by: str | None = None) -> None:
        """Somebody comes into a channel, by invitation or by themselves."""
        found, user = self.workspace.channel(channel), self.workspace.user(name)
        found.members.add(user.id)
        self.workspace.changed()
        inviter = self.workspace.user(by).id if by else None
        event = events.moved(user.id, found, self.workspace.next_ts(), joined=True, inviter=inviter)
        self.emit(str(event["type"]), event)
        await self.settled()

    async def leaves(self, channel: str, name: str) -> None:
        """Somebody leaves a channel."""
        found, user = self.workspace.channel(channel), self.workspace.user(name)
        event = events.moved(user.id, found, self.workspace.next_ts(), joined=False)
        self.emit(str(event["type"]), event)
        found.members.discard(user.id)
        self.workspace.changed()
        await self.settled()

    async def archives(self, channel: str, *, back: bool = False, by: str = "ana") -> None:
        """Somebody closes a channel for good, or opens it again."""
        found = self.workspace.channel(channel)
        found.is_archived = not back
        self.workspace.changed()
        name = f"{found.kind}_{'unarchive' if back else 'archive'}"
        self.emit(name, {"channel": found.id, "user": self.workspace.user(by).id, "event_ts": self.workspace.next_ts()})
        await self.settled()

    async def unfurls(self, channel: str, ts: str, preview: Mapping[str, Any] | None = None) -> None:
        """Slack adds a preview to a message: it changed, its links did not."""
        message = self.workspace.message(self.workspace.channel(channel).id, ts)
        before = message.as_slack()
        shown = preview or {"id": 1, "from_url": "https://preview.example/", "title": "Preview", "fallback": "Preview"}
        message.attachments = [*message.attachments, dict(shown)]
        self.workspace.changed(message)
        self.emit_change(message, before)
        await self.settled()

    async def detects_language(self, channel: str, ts: str) -> None:
        """Slack looks at the language of a message: an event says that it changed, and nothing in it did."""
        message = self.workspace.message(self.workspace.channel(channel).id, ts)
        self.emit_change(message, message.as_slack())
        await self.settled()

    async def delivers(self, request: Request) -> Delivery:
        """Deliver to the app and wait for its answer."""
        return await self.deliverer.deliver(request)

    def lose_deliveries(self, count: int) -> None:
        """The next first deliveries of events never reach the app: only their retries do."""
        self.deliverer.lost += count

    async def redelivers(
        self, event_id: str, *, times: int = 1, retry_num: int = 1, reason: str = "http_timeout"
    ) -> None:
        """Send an event again as retries, with the body that was sent before."""
        body = next(each.body for each in self.deliveries if each.body.get("event_id") == event_id)
        for attempt in range(retry_num, retry_num + times):
            await self.delivers(Request(Kind.EVENT, body, attempt, reason))
        await self.settled()

    async def disconnects(self, reason: str = "refresh_requested") -> None:
        """Ask the app to open its sockets anew."""
        await self.deliverer.disconnect(reason)

    def breaks_sockets(self, *, silently: bool = False) -> None:
        """Reset the app's sockets, or leave them open and dead."""
        if self._server is not None and silently:
            self.deliverer.sockets.silence()
            self._server.silence_sockets()
        elif self._server is not None:
            self._server.break_sockets()

    async def settled(self) -> None:
        """Wait until nothing is on its way to the app."""
        await self.deliverer.settled()

    def new_response_url(self, user: str, channel: str, ts: str | None) -> str:
        return f"{self.url}/response/{self._responses.new(user, channel, ts)}"

    def answers_in_place(self, user: str, channel: str, answer: Mapping[str, Any]) -> None:
        """Show what the app answered to a command at once."""
        try:
            self._responses.show(user, channel, None, answer)
        except Refusal as refusal:
            self.workspace.notice(user, f"The app's answer cannot be shown ({refusal.code}).")

    def _moved(self) -> None:
        self.workspace.changed()
        self.deliverer.fire_due()

    def _application(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/api/{method}", self._calls.answer, methods=["GET", "POST"]),
                Route("/response/{key}", self._respond, methods=["POST"]),
                Route("/files-pri/{team}-{file_id}/{rest:path}", self._calls.download, methods=["GET"]),
                Route("/upload/{file_id}", self._upload, methods=["POST"]),
                WebSocketRoute("/link/", self._link),
                *page_routes(self),
            ]
        )

    async def _respond(self, request: WebRequest) -> Response:
        try:
            self._responses.use(str(request.path_params["key"]), await request.json())
        except Refusal as refusal:
            status = 404 if refusal.code in {"expired_url", "used_url"} else 400
            return JSONResponse({"ok": False, "error": refusal.code, **refusal.more}, status)
        return JSONResponse({"ok": True})

    async def _upload(self, request: WebRequest) -> Response:
        content = await request.body()
        if request.headers.get("content-type", "").startswith("multipart/"):
            content = content.partition(b"\r\n\r\n")[2].rpartition(b"\r\n--")[0]
        stored = self._api.store_upload(str(request.path_params["file_id"]), content)
        return PlainTextResponse(f"OK - {len(content)}") if stored else PlainTextResponse("no such upload", 404)

    async def _link(self, connection: WebSocket) -> None:
        if not self._api.take_ticket(connection.query_params.get("ticket", "")):
            await connection.close(1008)
            return
        self.workspace.changed()
        await self.deliverer.serve_socket(connection)
        self.workspace.changed()
