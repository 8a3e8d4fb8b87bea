"""Looks for what the desk had: in all its issues, by words."""

from datetime import datetime

from bot.desk.base import DeskBase
from bot.desk.views import Found
from bot.editorial.plain_words import plain_words
from bot.ports import DeskRecord

SHOWN = 10
_WORDS = 20
"""So many words are looked for; those beyond are left out."""


class Searching(DeskBase):
    async def find(self, desk: DeskRecord, text: str, *, by: str, now: datetime) -> Found:
        """The items of all issues that have all words of a text, the newest issue first; nothing where it has none."""
        await self._member(desk.workspace, by, now)
        words = plain_words(text)[:_WORDS]
        if not words:
            return Found(self.house_of(desk), text, words, (), 0, {})
        async with self._unit_of_work() as work:
            items, total = await work.search.find(desk, words, self.house_of(desk).titles, limit=SHOWN)
        names = await self._names(desk.workspace, [item.found_by for item in items], now)
        return Found(self.house_of(desk), text, words, tuple(items), total, names)
