"""What is shown of the late lane: which items came too late for an issue, and what was asked about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.editorial.house import House, Section
from bot.editorial.issue import Issue, IssueState
from bot.editorial.item import Item, ItemState
from bot.editorial.late import came_late, is_lane_open
from bot.ports import DeskRecord, LateRequest, UnitOfWork


@dataclass(frozen=True, slots=True)
class Lane:
    """The issue that an item came too late for and that is still to be published; `request` is what was asked.

    `is_of_that_day` says that the item came on the day of the freeze.
    """

    issue: Issue
    request: LateRequest | None
    is_open: bool
    is_of_that_day: bool

    @property
    def can_be_asked(self) -> bool:
        """Whether a member may ask editors to add the item."""
        return self.is_open and self.request is None


@dataclass(frozen=True, slots=True)
class LateAsked:
    """What editors are asked about an item, and what became of that."""

    house: House
    desk: DeskRecord
    issue: Issue
    item: Item
    section: Section | None
    request: LateRequest
    names: Mapping[str, str]

    @property
    def is_open(self) -> bool:
        """Whether an editor may still decide, or decide otherwise."""
        return self.issue.state is IssueState.CLOSED


async def lanes_of(
    work: UnitOfWork, house: House, items: Sequence[Item], issues: Mapping[int, Issue], now: datetime
) -> Mapping[int, Lane]:
    """The lanes of those of these items that came too late, by their ids; `issues` are those that have the items."""
    lanes: dict[int, Lane] = {}
    for issue in issues.values():
        before = await work.issues.before(issue) if issue.state is IssueState.OPEN else None
        if before is None:
            continue
        late = [item for item in items if item.issue_id == issue.id and _is_late_for(before, item)]
        requests = await work.late.of_items([item.id for item in late], before.id) if late else {}
        is_open, zone = is_lane_open(house.calendar, before, now), ZoneInfo(house.calendar.zone)
        for item in late:
            is_of_that_day = item.created_at.astimezone(zone).date() == before.frozen_at.astimezone(zone).date()
            lanes[item.id] = Lane(before, requests.get(item.id), is_open, is_of_that_day)
    return lanes


def _is_late_for(issue: Issue, item: Item) -> bool:
    """Whether an item can be added to an issue; whether it is one, and is used again, is decided before."""
    is_in_doubt = item.is_a_repeat or (item.kind is not None and item.kind.must_be_kept)
    is_on_the_list = item.state in {ItemState.PENDING, ItemState.FILED}
    return is_on_the_list and not is_in_doubt and came_late(issue, item.created_at)
