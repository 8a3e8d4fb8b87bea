"""The two ways to the app: signed HTTP requests to its address, and frames over the sockets that it opened."""

import asyncio
import hashlib
import hmac
import json
import secrets
import ssl
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

import httpx
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

MOST_SOCKETS = 10
_HOST = "applink-sandbox"


class Kind(StrEnum):
    """What is delivered, by the names of Socket Mode."""

    EVENT = "events_api"
    INTERACTION = "interactive"
    COMMAND = "slash_commands"


class UnreachableError(Exception):
    """The app could not be reached; `reason` is what Slack says with the next try."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Request:
    """One delivery on its way."""

    kind: Kind
    body: Mapping[str, Any]
    attempt: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the app answered: a status, the body as JSON or text, and whether it asks not to be tried again."""

    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict)
    no_retry: bool = False


class HttpTransport:
    """Posts to one address, signed."""

    def __init__(self, signing_secret: str) -> None:
        self._signing_secret = signing_secret
        no_authorities = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # the app listens on loopback, without TLS
        self._client = httpx.AsyncClient(trust_env=False, timeout=None, verify=no_authorities)  # noqa: S113 - whoever sends sets the time limit

    async def send(self, url: str, request: Request) -> Answer:
        """Post and take the answer; `headers` of the answer are those that were sent."""
        content, headers = self._encoded(request)
        try:
            answer = await self._client.post(url, content=content, headers=headers)
        except httpx.HTTPError as error:
            raise UnreachableError("connection_failed") from error
        no_retry = answer.headers.get("x-slack-no-retry") == "1"
        return Answer(answer.status_code, _decoded(answer), headers, no_retry)

    async def close(self) -> None:
        await self._client.aclose()

    def _encoded(self, request: Request) -> tuple[bytes, dict[str, str]]:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "Slackbot 1.0 (sandbox)"}
        match request.kind:
            case Kind.EVENT:
                headers["Content-Type"] = "application/json"
                content = json.dumps(request.body).encode()
            case Kind.COMMAND:
                content = urlencode(request.body).encode()
            case Kind.INTERACTION:
                content = urlencode({"payload": json.dumps(request.body)}).encode()
        if request.attempt:
            headers |= {"X-Slack-Retry-Num": str(request.attempt), "X-Slack-Retry-Reason": request.reason}
        return content, headers | signature(self._signing_secret, content)


@dataclass(eq=False, slots=True)
class _Socket:
    connection: WebSocket
    answers: dict[str, asyncio.Future[Any]] = field(default_factory=dict)
    is_leaving: bool = False
    is_silent: bool = False


class SocketTransport:
    """Socket Mode: each payload goes to any one of the sockets, and comes back acknowledged on the same one."""

    def __init__(self, app_id: str) -> None:
        self._app_id = app_id
        self._sockets: list[_Socket] = []
        self._opened = asyncio.Event()
        self._closed = asyncio.Event()
        self.stalled = 0
        """So many sockets that the app opens next are never answered."""

    @property
    def count(self) -> int:
        """How many sockets take payloads."""
        return sum(not socket.is_leaving for socket in self._sockets)

    async def opened(self) -> None:
        """Wait until the app has opened a socket."""
        await self._opened.wait()

    async def serve(self, connection: WebSocket) -> None:
        """Speak with the app on one socket until either side hangs up."""
        if self.stalled:
            self.stalled -= 1
            await self._closed.wait()
        await connection.accept()
        if self.count >= MOST_SOCKETS:
            await connection.send_json(_disconnect("too_many_websockets"))
            await connection.close()
            return
        socket = _Socket(connection)
        await connection.send_json(_hello(self.count + 1, self._app_id))
        self._sockets.append(socket)
        self._opened.set()
        try:
            await _take_answers(socket)
        finally:
            self._leave(socket)
            self._sockets.remove(socket)

    async def send(self, request: Request) -> Answer:
        """Hand the payload to one socket and wait until it is acknowledged there."""
        taking = [socket for socket in self._sockets if not socket.is_leaving]
        if not taking:
            raise UnreachableError("connection_failed")
        socket, envelope = secrets.choice(taking), secrets.token_hex(16)
        waiting: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        socket.answers[envelope] = waiting
        try:
            if not socket.is_silent:
                await socket.connection.send_json(_frame(request, envelope))
            return Answer(200, await waiting)
        except (WebSocketDisconnect, RuntimeError) as error:
            raise UnreachableError("connection_failed") from error
        finally:
            socket.answers.pop(envelope, None)

    async def disconnect(self, reason: str) -> None:
        """Ask the app to connect anew, as Slack does every hour or so: `warning` or `refresh_requested`.

        After a warning the sockets stay open for the payloads still on them; a refresh closes them.
        """
        for socket in tuple(self._sockets):
            with suppress(WebSocketDisconnect, RuntimeError):
                await socket.connection.send_json(_disconnect(reason))
            if reason != "warning":
                await self._hang_up(socket)

    def silence(self) -> None:
        """Nothing goes over the sockets that are open, and nobody is told."""
        for socket in self._sockets:
            socket.is_silent = True

    async def close(self) -> None:
        self._closed.set()
        for socket in tuple(self._sockets):
            await self._hang_up(socket)

    async def _hang_up(self, socket: _Socket) -> None:
        self._leave(socket)
        if socket.connection.application_state is WebSocketState.CONNECTED:
            with suppress(RuntimeError):
                await socket.connection.close()

    def _leave(self, socket: _Socket) -> None:
        socket.is_leaving = True
        for waiting in socket.answers.values():
            if not waiting.done():
                waiting.set_exception(UnreachableError("connection_failed"))
        if not self.count:
            self._opened.clear()


def signature(secret: str, content: bytes) -> dict[str, str]:
    """Slack's request signature, version 0, over the wall clock's time."""
    stamp = str(int(time.time()))
    mac = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + content, hashlib.sha256)
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={mac.hexdigest()}"}


async def _take_answers(socket: _Socket) -> None:
    with suppress(WebSocketDisconnect, RuntimeError):
        while True:
            frame = json.loads(await socket.connection.receive_text())
            waiting = socket.answers.get(str(frame.get("envelope_id")))
            if waiting is not None and not waiting.done():
                waiting.set_result(frame.get("payload"))


def _hello(count: int, app_id: str) -> dict[str, Any]:
    debug = {
        "host": _HOST,
        "started": "2021-01-01 00:00:00.000",
        "build_number": 1,
        "approximate_connection_time": 3600,
    }
    return {"type": "hello", "num_connections": count, "debug_info": debug, "connection_info": {"app_id": app_id}}


def _disconnect(reason: str) -> dict[str, Any]:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": _HOST}}


def _frame(request: Request, envelope: str) -> dict[str, Any]:
    frame = {
        "envelope_id": envelope,
        "type": request.kind,
        "payload": request.body,
        "accepts_response_payload": request.kind is not Kind.EVENT,
    }
    if request.kind is Kind.EVENT:
        frame |= {"retry_attempt": request.attempt, "retry_reason": request.reason}
    return frame


def _decoded(answer: httpx.Response) -> Any:  # noqa: ANN401 - JSON or text
    if answer.headers.get("content-type", "").startswith("application/json"):
        try:
            return answer.json()
        except ValueError:
            return answer.text
    return answer.text
