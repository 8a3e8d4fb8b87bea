"""Answers to reminders: quiet for a while or for good, and links that are filed where they are counted."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk.reminders import Quiet
from handlers.blocks import reminder
from handlers.fresh_views import show_anew
from handlers.listeners import Listeners
from handlers.payloads import Click, chosen, item_and_choice

Payload = dict[str, Any]


class Reminders(Listeners):
    """Reminders that stand in a conversation are shown again by the desk; a form is brought up to date here."""

    def register(self, app: AsyncApp) -> None:
        app.action(reminder.SNOOZE)(self.choose_day)
        app.action(reminder.MY_REMINDERS)(self.choose_day)
        app.action(reminder.NOT_THIS_ISSUE)(self.sit_out)
        app.action(reminder.REMIND_AGAIN)(self.remind_again)
        app.action(reminder.FILE_MINE)(self.show_mine)
        app.action(reminder.FILE_WAITING)(self.file)
        app.view(reminder.SNOOZE_FORM)(self.snooze)

    async def choose_day(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        await ack()
        click = Click.from_body(body)
        quiet = await self._desk.quiet(_issue(action), workspace=click.workspace, by=click.member, now=self._clock())
        form = reminder.snooze_form(quiet, self._render, message=action["action_id"] == reminder.SNOOZE)
        await client.views_open(trigger_id=click.trigger, view=form)

    async def snooze(self, ack: AsyncAck, view: Payload, body: Payload) -> None:
        issue, day, message = reminder.snooze_in(view)
        click = Click.from_body(body)
        quiet = await self._desk.snooze(issue, day, workspace=click.workspace, by=click.member, now=self._clock())
        if message:
            await ack()
        else:
            await ack(response_action="update", view=reminder.snooze_form(quiet, self._render, message=message))
        self._wake()

    async def sit_out(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        await ack()
        click = Click.from_body(body)
        quiet = await self._desk.sit_out(_issue(action), workspace=click.workspace, by=click.member, now=self._clock())
        await self._show_form(quiet, body, client)

    async def remind_again(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        await ack()
        click = Click.from_body(body)
        quiet = await self._desk.remind_again(
            _issue(action), workspace=click.workspace, by=click.member, now=self._clock()
        )
        await self._show_form(quiet, body, client)

    async def show_mine(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        await ack()
        _, desk_id = item_and_choice(action)
        click = Click.from_body(body)
        desk = await self._desk.desk(int(desk_id))
        status = await self._desk.status(desk, click.member, now=self._clock())
        await client.views_open(trigger_id=click.trigger, view=reminder.mine_waiting_form(status, self._render))

    async def file(self, ack: AsyncAck, action: Payload, body: Payload, client: AsyncWebClient) -> None:
        await ack()
        item, section = item_and_choice(action)
        click, now = Click.from_body(body), self._clock()
        await self._desk.file(item, section, workspace=click.workspace, by=click.member, now=now)
        self._wake()
        desk = await self._desk.desk(reminder.desk_in(body["view"]))

        async def as_it_stands() -> View:
            status = await self._desk.status(desk, click.member, now=self._clock())
            return reminder.mine_waiting_form(status, self._render)

        await show_anew(body["view"], await as_it_stands(), client, again=as_it_stands)

    async def _show_form(self, quiet: Quiet, body: Payload, client: AsyncWebClient) -> None:
        """Bring the form up to date in which somebody clicked; a message follows by itself."""
        self._wake()
        view = body.get("view")
        if view is not None:
            form = reminder.snooze_form(quiet, self._render, message=False)
            await client.views_update(view_id=view["id"], view=form)


def _issue(action: Payload) -> int:
    """The issue of a button; one that was posted by an earlier version names its desk beside it."""
    return int(chosen(action).partition(":")[0])
