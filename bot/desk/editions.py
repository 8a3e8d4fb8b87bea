"""An issue as it is printed, read in one transaction."""

from collections.abc import Sequence

from bot.editorial.edition import Edition
from bot.editorial.house import House
from bot.editorial.issue import Issue
from bot.editorial.item import Item, ItemState
from bot.editorial.passages import read
from bot.editorial.rundown import assemble
from bot.ports import UnitOfWork


async def edition_of(work: UnitOfWork, house: House, issue: Issue, items: Sequence[Item] | None = None) -> Edition:
    """The edition of an issue as it stands; `items` where they were read already.

    Raises:
        SectionGoneError: items stand under a section that the house no longer has.
    """
    if items is None:
        items = await work.items.of_issue(issue.id, ItemState.FILED)
    passages = await work.passages.of_issue(issue.id)
    writing = read({name: passage.value for name, passage in passages.items()})
    return Edition(house, issue, writing, assemble(house, issue, items))
