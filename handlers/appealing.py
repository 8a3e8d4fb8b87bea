"""Buttons of what looks like an opinion of state media: members ask, editors answer."""

from typing import Any, Unpack

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from handlers.blocks import appeal, opinion
from handlers.listeners import AtHand, Listeners
from handlers.lists import Lists
from handlers.payloads import Click, chosen

Payload = dict[str, Any]


class Appeals(Listeners):
    def __init__(self, *, lists: Lists, **at_hand: Unpack[AtHand]) -> None:
        super().__init__(**at_hand)
        self._lists = lists

    def register(self, app: AsyncApp) -> None:
        app.action(opinion.APPEAL)(self.appeal)
        app.action(opinion.RECLASSIFY)(self.ask_why)
        app.view(appeal.RECLASSIFY_FORM)(self.reclassify)

    async def appeal(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        await ack()
        item, click = int(chosen(action)), Click.from_body(body)
        asked = await self._desk.appeal(item, workspace=click.workspace, by=click.member, now=self._clock())
        if asked is None:
            await self._lists.lay_over(appeal.reclassify_form(item, self._render), body, client)
            return
        self._wake()
        await self._lists.show_again(body.get("view"), body, client)

    async def ask_why(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        await ack()
        click = Click.from_body(body)
        item = await self._desk.item(int(chosen(action)), workspace=click.workspace, by=click.member, now=self._clock())
        await self._lists.lay_over(appeal.reclassify_form(item.id, self._render), body, client)

    async def reclassify(self, ack: AsyncAck, view: Payload, body: Payload, client: AsyncWebClient) -> None:
        item, why = appeal.reclassified_in(view)
        click = Click.from_body(body)
        await self._desk.reclassify(item, why, workspace=click.workspace, by=click.member, now=self._clock())
        await ack()
        self._wake()
        await self._lists.show_again(view, body, client)
