"""What the sandbox's page asks of the stand-in: its files, the state as one person sees it, and that person's acts."""

import asyncio
import json
from base64 import b64decode
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.sandbox import forms
from bot.sandbox.delivery import Delivery
from bot.sandbox.forms import NotThereError
from bot.sandbox.member import Member
from bot.sandbox.page_state import state_of
from bot.sandbox.records import Refusal

if TYPE_CHECKING:
    from bot.sandbox.stand_in import StandIn

_PAGE = Path(__file__).parent / "page"
_BEAT_S = 15
_NO_STORE = {"Cache-Control": "no-store"}

Wish = Mapping[str, Any]
Done = dict[str, Any]
Coming = Callable[[], Awaitable[Sequence[Mapping[str, Any]]]]
"""Tells what the app will do by itself, in order: `at` as a moment in ISO form, `when` and `what` in words."""


async def nothing_is_planned() -> Sequence[Mapping[str, Any]]:
    """What is told of an app whose plan nobody knows."""
    return ()


def page_routes(stand_in: "StandIn") -> list[Route | Mount]:
    """The routes of the page and its API; they answer the page itself and nobody else."""
    api = _PageApi(stand_in)
    return [
        Route("/", api.index, methods=["GET"]),
        Route("/sandbox/state", api.state, methods=["GET"]),
        Route("/sandbox/stream", api.stream, methods=["GET"]),
        Route("/sandbox/act", api.act, methods=["POST"]),
        Mount("/static", StaticFiles(directory=_PAGE)),
    ]


class _PageApi:
    def __init__(self, stand_in: "StandIn") -> None:
        self._stand_in = stand_in
        self._workspace = stand_in.workspace
        self._acts: Mapping[str, Callable[[Member, Wish], Awaitable[Done]]] = {
            "post": self._post,
            "share": self._share,
            "edit": self._edit,
            "delete": self._delete,
            "react": self._react,
            "action": self._action,
            "submit": self._submit,
            "close": self._close,
            "command": self._command,
            "shortcut": self._shortcut,
            "home": self._home,
            "clock": self._move_clock,
        }

    async def index(self, _request: Request) -> Response:
        return FileResponse(_PAGE / "index.html", headers=_NO_STORE)

    async def state(self, request: Request) -> Response:
        if not self._is_own(request):
            return _not_own()
        people = [user.id for user in self._workspace.users.values() if not user.is_bot]
        me = request.query_params.get("as") or people[0]
        if me not in people:
            return JSONResponse({"ok": False, "error": "There is no such person."}, 404)
        coming = [*await self._stand_in.coming()]
        return JSONResponse({**state_of(self._stand_in, me), "coming": coming}, headers=_NO_STORE)

    async def stream(self, request: Request) -> Response:
        if not self._is_own(request):
            return _not_own()
        return StreamingResponse(self._revisions(), media_type="text/event-stream", headers=_NO_STORE)

    async def act(self, request: Request) -> Response:
        """Do what a person does on the page; anything from another site is refused."""
        if not self._is_own(request):
            return _not_own()
        try:
            wish = await request.json()
            answer = await self._acts[str(wish["do"])](self._stand_in.member(str(wish["as"])), wish)
        except NotThereError as refusal:
            return JSONResponse({"ok": False, "error": str(refusal)}, 400)
        except (Refusal, KeyError, ValueError, TypeError) as refusal:
            reason = refusal.code if isinstance(refusal, Refusal) else str(refusal)
            return JSONResponse({"ok": False, "error": f"That cannot be done: {reason}"}, 400)
        return JSONResponse({"ok": True, **answer})

    async def _post(self, member: Member, wish: Wish) -> Done:
        thread = wish.get("thread_ts") or None
        return {"ts": await member.posts(str(wish["channel"]), str(wish["text"]), thread_ts=thread)}

    async def _share(self, member: Member, wish: Wish) -> Done:
        content = b64decode(str(wish["content"]), validate=True)
        return {"ts": await member.shares_file(str(wish["channel"]), str(wish["name"]), content=content)}

    async def _edit(self, member: Member, wish: Wish) -> Done:
        await member.edits(str(wish["channel"]), str(wish["ts"]), str(wish["text"]))
        return {}

    async def _delete(self, member: Member, wish: Wish) -> Done:
        await member.deletes(str(wish["channel"]), str(wish["ts"]))
        return {}

    async def _react(self, member: Member, wish: Wish) -> Done:
        await member.reacts(str(wish["channel"]), str(wish["ts"]), str(wish["name"]))
        return {}

    async def _command(self, member: Member, wish: Wish) -> Done:
        if wish.get("thread_ts"):
            raise NotThereError("Commands are not supported in threads. Sorry!")
        return _said(await member.commands(str(wish["channel"]), str(wish["text"])), member)

    async def _shortcut(self, member: Member, wish: Wish) -> Done:
        name = str(wish["name"])
        if not wish.get("ts"):
            return _said(await member.uses_shortcut(name), member)
        return _said(await member.uses_message_shortcut(str(wish["channel"]), str(wish["ts"]), name), member)

    async def _home(self, member: Member, _wish: Wish) -> Done:
        await member.opens_home()
        return {}

    async def _action(self, member: Member, wish: Wish) -> Done:
        if wish.get("view_id"):
            view = self._stand_in.modals.shown(member.user.id, str(wish["view_id"]))
            return _said(await member.acts_on_view(view, forms.act(view, wish), wish.get("state")), member)
        message = self._workspace.message(str(wish["channel"]), str(wish["ts"]))
        return _said(await member.acts_on_message(message, forms.act({"blocks": message.blocks}, wish)), member)

    async def _submit(self, member: Member, wish: Wish) -> Done:
        view = self._stand_in.modals.shown(member.user.id, str(wish["view_id"]))
        errors = await member.submits_state(view, wish["state"])
        notice = {"notice": errors.pop("")} if "" in errors else {}
        return {"errors": errors, **notice}

    async def _close(self, member: Member, wish: Wish) -> Done:
        self._stand_in.modals.shown(member.user.id, str(wish["view_id"]))
        await member.closes()
        return {}

    async def _move_clock(self, member: Member, wish: Wish) -> Done:
        if wish.get("to"):
            to = datetime.fromisoformat(str(wish["to"]))
            if to.tzinfo is None:  # as the clock shows it to this person
                to = to.replace(tzinfo=ZoneInfo(member.user.tz or "UTC"))
            by = to - self._stand_in.clock()
        else:
            by = timedelta(minutes=float(wish["minutes"]))
        self._stand_in.clock.advance(by)
        return {}

    async def _revisions(self) -> AsyncIterator[str]:
        """A line whenever something changed, and a comment now and then so that a dead page is noticed."""
        told: int | None = -1
        while told is not None:
            try:
                async with asyncio.timeout(_BEAT_S):
                    told = await self._workspace.changes.after(told)
            except TimeoutError:
                yield ": still here\n\n"
            else:
                if told is not None:
                    yield f"data: {json.dumps({'revision': told})}\n\n"

    def _is_own(self, request: Request) -> bool:
        """Whether the page itself asks: under its own name, and from no other site."""
        port = self._stand_in.url.rpartition(":")[2]
        hosts = {f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}"}
        origin = request.headers.get("origin")
        return request.headers.get("host") in hosts and (not origin or origin.removeprefix("http://") in hosts)


def _not_own() -> Response:
    return JSONResponse({"ok": False, "error": "Only the sandbox's own page may do this."}, 403)


def _said(delivery: Delivery, member: Member) -> Done:
    return {} if delivery.is_accepted else {"notice": member.notices[-1]}
