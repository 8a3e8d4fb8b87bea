"""What an event says of a member's message, read into a value: new, changed, deleted, or shown in two places."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from bot.desk.drops import Drop
from handlers.message_links import links_of
from handlers.previews import previews_of

_OF_MEMBERS = frozenset({None, "thread_broadcast", "file_share", "me_message", "tombstone"})
_OF_APPS = _OF_MEMBERS | {"bot_message"}


def drop_of(body: Mapping[str, Any], *, bots: Collection[str] = ()) -> Drop | None:
    """The links of a message as an event tells them; None where it is not a member's and not of one of these bots.

    Unfurls and language detection change a message and no link of it. A message that was replied to is not deleted
    but becomes a tombstone.
    """
    event = body["event"]
    was = event.get("previous_message") or {}
    match event.get("subtype"):
        case "message_changed":
            message = event["message"]
        case "message_deleted":
            message = was
        case _:
            message = event
    if any(not _is_read(each, body, bots) for each in (message, was) if each):
        return None
    deleted = event.get("subtype") == "message_deleted" or message.get("subtype") == "tombstone"
    before, links = links_of(was), () if deleted else links_of(message)
    ts = str(message.get("ts") or event.get("deleted_ts") or event["ts"])
    return Drop(
        workspace=str(body.get("team_id") or ""),
        channel=str(event["channel"]),
        message=ts,
        thread=str(message.get("thread_ts") or ts),
        member=str((was if deleted and was else message).get("user") or message.get("bot_id") or ""),
        links=links,
        before=before,
        revision=_order(event, message, ts, is_edit=bool(was) and before != links),
        deleted=deleted,
        told_at=_moment(event),
        by_app=any(each.get("bot_id") for each in (message, was)),
        previews={} if deleted else previews_of(message),
    )


def is_own(message: Mapping[str, Any], body: Mapping[str, Any]) -> bool:
    """Whether the app itself wrote a message, by any of its names."""
    return message.get("user") in own_users(body) or (
        bool(message.get("app_id")) and message.get("app_id") == body.get("api_app_id")
    )


def own_users(body: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(str(each.get("user_id")) for each in body.get("authorizations") or () if each.get("is_bot"))


def _is_read(message: Mapping[str, Any], body: Mapping[str, Any], bots: Collection[str]) -> bool:
    if is_own(message, body):
        return False
    if message.get("bot_id") or message.get("subtype") == "bot_message":
        named = {message.get("bot_id"), message.get("app_id")}
        return not named.isdisjoint(bots) and message.get("subtype") in _OF_APPS
    return message.get("subtype") in _OF_MEMBERS and bool(message.get("user"))


def _moment(event: Mapping[str, Any]) -> datetime | None:
    told = event.get("event_ts") or event.get("ts")
    return datetime.fromtimestamp(float(told), UTC) if told else None


def _order(event: Mapping[str, Any], message: Mapping[str, Any], ts: str, *, is_edit: bool) -> str:
    """When a message was written, and when that was told: of two events the greater tells the newer revision.

    Slack gives the time of an edit in whole seconds, so that it may lie before the message, or be that of another edit.
    """
    told = str(event.get("event_ts") or event.get("ts") or ts)
    edited = (message.get("edited") or {}).get("ts")
    written = str(edited or (told if is_edit else ts))
    if event.get("subtype") == "message_deleted" or message.get("subtype") == "tombstone":
        written = told
    return f"{max(Decimal(written), Decimal(ts)):017.6f} {Decimal(told):017.6f}"
