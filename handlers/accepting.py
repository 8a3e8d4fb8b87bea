"""Items are filed; those of state media with a member's word, whichever way somebody files them."""

import re
from typing import Any, Unpack

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk.errors import AttestationNeededError
from handlers.blocks import accepting, card
from handlers.listeners import AtHand, Listeners
from handlers.lists import Lists
from handlers.payloads import Click, chosen, item_and_choice

Payload = dict[str, Any]


class Acceptances(Listeners):
    def __init__(self, *, lists: Lists, **at_hand: Unpack[AtHand]) -> None:
        super().__init__(**at_hand)
        self._lists = lists

    def register(self, app: AsyncApp) -> None:
        app.action(re.compile(f"^{card.FILE_SUGGESTED}:"))(self.file)
        app.action(re.compile(f"^(?:{card.FILE_OTHER}|{card.FILE_RELEASE})$"))(self.file)
        app.action(accepting.ACCEPT)(self.ask)
        app.action(accepting.NOT_NEEDED)(self.spike)
        app.view(accepting.ACCEPT_FORM)(self.accept)

    async def file(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        await ack()
        item, section = item_and_choice(action)
        click = Click.from_body(body)
        try:
            await self._desk.file(item, section, workspace=click.workspace, by=click.member, now=self._clock())
        except AttestationNeededError:
            await self._ask(item, section, body, client)
            return
        self._wake()
        await self._lists.show_again(body.get("view"), body, client)

    async def ask(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        await ack()
        await self._ask(int(chosen(action)), None, body, client)

    async def spike(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        await ack()
        click = Click.from_body(body)
        await self._desk.spike(int(chosen(action)), workspace=click.workspace, by=click.member, now=self._clock())
        self._wake()
        await self._lists.show_again(body.get("view"), body, client)

    async def accept(self, ack: AsyncAck, view: Payload, body: Payload, client: AsyncWebClient) -> None:
        item, section, topic, is_checked = accepting.accepted_in(view)
        click = Click.from_body(body)
        await self._desk.accept(
            item, section, topic, is_checked=is_checked, workspace=click.workspace, by=click.member, now=self._clock()
        )
        await ack()
        self._wake()
        await self._lists.show_again(view, body, client)

    async def _ask(self, item: int, section: str | None, body: Payload, client: AsyncWebClient) -> None:
        click = Click.from_body(body)
        asked = await self._desk.acceptance(
            item, section, workspace=click.workspace, by=click.member, now=self._clock()
        )
        groups = card.section_choice(asked.house, asked.item, self._render)
        await self._lists.lay_over(accepting.accept_form(asked, self._render, groups), body, client)
