"""The HTTP side: Slack's requests, and those of probes."""

import hashlib
import hmac
import re
import time
from collections.abc import Sequence

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Message, Receive

SLACK_PATH = "/slack/events"
_LONGEST_BODY = 4_000_000
_OLDEST_S = 300


def create_web(app: AsyncApp, signing_secret: str, probes: Sequence[Route] = ()) -> Starlette:
    """The ASGI application: one path takes events, interactions and commands; the others answer probes."""
    if not signing_secret:
        raise ValueError("Without the signing secret nobody can tell Slack from a stranger.")
    slack = AsyncSlackRequestHandler(app)

    async def from_slack(request: Request) -> Response:
        """Turn away whoever is not Slack before anything of theirs is read.

        Bolt checks the signature too, but parses first: nonsense from a stranger would be an error of ours.
        """
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > _LONGEST_BODY:
                return PlainTextResponse("too long", 413)
        if not _is_signed(request, bytes(body), signing_secret):
            return PlainTextResponse("not signed by Slack", 401)
        return await slack.handle(Request(request.scope, _replayed(bytes(body))))

    return Starlette(routes=[Route(SLACK_PATH, from_slack, methods=["POST"]), *probes])


def _replayed(body: bytes) -> Receive:
    """A body that was read already, for whoever reads it next."""

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _is_signed(request: Request, body: bytes, secret: str) -> bool:
    """Whether Slack signed this body, at most five minutes ago."""
    stamp = request.headers.get("x-slack-request-timestamp", "")
    if not re.fullmatch(r"[0-9]{1,12}", stamp) or abs(time.time() - int(stamp)) > _OLDEST_S:
        return False
    mac = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256)
    given = request.headers.get("x-slack-signature", "")
    return hmac.compare_digest(f"v0={mac.hexdigest()}".encode(), given.encode())
