"""What waits for an editor: links of guests, outlets that nobody decided about, and questions about opinions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.desk.base import DeskBase
from bot.editorial.acceptance import is_barred
from bot.editorial.house import House
from bot.editorial.item import Item, ItemState
from bot.editorial.outlet import Decision, Verdict, verdict
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
    names: Mapping[str, str]

    @property
    def total(self) -> int:
        return len(self.guests) + len(self.outlets) + len(self.appeals)


class WaitingForEditors(DeskBase):
    async def waiting(self, desk: DeskRecord, *, by: str, now: datetime) -> Waiting:
        """What waits for an editor of a desk; what was decided is not on the list any more."""
        await self._editor(desk, by, now)
        rule = self.house.state_media
        async with self._unit_of_work() as work:
            items: list[Item] = []
            for issue in await work.issues.unpublished(desk.id):
                items += await work.items.of_issue(issue.id, ItemState.PENDING, ItemState.FILED)
            undecided: dict[str, list[Item]] = {}
            for item in items:
                if verdict(item.outlet, rule.watched) is Verdict.UNDECIDED and not item.is_release:
                    undecided.setdefault(item.outlet.domain if item.outlet is not None else item.host, []).append(item)
            outlets = []
            for domain, concerned in undecided.items():
                entry = await work.outlets.entry(desk.workspace, domain)
                outlets.append(Undecided(concerned[0], len(concerned), entry.ruling if entry is not None else None))
        pending = [item for item in items if item.state is ItemState.PENDING]
        finders = {item.found_by for item in pending}
        guests = {person for person in finders if await self._is_guest(desk.workspace, person, now)}
        people = [item.found_by for item in pending] + [each.left.by for each in outlets if each.left is not None]
        people += [item.appeal.by for item in items if item.appeal is not None]
        return Waiting(
            house=self.house,
            desk=desk,
            guests=tuple(item for item in pending if item.found_by in guests),
            outlets=tuple(sorted(outlets, key=lambda each: (each.left is None, -each.items))),
            appeals=tuple(item for item in items if item.appeal is not None and is_barred(item, rule)),
            names=await self._names(desk.workspace, people, now),
        )
