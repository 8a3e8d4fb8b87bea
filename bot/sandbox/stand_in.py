"""The stand-in workspace as a server on loopback."""

import asyncio
import json
import secrets
import socket
from collections import Counter
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from bot.sandbox.clock import MovableClock
from bot.sandbox.delivery import Deliverer
from bot.sandbox.events import envelope
from bot.sandbox.member import Member
from bot.sandbox.page_api import page_routes
from bot.sandbox.web_api import WebApi
from bot.sandbox.workspace import Message, Refusal, Workspace

_RESPONSE_URL_USES = 5
_RESPONSE_URL_LIFE = timedelta(minutes=30)
_JSON_ARGS = frozenset({"blocks", "view", "metadata", "files", "attachments"})
_CALLS_KEPT = 2000


@dataclass(frozen=True, slots=True)
class Call:
    """A Web API call as it came, without its token."""

    n: int
    method: str
    args: Mapping[str, Any]
    ok: bool
    error: str | None
    at: datetime


@dataclass(slots=True)
class _Fault:
    method: str
    kind: str
    times: int
    retry_after: int


@dataclass(slots=True)
class _ResponseUrl:
    user: str
    channel: str
    ts: str | None
    until: datetime
    uses: int = _RESPONSE_URL_USES


class StandIn:
    """One workspace, one app. It binds loopback only, makes its own tokens, and reads none from anywhere."""

    def __init__(self, manifest: Mapping[str, Any], *, clock: MovableClock, port: int = 0) -> None:
        self.clock = clock
        self.manifest = manifest
        self.bot_token = f"xoxb-sandbox-{secrets.token_hex(12)}"
        self.app_token = f"xapp-sandbox-{secrets.token_hex(12)}"
        self.signing_secret = secrets.token_hex(16)
        self.workspace = Workspace(clock)
        self.deliverer = Deliverer(signing_secret=self.signing_secret, clock=clock)
        self.calls: list[Call] = []
        self.samples: list[dict[str, str]] = []
        self._scopes = frozenset(manifest["oauth_config"]["scopes"]["bot"])
        self._events = frozenset(manifest["settings"]["event_subscriptions"]["bot_events"])
        self.api = WebApi(self.workspace, clock=clock, scopes=self._scopes, url=lambda: self.url, echo=self.emit)
        self._faults: list[_Fault] = []
        self._response_urls: dict[str, _ResponseUrl] = {}
        self._record: TextIO | None = None
        self._count: Counter[str] = Counter()
        self._port = port
        self._server: uvicorn.Server | None = None
        self._serving: asyncio.Task[None] | None = None
        clock.on_move(self._moved)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

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

    async def start(self) -> None:
        """Bind and serve; a port in use is refused at once, with OSError."""
        listener = socket.create_server(("127.0.0.1", self._port))
        self._port = int(listener.getsockname()[1])
        config = uvicorn.Config(
            self._application(), log_config=None, lifespan="off", ws="websockets-sansio", timeout_graceful_shutdown=1
        )
        self._server = _QuietServer(config)
        self._serving = asyncio.create_task(self._server.serve(sockets=[listener]))
        while not self._server.started:  # noqa: ASYNC110 - uvicorn offers a flag, no event
            await asyncio.sleep(0.005)

    async def close(self) -> None:
        await self.deliverer.close()
        if self._server is not None and self._serving is not None:
            self._server.should_exit = True
            await self._serving
        if self._record is not None:
            self._record.close()
            self._record = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def record_to(self, path: Path) -> None:
        """Append every call to a file, as a JSON line of method and arguments."""
        self._record = path.open("a", encoding="utf-8")

    def member(self, name: str) -> Member:
        """A person of the workspace, who can post, click and type."""
        return Member(self, self.workspace.user(name))

    def messages(self, channel: str) -> list[Message]:
        """What everybody sees in a channel, outside threads."""
        found = self.workspace.log[self.workspace.channel(channel).id]
        return [m for m in found if m.thread_ts in (None, m.ts) and m.seen_by is None]

    def thread(self, channel: str, ts: str) -> list[Message]:
        return self.workspace.thread(self.workspace.channel(channel).id, ts)

    def fault(self, method: str, kind: str, *, times: int = 1, retry_after: int = 1) -> None:
        """Make the next calls of a method fail.

        `kind` is `ratelimited`, `500_before`, `500_after` (done, then an error), `hang_after` (done, then nothing),
        or an error code of Slack's.
        """
        self._faults.append(_Fault(method, kind, times, retry_after))

    def emit(self, kind: str, event: Mapping[str, Any]) -> None:
        """Deliver an event to the app if it is subscribed to it."""
        if kind == "message":
            subscribed = {"channel": "message.channels", "group": "message.groups", "im": "message.im"}
            name = subscribed[str(event.get("channel_type") or "channel")]
            channel = self.workspace.channels.get(str(event.get("channel")))
            if channel is None or self.workspace.bot.id not in channel.members:
                return
        else:
            name = kind
        if name in self._events:
            self.deliverer.send("events_api", envelope(self.workspace, {"type": kind, **event}))

    async def invites_bot(self, channel: str, by: str = "ana") -> None:
        """Somebody invites the app into a channel."""
        found = self.workspace.channel(channel)
        found.members.add(self.workspace.bot.id)
        self.workspace.changed()
        self.emit(
            "member_joined_channel",
            {
                "user": self.workspace.bot.id,
                "channel": found.id,
                "channel_type": found.id[0],
                "team": "T0SANDBOX",
                "inviter": self.workspace.user(by).id,
                "event_ts": self.workspace.next_ts(),
            },
        )
        await self.settled()

    async def unfurls(self, channel: str, ts: str) -> None:
        """Slack adds a preview to a message: it changed, its links did not."""
        message = self.workspace.message(self.workspace.channel(channel).id, ts)
        before = message.as_slack()
        message.attachments = [{"from_url": "https://preview.example/", "title": "Preview", "id": 1}]
        self.workspace.changed(message)
        self.emit_change(message, before)
        await self.settled()

    def emit_change(self, message: Message, before: Mapping[str, Any]) -> None:
        channel = self.workspace.channels[message.channel]
        self.emit(
            "message",
            {
                "subtype": "message_changed",
                "hidden": True,
                "channel": channel.id,
                "channel_type": channel.kind,
                "ts": self.workspace.next_ts(),
                "event_ts": self.workspace.next_ts(),
                "message": message.as_slack(),
                "previous_message": dict(before),
            },
        )

    async def redelivers(self, event_id: str, *, times: int = 1) -> None:
        """Send an event again as retries, with the body that was sent before."""
        body = next(d.body for d in self.deliverer.deliveries if d.body.get("event_id") == event_id)
        for attempt in range(1, times + 1):
            await self.deliverer.deliver("events_api", body, attempt=attempt, reason="http_timeout")
        await self.settled()

    async def settled(self) -> None:
        """Wait until nothing is on its way to the app."""
        await self.deliverer.settled()

    def new_response_url(self, user: str, channel: str, ts: str | None) -> str:
        key = secrets.token_hex(8)
        self._response_urls[key] = _ResponseUrl(user, channel, ts, self.clock() + _RESPONSE_URL_LIFE)
        return f"{self.url}/response/{key}"

    def _moved(self) -> None:
        self.workspace.changed()
        self.deliverer.fire_due()

    def _application(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/api/{method}", self._web_api, methods=["GET", "POST"]),
                Route("/response/{key}", self._response, methods=["POST"]),
                Route("/upload/{file_id}", self._upload, methods=["POST"]),
                WebSocketRoute("/link/", self._link),
                *page_routes(self),
            ]
        )

    async def _web_api(self, request: Request) -> Response:
        method, args = request.path_params["method"], await _arguments(request)
        token = request.headers.get("authorization", "").removeprefix("Bearer ") or str(args.pop("token", ""))
        args.pop("token", None)
        fault = self._take_fault(method)
        wanted = self.app_token if method == "apps.connections.open" else self.bot_token
        headers = {"x-oauth-scopes": ",".join(sorted(self._scopes))}
        if fault is not None and fault.kind == "500_before":
            self._note(method, args, "500")
            return PlainTextResponse("upstream error", 500)
        try:
            _check(token, wanted, fault)
            answer = await self.api.call(method, args)
        except Refusal as refusal:
            self._note(method, args, refusal.code)
            body = {"ok": False, "error": refusal.code, **refusal.more}
            if refusal.code == "ratelimited":
                headers["Retry-After"] = str(body.pop("retry_after"))
                return JSONResponse(body, 429, headers)
            return JSONResponse(body, headers=headers)
        self._note(method, args, None)
        if fault is not None and fault.kind == "500_after":
            return PlainTextResponse("upstream error", 500)
        if fault is not None and fault.kind == "hang_after":
            return _HangUp()
        return JSONResponse(answer, headers=headers)

    def _take_fault(self, method: str) -> _Fault | None:
        for fault in self._faults:
            if fault.method == method and fault.times > 0:
                fault.times -= 1
                return fault
        return None

    def _note(self, method: str, args: Mapping[str, Any], error: str | None) -> None:
        self._count[method] += 1
        call = Call(sum(self._count.values()), method, dict(args), error is None, error, self.clock())
        self.calls.append(call)
        del self.calls[:-_CALLS_KEPT]
        if self._record is not None:
            self._record.write(json.dumps({"method": method, "args": call.args}, ensure_ascii=False) + "\n")
            self._record.flush()
        self.workspace.changed()

    async def _response(self, request: Request) -> Response:
        """An answer by `response_url`: five uses in thirty minutes."""
        known = self._response_urls.get(request.path_params["key"])
        if known is None or known.uses == 0 or self.clock() > known.until:
            return JSONResponse({"ok": False, "error": "used_url" if known else "expired_url"}, 404)
        known.uses -= 1
        self.answer_in_place(known.user, known.channel, known.ts, await request.json())
        return JSONResponse({"ok": True})

    def answer_in_place(self, user: str, channel_id: str, ts: str | None, answer: Mapping[str, Any]) -> None:
        """Show what the app answered to a click or command: to the person alone unless it says otherwise."""
        channel = self.workspace.channels[channel_id]
        blocks, text = list(answer.get("blocks") or []), str(answer.get("text") or "")
        if answer.get("delete_original") and ts is not None:
            self.workspace.remove(self.workspace.message(channel_id, ts))
        elif answer.get("replace_original") and ts is not None:
            message = self.workspace.message(channel_id, ts)
            message.text, message.blocks = text, blocks
            self.workspace.changed(message)
        elif answer.get("response_type") == "in_channel":
            bot = self.workspace.bot
            self.workspace.put(channel, bot.id, text, blocks=blocks, bot_id=self.workspace.bot_id)
        else:
            thread = self.workspace.message(channel_id, ts).thread_ts if ts is not None else None
            self.api.whisper(channel, user, text, blocks, thread)

    async def _upload(self, request: Request) -> Response:
        content = await request.body()
        if request.headers.get("content-type", "").startswith("multipart/"):
            content = content.partition(b"\r\n\r\n")[2].rpartition(b"\r\n--")[0]
        stored = self.api.store_upload(request.path_params["file_id"], content)
        return PlainTextResponse(f"OK - {len(content)}") if stored else PlainTextResponse("no such upload", 404)

    async def _link(self, connection: WebSocket) -> None:
        if not self.api.take_ticket(connection.query_params.get("ticket", "")):
            await connection.close(1008)
            return
        self.workspace.changed()
        await self.deliverer.serve_socket(connection)
        self.workspace.changed()


