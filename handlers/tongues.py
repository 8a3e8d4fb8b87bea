"""Who is spoken to in which language: a person in theirs, the channel in the house's."""

import asyncio
from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any

import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.listener.async_listener_start_handler import AsyncListenerStartHandler

from bot.desk import Desk
from bot.ports import Clock, Show
from bot.render import speak, spoken

log = structlog.get_logger()

_KNOWN_WITHIN_S = 1.0
"""Slack waits three seconds for the answer to a click: whoever is slow to say who clicked is not waited for."""

_PERSON = ("U", "W")


class Tongues:
    """The one place that decides it, for answers to clicks and for what is shown by itself."""

    def __init__(self, *, desk: Desk, clock: Clock) -> None:
        self._desk = desk
        self._clock = clock

    async def of_clicker(self, body: Mapping[str, Any]) -> str:
        """The language of whoever clicked, sent a form or typed a command; the house's where that cannot be said."""
        user, team = body.get("user") or {}, body.get("team") or {}
        person = str(user.get("id") or body.get("user_id") or "")
        workspace = str(team.get("id") or user.get("team_id") or body.get("team_id") or "")
        if not person:
            return self._desk.houses.default.language
        try:
            async with asyncio.timeout(_KNOWN_WITHIN_S):
                return await self._desk.language_of(workspace, person, now=self._clock())
        except TimeoutError:
            log.warning("language not known", person=person)
            return self._desk.houses.default.language

    async def for_show(self, show: Show) -> AbstractContextManager[None]:
        """Within this, a showing is worded for its reader: one person in their language, a channel in the house's."""
        reader = reader_of(show)
        if reader:
            return spoken(await self._desk.language_of(show.workspace, reader, now=self._clock()))
        return spoken(await self._desk.language_at(show.workspace, show.channel))


def reader_of(show: Show) -> str:
    """The one person who sees a showing; nobody where it is for a channel."""
    alone = show.channel if show.channel.startswith(_PERSON) else ""
    return str(show.recipient or show.subject.get("reader") or alone)


class AnswersInTongues(AsyncListenerStartHandler):
    """Lets each listener, and what answers its errors, speak to whoever clicked.

    Bolt starts a listener in a task of its own and calls this in it first: what is said there is nobody else's.
    """

    def __init__(self, tongues: Tongues, then: AsyncListenerStartHandler) -> None:
        self._tongues = tongues
        self._then = then

    async def handle(self, request: AsyncBoltRequest, response: BoltResponse | None) -> None:
        await self._then.handle(request, response)
        speak(await self._tongues.of_clicker(request.body))
