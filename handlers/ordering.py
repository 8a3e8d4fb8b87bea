"""Editors order a section or the must reads."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk.errors import OrderChangedError
from handlers.blocks import order
from handlers.fresh_views import show_anew
from handlers.listeners import Listeners
from handlers.payloads import Click, chosen, item_and_choice


class Orders(Listeners):
    def register(self, app: AsyncApp) -> None:
        app.action(order.ORDER)(self.open)
        app.action(order.UNDO)(self.undo)
        app.action(order.ADD)(self.add)
        app.view(order.ORDER_FORM)(self.save)

    async def open(self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        issue, name = item_and_choice(action)
        click = Click.from_body(body)
        form = await self._desk.order(issue, name, workspace=click.workspace, by=click.member, now=self._clock())
        await client.views_open(trigger_id=click.trigger, view=order.order_form(form, self._render))

    async def save(self, ack: AsyncAck, view: dict[str, Any], body: dict[str, Any]) -> None:
        issue, name, seen = order.place_of(view)
        click, places = Click.from_body(body), order.places_in(view)
        try:
            await self._desk.set_order(
                issue, name, places, seen=seen, workspace=click.workspace, by=click.member, now=self._clock()
            )
        except OrderChangedError as changed:
            again = order.order_form(changed.form, self._render, mine=changed.mine)
            await ack(response_action="update", view=again)
            return
        await ack()
        self._wake()

    async def undo(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        issue, name, seen = order.place_of(body["view"])
        click = Click.from_body(body)
        try:
            form = await self._desk.undo_order(
                issue, name, seen=seen, workspace=click.workspace, by=click.member, now=self._clock()
            )
            view = order.order_form(form, self._render, after="undo")
        except OrderChangedError as changed:
            view = order.order_form(changed.form, self._render, after="change")
        self._wake()
        await show_anew(body["view"], view, client, again=lambda: self._form(issue, name, click))

    async def add(self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        issue, name, _ = order.place_of(body["view"])
        click, now = Click.from_body(body), self._clock()
        await self._desk.recommend(int(chosen(action)), workspace=click.workspace, by=click.member, now=now)
        self._wake()
        view = await self._form(issue, name, click)
        await show_anew(body["view"], view, client, again=lambda: self._form(issue, name, click))

    async def _form(self, issue: int, name: str, click: Click) -> View:
        form = await self._desk.order(issue, name, workspace=click.workspace, by=click.member, now=self._clock())
        return order.order_form(form, self._render)
