"""What is set on paper: an edition as plain values in print order, every text in one line and free of marks."""

import re
from dataclasses import dataclass
from datetime import date

from bot.editorial.citation import cite, language_note
from bot.editorial.coverage import disclosure_of
from bot.editorial.edition import Edition, Paragraph, long_date
from bot.editorial.house import House
from bot.editorial.item import Item
from bot.editorial.quota import percent
from bot.export.refusals import FormatRefusedError
from bot.render import one_line

_NO_CHARACTERS = re.compile(r"[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Code points that no document may hold."""


class TemplateRefusedError(FormatRefusedError):
    """A template of an issue cannot be used: its name, and why."""


@dataclass(frozen=True, slots=True)
class Line:
    """Text that leads to `url` where there is one, with what stands before and behind it.

    `language` is that of the text where it is not the house's, by its ISO 639-1 code.
    """

    text: str
    url: str = ""
    before: str = ""
    behind: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the overview, or a quote: then it has an attribution."""

    text: str
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Items under a heading, or without one, where they are their chapter's own."""

    heading: str
    items: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ChapterOnPaper:
    heading: str
    narrative: tuple[str, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class DisclosureOnPaper:
    """The share of state media in words: `state` of `total` is `share`, and `counts` says what is counted.

    `watched` are the countries whose outlets count, `registry` is the day of the registry that says whose they are.
    """

    state: int
    total: int
    share: str
    limit: str
    counts: str
    watched: str
    registry: str


@dataclass(frozen=True, slots=True)
class Paper:
    """An issue as paper shows it: `name` is `VRIC MONITOR No. 18`, `title` has the headline as well."""

    language: str
    publication: str
    number: int
    name: str
    title: str
    headline: str
    covers: str
    author: str
    author_role: str
    disclaimer: str
    disclosure: DisclosureOnPaper
    overview: tuple[Block, ...]
    must_reads: tuple[Line, ...]
    releases_heading: str
    releases: tuple[Line, ...]
    chapters: tuple[ChapterOnPaper, ...]


def on_paper(edition: Edition) -> Paper:
    """The edition as paper shows it."""
    writing, house, told = edition.writing, edition.house, disclosure_of(edition)
    return Paper(
        language=house.citation.language,
        publication=_plain(house.title),
        number=edition.issue.number,
        name=_plain(f"{house.title} No. {edition.issue.number}"),
        title=_plain(edition.title),
        headline=_plain(writing.headline),
        covers=_span(edition.issue.window_start, edition.issue.window_end),
        author=_plain(writing.author),
        author_role=_plain(writing.author_role),
        disclaimer=_plain(edition.disclaimer),
        disclosure=DisclosureOnPaper(
            state=told.tally.state,
            total=told.tally.total,
            share=percent(told.tally.share, told.limit),
            limit=percent(told.limit),
            counts=told.counts,
            watched=", ".join(told.watched),
            registry=long_date(told.registry_of) if told.registry_of is not None else "",
        ),
        overview=tuple(
            Block(_plain(block.text))
            if isinstance(block, Paragraph)
            else Block(_plain(block.text), _plain(block.attribution))
            for block in writing.overview
        ),
        must_reads=tuple(
            Line(_plain(each.citation), each.url, behind=language_note(each.language, house))
            for each in writing.must_reads
        ),
        releases_heading=_plain(edition.releases_heading),
        releases=tuple(
            Line(_plain(each.title), each.url, before=f"{_plain(each.agency)}: ") for each in writing.releases
        ),
        chapters=tuple(
            ChapterOnPaper(
                _plain(chapter.chapter.title),
                tuple(_plain(paragraph) for paragraph in edition.narrative(chapter)),
                tuple(
                    Part(
                        "" if section.leads else _plain(section.section.title),
                        tuple(_line(item, house) for item in section.items),
                    )
                    for section in chapter.sections
                    if section.items
                ),
            )
            for chapter in edition.chapters
        )
        + _corrections(edition),
    )


def _corrections(edition: Edition) -> tuple[ChapterOnPaper, ...]:
    """What changed since the issue was published, as its last chapter."""
    lines = tuple(map(_plain, edition.corrections))
    return (ChapterOnPaper("Corrections", lines, ()),) if lines else ()


def _line(item: Item, house: House) -> Line:
    citation = cite(item, house)
    is_foreign = not item.summary and item.language not in {None, house.citation.language}
    return Line(
        _plain(citation.text),
        item.url,
        before=_spaced(citation.prefix),
        behind=_spaced(citation.credit),
        language=(item.language or "") if is_foreign else "",
    )


def _span(first: date, last: date) -> str:
    """The days from first to last in words; the year stands once where it is the same."""
    if first == last:
        return long_date(first)
    start = long_date(first) if first.year != last.year else long_date(first).rpartition(",")[0]
    return f"{start} – {long_date(last)}"


def _spaced(text: str) -> str:
    """Plain text that keeps a space at its ends, where the house has it stand beside other text."""
    return f"{text[:1].isspace() * ' '}{_plain(text)}{text[-1:].isspace() * ' '}"


def _plain(text: str) -> str:
    return one_line(_NO_CHARACTERS.sub(" ", text))
