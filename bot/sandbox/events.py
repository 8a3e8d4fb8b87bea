"""The envelopes and payloads that the workspace sends."""

import secrets
import time
from collections.abc import Mapping
from typing import Any

from bot.sandbox.workspace import TEAM, Channel, Message, User, Workspace


def envelope(workspace: Workspace, event: Mapping[str, Any]) -> dict[str, Any]:
    """An event as Slack wraps it."""
    return {
        "token": "sandbox",
        "team_id": TEAM,
        "api_app_id": workspace.app_id,
        "event": dict(event),
        "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(5).upper()}",
        "event_time": int(time.time()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM,
                "user_id": workspace.bot.id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": secrets.token_urlsafe(12),
    }


def interaction(workspace: Workspace, user: User, kind: str, trigger: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """What every interaction says of where it comes from."""
    return {
        "type": kind,
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": TEAM},
        "api_app_id": workspace.app_id,
        "token": "sandbox",
        "team": {"id": TEAM, "domain": "sandbox"},
        "enterprise": None,
        "is_enterprise_install": False,
        "trigger_id": trigger,
        **more,
    }


def message_action(message: Message, channel: Channel) -> dict[str, Any]:
    """Container, channel and message of a click in a message."""
    container: dict[str, Any] = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.seen_by is not None,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    return {
        "container": container,
        "channel": {"id": channel.id, "name": channel.name},
        "message": message.as_slack(),
        "state": {"values": {}},
    }
