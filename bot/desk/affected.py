"""What a word on an outlet changes: the items of issues that are not published, and their shares."""

from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import datetime

from bot.desk.base import show_cards_of
from bot.desk.editions import writing_of
from bot.editorial.houses import Houses
from bot.editorial.issue import Issue
from bot.editorial.item import Item, ItemState
from bot.editorial.quota import Tally
from bot.ports import DeskRecord, UnitOfWork

_STATES = (ItemState.PENDING, ItemState.FILED, ItemState.HELD, ItemState.HELD_OVER)


@dataclass(frozen=True, slots=True)
class Affected:
    """The items of an issue whose outlet is another now, and what counted before and counts since."""

    desk: DeskRecord
    issue: Issue
    items: tuple[Item, ...]
    before: Tally
    after: Tally


async def affected_by(
    work: UnitOfWork, houses: Houses, workspace: str, writing: Awaitable[None], now: datetime
) -> tuple[Affected, ...]:
    """Do what is written of outlets, show the cards of all items again that it touches, and say what it changed.

    Published issues keep theirs: they are not looked at.
    """
    before = {issue.id: (items, counted) for _, issue, items, counted in await _stand(work, houses, workspace)}
    await writing
    found = []
    for desk, issue, items, counted in await _stand(work, houses, workspace):
        olds, old = before.get(issue.id, (items, counted))
        outlets = {item.id: item.outlet for item in olds}
        touched = tuple(item for item in items if item.outlet != outlets.get(item.id, item.outlet))
        if touched:
            await show_cards_of(work, desk, touched, now)
            found.append(Affected(desk, issue, touched, old, counted))
    return tuple(found)


async def _stand(
    work: UnitOfWork, houses: Houses, workspace: str
) -> list[tuple[DeskRecord, Issue, tuple[Item, ...], Tally]]:
    found = []
    for desk in await work.desks.all(workspace):
        for issue in await work.issues.unpublished(desk.id):
            items = tuple(await work.items.of_issue(issue.id, *_STATES))
            house = houses.of(desk.house)
            writing = await writing_of(work, house, issue.id)
            found.append((desk, issue, items, writing.tally(items, house.state_media)))
    return found
