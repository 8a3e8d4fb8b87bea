"""Members say why an item is in the issue all the same: one that an earlier issue had, or one of another time."""

from datetime import datetime

from bot.desk.base import DeskBase, show_cards_of
from bot.desk.errors import ReasonGivenError, SomebodyWasFasterError
from bot.desk.fields import FieldRefusal, FieldsRefusedError, FieldTrouble
from bot.editorial.item import Item, ItemState, Reason
from bot.editorial.kept import kept
from bot.ports import Change

_VERBS = {"used_again": "used again", "kept_outside": "kept outside the window"}


class Reasons(DeskBase):
    """A reason is given once, in one line, and stands on the item under the name of who gave it."""

    async def use_again(self, item_id: int, why: str, *, workspace: str, by: str, now: datetime) -> Item:
        """Let an item that an earlier issue carried be filed as any other.

        Raises:
            FieldsRefusedError: no reason is given.
            ReasonGivenError: somebody gave one meanwhile.
            SomebodyWasFasterError: it is not in the issue any more.
        """
        return await self._give(item_id, "used_again", why, workspace=workspace, by=by, now=now)

    async def keep_outside(self, item_id: int, why: str, *, workspace: str, by: str, now: datetime) -> Item:
        """Keep an item whose day is outside the issue's window; it is not asked about again.

        Raises:
            FieldsRefusedError: no reason is given.
            ReasonGivenError: somebody gave one meanwhile.
            SomebodyWasFasterError: it is not in the issue any more.
        """
        return await self._give(item_id, "kept_outside", why, workspace=workspace, by=by, now=now)

    async def _give(self, item_id: int, field: str, why: str, *, workspace: str, by: str, now: datetime) -> Item:
        person = await self._member(workspace, by, now)
        reason = Reason(" ".join(why.split()), by, person.name)
        if not reason.words:
            raise FieldsRefusedError({"reason": FieldRefusal(FieldTrouble.REASON_EMPTY)})
        async with self._unit_of_work() as work:
            item, desk, _ = await self._changeable_item(work, workspace, item_id, by)
            given: Reason | None = getattr(item, field)
            if given == reason:
                return item  # they sent it twice
            if given is not None:
                raise ReasonGivenError(given)
            if item.state not in {ItemState.PENDING, ItemState.FILED}:
                raise SomebodyWasFasterError(item, None, None, None)
            stored = kept(reason)
            changed = await work.items.change(item.id, expect={"version": item.version}, values={field: stored})
            if changed is None:
                raise SomebodyWasFasterError(item, None, None, None)
            before, after = {field: None}, {field: stored}
            await work.changes.add(Change(_VERBS[field], by, now, desk, item.issue_id, item.id, before, after))
            await show_cards_of(work, desk, [item], now)
            return changed
