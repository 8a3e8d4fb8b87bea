"""Members choose the language in which they are spoken to."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.blocks.language import LANGUAGE
from handlers.listeners import Listeners
from handlers.payloads import Click, chosen


class Languages(Listeners):
    """What is seen next is the home, shown again in that language."""

    def register(self, app: AsyncApp) -> None:
        app.action(LANGUAGE)(self.choose)

    async def choose(self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any]) -> None:
        await ack()
        click = Click.from_body(body)
        await self._desk.speak(click.workspace, click.member, chosen(action), now=self._clock())
        self._wake()
