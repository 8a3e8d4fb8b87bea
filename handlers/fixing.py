"""The fix list: what the gate found is mended where it is read, and the list shows what is left."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from handlers.blocks import forms, gate, writing
from handlers.blocks.card import ATTEST
from handlers.listeners import Listeners
from handlers.payloads import Click, chosen, item_and_choice

Payload = dict[str, Any]


class Fixing(Listeners):
    """Buttons of the fix list, and the forms that they lay over it."""

    def register(self, app: AsyncApp) -> None:
        app.action(gate.FIX_LIST)(self.open)
        app.action(re.compile(f"^{gate.FIX_PAGE}:"))(self.turn_page)
        app.action(gate.FIX_ITEM)(self.edit)
        app.action(forms.UNDO_EDIT)(self.undo_edit)
        app.action(gate.FIX_PASSAGE)(self.write)
        app.action(ATTEST)(self.attest)
        app.action(gate.WAIVE)(self.waive)
        app.action(gate.READ_AGAIN)(self.read_again)
        app.action(gate.USE_COPY)(self.use_copy)
        app.action(gate.SPIKE)(self.spike)
        app.action(gate.TAKE_BACK)(self.take_back)
        app.view(gate.ATTEST_FORM)(self.attested)
        app.view(gate.WAIVE_FORM)(self.waived)

    async def open(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        await ack()
        click = Click.from_body(body)
        await client.views_open(trigger_id=click.trigger, view=await self.fix_list(int(chosen(action)), 0, click))

    async def turn_page(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        await ack()
        place = gate.place_in(body["view"])
        if place is not None:
            view = await self.fix_list(place[0], int(chosen(action)), Click.from_body(body))
            await client.views_update(view_id=body["view"]["id"], view=view)

    async def edit(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        await ack()
        click = Click.from_body(body)
        item = await self._desk.item(int(chosen(action)), workspace=click.workspace, by=click.member, now=self._clock())
        await _lay_over(forms.edit_form(item, self._render), body, client)

    async def undo_edit(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        await ack()
        item, over = item_and_choice(action)
        click = Click.from_body(body)
        found = await self._desk.undo_edit(
            item, over=int(over), workspace=click.workspace, by=click.member, now=self._clock()
        )
        self._wake()
        await client.views_update(view_id=body["view"]["id"], view=forms.undone_form(found, self._render))
        await self.show_again(body["view"], body, client)

    async def write(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        await ack()
        click, place = Click.from_body(body), gate.place_in(body["view"])
        if place is not None:
            form = await self._desk.passage(
                place[0], chosen(action), workspace=click.workspace, by=click.member, now=self._clock()
            )
            await _lay_over(writing.passage_form(form, self._render), body, client)

    async def attest(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        await ack()
        click = Click.from_body(body)
        item, house = await self._desk.item_and_house(
            int(chosen(action)), workspace=click.workspace, by=click.member, now=self._clock()
        )
        await _lay_over(gate.attest_form(item, house, self._render), body, client)

    async def waive(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        await ack()
        place = gate.place_in(body["view"])
        if place is not None:
            await _lay_over(gate.waive_form(place[0], chosen(action), self._render), body, client)

    async def read_again(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        await self._mend_item(self._desk.read_again, ack, action, body, client)

    async def use_copy(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        await self._mend_item(self._desk.use_archived, ack, action, body, client)

    async def spike(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        await self._mend_item(self._desk.spike, ack, action, body, client)

    async def take_back(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        place = gate.place_in(body["view"])

        async def take_back(click: Click) -> None:
            if place is not None:
                await self._desk.take_waiver_back(
                    place[0], chosen(action), workspace=click.workspace, by=click.member, now=self._clock()
                )

        await self._mend(take_back, ack, body, client)

    async def attested(self, ack: AsyncAck, view: Payload, body: Payload, client: AsyncWebClient) -> None:
        item, topic, is_checked = gate.attested_in(view)
        click = Click.from_body(body)
        await self._desk.attest(
            item, topic, is_checked=is_checked, workspace=click.workspace, by=click.member, now=self._clock()
        )
        await ack()
        self._wake()
        await self.show_again(view, body, client)

    async def waived(self, ack: AsyncAck, view: Payload, body: Payload, client: AsyncWebClient) -> None:
        issue, finding, reason = gate.waived_in(view)
        click = Click.from_body(body)
        await self._desk.waive(issue, finding, reason, workspace=click.workspace, by=click.member, now=self._clock())
        await ack()
        await self.show_again(view, body, client)

    async def show_again(self, form: Mapping[str, Any], body: Payload, client: AsyncWebClient) -> None:
        """Bring the fix list up to date in which a member mended something, or over which their form lay."""
        place = gate.place_in(form)
        if place is not None:
            view = await self.fix_list(*place, Click.from_body(body))
            await client.views_update(view_id=form["root_view_id"], view=view)

    async def _mend_item(
        self,
        verb: Callable[..., Awaitable[object]],
        ack: AsyncAck,
        action: Payload,
        body: Payload,
        client: AsyncWebClient,
    ) -> None:
        async def mend(click: Click) -> None:
            await verb(int(chosen(action)), workspace=click.workspace, by=click.member, now=self._clock())

        await self._mend(mend, ack, body, client)

    async def _mend(
        self, mend: Callable[[Click], Awaitable[None]], ack: AsyncAck, body: Payload, client: AsyncWebClient
    ) -> None:
        await ack()
        await mend(Click.from_body(body))
        self._wake()
        await self.show_again(body["view"], body, client)

    async def fix_list(self, issue_id: int, page: int, click: Click) -> View:
        """A page of the fix list, as it stands now."""
        found = await self._desk.fix_list(issue_id, workspace=click.workspace, by=click.member, now=self._clock())
        return gate.fix_list(found, self._render, page)


async def _lay_over(form: View, body: Payload, client: AsyncWebClient) -> None:
    """Show a form: over the fix list where that is in front, else by itself."""
    trigger, place = Click.from_body(body).trigger, gate.place_in(body.get("view"))
    if place is None:
        await client.views_open(trigger_id=trigger, view=form)
    else:
        await client.views_push(trigger_id=trigger, view=gate.over_fix_list(form, place))
