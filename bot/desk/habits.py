"""What members correct once for a place is so of its later pages: its name, the ends of headlines, whose day it is."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.editorial.item import Item
from bot.ports import Habit

_LONGEST = 60
_MARKS = r"[|·•»«›‹–—~/<>:｜│┃_-]"
_ENDS = re.compile(rf"\s*{_MARKS}+\s*\S")
_BEGINS = re.compile(rf"\S\s*{_MARKS}+\s*$")


def told_by(item: Item, written: Mapping[str, Any], zones: Iterable[str]) -> Mapping[Habit, str | None]:
    """What a member's correction of an item says of the place that it is from; None takes back an earlier word.

    Of a headline and a day only what the page itself said tells anything: what a member wrote is no habit of a place.
    """
    told: dict[Habit, str | None] = {}
    if "source" in written:
        told[Habit.SOURCE] = written["source"]
    if "title" in written and "title" not in item.edited and item.title and written["title"]:
        told |= _affix(item.title, written["title"])
    if written.get("published_on") and "published_on" not in item.edited and item.stamped_at is not None:
        told |= _zone(item.stamped_at, item.published_on, written["published_on"], zones)
    return told


def as_is_usual(values: Mapping[str, Any], habits: Mapping[Habit, str]) -> dict[str, Any]:
    """What becomes of the values of a page by the habits of its place."""
    found: dict[str, Any] = {}
    for name in ("title", "alternative"):
        if title := values.get(name):
            found[name] = _without(title, habits)
    stamp, zone = values.get("stamped_at"), habits.get(Habit.ZONE)
    if stamp is not None and zone is not None and (day := _day(stamp, zone)):
        found["published_on"] = day
    return found


def _affix(title: str, wish: str) -> dict[Habit, str | None]:
    """The end or the beginning that was taken off a headline, at a mark, with all else left as it was.

    One that was put on to a headline from which it was taken is not taken off again.
    """
    end, beginning = title.removeprefix(wish), title.removesuffix(wish)
    if len(title) > len(wish) and title.startswith(wish) and len(end) <= _LONGEST and _ENDS.match(end):
        return {Habit.SUFFIX: end}
    if len(title) > len(wish) and title.endswith(wish) and len(beginning) <= _LONGEST and _BEGINS.search(beginning):
        return {Habit.PREFIX: beginning}
    if wish.startswith(title) and _ENDS.match(wish.removeprefix(title)):
        return {Habit.SUFFIX: None}
    if wish.endswith(title) and _BEGINS.search(wish.removesuffix(title)):
        return {Habit.PREFIX: None}
    return {}


def _without(title: str, habits: Mapping[Habit, str]) -> str:
    """A headline without what usually ends or begins those of its place."""
    rest = title.removesuffix(habits.get(Habit.SUFFIX, "")).strip()
    rest = rest.removeprefix(habits.get(Habit.PREFIX, "")).strip()
    return rest or title


def _zone(stamp: datetime, was: date | None, said: date, zones: Iterable[str]) -> dict[Habit, str | None]:
    """The zone in which a universal time is the day that a member says; None where it is that of universal time."""
    if said == was:
        return {}
    if said == stamp.date():
        return {Habit.ZONE: None}
    return next(({Habit.ZONE: zone} for zone in zones if _day(stamp, zone) == said), {})


def _day(stamp: datetime, zone: str) -> date | None:
    """The day of an instant in a zone; None where there is no such zone: those of members are as Slack has them."""
    try:
        return stamp.astimezone(ZoneInfo(zone)).date()
    except (ZoneInfoNotFoundError, ValueError):
        return None
