"""What is known of outlets: members ask and answer, editors change it."""

import re
from typing import Any, Unpack

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from bot.editorial.outlet import Verdict
from handlers.blocks import gate, outlet, registry
from handlers.listeners import AtHand, Listeners
from handlers.lists import Lists, Shown
from handlers.payloads import Click, Command, chosen, item_and_choice

Payload = dict[str, Any]


class RegistryOfOutlets(Listeners):
    def __init__(self, *, lists: Lists, **at_hand: Unpack[AtHand]) -> None:
        super().__init__(**at_hand)
        self._lists = lists
        lists.know(registry.OUTLETS_FORM, self._list)

    def register(self, app: AsyncApp) -> None:
        app.action(re.compile(f"^(?:{outlet.RULE_OUTLET}|{gate.FIX_OUTLET})$"))(self.rule)
        app.action(outlet.OUTLET_MENU)(self.answer_menu)
        app.action(registry.OUTLETS)(self.open)
        app.action(registry.CHANGE_OUTLET)(self.change)
        app.view(registry.OUTLETS_FORM)(self.find)
        app.view(registry.ROW_FORM)(self.write)
        app.view(registry.YES_FORM)(self.say_control)

    async def why(self, command: Command, respond: AsyncRespond, _client: AsyncWebClient) -> None:
        """`/vric why`."""
        desk = await self._desk.desk_for(command.workspace, command.channel, command.member, now=self._clock())
        found = await self._desk.why(desk, command.rest, by=command.member, now=self._clock())
        await respond(text=registry.why_words(found, self._render))

    async def outlets(self, command: Command, _respond: AsyncRespond, client: AsyncWebClient) -> None:
        """`/vric outlets`."""
        desk = await self._desk.desk_for(command.workspace, command.channel, command.member, now=self._clock())
        found = await self._desk.find_outlets(desk, command.rest, by=command.member, now=self._clock())
        await client.views_open(trigger_id=command.ticket, view=registry.outlets_form(found, self._render, desk.id))

    async def rule(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        await ack()
        item_id, ruling = item_and_choice(action)
        click, now = Click.from_body(body), self._clock()
        if ruling == outlet.YES:
            item = await self._desk.item(item_id, workspace=click.workspace, by=click.member, now=now)
            await self._lists.lay_over(registry.yes_form(item, self._render), body, client)
            return
        verdict = Verdict(ruling.partition(":")[0])
        await self._desk.rule_on_outlet(item_id, verdict, workspace=click.workspace, by=click.member, now=now)
        self._wake()
        await self._lists.show_again(body.get("view"), body, client)

    async def say_control(self, ack: AsyncAck, view: Payload, body: Payload, client: AsyncWebClient) -> None:
        item, row = registry.yes_in(view)
        click = Click.from_body(body)
        await self._desk.say_control(item, row, workspace=click.workspace, by=click.member, now=self._clock())
        await ack()
        self._wake()
        await self._lists.show_again(view, body, client)

    async def answer_menu(
        self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await ack()
        item, choice = item_and_choice(action)
        click, now = Click.from_body(body), self._clock()
        if choice == outlet.CHANGE:
            desk, entry = await self._desk.outlet_of(item, workspace=click.workspace, by=click.member, now=now)
            await self._lists.lay_over(registry.row_form(entry, self._render, desk.id), body, client)
            return
        found = await self._desk.why_item(item, workspace=click.workspace, by=click.member, now=now)
        words = registry.why_words(found, self._render)
        await respond(text=words, response_type="ephemeral", replace_original=False)

    async def open(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        await ack()
        click, desk = Click.from_body(body), await self._desk.desk(int(chosen(action)))
        found = await self._desk.find_outlets(desk, "", by=click.member, now=self._clock())
        await self._lists.lay_over(registry.outlets_form(found, self._render, desk.id), body, client)

    async def find(self, ack: AsyncAck, view: Payload, body: Payload) -> None:
        await ack(response_action="update", view=await self._list(view, Click.from_body(body)))

    async def change(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        await ack()
        desk_id, domain = item_and_choice(action)
        click, desk = Click.from_body(body), await self._desk.desk(desk_id)
        entry = await self._desk.outlet(desk, domain, by=click.member, now=self._clock())
        await self._lists.lay_over(registry.row_form(entry, self._render, desk.id), body, client)

    async def write(self, ack: AsyncAck, view: Payload, body: Payload, client: AsyncWebClient) -> None:
        desk_id, domain, row, seen = registry.row_in(view)
        click, desk = Click.from_body(body), await self._desk.desk(desk_id)
        written = await self._desk.write_outlet(desk, domain, row, seen=seen, by=click.member, now=self._clock())
        await ack(response_action="update", view=registry.rewritten_view(written, self._render))
        self._wake()
        await self._lists.show_again(view, body, client)

    async def _list(self, shown: Shown, click: Click) -> View:
        desk_id, asked = registry.asked_in(shown)
        desk = await self._desk.desk(desk_id)
        found = await self._desk.find_outlets(desk, asked, by=click.member, now=self._clock())
        return registry.outlets_form(found, self._render, desk.id)
