"""Editors correct a published issue from its draft thread."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk.correcting import Correction
from bot.ports import LeaseLostError
from handlers.blocks import correcting
from handlers.listeners import Listeners
from handlers.payloads import Click, chosen


class Corrections(Listeners):
    def register(self, app: AsyncApp) -> None:
        app.action(correcting.CORRECT)(self.begin)
        app.view(correcting.CHOICE_FORM)(self.choose)
        app.view(correcting.ITEM_FORM)(self.correct_item)
        app.view(correcting.PASSAGE_FORM)(self.correct_passage)

    async def begin(self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        click = Click.from_body(body)
        issue = int(chosen(action))
        found = await self._desk.draft_now(issue, workspace=click.workspace, by=click.member, now=self._clock())
        await client.views_open(trigger_id=click.trigger, view=correcting.choice_form(found, self._render))

    async def choose(self, ack: AsyncAck, view: dict[str, Any], body: dict[str, Any]) -> None:
        click, now = Click.from_body(body), self._clock()
        match correcting.chosen_in(view):
            case (issue, name):
                form = await self._desk.passage(issue, name, workspace=click.workspace, by=click.member, now=now)
                shown = correcting.correct_passage_form(form, self._render)
            case item:
                found = await self._desk.published_item(item, workspace=click.workspace, by=click.member, now=now)
                shown = correcting.correct_item_form(found, self._render)
        await ack(response_action="update", view=shown)

    async def correct_item(
        self, ack: AsyncAck, view: dict[str, Any], body: dict[str, Any], client: AsyncWebClient
    ) -> None:
        item, words, marks, is_out, note = correcting.item_corrected_in(view)
        click = Click.from_body(body)
        correction = await self._desk.check_item_correction(
            item,
            words,
            note,
            is_out=is_out,
            opened_with=marks,
            workspace=click.workspace,
            by=click.member,
            now=self._clock(),
        )
        await self._publish(correction, ack, client)

    async def correct_passage(
        self, ack: AsyncAck, view: dict[str, Any], body: dict[str, Any], client: AsyncWebClient
    ) -> None:
        issue, name, texts, note = correcting.passage_corrected_in(view)
        click = Click.from_body(body)
        correction = await self._desk.check_passage_correction(
            issue, name, texts, note, workspace=click.workspace, by=click.member, now=self._clock()
        )
        await self._publish(correction, ack, client)

    async def _publish(self, correction: Correction, ack: AsyncAck, client: AsyncWebClient) -> None:
        await ack()  # to make the files of a version takes longer than Slack waits
        try:
            await self._desk.correct(correction, now=self._clock())
        except LeaseLostError:  # the form is closed by now
            await client.chat_postMessage(channel=correction.by, text=self._render.error("lease_lost"))
        self._wake()
