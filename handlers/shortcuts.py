"""Shortcuts: links are added from the menu of a message, and from anywhere."""

import asyncio
from collections.abc import Sequence
from typing import Any, Unpack

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk.adding import Added, Asked
from bot.desk.drops import Drop
from bot.desk.places import DIRECT
from bot.desk.views import ItemAndIssue
from bot.editorial.item import Item
from handlers.blocks import adding
from handlers.listeners import AtHand, Listeners
from handlers.manifest import ADD_LINK, ADD_TO_ISSUE
from handlers.payloads import Click
from handlers.permalinks import Permalinks
from handlers.said import drop_of

_SAID_WITHIN_S = 1.0
"""Slack waits three seconds for the answer to a form: where cards can be opened is left out where Slack is slow."""


class Shortcuts(Listeners):
    """What is asked is a form; what was added shows itself in its card, what was there before is told in private."""

    def __init__(self, *, permalinks: Permalinks, **at_hand: Unpack[AtHand]) -> None:
        super().__init__(**at_hand)
        self._permalinks = permalinks

    def register(self, app: AsyncApp) -> None:
        app.message_shortcut(ADD_TO_ISSUE)(self.add_message)
        app.global_shortcut(ADD_LINK)(self.ask_for_links)
        app.view(adding.ADD_FORM)(self.add_links)

    async def add_message(
        self,
        ack: AsyncAck,
        body: dict[str, Any],
        context: AsyncBoltContext,
        client: AsyncWebClient,
        respond: AsyncRespond,
    ) -> None:
        await ack()
        click, said = Click.from_body(body), _said_in(body, context.bot_user_id or "")
        came = await self._desk.add_message(said, by=click.member, ticket=click.trigger, now=self._clock())
        self._wake()
        match came:
            case Asked():
                form = adding.add_form(came, adding.Opened(said, came.desks), self._render)
                await client.views_open(trigger_id=click.trigger, view=form)
            case Added(there=there, refused=refused) if there or refused:
                text, blocks = adding.added_answer(came, await self._where(there, click.member), self._render)
                await respond(text=text, blocks=blocks, response_type="ephemeral", replace_original=False)

    async def ask_for_links(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        click = Click.from_body(body)
        asked = await self._desk.ask_for_links(click.workspace, click.member, now=self._clock())
        form = adding.add_form(asked, adding.Opened(None, asked.desks), self._render)
        await client.views_open(trigger_id=click.trigger, view=form)

    async def add_links(self, ack: AsyncAck, view: dict[str, Any], body: dict[str, Any]) -> None:
        click = Click.from_body(body)
        addition, opened = adding.sent_in(view, click.workspace, click.member)
        match await self._desk.add_links(addition, now=self._clock()):
            case Asked() as asked:
                await ack(response_action="update", view=adding.add_form(asked, opened, self._render, addition))
            case Added() as added:
                there = await self._where(added.there, click.member)
                await ack(response_action="update", view=adding.added_form(added, there, opened, self._render))
        self._wake()

    async def _where(self, items: Sequence[Item], member: str) -> adding.There:
        """Items that were there before, each with the address of its card, unless somebody else alone can open it."""
        held = [await self._desk.item_and_issue(item.id, now=self._clock()) for item in items]
        try:
            async with asyncio.timeout(_SAID_WITHIN_S):
                links = await asyncio.gather(*(self._card_of(each, member) for each in held))
        except TimeoutError:
            links = [None for _ in held]
        return list(zip(held, links, strict=True))

    async def _card_of(self, about: ItemAndIssue, member: str) -> str | None:
        if about.card is None:
            return None
        is_closed = about.card[0].startswith(DIRECT) and about.item.found_by != member
        return None if is_closed else await self._permalinks.of(*about.card)


def _said_in(body: dict[str, Any], bot: str) -> Drop:
    """What a message says on which somebody used a shortcut; of the bot's own there is nothing to add."""
    message, channel = body["message"], str(body["channel"]["id"])
    ts, workspace = str(message["ts"]), Click.from_body(body).workspace
    event = {**message, "type": "message", "channel": channel}
    names = {"team_id": workspace, "authorizations": [{"user_id": bot, "is_bot": True}]}
    bots = [str(message["bot_id"])] if message.get("bot_id") else []
    nothing = Drop(workspace, channel, ts, str(message.get("thread_ts") or ts), str(message.get("user") or ""), ())
    return drop_of({**names, "event": event}, bots=bots) or nothing
