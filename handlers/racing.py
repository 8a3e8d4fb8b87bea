"""Whoever was too late decides once more: the item goes where they wanted it, or stays."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond

from handlers.blocks import faster
from handlers.listeners import Listeners
from handlers.payloads import Click, chosen

Payload = dict[str, Any]


class Races(Listeners):
    """A third member may be faster again: what is moved is what whoever presses saw."""

    def register(self, app: AsyncApp) -> None:
        app.action(faster.MOVE_ALL_THE_SAME)(self.move)
        app.action(faster.LEAVE_THERE)(self.leave)

    async def move(self, ack: AsyncAck, action: Payload, body: Payload, respond: AsyncRespond) -> None:
        await ack()
        item_id, seen, wanted = faster.places_in(chosen(action))
        click, now = Click.from_body(body), self._clock()
        item = await self._desk.move(
            item_id, wanted, moved_from=seen, workspace=click.workspace, by=click.member, now=now
        )
        self._wake()
        await self._answer(item.id, respond)

    async def leave(self, ack: AsyncAck, action: Payload, body: Payload, respond: AsyncRespond) -> None:
        await ack()
        item_id, _, _ = faster.places_in(chosen(action))
        click, now = Click.from_body(body), self._clock()
        item = await self._desk.item(item_id, workspace=click.workspace, by=click.member, now=now)
        await self._answer(item.id, respond)

    async def _answer(self, item_id: int, respond: AsyncRespond) -> None:
        about = await self._desk.item_and_issue(item_id, now=self._clock())
        words = self._render.message("stands_now", section=about.section.title if about.section is not None else None)
        await respond(text=words, response_type="ephemeral", replace_original=True)
