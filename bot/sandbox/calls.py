"""Where calls of the Web API arrive: arguments, tokens, faults on request, and a record of every call."""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import parse_qsl, quote

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from bot.sandbox.methods import METHODS, decoded
from bot.sandbox.records import Refusal
from bot.sandbox.server import hang_up
from bot.sandbox.web_api import WebApi

_KEPT = 2000
DOWNLOAD = "the bytes of a file"
"""The name under which the next download is made to fail."""

_SOCKET_METHOD = "apps.connections.open"


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
class Fault:
    """What the next calls of a method meet, in one channel or in all."""

    method: str
    kind: str
    times: int
    retry_after: int
    channel: str | None

    def meets(self, method: str, args: Mapping[str, Any]) -> bool:
        return self.times > 0 and method == self.method and self.channel in (None, args.get("channel"))


@dataclass(frozen=True)
class Held:
    """A call that came and is answered only when it is released."""

    method: str
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)


class Calls:
    """Checks the token, injects what was asked for, lets the Web API answer, and writes down what happened."""

    def __init__(
        self, api: WebApi, *, bot_token: str, app_token: str, clock: Callable[[], datetime], tell: Callable[[], None]
    ) -> None:
        self.made: list[Call] = []
        self.locked_out: str | None = None
        self.date_off = timedelta(0)
        self._api = api
        self._bot_token = bot_token
        self._app_token = app_token
        self._clock = clock
        self._tell = tell
        self._faults: list[Fault] = []
        self._held: list[Held] = []
        self._record: TextIO | None = None
        self._count = 0

    def add_fault(self, fault: Fault) -> None:
        self._faults.append(fault)

    def calm(self) -> None:
        """Forget the faults that nobody met yet."""
        self._faults.clear()

    def hold(self, method: str) -> Held:
        """Hold back the answer to the next call of a method."""
        self._held.append(Held(method))
        return self._held[-1]

    def record_to(self, path: Path) -> None:
        """Append every call to a file from now on, as a JSON line of method and arguments."""
        self.close()
        self._record = path.open("a", encoding="utf-8")

    def close(self) -> None:
        if self._record is not None:
            self._record.close()
            self._record = None

    async def answer(self, request: Request) -> Response:
        """The endpoint of all methods."""
        method, args = str(request.path_params["method"]), await _arguments(request)
        token = request.headers.get("authorization", "").removeprefix("Bearer ") or str(args.get("token") or "")
        args.pop("token", None)
        await self._wait_if_held(method)
        fault = self._met(method, args)
        if fault is not None and fault.kind == "500_before":
            self._note(method, args, "500")
            return PlainTextResponse("upstream error", 500)
        try:
            self._check(method, token, fault)
            answer = self._api.call(method, args)
        except Refusal as refusal:
            self._note(method, args, refusal.code)
            return self._refused(method, refusal)
        self._note(method, args, None)
        if fault is not None and fault.kind == "500_after":
            return PlainTextResponse("upstream error", 500)
        if fault is not None and fault.kind == "hang_after":
            await hang_up(request)
        return JSONResponse(answer, headers=self._headers(method))

    async def download(self, request: Request) -> Response:
        """The bytes of a file for the app's token; whoever may not have them is sent to sign in, as a browser is."""
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        fault = self._met(DOWNLOAD, {})
        if fault is not None:
            return PlainTextResponse("upstream error", 500)
        content = self._api.file(str(request.path_params["file_id"])) if token == self._bot_token else None
        if content is None:
            return RedirectResponse("/?redir=" + quote(request.url.path, safe=""), 302)
        kind, body = content
        return Response(body, media_type=kind)

    async def _wait_if_held(self, method: str) -> None:
        held = next((each for each in self._held if each.method == method), None)
        if held is not None:
            self._held.remove(held)
            held.asked.set()
            await held.released.wait()

    def _met(self, method: str, args: Mapping[str, Any]) -> Fault | None:
        fault = next((fault for fault in self._faults if fault.meets(method, args)), None)
        if fault is not None:
            fault.times -= 1
        return fault

    def _check(self, method: str, token: str, fault: Fault | None) -> None:
        if not token:
            raise Refusal("not_authed")
        if token not in {self._bot_token, self._app_token}:
            raise Refusal("invalid_auth")
        if (token == self._app_token) != (method == _SOCKET_METHOD):
            raise Refusal("not_allowed_token_type")
        if self.locked_out is not None and token == self._bot_token:
            raise Refusal(self.locked_out)
        if fault is not None and fault.kind == "ratelimited":
            raise Refusal("ratelimited", {"retry_after": fault.retry_after})
        if fault is not None and fault.kind not in {"500_after", "hang_after"}:
            raise Refusal(fault.kind)

    def _refused(self, method: str, refusal: Refusal) -> Response:
        more, headers = dict(refusal.more), self._headers(method)
        wait = more.pop("retry_after", None)
        body = {"ok": False, "error": refusal.code, **more}
        if wait is None:
            return JSONResponse(body, headers=headers)
        return JSONResponse(body, 429, {**headers, "Retry-After": str(wait)})

    def _headers(self, method: str) -> dict[str, str]:
        accepted = METHODS[method].scopes if method in METHODS else ()
        date = format_datetime(self._clock() + self.date_off, usegmt=True)
        scopes = {"date": date, "x-oauth-scopes": ",".join(sorted(self._api.scopes))}
        return scopes | ({"x-accepted-oauth-scopes": ",".join(accepted)} if accepted else {})

    def _note(self, method: str, args: Mapping[str, Any], error: str | None) -> None:
        self._count += 1
        call = Call(self._count, method, dict(args), error is None, error, self._clock())
        self.made.append(call)
        del self.made[:-_KEPT]
        if self._record is not None:
            self._record.write(json.dumps({"method": method, "args": call.args}, ensure_ascii=False) + "\n")
            self._record.flush()
        self._tell()


async def _arguments(request: Request) -> dict[str, Any]:
    """The arguments of a call from JSON, a form or the query."""
    args: dict[str, Any] = dict(request.query_params)
    body = await request.body()
    if request.headers.get("content-type", "").startswith("application/json"):
        given = json.loads(body or b"{}")
        args |= given if isinstance(given, dict) else {}
    else:
        args |= dict(parse_qsl(body.decode(), keep_blank_values=True))
    return decoded(args)
