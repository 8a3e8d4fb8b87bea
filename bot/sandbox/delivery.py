"""What is delivered to the app, what it answered, and what is sent again: three seconds, and three more tries."""

import asyncio
import time
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from starlette.websockets import WebSocket

from bot.sandbox.clock import MovableClock
from bot.sandbox.transport import Answer, HttpTransport, Kind, Request, SocketTransport, UnreachableError

PATIENCE_S = 3.0
RETRY_AFTER = (timedelta(0), timedelta(minutes=1), timedelta(minutes=5))
_OK = range(200, 300)
_KEPT = 5000
_LATE_S = 0.01
"""Timers run by another clock than the workspace; one that rings too early would find nothing due."""


@dataclass(slots=True)
class Delivery:
    """One request to the app and its answer; `status` is None where none came in time."""

    kind: Kind
    body: Mapping[str, Any]
    attempt: int = 0
    reason: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int | None = None
    answer: Any = None
    ms: float = 0

    @property
    def is_accepted(self) -> bool:
        return self.status in _OK


class Deliverer:
    """Delivers over HTTP where the app has an address, else over the sockets that it opened."""

    def __init__(
        self,
        *,
        signing_secret: str,
        app_id: str,
        clock: MovableClock,
        patience_s: float = PATIENCE_S,
        retry_after: Sequence[timedelta] = RETRY_AFTER,
    ) -> None:
        self.deliveries: list[Delivery] = []
        self.lost = 0
        self.forget_retries = False
        """While this is set, an event that was not accepted never comes again: Slack gave up on it."""
        self._request_url: str | None = None
        self._clock = clock
        self._patience_s = patience_s
        self._retry_after = retry_after
        self._http = HttpTransport(signing_secret)
        self._sockets = SocketTransport(app_id)
        self._retries: list[tuple[datetime, Request]] = []
        self._timers: set[asyncio.TimerHandle] = set()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._going = 0
        self._idle = asyncio.Event()
        self._idle.set()

    @property
    def request_url(self) -> str | None:
        return self._request_url

    @request_url.setter
    def request_url(self, url: str | None) -> None:
        """Only this machine is ever delivered to."""
        if url is not None and not _is_loopback(urlsplit(url).hostname or ""):
            raise ValueError("The sandbox delivers to this machine only.")
        self._request_url = url

    @property
    def is_connected(self) -> bool:
        return self._request_url is not None or self._sockets.count > 0

    async def connected(self) -> None:
        """Wait until the app has opened a socket."""
        await self._sockets.opened()

    async def serve_socket(self, connection: WebSocket) -> None:
        await self._sockets.serve(connection)

    @property
    def sockets(self) -> SocketTransport:
        return self._sockets

    async def disconnect(self, reason: str) -> None:
        await self._sockets.disconnect(reason)

    async def close(self) -> None:
        """Hang up; what is still on its way is given up."""
        for timer in self._timers:
            timer.cancel()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._sockets.close()
        await self._http.close()

    def send(self, body: Mapping[str, Any]) -> None:
        """Deliver an event without waiting for its answer, as Slack does."""
        self._start(self.deliver(Request(Kind.EVENT, body)))

    async def deliver(self, request: Request) -> Delivery:
        """Deliver once and wait for the answer; an event that was not accepted comes again."""
        self._going += 1
        self._idle.clear()
        try:
            delivery, no_retry = await self._once(request)
            self.deliveries.append(delivery)
            del self.deliveries[:-_KEPT]
            is_last = no_retry or request.attempt >= len(self._retry_after)
            if request.kind is Kind.EVENT and not delivery.is_accepted and not is_last and not self.forget_retries:
                self._plan(Request(Kind.EVENT, request.body, request.attempt + 1, delivery.reason))
        finally:
            self._going -= 1
            if not self._going:
                self._idle.set()
        return delivery

    def fire_due(self) -> None:
        """Send again what is due by the workspace's clock."""
        now = self._clock()
        due = [request for moment, request in self._retries if moment <= now]
        self._retries = [(moment, request) for moment, request in self._retries if moment > now]
        for request in due:
            self._start(self.deliver(request))

    async def settled(self) -> None:
        """Wait until nothing is on its way."""
        while self._going or self._tasks:
            await self._idle.wait()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _once(self, request: Request) -> tuple[Delivery, bool]:
        delivery = Delivery(request.kind, request.body, request.attempt, request.reason)
        if request.kind is Kind.EVENT and request.attempt == 0 and self.lost:
            self.lost -= 1
            delivery.reason = "http_timeout"
            return delivery, False
        began, no_retry = time.perf_counter(), False
        try:
            async with asyncio.timeout(self._patience_s):
                answer = await self._sent(request)
            delivery.status, delivery.answer, delivery.headers = answer.status, answer.body, answer.headers
            no_retry = answer.no_retry
            if not delivery.is_accepted:
                delivery.reason = "http_error"
        except TimeoutError:
            delivery.reason = "http_timeout"
        except UnreachableError as error:
            delivery.reason = error.reason
        delivery.ms = (time.perf_counter() - began) * 1000
        return delivery, no_retry

    async def _sent(self, request: Request) -> Answer:
        if self._request_url is not None:
            return await self._http.send(self._request_url, request)
        return await self._sockets.send(request)

    def _plan(self, request: Request) -> None:
        wait = self._retry_after[request.attempt - 1]
        self._retries.append((self._clock() + wait, request))
        if wait and not self._clock.stands_still:
            timer = asyncio.get_running_loop().call_later(wait.total_seconds() + _LATE_S, self._ring)
            self._timers.add(timer)
        self.fire_due()

    def _ring(self) -> None:
        self._timers = {timer for timer in self._timers if timer.when() > asyncio.get_running_loop().time()}
        self.fire_due()

    def _start(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
