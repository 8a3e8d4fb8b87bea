"""How the workspace reaches the app: signed requests or socket frames, three seconds, and three more tries."""

import asyncio
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx
from starlette.websockets import WebSocket, WebSocketDisconnect

ANSWER_S = 3.0
_RETRY_AFTER = (timedelta(0), timedelta(minutes=1), timedelta(minutes=5))
_OK = range(200, 300)


@dataclass(slots=True)
class Delivery:
    """One request to the app and its answer; `status` is None where none came in time."""

    kind: str
    body: Mapping[str, Any]
    attempt: int = 0
    status: int | None = None
    answer: Any = None
    ms: float = 0
    reason: str = ""

    @property
    def is_accepted(self) -> bool:
        return self.status in _OK


@dataclass(slots=True)
class _Waiting:
    due_at: datetime
    kind: str
    body: Mapping[str, Any]
    attempt: int
    reason: str


@dataclass(slots=True)
class _Socket:
    connection: WebSocket
    answers: dict[str, asyncio.Future[Any]] = field(default_factory=dict)


class Deliverer:
    """Delivers over HTTP to `request_url`, or over the sockets that the app opened."""

    def __init__(self, *, signing_secret: str, clock: Callable[[], datetime]) -> None:
        self.request_url: str | None = None
        self.deliveries: list[Delivery] = []
        self.lost = 0
        self._signing_secret = signing_secret
        self._clock = clock
        self._sockets: list[_Socket] = []
        self._connected = asyncio.Event()
        self._waiting: list[_Waiting] = []
        self._tasks: set[asyncio.Task[Any]] = set()
        self._http = httpx.AsyncClient(trust_env=False, timeout=ANSWER_S)

    @property
    def is_connected(self) -> bool:
        return self.request_url is not None or bool(self._sockets)

    async def connected(self) -> None:
        """Wait until the app opened a socket."""
        await self._connected.wait()

    async def close(self) -> None:
        for socket in self._sockets:
            await socket.connection.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._http.aclose()

    def lose(self, count: int) -> None:
        """The next first deliveries never reach the app: only their retries do."""
        self.lost += count

    def send(self, kind: str, body: Mapping[str, Any]) -> None:
        """Deliver an event without waiting for its answer, as Slack does."""
        self._start(self.deliver(kind, body))

    async def deliver(self, kind: str, body: Mapping[str, Any], *, attempt: int = 0, reason: str = "") -> Delivery:
        """Deliver once and wait for the answer; what is refused comes again, events only."""
        delivery = Delivery(kind, body, attempt, reason=reason)
        began = time.perf_counter()
        if attempt == 0 and kind == "events_api" and self.lost:
            self.lost -= 1
        else:
            try:
                async with asyncio.timeout(ANSWER_S):
                    delivery.status, delivery.answer = await self._once(delivery)
            except (TimeoutError, httpx.HTTPError, WebSocketDisconnect, RuntimeError):
                delivery.status = None
        delivery.ms = (time.perf_counter() - began) * 1000
        self.deliveries.append(delivery)
        if kind == "events_api" and not delivery.is_accepted and attempt < len(_RETRY_AFTER):
            why = "http_timeout" if delivery.status is None else "http_error"
            self._waiting.append(_Waiting(self._clock() + _RETRY_AFTER[attempt], kind, body, attempt + 1, why))
            self.fire_due()
        return delivery

    def fire_due(self) -> None:
        """Send again what is due by the workspace's clock."""
        now = self._clock()
        due = [each for each in self._waiting if each.due_at <= now]
        self._waiting = [each for each in self._waiting if each.due_at > now]
        for each in due:
            self._start(self.deliver(each.kind, each.body, attempt=each.attempt, reason=each.reason))

    async def settled(self) -> None:
        """Wait until nothing is on its way."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def serve_socket(self, connection: WebSocket) -> None:
        """Speak Socket Mode with the app until it hangs up."""
        await connection.accept()
        socket = _Socket(connection)
        await connection.send_json(
            {"type": "hello", "num_connections": len(self._sockets) + 1, "connection_info": {"app_id": "A0VRIC"}}
        )
        self._sockets.append(socket)
        self._connected.set()
        try:
            while True:
                frame = await connection.receive_json()
                waiting = socket.answers.pop(str(frame.get("envelope_id")), None)
                if waiting is not None and not waiting.done():
                    waiting.set_result(frame.get("payload"))
        except (WebSocketDisconnect, RuntimeError, ValueError):
            pass
        finally:
            self._sockets.remove(socket)
            if not self._sockets:
                self._connected.clear()

    async def _once(self, delivery: Delivery) -> tuple[int, Any]:
        if self.request_url is not None:
            return await self._post(delivery)
        if not self._sockets:
            raise WebSocketDisconnect
        return await self._frame(delivery, secrets.choice(self._sockets))

    async def _post(self, delivery: Delivery) -> tuple[int, Any]:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        match delivery.kind:
            case "events_api":
                headers["Content-Type"] = "application/json"
                content = json.dumps(delivery.body).encode()
            case "slash_commands":
                content = urlencode(delivery.body).encode()
            case _:
                content = urlencode({"payload": json.dumps(delivery.body)}).encode()
        if delivery.attempt:
            headers["X-Slack-Retry-Num"] = str(delivery.attempt)
            headers["X-Slack-Retry-Reason"] = delivery.reason
        headers |= signature(self._signing_secret, content)
        answer = await self._http.post(str(self.request_url), content=content, headers=headers)
        return answer.status_code, _decoded(answer)

    async def _frame(self, delivery: Delivery, socket: _Socket) -> tuple[int, Any]:
        envelope = secrets.token_hex(8)
        waiting: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        socket.answers[envelope] = waiting
        frame = {
            "envelope_id": envelope,
            "type": delivery.kind,
            "payload": delivery.body,
            "accepts_response_payload": delivery.kind != "events_api",
        }
        if delivery.attempt:
            frame |= {"retry_attempt": delivery.attempt, "retry_reason": delivery.reason}
        try:
            await socket.connection.send_json(frame)
            return 200, await waiting
        finally:
            socket.answers.pop(envelope, None)

    def _start(self, work: Any) -> None:  # noqa: ANN401 - a coroutine
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def signature(secret: str, content: bytes) -> dict[str, str]:
    """Slack's request signature, version 0, over the wall clock's time."""
    stamp = str(int(time.time()))
    mac = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + content, hashlib.sha256)
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={mac.hexdigest()}"}


def _decoded(answer: httpx.Response) -> Any:  # noqa: ANN401 - JSON or text
    if answer.headers.get("content-type", "").startswith("application/json"):
        return answer.json()
    return answer.text