class _QuietServer(uvicorn.Server):
    """Leaves the process's signals alone: whoever started it also stops it."""

    def install_signal_handlers(self) -> None:
        """Do nothing."""

    def capture_signals(self) -> Any:  # noqa: ANN401 - a context manager
        return nullcontext()


class _HangUp(Response):
    """An answer that breaks off: the connection is closed before it is whole."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401, ARG002 - ASGI's signature
        headers = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        raise ConnectionAbortedError


def _check(token: str, wanted: str, fault: _Fault | None) -> None:
    if not token:
        raise Refusal("not_authed")
    if token != wanted:
        raise Refusal("invalid_auth")
    if fault is not None and fault.kind == "ratelimited":
        raise Refusal("ratelimited", {"retry_after": fault.retry_after})
    if fault is not None and fault.kind not in {"500_after", "hang_after"}:
        raise Refusal(fault.kind)


async def _arguments(request: Request) -> dict[str, Any]:
    """The arguments of a call from JSON, a form or the query, as JSON values."""
    args: dict[str, Any] = dict(request.query_params)
    if request.headers.get("content-type", "").startswith("application/json"):
        args |= json.loads(await request.body() or b"{}")
    else:
        args |= dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))
    for name in _JSON_ARGS & args.keys():
        if isinstance(args[name], str):
            args[name] = json.loads(args[name])
    return args
