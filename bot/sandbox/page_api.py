"""What the sandbox's page asks of the stand-in: its files, the state as one person sees it, and that person's acts."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.sandbox.member import Member, NotThereError
from bot.sandbox.workspace import Message, Refusal

if TYPE_CHECKING:
    from bot.sandbox.stand_in import StandIn

_PAGE = Path(__file__).parent / "page"
_CALLS_SHOWN = 200
_LOOK_EVERY_S = 0.1
_BEAT_AFTER = 100


def page_routes(stand_in: "StandIn") -> list[Route | Mount]:
    """The routes of the page and its API; acts are taken from the page itself and from nowhere else."""
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

    async def index(self, _request: Request) -> Response:
        return FileResponse(_PAGE / "index.html", headers={"Cache-Control": "no-store"})

    async def state(self, request: Request) -> Response:
        people = [user for user in self._workspace.users.values() if not user.is_bot]
        me = request.query_params.get("as") or people[0].id
        channels = [c for c in self._workspace.channels.values() if me in c.members]
        seen = {c.id: [_shown(m) for m in self._workspace.log[c.id] if m.seen_by in (None, me)] for c in channels}
        stack = self._workspace.modals.get(me)
        found = {
            "workspace": {"name": self._workspace.name},
            "revision": self._workspace.revision,
            "now": self._stand_in.clock().isoformat(),
            "clock_offset_s": self._stand_in.clock.ahead.total_seconds(),
            "users": [
                {
                    "id": user.id,
                    "name": user.name,
                    "real_name": user.real_name,
                    "is_bot": user.is_bot,
                    "title": "app" if user.is_bot else "admin" if user.is_admin else "member",
                }
                for user in self._workspace.users.values()
            ],
            "me": me,
            "channels": [
                {"id": c.id, "name": c.name, "is_im": c.is_im, "is_private": c.is_private, "members": sorted(c.members)}
                for c in channels
            ],
            "messages": seen,
            "modal": stack[-1] if stack else None,
            "home": self._workspace.homes.get(me),
            "calls": [
                {"n": c.n, "method": c.method, "args": c.args, "ok": c.ok, "error": c.error, "at": c.at.isoformat()}
                for c in self._stand_in.calls[-_CALLS_SHOWN:]
            ],
            "transport": "http" if self._stand_in.request_url else "socket",
            "connected": self._stand_in.deliverer.is_connected,
            "samples": self._stand_in.samples,
            "notices": [each["text"] for each in self._workspace.notices if each["user"] == me],
        }
        return JSONResponse(found, headers={"Cache-Control": "no-store"})

    async def stream(self, request: Request) -> Response:
        return StreamingResponse(
            self._revisions(request), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
        )

    async def act(self, request: Request) -> Response:
        """Do what a person does on the page; anything from another site is refused."""
        origin = request.headers.get("origin")
        if request.headers.get("host") not in self._own_hosts() or (origin and origin not in self._own_origins()):
            return JSONResponse({"ok": False, "error": "Only the sandbox's own page may act here."}, 403)
        try:
            wish = await request.json()
            answer = await self._done(self._stand_in.member(str(wish["as"])), wish)
        except (Refusal, NotThereError, KeyError, ValueError, TypeError) as refusal:
            reason = refusal.code if isinstance(refusal, Refusal) else str(refusal)
            return JSONResponse({"ok": False, "error": f"That cannot be done: {reason}"}, 400)
        return JSONResponse({"ok": True, **answer})

    async def _done(self, member: Member, wish: Mapping[str, Any]) -> dict[str, Any]:
        match wish["do"]:
            case "post":
                ts = await member.posts(wish["channel"], str(wish["text"]), thread_ts=wish.get("thread_ts"))
                return {"ts": ts}
            case "edit":
                await member.edits(wish["channel"], wish["ts"], str(wish["text"]))
            case "delete":
                await member.deletes(wish["channel"], wish["ts"])
            case "command":
                delivery = await member.commands(wish["channel"], str(wish["text"]))
                return _said(delivery.is_accepted)
            case "home":
                await member.opens_home()
            case "action":
                return await self._action(member, wish)
            case "submit":
                _, stack, place = self._workspace.find_view(str(wish["view_id"]))
                return {"errors": await member.submits_state(stack[place], wish["state"])}
            case "close":
                member.closes()
            case "clock":
                self._move_clock(wish)
            case other:
                raise ValueError(f"nobody can {other}")
        return {}

    async def _action(self, member: Member, wish: Mapping[str, Any]) -> dict[str, Any]:
        names = (
            "block_id",
            "action_id",
            "type",
            "text",
            "value",
            "selected_option",
            "selected_date",
            "selected_options",
        )
        action = {name: wish[name] for name in names if wish.get(name) is not None}
        if wish.get("view_id"):
            view = self._workspace.homes.get(member.user.id)
            if view is None or view["id"] != wish["view_id"]:
                _, stack, place = self._workspace.find_view(str(wish["view_id"]))
                view = stack[place]
            delivery = await member.acts_on_view(view, action)
        else:
            message = self._workspace.message(str(wish["channel"]), str(wish["ts"]))
            delivery = await member.acts_on_message(message, action)
        return _said(delivery.is_accepted)

    def _move_clock(self, wish: Mapping[str, Any]) -> None:
        if wish.get("to"):
            by = datetime.fromisoformat(str(wish["to"])) - self._stand_in.clock()
        else:
            by = timedelta(minutes=float(wish["minutes"]))
        self._stand_in.clock.advance(by)

    async def _revisions(self, request: Request) -> AsyncIterator[str]:
        """A line whenever something changed, and a comment now and then so that a dead page is noticed."""
        told, waited = -1, 0
        while not await request.is_disconnected():
            if self._workspace.revision != told:
                told, waited = self._workspace.revision, 0
                yield f"data: {json.dumps({'revision': told})}\n\n"
            elif (waited := waited + 1) % _BEAT_AFTER == 0:
                yield ": still here\n\n"
            await asyncio.sleep(_LOOK_EVERY_S)

    def _own_hosts(self) -> frozenset[str]:
        port = self._stand_in.url.rpartition(":")[2]
        return frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})

    def _own_origins(self) -> frozenset[str]:
        return frozenset(f"http://{host}" for host in self._own_hosts())


def _shown(message: Message) -> dict[str, Any]:
    return {
        "ts": message.ts,
        "user": message.user,
        "text": message.text,
        "blocks": message.blocks,
        "thread_ts": message.thread_ts,
        "edited": bool(message.edited) and message.bot_id is None,
        "ephemeral": message.seen_by is not None,
        "at": message.at.isoformat(),
        "revision": message.revision,
    }


def _said(accepted: bool) -> dict[str, Any]:  # noqa: FBT001 - one fact, turned into an answer
    return {} if accepted else {"notice": "The app took too long to answer. Try again."}
