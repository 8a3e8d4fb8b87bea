"""Asks Slack where a message can be opened."""

import asyncio
import re
from collections.abc import Mapping

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk.home_page import HomePage

_MESSAGE = re.compile(r"\d+\.\d+")
"""Slack's name of a message; what was added by a command or printed elsewhere has another one."""

_REMEMBERED = 2000

log = structlog.get_logger()


class Permalinks:
    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._known: dict[tuple[str, str], str] = {}

    async def of(self, channel: str, message: str) -> str | None:
        """The address of a message; None where there is none, or no longer, or Slack does not say."""
        if not _MESSAGE.fullmatch(message):
            return None
        try:
            answer = await self._client.chat_getPermalink(channel=channel, message_ts=message)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as silence:
            log.info("no permalink", channel=channel, reason=type(silence).__name__)
            return None
        return str(answer["permalink"])

    async def of_cards(self, page: HomePage) -> Mapping[int, str]:
        """Where the cards of what waits for a member can be opened, by item; a home asks of each once."""
        cards = {waiting.item.id: waiting.card for waiting in page.waiting if waiting.card is not None}
        found = await asyncio.gather(*(self._remembered(*card) for card in cards.values()))
        return {item: link for item, link in zip(cards, found, strict=True) if link is not None}

    async def _remembered(self, channel: str, message: str) -> str | None:
        """The address of a message, which never changes; what is not known is asked for."""
        known = self._known.get((channel, message))
        if known is None and (known := await self.of(channel, message)) is not None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[channel, message] = known
        return known
