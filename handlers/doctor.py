"""`/vric doctor`: an editor asks how the bot is, and has it try again what it gave up."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from handlers.account import account_or_refusal
from handlers.blocks import doctor
from handlers.listeners import Listeners
from handlers.payloads import Click, Command, chosen


class Doctor(Listeners):
    """What it finds is said in answer to the command: that reaches the editor also where Slack refuses the token."""

    def register(self, app: AsyncApp) -> None:
        app.action(doctor.TRY_AGAIN)(self.try_again)

    async def answer(self, command: Command, respond: AsyncRespond, client: AsyncWebClient) -> None:
        """`/vric doctor`."""
        desk = await self._desk.desk_for(command.workspace, command.channel, command.member, now=self._clock())
        health = await self._desk.health(desk, by=command.member, now=self._clock())
        checkup = doctor.Checkup(health, await account_or_refusal(client), self._clock())
        text, blocks = doctor.doctor_blocks(checkup, desk.id, self._desk.house_of(desk).calendar.zone, self._render)
        await respond(text=text, blocks=blocks)

    async def try_again(
        self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], respond: AsyncRespond
    ) -> None:
        await ack()
        click = Click.from_body(body)
        desk = await self._desk.desk_numbered(int(chosen(action)), workspace=click.workspace)
        count = await self._desk.try_again(desk, by=click.member, now=self._clock())
        self._wake()
        words = self._render.message("doctor_tries", count=count)
        await respond(text=words, response_type="ephemeral", replace_original=True)
