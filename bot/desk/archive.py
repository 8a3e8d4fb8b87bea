"""The issues of a house without anybody in Slack: those that were printed elsewhere come in, all of them come out."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.desk.editions import edition_of
from bot.editorial.edition import Edition
from bot.editorial.house import House, Section
from bot.editorial.houses import HouseChoice, Houses
from bot.editorial.issue import Issue, IssueState
from bot.editorial.link import NotALink, read_link
from bot.editorial.outlet import Verdict
from bot.editorial.passages import written
from bot.editorial.rundown import SectionGoneError
from bot.export.document import DocumentRefusedError, IssueDocument, ItemEntry
from bot.export.exchange import document_of, writing_in
from bot.export.formats import FORMATS
from bot.export.manifest import Verified, manifest_of, verify
from bot.export.refusals import FormatRefusedError
from bot.ports import NOBODYS, Change, DeskRecord, PrintedItem, Publication, UnitOfWork, UnitOfWorkFactory
from bot.render import Renderer


class ArchiveError(Exception):
    """What was asked of the archive cannot be done; the text says why, and what to do."""


class Archive:
    """Asks no network and no person."""

    def __init__(
        self,
        *,
        houses: Houses,
        unit_of_work: UnitOfWorkFactory,
        renderer: Renderer | None = None,
        named: str | None = None,
    ) -> None:
        """`named` is the house of the desk that is meant; it must be said where there are several desks."""
        self._houses = houses
        self._named = named
        self._renderer = renderer or Renderer()
        self._unit_of_work = unit_of_work

    async def edition(self, number: int) -> Edition:
        """The edition of an issue of the house's desk.

        Raises:
            ArchiveError: there is no such issue, or it is not clear whose is meant.
        """
        async with self._unit_of_work() as work:
            return await self._edition(work, await self._numbered(work, number))

    async def house(self) -> House:
        """The house of the desk that is meant, the default one where there is none yet."""
        async with self._unit_of_work() as work:
            desk = await self._only_desk(work)
        return self._houses.of(desk.house if desk is not None else HouseChoice(self._named or ""))

    async def published(self) -> Sequence[Edition]:
        """The editions that the house's desk has published, newest first.

        Raises:
            ArchiveError: it is not clear whose are meant, or one of them does not fit the house any more.
        """
        async with self._unit_of_work() as work:
            desk = await self._only_desk(work)
            issues = await work.issues.published(desk.id) if desk is not None else ()
            return [await self._edition(work, issue) for issue in issues]

    async def verify(self, number: int) -> Verified:
        """Render a published issue again, and compare it with what was published.

        Raises:
            ArchiveError: there is no such issue, it was not published, or it cannot be rendered with this house.
        """
        async with self._unit_of_work() as work:
            issue = await self._numbered(work, number)
            publication = await work.publications.newest(issue.id)
            if publication is None:
                raise ArchiveError(f"No. {number} was not published, so there is nothing to compare it with.")
            edition = await self._edition(work, issue)
        return verify(edition, publication.manifest, self._renderer)

    async def take_over(
        self,
        document: IssueDocument,
        name: str,
        *,
        now: datetime,
        tell: Callable[[str], None],
        formats: Collection[str] = FORMATS.keys(),
    ) -> tuple[Edition, bool]:
        """Put an issue that was printed elsewhere on record, as published; says whether it was new.

        All of it is stored or nothing. What is there already, word for word, is left alone. An empty database gets
        the desk of the house. Only files of these `formats` can be verified later.

        Raises:
            DocumentRefusedError: it names chapters or sections that the house does not have, or is of another house.
            ArchiveError: there is another issue of this number.
        """
        writing = writing_in(document)
        async with self._unit_of_work() as work:
            desk = await self._only_desk(work) or await self._new_desk(work, now)
            sections = _sections_of(document, name, self._houses.of(desk.house))
            await work.desks.hold(desk.id)
            there = await work.issues.numbered(desk.id, document.number)
            if there is not None:
                return await self._compared(work, there, document), False
            issue = await self._publish(work, desk, document, now)
            for place, (passage, value) in enumerate(written(writing).items(), start=1):
                await work.passages.write(desk, issue, passage, value, over=0, by="", at=now)
                tell(f"No. {issue.number}: {place} of its texts")
            printed = _printed(sections, desk, issue, now)
            await work.items.add_printed(printed)
            tell(f"No. {issue.number}: {len(printed)} items")
            what = {"number": issue.number, "items": len(printed), "from": name}
            await work.changes.add(Change("imported", "", now, desk, issue.id, after=what))
            edition = await self._edition(work, issue)
            note = f"Imported from {name}."
            manifest = manifest_of(edition, self._renderer, number=1, note=note, at=now, formats=formats)
            await work.publications.add(desk, issue, Publication(1, now, "", note, manifest))
            return edition, True

    async def _numbered(self, work: UnitOfWork, number: int) -> Issue:
        desk = await self._only_desk(work)
        issue = await work.issues.numbered(desk.id, number) if desk is not None else None
        if issue is None:
            raise ArchiveError(f"There is no issue No. {number}. Import it, or name one that is there.")
        return issue

    async def _edition(self, work: UnitOfWork, issue: Issue) -> Edition:
        try:
            return await edition_of(work, self._houses.of((await work.desks.get(issue.desk_id)).house), issue)
        except SectionGoneError as gone:
            words = f"No. {issue.number} cannot be rendered: {gone} Use the house that it was published with."
            raise ArchiveError(words) from None

    async def _only_desk(self, work: UnitOfWork) -> DeskRecord | None:
        desks = [*await work.desks.all(), *await work.desks.all(NOBODYS)]
        if self._named is not None:
            desks = [desk for desk in desks if self._houses.of(desk.house).name == self._named]
        if len(desks) > 1:
            raise ArchiveError(
                "There are several desks here, and the archive of which one is meant is not clear. "
                "Name its house with --house."
            )
        return desks[0] if desks else None

    async def _new_desk(self, work: UnitOfWork, now: datetime) -> DeskRecord:
        """A desk that no channel has yet, of the house that is meant."""
        house = self._houses.of(HouseChoice(self._named or ""))
        made = await work.desks.add(NOBODYS, house.name, now)
        if made is None:
            raise ArchiveError("The desk is being made by somebody else. Try again.")
        chosen = HouseChoice("" if house == self._houses.default else house.name)
        return await work.desks.choose(made, chosen) or made

    async def _compared(self, work: UnitOfWork, there: Issue, document: IssueDocument) -> Edition:
        edition = await self._edition(work, there)
        difference = _difference(edition, document)
        if difference:
            raise ArchiveError(
                f"There is an issue No. {there.number} already, and {difference}. Nothing was stored. "
                "A published issue does not change."
            )
        return edition

    async def _publish(self, work: UnitOfWork, desk: DeskRecord, document: IssueDocument, now: datetime) -> Issue:
        days = [item.published_on for item in document.items] or [now.date()]
        rule = self._houses.of(desk.house).calendar
        closed = datetime.combine(max(days), rule.at, ZoneInfo(rule.zone)).astimezone(now.tzinfo)
        window = (min(days), max(days))
        return await work.issues.add(desk, document.number, window, closed, closed, now, IssueState.PUBLISHED)


def _printed(
    sections: Sequence[tuple[Section, ItemEntry]],
    desk: DeskRecord,
    issue: Issue,
    now: datetime,
) -> list[PrintedItem]:
    """The items as rows; a section that is not printed newest first keeps its order by ranks."""
    by_hand = {
        section.key
        for (section, item), (after, following) in pairwise(sections)
        if section.key == after.key and item.published_on < following.published_on
    }
    taken = set[str]()
    rows = []
    for place, (section, item) in enumerate(sections, start=1):
        key, host = _page(item.url)
        if not key or key in taken:
            key = f"printed:{sha256(f'{place}:{item.summary}'.encode()).hexdigest()[:16]}"
        taken.add(key)
        rows.append(
            PrintedItem(
                desk=desk,
                issue=issue,
                place=place,
                section=section.key,
                summary=item.summary,
                source=item.outlet,
                published_on=item.published_on,
                language=item.language,
                ruling=Verdict.STATE_MEDIA if item.state_media else Verdict.OTHER,
                rank=place if section.key in by_hand else None,
                url=item.url or "",
                key=key,
                host=host,
                at=now,
            )
        )
    return rows


def _sections_of(document: IssueDocument, name: str, house: House) -> Sequence[tuple[Section, ItemEntry]]:
    """Each item with its section, in the order of the document."""
    faults, found = [], list[tuple[Section, ItemEntry]]()
    if document.publication.casefold() != house.title.casefold():
        faults.append(f"publication: this is “{document.publication}”, and the house is “{house.title}”.")
    chapters = {chapter.key: chapter for chapter in house.chapters}
    for place, entry in enumerate(document.chapters, start=1):
        chapter = chapters.get(entry.key)
        if chapter is None:
            known = ", ".join(chapters)
            faults.append(f"chapters[{place}].key: the house has no chapter “{entry.key}”. It has: {known}.")
            continue
        found += [(chapter.sections[0], item) for item in entry.items]
        titles = {section.title.upper(): section for section in chapter.sections[1:]}
        for number, subsection in enumerate(entry.subsections, start=1):
            section = titles.get(subsection.heading.upper())
            if section is None:
                where = f"chapters[{place}].subsections[{number}].heading"
                faults.append(
                    f"{where}: the chapter “{chapter.title}” has no section “{subsection.heading}”. "
                    f"It has: {', '.join(titles) or 'none'}."
                )
                continue
            found += [(section, item) for item in subsection.items]
    if faults:
        raise DocumentRefusedError(name, faults)
    return found


def _page(url: str | None) -> tuple[str, str]:
    """The key of a page and its host; both empty where there is none that can be read."""
    try:
        link = read_link(url) if url else None
    except NotALink:
        link = None
    return (link.key, link.host) if link is not None else ("", "")


def _difference(edition: Edition, document: IssueDocument) -> str:
    """Where an issue on record is another one than a document; empty where it is the same."""
    try:
        there = document_of(edition)
    except FormatRefusedError as refusal:
        return f"it makes no document: {refusal}"
    for field in type(document).model_fields:
        if getattr(there, field) != getattr(document, field):
            return f"its {field.replace('_', ' ')} differs from that of this document"
    return ""
