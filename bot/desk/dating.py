"""Members say what a day in the future is that a page bears."""

from datetime import date, datetime

from bot.desk.editing import Editing
from bot.editorial.item import Item


class Dating(Editing):
    async def take_for_event(self, item_id: int, day: date, *, workspace: str, by: str, now: datetime) -> Item:
        """Take the day that a page bears for that of an event: when it was published is not known then, and asked for.

        Reading the page again does not bring the day back; undoing the edit does.

        Raises:
            AlreadyWrittenError: it is dated otherwise by now.
        """
        await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            item, desk, _ = await self._changeable_item(work, workspace, item_id, by)
            if item.published_on is None:
                return item  # they clicked twice, or two members did
            if item.published_on != day or "published_on" in item.edited:
                raise await self._already_written(work, desk, item, "published_on")
            return await self._write(work, desk, item, {"published_on": None}, by, now)
