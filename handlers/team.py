"""Who owns and edits a desk: members ask, owners change it."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from handlers.blocks import team
from handlers.listeners import Listeners
from handlers.payloads import Click, Command, chosen

Payload = dict[str, Any]


class Team(Listeners):
    def register(self, app: AsyncApp) -> None:
        app.action(team.CHANGE_TEAM)(self.ask)
        app.view(team.TEAM_FORM)(self.change)

    async def answer(self, command: Command, respond: AsyncRespond, _client: AsyncWebClient) -> None:
        """`/vric team`."""
        desk = await self._desk.desk_for(command.workspace, command.channel, command.member, now=self._clock())
        page = await self._desk.team(desk, by=command.member, now=self._clock())
        self._wake()
        text, blocks = team.team_blocks(page, self._render)
        await respond(text=text, blocks=blocks)

    async def ask(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        await ack()
        click = Click.from_body(body)
        form = await self._desk.team_form(
            int(chosen(action)), workspace=click.workspace, by=click.member, now=self._clock()
        )
        await client.views_open(trigger_id=click.trigger, view=team.team_form(form, self._render))

    async def change(self, ack: AsyncAck, view: Payload, body: Payload) -> None:
        desk, wish = team.wish_in(view)
        click = Click.from_body(body)
        page = await self._desk.change_team(desk, wish, workspace=click.workspace, by=click.member, now=self._clock())
        await ack(response_action="update", view=team.team_shown(page, self._render))
        self._wake()
