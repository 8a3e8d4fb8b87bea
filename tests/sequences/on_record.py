"""What must hold of the tables by themselves."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Row

Rows = Mapping[str, Sequence[Row[Any]]]
"""All rows of some tables, by the name of the table."""

PLACING = ("state", "section", "filed_by")
HOLDS_ITS_LINK = frozenset({"pending", "filed", "held", "held over"})
_AT_FIRST = {"state": "pending", "section": None, "filed_by": None}


def page_of(item: Row[Any]) -> str:
    """The page of an item as a sequence names it: its link as it was dropped, in one spelling."""
    place = re.sub(r"^https?://", "", item.dropped, flags=re.IGNORECASE)
    host, _, rest = re.sub(r"[?#].*$", "", place).partition("/")
    host = re.sub(r"^(?:www|m)\.(?=reuters)", "", host.lower())
    return f"{host}/{rest.rstrip('/')}"


def stands(item: Row[Any]) -> dict[str, Any]:
    return {name: getattr(item, name) for name in PLACING}


def held_twice(items: Sequence[Row[Any]]) -> Iterator[str]:
    """An issue has a page once, and so has a message."""
    listed = Counter((item.issue_id, page_of(item)) for item in items if item.state in HOLDS_ITS_LINK)
    yield from (f"{count} times in issue {issue}: {page}" for (issue, page), count in listed.items() if count > 1)
    own = Counter((item.channel, item.message, page_of(item)) for item in items)
    yield from (f"{count} items of one message: {place}" for place, count in own.items() if count > 1)


def broken_logs(rows: Rows) -> Iterator[str]:
    """The event log of an item, replayed, ends where the item stands."""
    told = defaultdict[int, list[Row[Any]]](list)
    for change in rows["changes"]:
        told[change.item_id].append(change)
    for item in rows["items"]:
        if sum(change.verb == "dropped" for change in told[item.id]) != 1:
            yield f"item {item.id} was not dropped once by its log"
        replayed: dict[str, Any] = _AT_FIRST
        for change in told[item.id]:
            if change.verb == "carried over":
                replayed = _AT_FIRST
            elif "state" in change.after and "section" in change.after:
                was = {name: change.before.get(name, replayed[name]) for name in PLACING}
                if was != replayed:
                    yield f"item {item.id}: its log breaks at {change.verb}, from {replayed} to {was}"
                replayed = {name: change.after[name] for name in PLACING}
        if stands(item) != replayed:
            yield f"item {item.id} is {stands(item)}, by its log {replayed}"


def left_over(rows: Rows) -> Iterator[str]:
    """Nothing is owed any more, and nothing was given up."""
    for row in rows["inbox"]:
        if row.state != "done":
            yield f"event {json.loads(row.body)['event_id']} is {row.state}: {row.trouble}"
    for row in rows["outbox"]:
        if row.state != "waiting" or row.wanted > row.shown:
            yield f"{row.key} is {row.state}, shown {row.shown} of {row.wanted}: {row.trouble}"


def of_guests(rows: Rows, guest: str, editor: str) -> Iterator[str]:
    """What a guest drops is filed by an editor alone, and a guest changes nothing but what they say."""
    said = {"dropped", "dropped again", "withdrawn", "undone", "link removed", "source deleted"}
    for change in rows["changes"]:
        if change.by == guest and change.verb not in said:
            yield f"a guest did this: {change.verb}, item {change.item_id}"
    released = {
        change.item_id
        for change in rows["changes"]
        if change.by == editor and change.after.get("state") in HOLDS_ITS_LINK
    }
    for item in rows["items"]:
        if item.found_by == guest and item.state in {"filed", "held"} and item.id not in released:
            yield f"item {item.id} of a guest is {item.state} without an editor"
