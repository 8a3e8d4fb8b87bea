"""`/vric setup`, and its button where a channel has no desk."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from handlers.blocks import setup
from handlers.listeners import Listeners
from handlers.payloads import Click, Command, chosen


class SettingUp(Listeners):
    def register(self, app: AsyncApp) -> None:
        app.action(setup.SET_UP)(self.press)
        app.view(setup.SETUP_FORM)(self.send)

    async def command(self, command: Command, _respond: AsyncRespond, client: AsyncWebClient) -> None:
        """`/vric setup`."""
        await self._open(command.workspace, command.channel, command.member, command.ticket, client)

    async def press(self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        click = Click.from_body(body)
        await self._open(click.workspace, chosen(action), click.member, click.trigger, client)

    async def send(self, ack: AsyncAck, view: dict[str, Any], body: dict[str, Any]) -> None:
        channel, wish, seen = setup.setup_in(view)
        click = Click.from_body(body)
        desk, issue = await self._desk.set_up(
            click.workspace, channel, wish, seen=seen, by=click.member, now=self._clock()
        )
        self._wake()
        told = setup.is_set_up(desk, issue, self._desk.house_of(desk), self._render)
        await ack(response_action="update", view=told)

    async def _open(self, workspace: str, channel: str, member: str, trigger: str, client: AsyncWebClient) -> None:
        form = await self._desk.setup_form(workspace, channel, by=member, now=self._clock())
        await client.views_open(trigger_id=trigger, view=setup.setup_form(form, self._render))
