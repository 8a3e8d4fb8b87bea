"""Editors say what a text file that they brought is for, and whether it replaces what stands."""

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.blocks import text_file
from handlers.listeners import Listeners
from handlers.payloads import Click, chosen, item_and_choice


class TextFiles(Listeners):
    """What is seen next is the message about the file, shown again from its state."""

    def register(self, app: AsyncApp) -> None:
        app.action(re.compile(f"^{text_file.FOR_ISSUE}:"))(self.for_issue)
        app.action(text_file.FOR_CHAPTER)(self.for_chapter)
        app.action(text_file.REPLACE)(self.replace)
        app.action(text_file.LEAVE)(self.leave)

    async def for_issue(self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any]) -> None:
        await ack()
        text, issue = item_and_choice(action)
        click, now = Click.from_body(body), self._clock()
        await self._desk.text_for_issue(text, int(issue), workspace=click.workspace, by=click.member, now=now)
        self._wake()

    async def for_chapter(self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any]) -> None:
        await ack()
        text, part, chapter = text_file.text_and_part(chosen(action))
        click, now = Click.from_body(body), self._clock()
        await self._desk.text_for_chapter(text, part, chapter, workspace=click.workspace, by=click.member, now=now)
        self._wake()

    async def replace(self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any]) -> None:
        await ack()
        text, part, over = text_file.text_and_part(chosen(action))
        click, now = Click.from_body(body), self._clock()
        await self._desk.replace_narrative(
            text, part, over=int(over), workspace=click.workspace, by=click.member, now=now
        )
        self._wake()

    async def leave(self, ack: AsyncAck, action: dict[str, Any], body: dict[str, Any]) -> None:
        await ack()
        text, part, _ = text_file.text_and_part(chosen(action))
        click, now = Click.from_body(body), self._clock()
        await self._desk.leave_narrative(text, part, workspace=click.workspace, by=click.member, now=now)
        self._wake()
