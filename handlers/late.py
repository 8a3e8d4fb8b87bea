"""The late lane: members ask, editors decide; what either sees next is a message shown again from its state."""

from typing import Any, Unpack

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from handlers.blocks import late
from handlers.listeners import AtHand, Listeners
from handlers.lists import Lists
from handlers.payloads import Click, chosen, item_and_choice
from handlers.reviewing import ReviewList


class Lateness(Listeners):
    def __init__(self, *, review: ReviewList, lists: Lists, **at_hand: Unpack[AtHand]) -> None:
        super().__init__(**at_hand)
        self._review = review
        self._lists = lists

    def register(self, app: AsyncApp) -> None:
        app.action(late.ASK)(self.ask)
        app.action(late.ACCEPT)(self.accept)
        app.action(late.DECLINE)(self.ask_why)
        app.action(late.UNDO)(self.take_back)
        app.view(late.DECLINE_FORM)(self.decline)

    async def ask(self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        item, issue = item_and_choice(action)
        click, now = Click.from_body(body), self._clock()
        await self._desk.ask_to_add(item, int(issue), workspace=click.workspace, by=click.member, now=now)
        self._wake()
        await self._review.show_again(body, client)

    async def accept(self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        click, now, request = Click.from_body(body), self._clock(), int(chosen(action))
        async with self._lists.kept_true(body, client):
            await self._desk.accept_late(request, workspace=click.workspace, by=click.member, now=now)
        self._wake()

    async def ask_why(
        self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient
    ) -> None:
        await ack()
        click, now, request = Click.from_body(body), self._clock(), int(chosen(action))
        async with self._lists.kept_true(body, client):
            await self._desk.must_be_undecided(request, workspace=click.workspace, by=click.member, now=now)
            await self._lists.lay_over(late.decline_form(request, self._render), body, client)

    async def decline(self, ack: AsyncAck, view: dict[str, Any], body: dict[str, Any], client: AsyncWebClient) -> None:
        request, reason = late.declined_in(view)
        click, now = Click.from_body(body), self._clock()
        await self._desk.decline_late(request, reason, workspace=click.workspace, by=click.member, now=now)
        await ack()
        self._wake()
        await self._lists.show_again(view, body, client)

    async def take_back(self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any]) -> None:
        await ack()
        click, now = Click.from_body(body), self._clock()
        await self._desk.take_decision_back(int(chosen(action)), workspace=click.workspace, by=click.member, now=now)
        self._wake()
