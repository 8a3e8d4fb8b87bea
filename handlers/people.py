"""Asks Slack who somebody is and who is in a channel."""

from collections.abc import Mapping, Sequence
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.ports import Person, Standing

_AWAY = frozenset({":palm_tree:", ":face_with_thermometer:"})
"""What Slack itself offers as status of somebody on vacation, or ill."""

log = structlog.get_logger()


class SlackPeople:
    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def look_up(self, workspace: str, person: str) -> Person | None:
        """Ask for a person; None where Slack does not know them, or does not answer."""
        try:
            answer = await self._client.users_info(user=person)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as silence:
            log.warning("person not looked up", workspace=workspace, reason=type(silence).__name__)
            return None
        return person_of(answer["user"])

    async def present(self, workspace: str, channel: str) -> Sequence[str]:
        """Everybody in a channel who is no bot, has not left, and is not away by their status."""
        members: list[str] = []
        cursor: str | None = None
        while True:
            answer = await self._client.conversations_members(channel=channel, limit=200, cursor=cursor)
            members += answer["members"]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                break
        found = []
        for member in members:
            answer = await self._client.users_info(user=member)
            user = answer["user"]
            if not user.get("is_bot") and not user.get("deleted") and not _is_away(user):
                found.append(member)
        log.info("roster read", workspace=workspace, channel=channel, members=len(found))
        return found

    async def channels(self, workspace: str, person: str) -> Mapping[str, str]:
        """The channels that somebody is in and the bot can see: their names by id."""
        found: dict[str, str] = {}
        cursor: str | None = None
        while True:
            answer = await self._client.users_conversations(
                user=person, types="public_channel,private_channel", exclude_archived=True, limit=200, cursor=cursor
            )
            found |= {str(channel["id"]): str(channel["name"]) for channel in answer["channels"]}
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                break
        log.info("channels read", workspace=workspace, channels=len(found))
        return found


def _is_away(user: Mapping[str, Any]) -> bool:
    return (user.get("profile") or {}).get("status_emoji") in _AWAY


def person_of(user: Mapping[str, Any]) -> Person:
    """Read a user as Slack describes one: admins are editors, guests and strangers are guests."""
    profile = user.get("profile") or {}
    name = profile.get("display_name") or profile.get("real_name") or user.get("real_name") or user.get("name")
    guest = any(user.get(mark) for mark in ("is_restricted", "is_ultra_restricted", "is_stranger", "is_bot", "deleted"))
    chief = user.get("is_admin") or user.get("is_owner")
    standing = Standing.GUEST if guest else Standing.EDITOR if chief else Standing.MEMBER
    return Person(
        id=str(user["id"]), name=str(name or user["id"]), zone=str(user.get("tz") or "UTC"), standing=standing
    )
