"""What probes and monitoring are answered, over HTTP and beside Socket Mode."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

Ready = Callable[[], Awaitable[Mapping[str, str | None]]]
Figures = Callable[[], Awaitable[bytes]]


def probes(*, ready: Ready, figures: Figures, content_type: str) -> Sequence[Route]:
    """`/healthz`: the process lives. `/readyz`: it can work, or what keeps it from that. `/metrics`: its figures."""

    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def readyz(_request: Request) -> Response:
        found = await ready()
        lines = "".join(f"{name}: {trouble or 'ok'}\n" for name, trouble in found.items())
        return PlainTextResponse(lines, 503 if any(found.values()) else 200)

    async def metrics(_request: Request) -> Response:
        return Response(await figures(), headers={"content-type": content_type})

    answers = {"/healthz": healthz, "/readyz": readyz, "/metrics": metrics}
    return [Route(path, answer, methods=["GET"]) for path, answer in answers.items()]


def create_probes(routes: Sequence[Route]) -> Starlette:
    """An application that answers probes alone, for a bot that Slack does not send requests to."""
    return Starlette(routes=routes)
