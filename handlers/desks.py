"""Members of several desks say for which of them a link is."""

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.blocks import which_desk
from handlers.listeners import Listeners
from handlers.payloads import Click, chosen


class WhichDesk(Listeners):
    """What is seen next is the question, answered, and the card."""

    def register(self, app: AsyncApp) -> None:
        app.action(re.compile(f"^{which_desk.CHOOSE}:"))(self.choose)

    async def choose(self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any]) -> None:
        await ack()
        desk, channel, message = which_desk.desk_and_message(chosen(action))
        click, now = Click.from_body(body), self._clock()
        await self._desk.send_to_desk(channel, message, desk, workspace=click.workspace, by=click.member, now=now)
        self._wake()
