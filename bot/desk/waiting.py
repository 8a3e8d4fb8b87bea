"""The waiting list of editors: links of guests, outlets, opinions, held items, and requests after the freeze."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.desk.awaiting import Awaiting
from bot.desk.holding import HeldItem, Holding
from bot.desk.lane import LateAsked
from bot.desk.late import LateLane
from bot.editorial.house import House
from bot.editorial.item import Item
from bot.editorial.outlet import Decision
from bot.ports import DeskRecord


@dataclass(frozen=True, slots=True)
class Undecided:
    """An outlet that nobody decided about, by one of so many items of it; `left` is who left it to an editor."""

    item: Item
    items: int
    left: Decision | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Everything that waits for an editor of a desk, in issues that still change."""

    house: House
    desk: DeskRecord
    guests: tuple[Item, ...]
    outlets: tuple[Undecided, ...]
    appeals: tuple[Item, ...]
    held: tuple[HeldItem, ...]
    late: tuple[LateAsked, ...]
    unfiled: tuple[Item, ...]
    names: Mapping[str, str]


class WaitingForEditors(Awaiting, Holding, LateLane):
    async def waiting(self, desk: DeskRecord, *, by: str, now: datetime) -> Waiting:
        """What waits for an editor of a desk; what was decided is not on the list any more."""
        await self._editor(desk, by, now)
        awaited = await self._awaited(desk, now)
        asked, outlets = awaited.questions, []
        async with self._unit_of_work() as work:
            for concerned in asked.outlets:
                first = concerned[0]
                place = first.outlet.domain if first.outlet is not None else first.host
                entry = await work.outlets.entry(desk.workspace, place)
                outlets.append(Undecided(first, len(concerned), entry.ruling if entry is not None else None))
        people = [item.found_by for item in (*asked.guests, *asked.unfiled)]
        people += [each.left.by for each in outlets if each.left is not None]
        people += [item.appeal.by for item in asked.appeals if item.appeal is not None]
        return Waiting(
            house=self.house_of(desk),
            desk=desk,
            guests=asked.guests,
            outlets=tuple(sorted(outlets, key=lambda each: (each.left is None, -each.items))),
            appeals=asked.appeals,
            held=tuple([await self.held_item(item.id, now=now) for item in asked.held]),
            late=tuple([await self.late_request(request.id, now=now) for request in awaited.late]),
            unfiled=asked.unfiled,
            names=await self._names(desk.workspace, people, now),
        )
