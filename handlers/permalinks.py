"""Asks Slack where a message can be opened."""

import re

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

_MESSAGE = re.compile(r"\d+\.\d+")
"""Slack's name of a message; what was added by a command or printed elsewhere has another one."""

_DIRECT = "D"
"""So begin the ids of direct conversations, which nobody else can open."""

log = structlog.get_logger()


class Permalinks:
    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def of(self, channel: str, message: str) -> str | None:
        """The address of a message; None where there is none, or no longer, or Slack does not say."""
        if not _MESSAGE.fullmatch(message) or channel.startswith(_DIRECT):
            return None
        try:
            answer = await self._client.chat_getPermalink(channel=channel, message_ts=message)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as silence:
            log.info("no permalink", channel=channel, reason=type(silence).__name__)
            return None
        return str(answer["permalink"])
