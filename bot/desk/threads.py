"""Which item a link in a thread was posted under."""

from collections.abc import Sequence
from datetime import datetime

from bot.desk.company import ON_THE_LIST
from bot.editorial.issue import Issue
from bot.editorial.item import Item
from bot.ports import UnitOfWork


async def posted_under(
    work: UnitOfWork, issue: Issue, channel: str, message: str, thread: str | None, now: datetime
) -> int | None:
    """The item of the nearest message above a reply that is on the issue's list; the last of several in one message."""
    if thread is None or thread == message:
        return None
    there = await work.items.of_thread(issue.id, channel, thread, *ON_THE_LIST)
    found = nearest_above([item for item in there if item.message != message], _told_at(message, now))
    return found.id if found is not None else None


def nearest_above(items: Sequence[Item], moment: float) -> Item | None:
    """The item whose message is the last before a moment; of those of one message the one that stands last in it."""
    above = [item for item in items if _told_at(item.message, item.created_at) < moment]
    return max(above, key=lambda item: (_told_at(item.message, item.created_at), item.id), default=None)


def _told_at(message: str, otherwise: datetime) -> float:
    """When a message was written, which is its name; what was typed into a form is of when it came."""
    try:
        return float(message)
    except ValueError:
        return otherwise.timestamp()
