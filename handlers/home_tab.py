"""What members do in their home of the app, and in the forms that it opens."""

from collections.abc import Mapping
from typing import Any, Unpack

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from handlers.blocks import forms, home
from handlers.listeners import AtHand, Listeners
from handlers.lists import Lists
from handlers.payloads import Click, chosen, item_and_choice

Payload = dict[str, Any]


class HomeTab(Listeners):
    """The links that may fit in a section are a list: it shows what is left when one of them was filed."""

    def __init__(self, *, lists: Lists, **at_hand: Unpack[AtHand]) -> None:
        super().__init__(**at_hand)
        lists.know(home.FITTING_FORM, self._fitting_again)

    def register(self, app: AsyncApp) -> None:
        app.action(home.FILE_FROM_HOME)(self.choose_section)
        app.action(home.EDIT_FROM_HOME)(self.edit)
        app.action(home.SHOW_FITTING)(self.show_fitting)
        app.action(home.GOT_IT)(self.got_it)
        app.action(home.OTHER_DESK)(self.ask_for_desk)
        app.view(home.FILE_FORM)(self.file)
        app.view(home.DESK_FORM)(self.choose_desk)

    async def choose_section(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        await ack()
        click = Click.from_body(body)
        item, house = await self._desk.item_and_house(
            int(chosen(action)), workspace=click.workspace, by=click.member, now=self._clock()
        )
        view = home.file_form(item, house, self._render)
        await client.views_open(trigger_id=click.trigger, view=view)

    async def file(self, ack: AsyncAck, view: Payload, body: Payload) -> None:
        item, section = home.filed_in(view)
        click = Click.from_body(body)
        await self._desk.file(item, section, workspace=click.workspace, by=click.member, now=self._clock())
        await ack()
        self._wake()

    async def edit(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        await ack()
        click = Click.from_body(body)
        item = await self._desk.item(int(chosen(action)), workspace=click.workspace, by=click.member, now=self._clock())
        await client.views_open(trigger_id=click.trigger, view=forms.edit_form(item, self._render))

    async def show_fitting(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        await ack()
        desk, section = item_and_choice(action)
        click = Click.from_body(body)
        await client.views_open(trigger_id=click.trigger, view=await self._fitting_form(desk, section, click))

    async def got_it(self, ack: AsyncAck, body: Payload) -> None:
        await ack()
        click = Click.from_body(body)
        await self._desk.got_it(workspace=click.workspace, by=click.member, now=self._clock())
        self._wake()

    async def ask_for_desk(self, ack: AsyncAck, body: Payload, client: AsyncWebClient) -> None:
        await ack()
        click = Click.from_body(body)
        choice = await self._desk.desk_choice(workspace=click.workspace, by=click.member, now=self._clock())
        await client.views_open(trigger_id=click.trigger, view=home.desk_form(choice, self._render))

    async def choose_desk(self, ack: AsyncAck, view: Payload, body: Payload) -> None:
        desk, click = home.desk_in(view), Click.from_body(body)
        await self._desk.choose_desk(desk, workspace=click.workspace, by=click.member, now=self._clock())
        await ack()
        self._wake()

    async def _fitting_again(self, shown: Mapping[str, Any], click: Click) -> View:
        return await self._fitting_form(*home.fitting_of(shown), click)

    async def _fitting_form(self, desk: int, section: str, click: Click) -> View:
        form = await self._desk.fitting(desk, section, workspace=click.workspace, by=click.member, now=self._clock())
        return home.fitting_form(form, self._render)
