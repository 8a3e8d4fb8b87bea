"""Asks Slack who somebody is and who is in a channel."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.editorial.absence import says_away
from bot.ports import ChannelOutOfReachError, Person, Standing
from handlers.refusals import code_of

_UNKNOWN = frozenset({"user_not_found", "user_not_visible"})
_OUT_OF_REACH = frozenset({"channel_not_found", "not_in_channel"})
_OPEN_END = datetime.max.replace(tzinfo=UTC)

log = structlog.get_logger()


class SlackPeople:
    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def look_up(self, workspace: str, person: str) -> Person | None:
        """Ask for a person; None where Slack does not know them, or does not answer."""
        try:
            return await self.ask(workspace, person)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as silence:
            log.warning("person not looked up", workspace=workspace, reason=type(silence).__name__)
            return None

    async def ask(self, workspace: str, person: str) -> Person | None:
        """Ask for a person; None where Slack does not know them. What keeps it from answering is raised."""
        try:
            answer = await self._client.users_info(user=person, include_locale=True)
        except SlackApiError as refusal:
            if code_of(refusal) not in _UNKNOWN:
                raise
            log.info("nobody has this id", workspace=workspace)
            return None
        return person_of(answer["user"])

    async def present(self, workspace: str, channel: str) -> Sequence[str]:
        """Everybody in a channel; who of them is a bot, has left or is away, is to be asked of each.

        Raises:
            ChannelOutOfReachError: Slack does not know the channel, or does not show it to the bot.
        """
        members: list[str] = []
        cursor: str | None = None
        while True:
            try:
                answer = await self._client.conversations_members(channel=channel, limit=200, cursor=cursor)
            except SlackApiError as refusal:
                if code_of(refusal) in _OUT_OF_REACH:
                    raise ChannelOutOfReachError(channel) from refusal
                raise
            members += answer["members"]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                break
        log.info("roster read", workspace=workspace, channel=channel, members=len(members))
        return members

    async def channel_name(self, workspace: str, channel: str) -> str | None:
        """What a channel is called; None where Slack does not say."""
        try:
            answer = await self._client.conversations_info(channel=channel)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as silence:
            log.warning("channel not looked up", workspace=workspace, reason=type(silence).__name__)
            return None
        return str(answer["channel"]["name"])


def person_of(user: Mapping[str, Any]) -> Person:
    """Read a user as Slack describes one: admins are editors, guests and strangers are guests."""
    profile = user.get("profile") or {}
    name = profile.get("display_name") or profile.get("real_name") or user.get("real_name") or user.get("name")
    guest = any(user.get(mark) for mark in ("is_restricted", "is_ultra_restricted", "is_stranger", "is_bot", "deleted"))
    chief = user.get("is_admin") or user.get("is_owner")
    standing = Standing.GUEST if guest else Standing.EDITOR if chief else Standing.MEMBER
    return Person(
        id=str(user["id"]),
        name=str(name or user["id"]),
        zone=str(user.get("tz") or ""),
        standing=standing,
        away_until=_away_until(profile),
        locale=str(user.get("locale") or ""),
    )


def _away_until(profile: Mapping[str, Any]) -> datetime | None:
    """Until when a status says that somebody is away; one that has no end holds for good."""
    if not says_away(str(profile.get("status_emoji") or ""), str(profile.get("status_text") or "")):
        return None
    ends = profile.get("status_expiration")
    return datetime.fromtimestamp(ends, UTC) if ends else _OPEN_END
