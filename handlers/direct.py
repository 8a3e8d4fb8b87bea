"""What people write to the bot alone: links, and text files with narratives."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import aiohttp
import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.desk.narrating import SharedText
from bot.editorial.narrative_file import MOST_BYTES, FileTrouble
from bot.ports import Receipt
from handlers.said import drop_of
from handlers.shared_files import FileOutOfReachError, FileTooLargeError, SharedFiles

log = structlog.get_logger()

_TRIES = 3
"""So often a file is asked for while Slack fails; then its editor is told, who can drop it again."""


class DirectMessages:
    def __init__(self, *, client: AsyncWebClient, desk: Desk) -> None:
        self._files = SharedFiles(client)
        self._desk = desk

    async def read(self, body: Mapping[str, Any], workspace: str, *, now: datetime, receipt: Receipt) -> None:
        """Take the links and the files of a message; new words alone are answered with what can be brought here."""
        event, drop = body["event"], drop_of(body)
        channel, ts = str(event["channel"]), str(event.get("ts"))
        is_new = event.get("subtype") in {None, "file_share", "me_message"}
        if drop is None:
            await self._desk.dismiss(receipt)
        elif not (is_new and event.get("files")):
            if is_new and not drop.links:
                member = str(event["user"])
                await self._desk.explain_direct(workspace, channel, ts, member, now=now, receipt=receipt)
            else:
                await self._desk.take_in_directly(drop, now=now, receipt=receipt)
        else:
            if drop.links:
                await self._desk.take_in_directly(drop, now=now)
            member = str(event["user"])
            may = bool(await self._desk.writes_for(workspace, member, now))
            texts = []
            for file in event["files"]:
                name = str(file.get("name") or file["id"])
                text = SharedText(workspace, channel, ts, member, str(file["id"]), name)
                texts.append(await self._read(text, file, receipt) if may else text)
            await self._desk.take_files(texts, now=now, receipt=receipt)

    async def _read(self, text: SharedText, file: Mapping[str, Any], receipt: Receipt) -> SharedText:
        """A text with what is in its file, or with what keeps it from being read."""
        if not text.is_text:
            return replace(text, trouble=FileTrouble.KIND)
        try:
            return replace(text, content=await self._files.read(file, MOST_BYTES))
        except FileTooLargeError:
            return replace(text, trouble=FileTrouble.LARGE)
        except FileOutOfReachError as refusal:
            log.warning("file out of reach", file=text.file, answer=str(refusal))
        except (aiohttp.ClientError, TimeoutError) as lost:
            if receipt.attempt < _TRIES:
                raise
            log.warning("file not read", file=text.file, reason=type(lost).__name__)
        return replace(text, trouble=FileTrouble.UNREADABLE)
