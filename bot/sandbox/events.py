"""The envelopes and payloads that the workspace sends."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.sandbox.records import TEAM, Channel, Group, Message, User
from bot.sandbox.workspace import Workspace

VERIFICATION = "sandbox"
DOMAIN = "sandbox"
SCOPES_OF_EVENTS: Mapping[str, tuple[str, ...]] = {
    "app_mention": ("app_mentions:read",),
    "channel_unarchive": ("channels:read",),
    "group_unarchive": ("groups:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "subteam_members_changed": ("usergroups:read",),
    "subteam_updated": ("usergroups:read",),
    "user_change": ("users:read",),
}
"""Slack sends an event only to an app that holds one of these scopes."""

_MESSAGE_EVENTS = {"channel": "message.channels", "group": "message.groups", "im": "message.im"}


def subscription(kind: str, channel: Channel | None) -> str:
    """The name under which an app subscribes to an event."""
    return _MESSAGE_EVENTS[channel.kind] if kind == "message" and channel is not None else kind


def envelope(workspace: Workspace, event: Mapping[str, Any], at: float, *, shared: bool = False) -> dict[str, Any]:
    """An event as Slack wraps it."""
    return {
        "token": VERIFICATION,
        "team_id": TEAM,
        "api_app_id": workspace.app_id,
        "event": dict(event),
        "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(5).upper()}",
        "event_time": int(at),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM,
                "user_id": workspace.bot.id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": shared,
        "event_context": secrets.token_urlsafe(24),
    }


def said(message: Message, channel: Channel, root: Message | None = None) -> dict[str, Any]:
    """A new message as its event; one that is shown outside its thread brings the thread's `root` along."""
    event = message.as_slack() | _where(channel, message.ts)
    return _without(event, "parent_user_id") | {"root": root.as_slack()} if root else event


def changed(message: Message, before: Mapping[str, Any], channel: Channel, ts: str) -> dict[str, Any]:
    nested = {"message": message.as_slack(), "previous_message": dict(before)}
    return {"type": "message", "subtype": "message_changed", "hidden": True, "ts": ts, **_where(channel, ts), **nested}


def deleted(before: Mapping[str, Any], channel: Channel, ts: str) -> dict[str, Any]:
    nested = {"deleted_ts": before["ts"], "previous_message": dict(before)}
    return {"type": "message", "subtype": "message_deleted", "hidden": True, "ts": ts, **_where(channel, ts), **nested}


def mention(message: Message, channel: Channel) -> dict[str, Any]:
    event = message.as_slack() | {"type": "app_mention", "channel": channel.id, "event_ts": message.ts}
    return _without(event, "parent_user_id")


def moved(user: str, channel: Channel, ts: str, *, joined: bool, inviter: str | None = None) -> dict[str, Any]:
    """Somebody came into a channel or left it."""
    return {
        "type": "member_joined_channel" if joined else "member_left_channel",
        "user": user,
        "channel": channel.id,
        "channel_type": "G" if channel.is_private else "C",
        "team": TEAM,
        "event_ts": ts,
    } | ({"inviter": inviter} if inviter else {})


def reaction(user: str, name: str, message: Message, ts: str, *, added: bool) -> dict[str, Any]:
    return {
        "type": "reaction_added" if added else "reaction_removed",
        "user": user,
        "reaction": name,
        "item": {"type": "message", "channel": message.channel, "ts": message.ts},
        "item_user": message.user,
        "event_ts": ts,
    }


def user_changed(user: User, workspace: Workspace) -> dict[str, Any]:
    """Somebody is somebody else: the whole of them as they are now."""
    at = float(workspace.next_ts())
    described = user.as_slack(datetime.fromtimestamp(at, UTC), with_locale=True)
    return {"user": {**described, "updated": int(at)}, "cache_ts": int(at)}


def group_members_changed(group: Group, before: Sequence[str], ts: str) -> dict[str, Any]:
    """Who came into a user group and who left it."""
    added = [user for user in group.members if user not in before]
    removed = [user for user in before if user not in group.members]
    return {
        "subteam_id": group.id,
        "team_id": TEAM,
        "date_previous_update": 0,
        "date_update": int(float(ts)),
        "added_users": added,
        "added_users_count": len(added),
        "removed_users": removed,
        "removed_users_count": len(removed),
        "event_ts": ts,
    }


def group_updated(group: Group, ts: str) -> dict[str, Any]:
    return {"subteam": group.as_slack(with_users=True, with_count=True), "event_ts": ts}


def home_opened(user: User, channel: Channel, ts: str, view: Mapping[str, Any] | None) -> dict[str, Any]:
    return {
        "type": "app_home_opened",
        "user": user.id,
        "channel": channel.id,
        "tab": "home",
        "event_ts": ts,
    } | ({"view": dict(view)} if view is not None else {})


def interaction(workspace: Workspace, user: User, kind: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """What every interaction says of where it comes from; shortcuts say less of the person and nothing of the app."""
    is_shortcut = kind in {"shortcut", "message_action"}
    called = {"shortcut": {"username": user.name}, "message_action": {"name": user.name}}
    named = called.get(kind, {"username": user.name, "name": user.name})
    return {
        "type": kind,
        "user": {"id": user.id, **named, "team_id": user.team},
        **({} if is_shortcut else {"api_app_id": workspace.app_id}),
        "token": VERIFICATION,
        "team": {"id": TEAM, "domain": DOMAIN},
        "enterprise": None,
        "is_enterprise_install": False,
        **more,
    }


def place_of_click(message: Message, channel: Channel) -> dict[str, Any]:
    """Container, channel and message of a click in a message."""
    container: dict[str, Any] = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.seen_by is not None,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    found = {"container": container, "channel": {"id": channel.id, "name": channel.shown_name}}
    return found if message.seen_by is not None else {**found, "message": message.as_slack()}


def command(workspace: Workspace, user: User, channel: Channel, text: str, **more: str) -> dict[str, str]:
    """A slash command as the form that Slack sends."""
    name, _, rest = text.partition(" ")
    return {
        "token": VERIFICATION,
        "team_id": TEAM,
        "team_domain": DOMAIN,
        "channel_id": channel.id,
        "channel_name": channel.shown_name,
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": rest.strip(),
        "api_app_id": workspace.app_id,
        "is_enterprise_install": "false",
        **more,
    }


def _without(payload: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in payload.items() if name not in names}


def _where(channel: Channel, ts: str) -> dict[str, Any]:
    return {"channel": channel.id, "channel_type": channel.kind, "event_ts": ts}
