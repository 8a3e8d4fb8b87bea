"""One id that every log line about a link carries, from its event to its card.

It is made of the message that the link stands in: whoever comes by an item or an outbox row can make it too, so nothing
stores it, and an edit of the message goes on under the same id.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from bot.ports import Show

_LENGTH = 12


def trace_of(channel: str, message: str) -> str:
    """The trace of what stands in a message."""
    return sha256(f"{channel}:{message}".encode()).hexdigest()[:_LENGTH]


def trace_of_event(body: Mapping[str, Any]) -> str:
    """The trace of an event's message, or of the event where it is about none."""
    event = body["event"]
    message = event.get("message") or event.get("previous_message") or event
    channel, ts = event.get("channel"), message.get("ts")
    if isinstance(channel, str) and ts:
        return trace_of(channel, str(ts))
    return trace_of("", str(body.get("event_id")))


def trace_of_show(show: Show) -> str:
    """The trace of the message that an outbox row answers, or of the row where it answers none."""
    message = str(show.subject.get("message") or "").rpartition("/")[2]
    return trace_of(show.channel, message) if message else trace_of("", show.key)
