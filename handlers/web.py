"""The HTTP side: Slack's requests, and whether the process lives."""

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

SLACK_PATH = "/slack/events"


def create_web(app: AsyncApp) -> Starlette:
    """The ASGI application: one path takes events, interactions and commands."""
    slack = AsyncSlackRequestHandler(app)

    async def from_slack(request: Request) -> Response:
        return await slack.handle(request)

    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok\n")

    return Starlette(
        routes=[Route(SLACK_PATH, from_slack, methods=["POST"]), Route("/healthz", healthz, methods=["GET"])]
    )
