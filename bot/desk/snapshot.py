"""Where an item stands, as the event log keeps it and as undoing restores it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.editorial.item import Item


def placing(item: Item) -> dict[str, Any]:
    """State, section and who filed it, as JSON values."""
    return {
        "state": item.state.value,
        "section": item.section,
        "moved_from": item.moved_from,
        "filed_by": item.filed_by,
        "filed_at": item.filed_at and item.filed_at.isoformat(),
    }


def restored(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """The column values that bring an item back to where it stood."""
    filed_at = snapshot["filed_at"]
    return dict(snapshot) | {"filed_at": filed_at and datetime.fromisoformat(filed_at)}
