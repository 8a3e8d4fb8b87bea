"""Where an item stands, as the event log keeps it and as undoing restores it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bot.editorial.item import Item
from bot.editorial.kept import kept
from bot.editorial.opinion import OpinionSign

_READ = (
    "reading", "trouble", "title", "source", "published_on", "language", "author", "summary", "host", "url", "kind",
    "paywalled", "agency", "publisher", "opinion",
)  # fmt: skip


def placing(item: Item) -> dict[str, Any]:
    """State, section, place in it and who filed it, as JSON values."""
    return {
        "state": item.state.value,
        "section": item.section,
        "rank": item.rank,
        "pinned": item.pinned,
        "moved_from": item.moved_from,
        "filed_by": item.filed_by,
        "filed_at": item.filed_at and item.filed_at.isoformat(),
    }


def differences(before: Item, after: Item) -> tuple[dict[str, Any], dict[str, Any]]:
    """What reading its page changed of an item, before and after, as JSON values."""
    changed = [name for name in _READ if getattr(before, name) != getattr(after, name)]
    return (
        {name: plain(getattr(before, name)) for name in changed},
        {name: plain(getattr(after, name)) for name in changed},
    )


def plain(value: object) -> object:
    """A value of an item as JSON holds it."""
    if isinstance(value, OpinionSign):
        return kept(value)
    return value.isoformat() if isinstance(value, date) else value


def restored(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """The column values that bring an item back to where it stood."""
    filed_at = snapshot["filed_at"]
    return dict(snapshot) | {"filed_at": filed_at and datetime.fromisoformat(filed_at)}


def from_preview(item: Item) -> dict[str, Any]:
    """What Slack's own preview says where the page itself said nothing."""
    return {name: said for name in ("title", "source") if (said := item.preview.get(name)) and not getattr(item, name)}
