"""Looks for words in the items of all issues, alike on both databases."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Select, column, func, literal, literal_column, select, table
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.editorial.item import ItemState
from bot.editorial.plain_words import plain_words
from bot.ports import DeskRecord, FoundItem
from db.models import IssueRow, ItemRow, PersonRow
from db.search_index import SEARCH_INDEX

_FINDABLE = (ItemState.PENDING, ItemState.FILED, ItemState.HELD, ItemState.HELD_OVER)
_NOT_IN_THE_TEXT = 1_000_000
_SIMPLE: ColumnElement[str] = literal_column("'simple'")
"""PostgreSQL's configuration without a language; a parameter in its place would not be matched with the index."""


class SearchRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._on_postgresql = session.get_bind().dialect.name == "postgresql"

    async def find(
        self, desk: DeskRecord, words: Sequence[str], sections: Mapping[str, str], *, limit: int
    ) -> tuple[Sequence[FoundItem], int]:
        """The items on the lists of a desk's issues that have all of the plain words, and how many there are.

        A word stands in what is said of the item, in its section's title or in its finder's name; the last one may be
        the beginning of one. The newest issue comes first, in it what has the words earliest: headlines begin the text.
        """
        people = await self._session.execute(
            select(PersonRow.person, PersonRow.name).where(PersonRow.workspace == desk.workspace)
        )
        names = {row.person: row.name for row in people}
        conditions, places = [], []
        for at, word in enumerate(words, start=1):
            begins = at == len(words)
            conditions.append(
                ItemRow.id.in_(self._having(word, begins=begins))
                | ItemRow.section.in_(_those_with(word, sections, begins=begins))
                | ItemRow.found_by.in_(_those_with(word, names, begins=begins))
            )
            places.append(self._place(word, begins=begins))
        query = (
            select(
                IssueRow.number,
                ItemRow.state,
                ItemRow.section,
                ItemRow.published_on,
                func.coalesce(ItemRow.title, ItemRow.summary).label("title"),
                ItemRow.url,
                ItemRow.source,
                ItemRow.found_by,
                ItemRow.channel,
                ItemRow.message,
                func.count().over().label("total"),
            )
            .join(IssueRow, IssueRow.id == ItemRow.issue_id)
            .where(
                ItemRow.desk_id == desk.id,
                ItemRow.state.in_([state.value for state in _FINDABLE]),
                *conditions,
            )
            .order_by(IssueRow.number.desc(), sum(places, literal(0)), ItemRow.id)
            .limit(limit)
        )
        rows = (await self._session.execute(query)).all()
        found = [
            FoundItem(
                number=row.number,
                state=ItemState(row.state),
                section=row.section,
                published_on=row.published_on,
                title=row.title,
                url=row.url,
                source=row.source,
                found_by=row.found_by,
                channel=row.channel,
                message=row.message,
            )
            for row in rows
        ]
        return found, rows[0].total if rows else 0

    def _having(self, word: str, *, begins: bool) -> Select[int]:
        """The items whose text has a word; of letters and digits alone, it means nothing else to either database."""
        if self._on_postgresql:
            item = aliased(ItemRow)
            wanted = func.to_tsquery(_SIMPLE, f"{word}:*" if begins else word)
            return select(item.id).where(func.to_tsvector(_SIMPLE, item.search).bool_op("@@")(wanted))
        index = table(SEARCH_INDEX, column("rowid"))
        quoted = f'"{word}"*' if begins else f'"{word}"'
        return select(index.c.rowid).where(literal_column(SEARCH_INDEX).bool_op("MATCH")(quoted))

    def _place(self, word: str, *, begins: bool) -> ColumnElement[int]:
        """Where in an item's text a word stands; ranks of the databases' own would differ."""
        text = literal(" ").concat(ItemRow.search).concat(" ")
        wanted = f" {word}" if begins else f" {word} "
        place = func.strpos(text, wanted) if self._on_postgresql else func.instr(text, wanted)
        return func.coalesce(func.nullif(place, 0), _NOT_IN_THE_TEXT)


def _those_with(word: str, texts: Mapping[str, str], *, begins: bool) -> Sequence[str]:
    """The keys of the texts that have a word, or one that begins so."""
    return [
        key
        for key, text in texts.items()
        if any(each.startswith(word) if begins else each == word for each in plain_words(text))
    ]
