"""Members ask whether what looks like an opinion of state media is a report, and editors say that it is."""

from datetime import datetime
from typing import Any

from bot.desk.base import DeskBase, show_appeal_of, show_cards_of
from bot.desk.errors import (
    EditorsOnlyError,
    FieldRefusal,
    FieldsRefusedError,
    FieldTrouble,
    ReasonGivenError,
    SomebodyWasFasterError,
)
from bot.editorial.acceptance import is_barred
from bot.editorial.house import House
from bot.editorial.item import Appeal, Item, ItemState, Reason
from bot.editorial.kept import kept
from bot.ports import Change, DeskRecord, UnitOfWork


class Appealing(DeskBase):
    async def appeal(self, item_id: int, *, workspace: str, by: str, now: datetime) -> Item | None:
        """Put the question to the editors, each in private and once; None where an editor asks, who need not.

        Raises:
            SomebodyWasFasterError: it is not in question any more.
        """
        await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            item, desk, _ = await self._changeable_item(work, workspace, item_id, by)
            _must_be_in_question(item, self.house_of(desk))
            if await self._is_known_editor(work, desk, by):
                return None
            if item.appeal is not None:
                return item
            asked = kept(Appeal(by, now))
            changed = await self._written(work, desk, item, "appeal", asked, "asked about opinion", by, now)
            await show_appeal_of(work, desk, changed, now)
            return changed

    async def reclassify(self, item_id: int, why: str, *, workspace: str, by: str, now: datetime) -> Item:
        """Say in the name of an editor, and in one line why, that an item is a report: it is accepted as any other.

        Raises:
            EditorsOnlyError: whoever says it is none.
            FieldsRefusedError: no reason is given.
            ReasonGivenError: an editor gave one meanwhile.
            SomebodyWasFasterError: it is not in question any more.
        """
        person = await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            item, desk, _ = await self._changeable_item(work, workspace, item_id, by)
            if not await self._is_known_editor(work, desk, by):
                raise EditorsOnlyError(by)
            reason = Reason(" ".join(why.split()), by, person.name)
            if not reason.words:
                raise FieldsRefusedError({"reason": FieldRefusal(FieldTrouble.REASON_EMPTY)})
            if item.reclassified == reason:
                return item  # they sent it twice
            if item.reclassified is not None:
                raise ReasonGivenError(item.reclassified)
            _must_be_in_question(item, self.house_of(desk))
            return await self._written(work, desk, item, "reclassified", kept(reason), "reclassified", by, now)

    async def _written(
        self,
        work: UnitOfWork,
        desk: DeskRecord,
        item: Item,
        field: str,
        value: dict[str, Any],
        verb: str,
        by: str,
        now: datetime,
    ) -> Item:
        changed = await work.items.change(item.id, expect={"version": item.version}, values={field: value})
        if changed is None:
            raise SomebodyWasFasterError(item, None, None, None)
        await work.changes.add(Change(verb, by, now, desk, item.issue_id, item.id, {field: None}, {field: value}))
        await show_cards_of(work, desk, [item], now)
        return changed


def _must_be_in_question(item: Item, house: House) -> None:
    if item.state not in {ItemState.PENDING, ItemState.FILED} or not is_barred(item, house.state_media):
        raise SomebodyWasFasterError(item, None, None, None)
