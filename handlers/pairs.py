"""Buttons of an item whose story another outlet tells, too."""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.editorial.item import Item
from bot.ports import Clock
from handlers.blocks import similar
from handlers.fixing import Fixing
from handlers.payloads import Click, item_and_choice

Verb = Callable[..., Awaitable[Item]]


class Pairs:
    """One listener for the three answers to one question."""

    def __init__(self, *, desk: Desk, clock: Clock, wake: Callable[[], None], fixing: Fixing) -> None:
        self._fixing = fixing
        self._clock = clock
        self._wake = wake
        self._verbs: dict[str, Verb] = {
            similar.KEEP_BOTH: desk.keep_both,
            similar.REPLACE: desk.replace_other,
            similar.SECOND_SOURCE: desk.make_second_source,
        }

    def register(self, app: AsyncApp) -> None:
        for action in self._verbs:
            app.action(action)(self.decide)

    async def decide(self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        item, other = item_and_choice(action)
        click = Click.from_body(body)
        decide = self._verbs[action["action_id"]]
        await decide(item, int(other), workspace=click.workspace, by=click.member, now=self._clock())
        self._wake()
        if body.get("view"):
            await self._fixing.show_again(body["view"], body, client)
