"""An issue as it is printed, read in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.editorial.edition import Edition, Writing, long_date
from bot.editorial.future import latest_day
from bot.editorial.gate import Finding, check
from bot.editorial.house import RELEASES, House
from bot.editorial.issue import Issue, IssueState
from bot.editorial.item import Item, ItemState, Reading
from bot.editorial.passages import read
from bot.editorial.releases import with_filed
from bot.editorial.rundown import assemble
from bot.editorial.waiver import Waiver
from bot.export.manifest import registry_in, with_registry
from bot.extract.outlets import registry_date
from bot.ports import DeskRecord, Publication, UnitOfWork

LOOKS_GOOD_FOR = timedelta(hours=24)
"""How long it is believed of a page that it stands as it stood."""


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
    corrections = await work.publications.corrections(issue.id) if issue.state is IssueState.PUBLISHED else ()
    lines = tuple(correction_of(each, house) for each in corrections)
    rundown = assemble(house, issue, items)
    return Edition(house, issue, await writing_of(work, house, issue.id, rundown.releases), rundown, registry_of, lines)


def correction_of(publication: Publication, house: House) -> str:
    """What readers are told of a later version: `January 12, 2021: the date was wrong`."""
    return f"{long_date(publication.at.astimezone(ZoneInfo(house.calendar.zone)).date())}: {publication.note}"


async def waivers_of(work: UnitOfWork, desk: DeskRecord, issue_id: int) -> Mapping[str, Waiver]:
    """What editors let pass of an issue, by the key of its finding, in their names."""
    waivers = await work.gate.waivers(issue_id)
    names = await work.people.names(desk.workspace, [waiver.by for waiver in waivers.values()])
    return {key: replace(waiver, by=names.get(waiver.by, waiver.by)) for key, waiver in waivers.items()}


def findings_in(
    edition: Edition, waivers: Mapping[str, Waiver], now: datetime, *, mail_is_cut: bool = False
) -> tuple[Finding, ...]:
    """What the gate finds in an edition at this moment; of a large one that takes a while, for a thread of its own."""
    old = sum(_is_to_be_looked_at(item, now) for item in edition.rundown.filed)
    latest = latest_day(now, edition.house.calendar.zone)
    return check(edition, waivers=waivers, unchecked=old, mail_is_cut=mail_is_cut, latest=latest)


def _is_to_be_looked_at(item: Item, now: datetime) -> bool:
    """Whether nobody looked at an item's page for a day; one that is still to be read is told of by itself."""
    if not item.url or item.reading is Reading.WAITING:
        return False
    return item.checked_at is None or now - item.checked_at > LOOKS_GOOD_FOR


async def writing_of(work: UnitOfWork, house: House, issue_id: int, releases: Sequence[Item] | None = None) -> Writing:
    """What stands around the items of an issue: its releases and must reads count for the promise, too.

    `releases` are the links that were filed as such, where they were read already.
    """
    passages = await work.passages.of_issue(issue_id)
    written = read({name: passage.value for name, passage in passages.items()})
    if releases is None:
        releases = await work.items.filed_under(issue_id, RELEASES)
    return with_filed(written, releases, house)
