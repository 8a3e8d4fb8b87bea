"""The calendar, and deadlines that move: asked first, with the zone in words, and then done."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from handlers.blocks import calendar
from handlers.listeners import Listeners
from handlers.payloads import Click, chosen


class Calendars(Listeners):
    def register(self, app: AsyncApp) -> None:
        app.action(calendar.SHOW_CALENDAR)(self.show)
        app.action(calendar.MOVE_DEADLINE)(self.move)
        app.action(calendar.LEAVE_DEADLINE)(self.leave)

    async def show(self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        click = Click.from_body(body)
        desk = await self._desk.desk_numbered(int(chosen(action)), workspace=click.workspace)
        plan = await self._desk.calendar(desk, by=click.member, now=self._clock())
        await client.views_open(trigger_id=click.trigger, view=calendar.calendar_form(plan, self._render))

    async def move(self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], respond: AsyncRespond) -> None:
        await ack()
        desk_id, over, deadline = calendar.deadline_in(chosen(action))
        click = Click.from_body(body)
        desk = await self._desk.desk_numbered(desk_id, workspace=click.workspace)
        issue = await self._desk.move_deadline(desk, deadline, by=click.member, now=self._clock(), over=over)
        self._wake()
        words = self._render.message("deadline_asked", issue=issue, zone=self._desk.house_of(desk).calendar.zone)
        await respond(text=words, response_type="ephemeral", replace_original=True)

    async def leave(self, ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        words = self._render.message("deadline_left")
        await respond(text=words, response_type="ephemeral", replace_original=True)
