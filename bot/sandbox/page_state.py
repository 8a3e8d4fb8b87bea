"""The workspace as one person sees it, for the page."""

from typing import TYPE_CHECKING, Any

from bot.sandbox.records import Message, User

if TYPE_CHECKING:
    from bot.sandbox.stand_in import StandIn

_CALLS_SHOWN = 200


def state_of(stand_in: "StandIn", me: str) -> dict[str, Any]:
    """Everything that the page shows to a person."""
    workspace = stand_in.workspace
    channels = [channel for channel in workspace.channels.values() if me in channel.members]
    return {
        "workspace": {"name": workspace.name},
        "revision": workspace.revision,
        "now": stand_in.clock().isoformat(),
        "clock_offset_s": stand_in.clock.ahead.total_seconds(),
        "users": [_user(user) for user in workspace.users.values()],
        "me": me,
        "channels": [
            {"id": c.id, "name": c.name, "is_im": c.is_im, "is_private": c.is_private, "members": sorted(c.members)}
            for c in channels
        ],
        "messages": {
            channel.id: [
                _message(message, len(workspace.thread(channel.id, message.ts)))
                for message in workspace.log[channel.id]
                if message.seen_by in (None, me)
            ]
            for channel in channels
        },
        "modal": stand_in.modals.top(me),
        "home": stand_in.modals.home(me),
        "calls": [
            {"n": c.n, "method": c.method, "args": c.args, "ok": c.ok, "error": c.error, "at": c.at.isoformat()}
            for c in stand_in.calls[-_CALLS_SHOWN:]
        ],
        "transport": "http" if stand_in.request_url else "socket",
        "connected": stand_in.deliverer.is_connected,
        "samples": stand_in.samples,
        "shortcuts": [{"name": each["name"], "type": each["type"]} for each in stand_in.shortcuts],
        "notices": [each["text"] for each in workspace.notices if each["user"] == me],
    }


def _user(user: User) -> dict[str, Any]:
    title = "app" if user.is_bot else "admin" if user.is_admin else "guest" if user.is_restricted else "member"
    return {
        "id": user.id,
        "name": user.name,
        "real_name": user.real_name,
        "is_bot": user.is_bot,
        "title": title,
        "tz": user.tz or "UTC",
    }


def _message(message: Message, replies: int) -> dict[str, Any]:
    return {
        "ts": message.ts,
        "user": message.user,
        "text": message.text if message.text or message.blocks else message.words,
        "blocks": message.blocks,
        "thread_ts": message.thread_ts,
        "reply_count": replies,
        "edited": bool(message.edited) and message.bot_id is None,
        "ephemeral": message.seen_by is not None,
        "reactions": [{"name": name, "users": list(users)} for name, users in message.reactions.items()],
        "at": message.at.isoformat(),
        "revision": message.revision,
    }
