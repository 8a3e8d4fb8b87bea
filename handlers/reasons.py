"""What an earlier issue had, and what is of another time: used or kept with a reason, or left to the next issue."""

from typing import Any, Unpack

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from handlers.blocks import card, forms
from handlers.listeners import AtHand, Listeners
from handlers.payloads import Click, chosen, item_and_choice
from handlers.reviewing import ReviewList, clicked_in


class Reasons(Listeners):
    def __init__(self, *, review: ReviewList, **at_hand: Unpack[AtHand]) -> None:
        super().__init__(**at_hand)
        self._review = review

    def register(self, app: AsyncApp) -> None:
        app.action(card.USE_AGAIN)(self.ask_why_again)
        app.action(card.KEEP_OUTSIDE)(self.ask_why_kept)
        app.action(card.HOLD_OVER)(self.hold_over)
        app.action(card.TAKE_BACK)(self.take_back)
        app.view(forms.USE_AGAIN_FORM)(self.use_again)
        app.view(forms.KEEP_OUTSIDE_FORM)(self.keep_outside)

    async def ask_why_again(
        self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient
    ) -> None:
        await ack()
        await self._ask(forms.USE_AGAIN_FORM, action, body, client)

    async def ask_why_kept(
        self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient
    ) -> None:
        await ack()
        await self._ask(forms.KEEP_OUTSIDE_FORM, action, body, client)

    async def hold_over(
        self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient
    ) -> None:
        await ack()
        click = Click.from_body(body)
        await self._desk.hold_over(int(chosen(action)), workspace=click.workspace, by=click.member, now=self._clock())
        self._wake()
        await self._review.show_again(body, client)

    async def take_back(
        self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient
    ) -> None:
        await ack()
        item, number = item_and_choice(action)
        click, now = Click.from_body(body), self._clock()
        await self._desk.take_back(item, int(number), workspace=click.workspace, by=click.member, now=now)
        self._wake()
        await self._review.show_again(body, client)

    async def use_again(
        self, ack: AsyncAck, view: dict[str, Any], body: dict[str, Any], client: AsyncWebClient
    ) -> None:
        item, why, over = forms.reason_of(view)
        click = Click.from_body(body)
        await self._desk.use_again(item, why, workspace=click.workspace, by=click.member, now=self._clock())
        await ack()
        await self._given(view, over, client)

    async def keep_outside(
        self, ack: AsyncAck, view: dict[str, Any], body: dict[str, Any], client: AsyncWebClient
    ) -> None:
        item, why, over = forms.reason_of(view)
        click = Click.from_body(body)
        await self._desk.keep_outside(item, why, workspace=click.workspace, by=click.member, now=self._clock())
        await ack()
        await self._given(view, over, client)

    async def _ask(self, asked: str, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient) -> None:
        """Ask a member who may change the item for the reason; over the review form, where they clicked in it."""
        click, over = Click.from_body(body), clicked_in(body)
        item = await self._desk.item(int(chosen(action)), workspace=click.workspace, by=click.member, now=self._clock())
        lay = client.views_open if over is None else client.views_push
        await lay(trigger_id=click.trigger, view=forms.reason_form(asked, item.id, self._render, over=over))

    async def _given(self, view: dict[str, Any], over: forms.ReviewPlace | None, client: AsyncWebClient) -> None:
        self._wake()
        if over is not None:
            await self._review.show_beneath(view, over, client)
