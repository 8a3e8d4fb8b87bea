"""Buttons of an item whose story another outlet may tell, too."""

from collections.abc import Awaitable, Callable
from typing import Any, Unpack

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.editorial.item import Item
from handlers.blocks import similar
from handlers.fixing import Fixing
from handlers.listeners import AtHand, Listeners
from handlers.payloads import Click, item_and_choice

Verb = Callable[..., Awaitable[Item]]


class Pairs(Listeners):
    """One listener for all answers to the question what one item is to another."""

    def __init__(self, *, fixing: Fixing, **at_hand: Unpack[AtHand]) -> None:
        super().__init__(**at_hand)
        self._fixing = fixing
        self._verbs: dict[str, Verb] = {
            similar.KEEP_BOTH: self._desk.keep_both,
            similar.REPLACE: self._desk.replace_other,
            similar.SECOND_SOURCE: self._desk.make_second_source,
            similar.NEW_ITEM: self._desk.keep_both,
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
