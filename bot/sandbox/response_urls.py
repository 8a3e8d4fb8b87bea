"""The `response_url` that comes with clicks and commands: five answers within thirty minutes."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.sandbox.content import content_of
from bot.sandbox.events import changed, said
from bot.sandbox.records import Message, Refusal
from bot.sandbox.workspace import Workspace

USES = 5
LIFE = timedelta(minutes=30)

Echo = Callable[[str, Mapping[str, Any]], None]


@dataclass(slots=True)
class _Place:
    user: str
    channel: str
    ts: str | None
    until: datetime
    uses: int = USES


class ResponseUrls:
    """Shows what the app answers: to one person alone unless the answer says otherwise."""

    def __init__(self, workspace: Workspace, clock: Callable[[], datetime], echo: Echo) -> None:
        self._workspace = workspace
        self._clock = clock
        self._echo = echo
        self._places: dict[str, _Place] = {}

    def new(self, user: str, channel: str, ts: str | None) -> str:
        """The key of a new one; `ts` is the message that was clicked."""
        key = secrets.token_urlsafe(18)
        self._places[key] = _Place(user, channel, ts, self._clock() + LIFE)
        return key

    def use(self, key: str, answer: Mapping[str, Any]) -> None:
        """Take an answer; raises Refusal where it comes too late, too often, or would not be shown."""
        place = self._places.get(key)
        if place is None or self._clock() > place.until:
            raise Refusal("expired_url")
        if place.uses == 0:
            raise Refusal("used_url")
        self.show(place.user, place.channel, place.ts, answer)
        place.uses -= 1

    def show(self, user: str, channel: str, ts: str | None, answer: Mapping[str, Any]) -> None:
        """Show an answer where it belongs."""
        if answer.get("delete_original") and ts is not None:
            self._workspace.remove(self._workspace.message(channel, ts))
            return
        text, blocks = content_of(answer)
        if answer.get("replace_original") and ts is not None:
            self._replace(self._workspace.message(channel, ts), text, blocks)
            return
        place, thread = self._workspace.channels[channel], answer.get("thread_ts")
        if answer.get("response_type") != "in_channel":
            self._workspace.app_says(place, text, blocks=blocks, thread_ts=thread, seen_by=user)
            return
        message = self._workspace.app_says(place, text, blocks=blocks, thread_ts=thread)
        self._echo("message", said(message, place))

    def _replace(self, message: Message, text: str, blocks: list[dict[str, Any]]) -> None:
        before = message.as_slack()
        message.text, message.blocks = text, blocks
        self._workspace.changed(message)
        if message.seen_by is None:
            channel = self._workspace.channels[message.channel]
            self._echo("message", changed(message, before, channel, self._workspace.next_ts()))
