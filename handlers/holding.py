"""Items for which there is no room: held, asked about, and what could make room for them."""

from collections.abc import Mapping
from typing import Any, Unpack

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from bot.editorial.house import RELEASES
from bot.editorial.item import Answer, ItemState
from handlers.blocks import card, holding
from handlers.listeners import AtHand, Listeners
from handlers.lists import Lists
from handlers.payloads import Click, chosen, item_and_choice

Payload = dict[str, Any]


class Holdings(Listeners):
    def __init__(self, *, lists: Lists, **at_hand: Unpack[AtHand]) -> None:
        super().__init__(**at_hand)
        self._lists = lists
        lists.know(holding.CANDIDATES_FORM, self._candidates)

    def register(self, app: AsyncApp) -> None:
        app.action(holding.HOLD)(self.ask_where)
        app.action(holding.ASK)(self.ask)
        app.action(holding.CANDIDATES)(self.candidates)
        app.action(holding.SPIKE)(self.spike)
        app.action(holding.USE_OTHER)(self.use_other)
        app.action(holding.ACCEPT)(self.answer)
        app.action(holding.LEAVE)(self.answer)
        app.view(holding.HOLD_FORM)(self.hold)

    async def ask_where(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        await ack()
        await self._ask_where(int(chosen(action)), body, client, ask=False)

    async def ask(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        """Ask the editors of a held item; of one that is not held yet, first where it is held."""
        await ack()
        click, now = Click.from_body(body), self._clock()
        item = await self._desk.item(int(chosen(action)), workspace=click.workspace, by=click.member, now=now)
        if item.state is ItemState.PENDING:
            await self._ask_where(item.id, body, client, ask=True)
            return
        await self._desk.ask_editors(item.id, workspace=click.workspace, by=click.member, now=now)
        self._wake()

    async def hold(self, ack: AsyncAck, view: Payload, body: Payload, client: AsyncWebClient) -> None:
        item, section, topic, is_checked, ask = holding.held_in(view)
        click = Click.from_body(body)
        await self._desk.hold(
            item,
            section,
            topic,
            is_checked=is_checked,
            ask=ask,
            workspace=click.workspace,
            by=click.member,
            now=self._clock(),
        )
        await ack()
        self._wake()
        await self._lists.show_again(view, body, client)

    async def candidates(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        await ack()
        click = Click.from_body(body)
        await self._lists.lay_over(await self._candidates_of(int(chosen(action)), click), body, client)

    async def spike(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        await ack()
        click = Click.from_body(body)
        await self._desk.spike(int(chosen(action)), workspace=click.workspace, by=click.member, now=self._clock())
        self._wake()
        await self._lists.show_again(body["view"], body, client)

    async def use_other(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        await ack()
        other, item = item_and_choice(action)
        click, now = Click.from_body(body), self._clock()
        await self._desk.replace_other(other, int(item), workspace=click.workspace, by=click.member, now=now)
        self._wake()
        await self._lists.show_again(body["view"], body, client)

    async def answer(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        await ack()
        click, now, item = Click.from_body(body), self._clock(), int(chosen(action))
        said = Answer.ACCEPTED if action["action_id"] == holding.ACCEPT else Answer.LEFT_HELD
        async with self._lists.kept_true(body, client):
            await self._desk.decide_on_held(item, said, workspace=click.workspace, by=click.member, now=now)
        self._wake()

    async def _ask_where(self, item: int, body: Payload, client: AsyncWebClient, *, ask: bool) -> None:
        click, now = Click.from_body(body), self._clock()
        asked = await self._desk.acceptance(item, None, workspace=click.workspace, by=click.member, now=now)
        shown = await self._desk.held_item(item, now=now)
        groups = card.section_choice(asked.house, asked.item, self._render, [asked.house.section(RELEASES)])
        form = holding.hold_form(asked, shown, self._render, groups, ask=ask)
        await self._lists.lay_over(form, body, client)

    async def _candidates(self, shown: Mapping[str, Any], click: Click) -> View:
        return await self._candidates_of(holding.candidates_of(shown), click)

    async def _candidates_of(self, item: int, click: Click) -> View:
        found = await self._desk.candidates(item, workspace=click.workspace, by=click.member, now=self._clock())
        return holding.candidates_form(found, self._render)
