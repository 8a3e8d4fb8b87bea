"""Asks Slack who somebody is and who is in a channel."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.editorial.absence import says_away
from bot.ports import ChannelOutOfReachError, Person, Standing, UserGroup
from handlers.refusals import code_of

_UNKNOWN = frozenset({"user_not_found", "user_not_visible"})
_OUT_OF_REACH = frozenset({"channel_not_found", "not_in_channel"})
_OUTSIDE = ("is_restricted", "is_ultra_restricted", "is_stranger")
_SLACKBOT = "USLACKBOT"
"""Slack's own app says of itself that it is none."""

_GROUPS_WITHIN_S = 1.5
"""An editor's click waits for this, and Slack for the click, three seconds in all: what is known stands after that."""

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

    async def groups(self, workspace: str) -> Sequence[UserGroup] | None:
        """The user groups of a workspace that are not switched off; None where Slack does not say."""
        try:
            async with asyncio.timeout(_GROUPS_WITHIN_S):
                answer = await self._client.usergroups_list()
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as silence:
            log.warning("user groups not looked up", workspace=workspace, reason=_reason(silence))
            return None
        return [UserGroup(str(group["id"]), str(group["name"])) for group in answer["usergroups"]]

    async def members_of(self, workspace: str, group: str) -> Sequence[str] | None:
        """Who is in a user group: nobody where it is gone or switched off, None where Slack does not say."""
        try:
            async with asyncio.timeout(_GROUPS_WITHIN_S):
                answer = await self._client.usergroups_users_list(usergroup=group)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as silence:
            if isinstance(silence, SlackApiError) and code_of(silence) == "no_such_subteam":
                return []
            log.warning("user group not looked up", workspace=workspace, reason=_reason(silence))
            return None
        return list(answer["users"])

    async def channel_name(self, workspace: str, channel: str) -> str | None:
        """What a channel is called; None where Slack does not say."""
        try:
            answer = await self._client.conversations_info(channel=channel)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as silence:
            log.warning("channel not looked up", workspace=workspace, reason=type(silence).__name__)
            return None
        return str(answer["channel"]["name"])


def _reason(silence: Exception) -> str:
    return (code_of(silence) if isinstance(silence, SlackApiError) else None) or type(silence).__name__


def person_of(user: Mapping[str, Any]) -> Person:
    """Read a user as Slack describes one: admins are editors, and strangers are guests."""
    profile = user.get("profile") or {}
    name = profile.get("display_name") or profile.get("real_name") or user.get("real_name") or user.get("name")
    return Person(
        id=str(user["id"]),
        name=str(name or user["id"]),
        zone=str(user.get("tz") or ""),
        standing=_standing(user),
        away_until=_away_until(profile),
        locale=str(user.get("locale") or ""),
    )


def _standing(user: Mapping[str, Any]) -> Standing:
    if user.get("deleted"):
        return Standing.GONE
    if user.get("is_bot") or user["id"] == _SLACKBOT:
        return Standing.APP
    if any(user.get(mark) for mark in _OUTSIDE):
        return Standing.GUEST
    return Standing.EDITOR if user.get("is_admin") or user.get("is_owner") else Standing.MEMBER


def _away_until(profile: Mapping[str, Any]) -> datetime | None:
    """Until when a status says that somebody is away; one that has no end holds for good."""
    if not says_away(str(profile.get("status_emoji") or ""), str(profile.get("status_text") or "")):
        return None
    ends = profile.get("status_expiration")
    return datetime.fromtimestamp(ends, UTC) if ends else _OPEN_END
