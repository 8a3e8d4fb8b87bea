"""Editors open what waits for them; its buttons are those of the cards, and each shows what is left."""

from typing import Any, Unpack

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from handlers.blocks import waiting
from handlers.listeners import AtHand, Listeners
from handlers.lists import Lists, Shown
from handlers.payloads import Click, Command, chosen

Payload = dict[str, Any]


class WaitingList(Listeners):
    def __init__(self, *, lists: Lists, **at_hand: Unpack[AtHand]) -> None:
        super().__init__(**at_hand)
        self._lists = lists
        lists.know(waiting.WAITING_FORM, self._shown)

    def register(self, app: AsyncApp) -> None:
        app.action(waiting.WAITING)(self.open)

    async def answer(self, command: Command, _respond: AsyncRespond, client: AsyncWebClient) -> None:
        """`/vric waiting`."""
        desk = await self._desk.desk_for(command.workspace, command.channel, command.member, now=self._clock())
        view = await self._form(desk.id, command.member)
        await client.views_open(trigger_id=command.ticket, view=view)

    async def open(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        await ack()
        view = await self._form(int(chosen(action)), Click.from_body(body).member)
        await self._lists.lay_over(view, body, client)

    async def _shown(self, shown: Shown, click: Click) -> View:
        return await self._form(waiting.desk_of(shown), click.member)

    async def _form(self, desk_id: int, member: str) -> View:
        desk = await self._desk.desk(desk_id)
        found = await self._desk.waiting(desk, by=member, now=self._clock())
        return waiting.waiting_form(found, self._render)
