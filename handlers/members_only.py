"""Who is not of the desk presses, chooses, sends and types nothing, whatever there is to press."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.desk.errors import NotOfThisDeskError
from bot.ports import Clock
from bot.render import spoken
from handlers.blocks import which_desk
from handlers.errors import ErrorListener
from handlers.payloads import Click, Command
from handlers.tongues import Tongues

log = structlog.get_logger()

_KNOWN_WITHIN_S = 1.0
"""Slack waits three seconds for the answer to a click; where it does not say in time who clicked, the use case asks."""


class MembersOnly:
    """Stands before every listener, so that none can be forgotten; use cases ask again, each for what it needs.

    What guests may do is what only concerns themselves: read what they may do, and say for which desk a link is that
    they sent in private.
    """

    def __init__(self, *, desk: Desk, tongues: Tongues, refuse: ErrorListener, clock: Clock) -> None:
        self._desk = desk
        self._tongues = tongues
        self._refuse = refuse
        self._clock = clock

    async def __call__(
        self,
        body: dict[str, Any],
        respond: AsyncRespond,
        client: AsyncWebClient,
        next_: Callable[[], Awaitable[BoltResponse]],
    ) -> BoltResponse | None:
        if _is_for_all(body) or await self._is_member(body):
            return await next_()
        with spoken(await self._tongues.of_clicker(body)):
            answer = await self._refuse(NotOfThisDeskError(), body, respond, client)
        return answer or BoltResponse(status=200)

    async def _is_member(self, body: Mapping[str, Any]) -> bool:
        workspace, person = _who(body)
        if not person:
            return True
        try:
            async with asyncio.timeout(_KNOWN_WITHIN_S):
                return await self._desk.is_of_desks(workspace, person, now=self._clock())
        except TimeoutError:
            log.warning("not known in time who it is", person=person)
            return True


def _who(body: Mapping[str, Any]) -> tuple[str, str]:
    """The workspace and the person of an interaction or a command; nobody of anything else."""
    if "command" in body:
        command = Command.from_body(dict(body))
        return command.workspace, command.member
    if not isinstance(body.get("user"), Mapping):
        return "", ""
    click = Click.from_body(dict(body))
    return click.workspace, click.member


def _is_for_all(body: Mapping[str, Any]) -> bool:
    if "command" in body:
        return Command.from_body(dict(body)).word == "help"
    asked = [str(action.get("action_id")) for action in body.get("actions") or ()]
    return bool(asked) and all(each.startswith(f"{which_desk.CHOOSE}:") for each in asked)
