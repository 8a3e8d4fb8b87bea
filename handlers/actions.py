"""Buttons and selects: acknowledge, read, call the desk once. The card follows through the outbox."""

import asyncio
import re
from datetime import date
from typing import Any, Unpack

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk.drops import Drop
from bot.desk.errors import PassageChangedError
from bot.export.feeds import render_feed
from bot.export.formats import FORMATS, render
from bot.render import spoken
from handlers.blocks import card, draft, duplicate, forms, off_topic, status, writing
from handlers.blocks.gate import over_fix_list, place_in
from handlers.fresh_views import show_anew
from handlers.listeners import AtHand, Listeners
from handlers.payloads import Click, chosen, item_and_choice, review_place
from handlers.reviewing import ReviewList


class Actions(Listeners):
    """One listener an action; what members see next is the card, shown again from its state."""

    def __init__(self, *, review: ReviewList, **at_hand: Unpack[AtHand]) -> None:
        super().__init__(**at_hand)
        self._review = review

    def register(self, app: AsyncApp) -> None:
        app.action(card.MOVE)(self.move)
        app.action(card.UNDO)(self.undo)
        app.action(card.EDIT)(self.edit)
        app.action(card.MORE)(self.more)
        app.action(card.REVIEW)(self.review)
        app.action(re.compile(f"^{forms.REVIEW_PAGE}:"))(self.turn_page)
        app.action(re.compile(f"^(?:{card.KEEP}|{card.KEEP_AND_EDIT})$"))(self.keep)
        app.action(card.USE_ARCHIVED)(self.use_archived)
        app.action(card.REMOVE)(self.remove)
        app.action(re.compile(f"^{card.CHOOSE_DAY}:"))(self.choose_day)
        app.action(card.USE_ALTERNATIVE)(self.use_alternative)
        app.action(card.SAME_PUBLISHER)(self.same_publisher)
        app.action(card.CHOOSE_PUBLISHER)(self.choose_publisher)
        app.action(off_topic.ADD_ANYWAY)(self.add_anyway)
        app.action(duplicate.ADD_NOTE)(self.note)
        app.action(duplicate.OPEN_PAGE)(self.nothing)
        app.action(draft.REFRESH)(self.refresh_draft)
        app.action(draft.EXPORT)(self.export)
        app.action(draft.PUBLISH)(self.publish)
        app.action(writing.WRITE)(self.write)
        app.action(writing.UNDO)(self.undo_passage)
        app.action(status.MY_ITEMS)(self.my_items)

    async def undo(self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        item, seen = card.undone_in(chosen(action))
        click, now = Click.from_body(body), self._clock()
        await self._desk.undo(item, workspace=click.workspace, by=click.member, now=now, seen=seen)
        self._wake()
        await self._review.show_again(body, client)

    async def move(self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        about = await self._desk.item_and_issue(int(chosen(action)), now=self._clock())
        await client.views_open(trigger_id=Click.from_body(body).trigger, view=forms.move_form(about, self._render))

    async def edit(self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        click = Click.from_body(body)
        item = await self._desk.item(int(chosen(action)), workspace=click.workspace, by=click.member, now=self._clock())
        await client.views_open(trigger_id=click.trigger, view=forms.edit_form(item, self._render))

    async def note(self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        view = forms.note_form(int(chosen(action)), self._render)
        await client.views_open(trigger_id=Click.from_body(body).trigger, view=view)

    async def more(
        self,
        ack: AsyncAck,
        action: dict[str, Any],
        body: dict[str, Any],
        client: AsyncWebClient,
        respond: AsyncRespond,
    ) -> None:
        await ack()
        item, choice = item_and_choice(action)
        click, now = Click.from_body(body), self._clock()
        match choice:
            case "spike":
                await self._desk.spike(item, workspace=click.workspace, by=click.member, now=now)
            case "read":
                await self._desk.read_again(item, workspace=click.workspace, by=click.member, now=now)
            case "pin" | "unpin":
                pinned = choice == "pin"
                await self._desk.pin(item, pinned=pinned, workspace=click.workspace, by=click.member, now=now)
            case "must_read":
                entry = await self._desk.recommend(item, workspace=click.workspace, by=click.member, now=now)
                words = self._render.message("recommended", entry=entry)
                if body.get("response_url"):
                    await respond(text=words, response_type="ephemeral", replace_original=False)
                else:  # in a form there is nowhere else to say it
                    await client.chat_postMessage(channel=click.member, text=words)
            case _:
                await client.views_open(trigger_id=click.trigger, view=forms.note_form(item, self._render))
        self._wake()

    async def keep(self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        click, now = Click.from_body(body), self._clock()
        item = await self._desk.keep(int(chosen(action)), workspace=click.workspace, by=click.member, now=now)
        self._wake()
        if action["action_id"] == card.KEEP_AND_EDIT:
            await client.views_open(trigger_id=click.trigger, view=forms.edit_form(item, self._render))
        await self._review.show_again(body, client)

    async def use_archived(
        self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient
    ) -> None:
        await ack()
        click = Click.from_body(body)
        item = int(chosen(action))
        await self._desk.use_archived(item, workspace=click.workspace, by=click.member, now=self._clock())
        self._wake()
        await self._review.show_again(body, client)

    async def remove(self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        click = Click.from_body(body)
        await self._desk.spike(int(chosen(action)), workspace=click.workspace, by=click.member, now=self._clock())
        self._wake()
        await self._review.show_again(body, client)

    async def choose_day(
        self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient
    ) -> None:
        await ack()
        item, day = item_and_choice(action)
        click, now = Click.from_body(body), self._clock()
        await self._desk.choose_day(item, date.fromisoformat(day), workspace=click.workspace, by=click.member, now=now)
        self._wake()
        await self._review.show_again(body, client)

    async def use_alternative(
        self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient
    ) -> None:
        await ack()
        item, seen = item_and_choice(action)
        click, now = Click.from_body(body), self._clock()
        await self._desk.use_alternative(item, seen, workspace=click.workspace, by=click.member, now=now)
        self._wake()
        await self._review.show_again(body, client)

    async def same_publisher(self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any]) -> None:
        await ack()
        click = Click.from_body(body)
        item = int(chosen(action))
        await self._desk.name_publisher(item, None, workspace=click.workspace, by=click.member, now=self._clock())
        self._wake()

    async def choose_publisher(
        self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient
    ) -> None:
        await ack()
        click = Click.from_body(body)
        item = await self._desk.item(int(chosen(action)), workspace=click.workspace, by=click.member, now=self._clock())
        await client.views_open(trigger_id=click.trigger, view=forms.publisher_form(item, self._render))

    async def add_anyway(
        self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], respond: AsyncRespond
    ) -> None:
        await ack()
        click, now = Click.from_body(body), self._clock()
        desk = await self._desk.desk_for(click.workspace, body["channel"]["id"], click.member, now=self._clock())
        drop = Drop(click.workspace, desk.channel, f"added:{click.trigger}", None, click.member, (chosen(action),))
        await self._desk.add(drop, now=now)
        issue = await self._desk.current_issue(desk, now=now)
        self._wake()
        words = self._render.message("added", number=issue.number, channel=desk.channel)
        await respond(text=words, response_type="ephemeral", replace_original=True)

    async def review(self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        view = await self._review.form(review_place(chosen(action)))
        await client.views_open(trigger_id=Click.from_body(body).trigger, view=view)

    async def turn_page(
        self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient
    ) -> None:
        await ack()
        place = review_place(chosen(action))
        await show_anew(body["view"], await self._review.form(place), client, again=lambda: self._review.form(place))

    async def refresh_draft(self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any]) -> None:
        await ack()
        click = Click.from_body(body)
        await self._desk.refresh_draft(
            int(chosen(action)), workspace=click.workspace, by=click.member, now=self._clock()
        )
        self._wake()

    async def export(self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        issue, form = item_and_choice(action)
        click = Click.from_body(body)
        found = await self._desk.draft_now(issue, workspace=click.workspace, by=click.member, now=self._clock())
        title = found.edition.title
        if form == draft.FEED:
            published = await self._desk.published_before(
                issue, workspace=click.workspace, by=click.member, now=self._clock()
            )
            made = await asyncio.to_thread(render_feed, form, found.house, published, self._render)
            title, name = found.house.title, f"{found.house.name}.{form}"
        else:
            made = await asyncio.to_thread(render, form, found.edition, self._render)
            name = f"{found.house.name}-{found.issue.number}{FORMATS[form].suffix}"
        with spoken(found.house.language):  # it stands in the channel
            title = f"{title}: {self._render.label(f'format.{form}')}"
        await client.files_upload_v2(
            channel=body["channel"]["id"],
            thread_ts=body["message"]["ts"],
            filename=name,
            title=title,
            file=made,
        )

    async def publish(self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any]) -> None:
        await ack()
        click = Click.from_body(body)
        await self._desk.publish(int(chosen(action)), workspace=click.workspace, by=click.member, now=self._clock())
        self._wake()

    async def write(self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        issue, name = item_and_choice(action)
        click = Click.from_body(body)
        form = await self._desk.passage(issue, name, workspace=click.workspace, by=click.member, now=self._clock())
        await client.views_open(trigger_id=click.trigger, view=writing.passage_form(form, self._render))

    async def undo_passage(
        self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient
    ) -> None:
        await ack()
        issue, name, over = writing.place_of(chosen(action))
        click = Click.from_body(body)
        try:
            form = await self._desk.undo_passage(
                issue, name, over=over, workspace=click.workspace, by=click.member, now=self._clock()
            )
            view = writing.passage_form(form, self._render, after="undo")
        except PassageChangedError as changed:
            view = writing.passage_form(changed.form, self._render, after="change")
        self._wake()

        async def as_it_stands() -> View:
            stands = await self._desk.passage(
                issue, name, workspace=click.workspace, by=click.member, now=self._clock()
            )
            return over_fix_list(writing.passage_form(stands, self._render), place_in(body["view"]))

        await show_anew(body["view"], over_fix_list(view, place_in(body["view"])), client, again=as_it_stands)

    async def my_items(
        self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient
    ) -> None:
        await ack()
        _, desk_id = item_and_choice(action)
        click = Click.from_body(body)
        desk = await self._desk.desk(int(desk_id))
        stands = await self._desk.status(desk, click.member, now=self._clock())
        await client.views_open(trigger_id=click.trigger, view=status.mine_form(stands, self._render))

    async def nothing(self, ack: AsyncAck) -> None:
        """A button that opens a page in the browser asks nothing of the desk."""
        await ack()
