"""A day in the future that a page bears: members say that it is one of an event."""

from datetime import date
from typing import Any, Unpack

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from handlers.blocks import dating
from handlers.fixing import Fixing
from handlers.listeners import AtHand, Listeners
from handlers.payloads import Click, item_and_choice
from handlers.reviewing import ReviewList


class Dates(Listeners):
    def __init__(self, *, review: ReviewList, fixing: Fixing, **at_hand: Unpack[AtHand]) -> None:
        super().__init__(**at_hand)
        self._review = review
        self._fixing = fixing

    def register(self, app: AsyncApp) -> None:
        app.action(dating.EVENT_DATE)(self.take_for_event)

    async def take_for_event(
        self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient
    ) -> None:
        await ack()
        item, day = item_and_choice(action)
        click, seen = Click.from_body(body), date.fromisoformat(day)
        await self._desk.take_for_event(item, seen, workspace=click.workspace, by=click.member, now=self._clock())
        self._wake()
        await self._review.show_again(body, client)
        if body.get("view"):
            await self._fixing.show_again(body["view"], body, client)
