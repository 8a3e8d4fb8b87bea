"""Forms that were submitted: what cannot be stored is answered in the form, at its field."""

from typing import Any, Unpack

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk.editing import EditOvertakenError
from bot.desk.errors import PassageChangedError, SomebodyWasFasterError
from bot.editorial.item import ItemState
from handlers.blocks import forms, writing
from handlers.blocks.gate import over_fix_list, place_in
from handlers.fixing import Fixing
from handlers.listeners import AtHand, Listeners
from handlers.payloads import Click


class Views(Listeners):
    def __init__(self, *, fixing: Fixing, **at_hand: Unpack[AtHand]) -> None:
        super().__init__(**at_hand)
        self._fixing = fixing

    def register(self, app: AsyncApp) -> None:
        app.view(forms.EDIT_FORM)(self.edit)
        app.view(forms.MOVE_FORM)(self.move)
        app.view(forms.NOTE_FORM)(self.note)
        app.view(forms.PUBLISHER_FORM)(self.publisher)
        app.view(writing.WRITE_FORM)(self.write)

    async def edit(self, ack: AsyncAck, view: dict[str, Any], body: dict[str, Any], client: AsyncWebClient) -> None:
        item, words, marks = forms.words_of(view)
        click = Click.from_body(body)
        try:
            await self._desk.edit(
                item, words, opened_with=marks, workspace=click.workspace, by=click.member, now=self._clock()
            )
        except EditOvertakenError as overtaken:
            about = await self._desk.item_and_issue(item, now=self._clock())
            theirs = forms.overtaken_form(overtaken, words, self._render, about.house.calendar.zone)
            await ack(response_action="update", view=over_fix_list(theirs, place_in(view)))
            self._wake()
            return
        await ack()
        self._wake()
        await self._fixing.show_again(view, body, client)

    async def move(self, ack: AsyncAck, view: dict[str, Any], body: dict[str, Any]) -> None:
        item, moved_from, section = forms.move_of(view)
        click, now = Click.from_body(body), self._clock()
        try:
            await self._desk.move(
                item, section, moved_from=moved_from, workspace=click.workspace, by=click.member, now=now
            )
        except SomebodyWasFasterError as faster:
            if faster.item.state is not ItemState.FILED:
                raise
            about = await self._desk.item_and_issue(item, now=now)
            zone = about.house.calendar.zone
            words = self._render.error("somebody_was_faster", error=faster, zone=zone, now=now)
            again = forms.move_form(about, self._render, faster=words, wanted=section)
            await ack(response_action="update", view=again)
            return
        await ack()
        self._wake()

    async def note(self, ack: AsyncAck, view: dict[str, Any], body: dict[str, Any]) -> None:
        item, note = forms.note_of(view)
        click = Click.from_body(body)
        await self._desk.add_note(item, note, workspace=click.workspace, by=click.member, now=self._clock())
        await ack()
        self._wake()

    async def publisher(self, ack: AsyncAck, view: dict[str, Any], body: dict[str, Any]) -> None:
        item, name = forms.publisher_of(view)
        click = Click.from_body(body)
        await self._desk.name_publisher(item, name, workspace=click.workspace, by=click.member, now=self._clock())
        await ack()
        self._wake()

    async def write(self, ack: AsyncAck, view: dict[str, Any], body: dict[str, Any], client: AsyncWebClient) -> None:
        issue, name, over = writing.place_of(view["private_metadata"])
        click, texts = Click.from_body(body), writing.texts_in(view)
        try:
            await self._desk.write_passage(
                issue, name, texts, over=over, workspace=click.workspace, by=click.member, now=self._clock()
            )
        except PassageChangedError as changed:
            theirs = writing.passage_form(changed.form, self._render, mine=texts)
            await ack(response_action="update", view=over_fix_list(theirs, place_in(view)))
            return
        await ack()
        self._wake()
        await self._fixing.show_again(view, body, client)
