"""Reactions: which emoji asks what of the desk."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from bot.desk import Desk
from bot.desk.voting import Reaction
from bot.ports import Receipt


class Reactions:
    """A verb of the desk for each emoji that asks something, whether it is given or taken back."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._verbs: Mapping[str, Callable[..., Awaitable[None]]] = {"star": desk.star}

    async def read(self, event: Mapping[str, Any], workspace: str, *, now: datetime, receipt: Receipt) -> None:
        """Do what an emoji asks of the desk; one that asks nothing, and one for no message, is passed over."""
        item, verb = event.get("item") or {}, self._verbs.get(str(event.get("reaction")))
        if verb is None or item.get("type") != "message":
            await self._desk.dismiss(receipt)
            return
        reaction = Reaction(
            workspace=workspace,
            channel=str(item["channel"]),
            message=str(item["ts"]),
            member=str(event["user"]),
            given=event["type"] == "reaction_added",
            order=f"{Decimal(str(event['event_ts'])):017.6f}",
        )
        await verb(reaction, now=now, receipt=receipt)
