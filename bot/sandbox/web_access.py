"""What the app may see and touch: channels by membership and scope, people, and pages of long lists."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from bot.sandbox.methods import refuse_scope
from bot.sandbox.records import Channel, Refusal, User
from bot.sandbox.workspace import Workspace

Answer = dict[str, Any]
_T = TypeVar("_T")
_PAGE = 100
_MOST = 1000


class Access:
    """Finds what a call speaks of; raises Refusal where the app may not, or there is no such thing."""

    def __init__(self, workspace: Workspace, scopes: frozenset[str]) -> None:
        self._workspace = workspace
        self.scopes = scopes

    def seen(self, channel_id: str, scopes: Mapping[str, str] | None = None) -> Channel:
        """A channel that the app can see: any public one, and a private one that it is in."""
        channel = self._workspace.channels.get(channel_id)
        if channel is None or (channel.kind != "channel" and self._workspace.bot.id not in channel.members):
            raise Refusal("channel_not_found")
        if scopes is not None:
            self.holds(scopes[channel.kind])
        return channel

    def holds(self, scope: str) -> None:
        """Refuse where the app lacks a scope."""
        if scope not in self.scopes:
            refuse_scope((scope,), self.scopes)

    def joined(self, channel_id: str, scopes: Mapping[str, str] | None = None) -> Channel:
        """A channel that the app is in."""
        channel = self.seen(channel_id, scopes)
        if self._workspace.bot.id not in channel.members:
            raise Refusal("not_in_channel")
        return channel

    def writable(self, channel_id: str) -> Channel:
        """A channel that the app is in and that takes messages."""
        channel = self.seen(channel_id)
        if channel.is_archived:
            raise Refusal("is_archived")
        return self.joined(channel_id)

    def user(self, user_id: str) -> User:
        user = self._workspace.users.get(user_id)
        if user is None:
            raise Refusal("user_not_found")
        return user


def page_of(found: Sequence[_T], args: Mapping[str, Any], default: int = _PAGE) -> tuple[list[_T], str]:
    """One page of a list, and the cursor of the next; the last page has none."""
    start, limit = _start(str(args.get("cursor") or "")), args.get("limit") or default
    if not isinstance(limit, int) or not 0 < limit <= _MOST:
        raise Refusal("invalid_limit")
    more = start + limit < len(found)
    cursor = base64.b64encode(f"next:{start + limit}".encode()).decode() if more else ""
    return list(found[start : start + limit]), cursor


def _start(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        name, _, place = base64.b64decode(cursor, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        name, place = "", ""
    if name != "next" or not place.isdecimal():
        raise Refusal("invalid_cursor")
    return int(place)
