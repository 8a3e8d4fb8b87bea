"""An issue as it is printed, read in one transaction."""

from collections.abc import Sequence

from bot.editorial.edition import Edition, Writing
from bot.editorial.house import RELEASES, House
from bot.editorial.issue import Issue, IssueState
from bot.editorial.item import Item, ItemState
from bot.editorial.passages import read
from bot.editorial.releases import with_filed
from bot.editorial.rundown import assemble
from bot.export.manifest import registry_in, with_registry
from bot.extract.outlets import registry_date
from bot.ports import UnitOfWork


async def edition_of(work: UnitOfWork, house: House, issue: Issue, items: Sequence[Item] | None = None) -> Edition:
    """The edition of an issue as it stands; `items` where they were read already.

    Of a published issue the outlets and the day of the registry are those of its day, whatever is said since.

    Raises:
        SectionGoneError: items stand under a section that the house no longer has.
    """
    if items is None:
        items = await work.items.of_issue(issue.id, ItemState.FILED)
    registry_of = registry_date() if issue.state is not IssueState.PUBLISHED else None
    if issue.state is IssueState.PUBLISHED and (publication := await work.publications.newest(issue.id)) is not None:
        items = [with_registry(item, publication.manifest) for item in items]
        registry_of = registry_in(publication.manifest)
    rundown = assemble(house, issue, items)
    return Edition(house, issue, await writing_of(work, house, issue.id, rundown.releases), rundown, registry_of)


async def writing_of(work: UnitOfWork, house: House, issue_id: int, releases: Sequence[Item] | None = None) -> Writing:
    """What stands around the items of an issue: its releases and must reads count for the promise, too.

    `releases` are the links that were filed as such, where they were read already.
    """
    passages = await work.passages.of_issue(issue_id)
    written = read({name: passage.value for name, passage in passages.items()})
    if releases is None:
        releases = await work.items.filed_under(issue_id, RELEASES)
    return with_filed(written, releases, house)
