"""Reactions: which emoji asks what of the desk."""

from collections.abc import Awaitable, Callable, Mapping
from decimal import Decimal
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.desk.capturing import Capture
from bot.desk.voting import Reaction
from bot.ports import Clock, Receipt
from handlers.refusals import code_of
from handlers.said import drop_of

_GONE = frozenset({"thread_not_found", "message_not_found", "channel_not_found", "not_in_channel", "is_archived"})
_STAR = "star"


class Reactions:
    """A verb for each emoji that asks something, whether it is given or taken back."""

    def __init__(self, *, desk: Desk, client: AsyncWebClient, clock: Clock) -> None:
        self._desk = desk
        self._client = client
        self._clock = clock
        self._verbs: Mapping[str, Callable[[Mapping[str, Any], Receipt], Awaitable[None]]] = {
            _STAR: self._star,
            **dict.fromkeys((name for house in desk.houses.all for name in house.capture), self._capture),
        }

    async def read(self, body: Mapping[str, Any], receipt: Receipt) -> None:
        """Do what an emoji asks of the desk; one that asks nothing, and one for no message, is passed over."""
        event = body["event"]
        verb = self._verbs.get(_plain(event.get("reaction")))
        if verb is None or (event.get("item") or {}).get("type") != "message":
            await self._desk.dismiss(receipt)
        else:
            await verb(body, receipt)

    async def _star(self, body: Mapping[str, Any], receipt: Receipt) -> None:
        """Count a star as a vote, or take it back."""
        event = body["event"]
        reaction = Reaction(
            workspace=str(body.get("team_id") or ""),
            channel=str(event["item"]["channel"]),
            message=str(event["item"]["ts"]),
            member=str(event["user"]),
            given=event["type"] == "reaction_added",
            order=f"{Decimal(str(event['event_ts'])):017.6f}",
        )
        await self._desk.star(reaction, now=self._clock(), receipt=receipt)

    async def _capture(self, body: Mapping[str, Any], receipt: Receipt) -> None:
        """Add what stands in a message; its text comes from history, where it may be old or an answer in a thread."""
        event = body["event"]
        channel = str(event["item"]["channel"])
        message = await self._message(channel, str(event["item"]["ts"]))
        told = {**message, "type": "message", "channel": channel}
        bots = [str(message["bot_id"])] if message.get("bot_id") else []
        drop = drop_of({**body, "event": told}, bots=bots) if message else None
        if drop is None:
            await self._desk.dismiss(receipt)
            return
        names = (await self._desk.house_at(drop.workspace, channel)).capture
        if _plain(event.get("reaction")) not in names:
            await self._desk.dismiss(receipt)
            return
        reactions = message.get("reactions") or ()
        given = (each.get("users") or () for each in reactions if _plain(each.get("name")) in names)
        holders = list(dict.fromkeys(str(user) for users in given for user in users))
        await self._desk.capture(Capture(drop, str(event["user"]), holders), now=self._clock(), receipt=receipt)

    async def _message(self, channel: str, ts: str) -> Mapping[str, Any]:
        """A message by its name, wherever it stands; nothing where it is gone."""
        try:
            answer = await self._client.conversations_replies(channel=channel, ts=ts, limit=1)
        except SlackApiError as refusal:
            if code_of(refusal) in _GONE:
                return {}
            raise
        found: list[Mapping[str, Any]] = answer["messages"]
        return next((each for each in found if each.get("ts") == ts), {})


def _plain(name: object) -> str:
    """The name of an emoji without the tone of its skin."""
    return str(name).partition("::")[0]
