"""Between an edition and the document that carries it out and in again."""

from pydantic import ValidationError

from bot.editorial.citation import cite
from bot.editorial.edition import Edition, MustRead, Paragraph, Quote, Release, Writing
from bot.editorial.item import Item
from bot.editorial.outlet import Verdict, verdict
from bot.export.document import (
    ChapterEntry,
    IssueDocument,
    ItemEntry,
    MustReadEntry,
    OverviewBlock,
    ReleaseEntry,
    Releases,
    Subsection,
)
from bot.export.refusals import FormatRefusedError, Lack, UnfinishedError


def document_of(edition: Edition) -> IssueDocument:
    """An edition as a document; one that was read from a document gives the same again.

    Raises:
        UnfinishedError: an item has no date or no source, or a release no agency or no title: a document has them.
        FormatRefusedError: a value does not fit a document.
    """
    try:
        return _document_of(edition)
    except ValidationError as unfit:
        raise FormatRefusedError(f"The issue does not fit a document: {unfit}") from None


def _document_of(edition: Edition) -> IssueDocument:
    writing = edition.writing
    for item in edition.rundown.releases:
        if not item.agency or not item.title:
            raise UnfinishedError(item.title or item.url, Lack.AGENCY_OR_TITLE)
    releases = tuple(
        ReleaseEntry(agency=each.agency, title=each.title, url=each.url or None) for each in writing.releases
    )
    return IssueDocument(
        publication=edition.house.title,
        number=edition.issue.number,
        headline=writing.headline or None,
        author=writing.author or None,
        author_role=writing.author_role or None,
        disclaimer=edition.disclaimer or None,
        overview=tuple(_block(block) for block in writing.overview),
        must_reads=tuple(
            MustReadEntry(citation=each.citation, language=each.language, url=each.url or None)
            for each in writing.must_reads
        ),
        releases=Releases(heading=edition.releases_heading, entries=releases) if releases else None,
        chapters=tuple(
            ChapterEntry(
                key=chapter.chapter.key,
                narrative=edition.narrative(chapter),
                items=tuple(
                    _entry(item, edition) for section in chapter.sections if section.leads for item in section.items
                ),
                subsections=tuple(
                    Subsection(
                        heading=section.section.title.upper(),
                        items=tuple(_entry(item, edition) for item in section.items),
                    )
                    for section in chapter.sections
                    if section.items and not section.leads
                ),
            )
            for chapter in edition.chapters
        ),
    )


def writing_in(document: IssueDocument) -> Writing:
    """What a document holds around its items."""
    releases = document.releases
    return Writing(
        headline=document.headline or "",
        author=document.author or "",
        author_role=document.author_role or "",
        disclaimer=document.disclaimer or "",
        overview=tuple(
            Paragraph(block.paragraph)
            if block.paragraph is not None
            else Quote(block.quote or "", block.attribution or "")
            for block in document.overview
        ),
        must_reads=tuple(
            MustRead(title=each.citation, language=each.language, url=each.url or "") for each in document.must_reads
        ),
        releases_heading=releases.heading if releases is not None else "",
        releases=tuple(
            Release(each.agency, each.title, each.url or "")
            for each in (releases.entries if releases is not None else ())
        ),
        narratives={chapter.key: chapter.narrative for chapter in document.chapters if chapter.narrative},
    )


def _block(block: Paragraph | Quote) -> OverviewBlock:
    if isinstance(block, Paragraph):
        return OverviewBlock(paragraph=block.text)
    return OverviewBlock(quote=block.text, attribution=block.attribution)


def _entry(item: Item, edition: Edition) -> ItemEntry:
    if item.published_on is None or not item.source:
        raise UnfinishedError(item.title or item.url, Lack.DATE_OR_SOURCE)
    style = edition.house
    return ItemEntry(
        summary=cite(item, style).text,
        outlet=item.source,
        published_on=item.published_on,
        language=item.language or style.citation.language,
        state_media=verdict(item.outlet, style.state_media.watched) is Verdict.STATE_MEDIA,
        url=item.url or None,
    )
