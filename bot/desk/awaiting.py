"""What of a desk waits for its editors, asked in one way by all who list or count it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.desk.base import DeskBase
from bot.editorial.item import ItemState
from bot.editorial.waiting import Questions, Waits, questions_in
from bot.ports import DeskRecord, LateRequest


@dataclass(frozen=True, slots=True)
class Awaited:
    """What waits for the editors of a desk, in issues that still change."""

    questions: Questions
    late: tuple[LateRequest, ...]

    @property
    def counts(self) -> Mapping[Waits, int]:
        """How much waits of each kind, in an order that is kept, without what is none."""
        asked = self.questions
        counted = {
            Waits.LINKS_OF_GUESTS: len(asked.guests),
            Waits.OUTLETS_UNDECIDED: len(asked.outlets),
            Waits.APPEALS: len(asked.appeals),
            Waits.HELD: len(asked.held),
            Waits.LATE: len(self.late),
            Waits.UNFILED: len(asked.unfiled),
        }
        return {kind: count for kind, count in counted.items() if count}

    @property
    def total(self) -> int:
        return sum(self.counts.values())


class Awaiting(DeskBase):
    async def _awaited(self, desk: DeskRecord, now: datetime) -> Awaited:
        """What waits for the editors of a desk at this moment."""
        async with self._unit_of_work() as work:
            items = await work.items.for_editors(desk)
            late = await work.late.undecided(desk)
        finders = {item.found_by for item in items if item.state is ItemState.PENDING}
        guests = {person for person in finders if await self._is_guest(desk.workspace, person, now)}
        return Awaited(questions_in(items, guests, self.house_of(desk).state_media), tuple(late))
