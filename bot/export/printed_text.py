"""An issue read back from the plain text in which it was published, each line that is not understood by its number."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NoReturn

from bot.editorial.citation import LANGUAGES
from bot.editorial.edition import MONTHS
from bot.editorial.house import Chapter, House
from bot.export.document import (
    ChapterEntry,
    DocumentRefusedError,
    IssueDocument,
    ItemEntry,
    MustReadEntry,
    OverviewBlock,
    ReleaseEntry,
    Releases,
    Subsection,
)
from bot.export.text_blocks import BULLET, Block, blocks_of

_BYLINES = 2
"""The author, and the author's role below."""

_NUMBERED = re.compile(r"(\d+)\. (.+)")
_RELEASE = re.compile(r"([^:]{2,40}): (.+)")
_QUOTE = re.compile(r"“(.+)”")
_FULL_DATE = re.compile(rf"\b({'|'.join(MONTHS)}) (\d{{1,2}}), (\d{{4}})\b")
_ABBREVIATED = {name[:3].upper(): number for number, name in enumerate(MONTHS, start=1)}
_CODES = {name: code for code, name in LANGUAGES.items()}


@dataclass(slots=True)
class _Chapter:
    chapter: Chapter
    narrative: list[str] = field(default_factory=list)
    items: list[ItemEntry] = field(default_factory=list)
    subsections: list[Subsection] = field(default_factory=list)
    has_items: bool = False


def read_printed(text: str, name: str, house: House, *, until: date | None = None) -> IssueDocument:
    """Read an issue in the form in which the house prints it.

    Items are printed without their year. It is that which brings them nearest to `until`, else to the last full date
    that the text names. Where a house prints no titles of chapters, only must reads or releases tell where the overview
    ends and the first narrative begins.

    Raises:
        DocumentRefusedError: with every line that does not fit, by its number.
    """
    return _Reading(text, name, house, until).document()


class _Reading:
    def __init__(self, text: str, name: str, house: House, until: date | None) -> None:
        self._house = house
        self._name = name
        self._faults: list[tuple[int, str]] = []
        self._blocks = list(blocks_of(text))
        self._at = 0
        self._near = until or _last_date(text)
        self._item = _item_pattern(house)
        self._left = list(house.chapters)
        self._found: list[_Chapter] = []

    def document(self) -> IssueDocument:
        number, headline = self._title()
        author, role, disclaimer = self._head()
        overview = tuple(self._overview())
        must_reads = tuple(self._must_reads())
        releases = self._releases()
        chapters = self._chapters()
        if self._faults:
            raise DocumentRefusedError(self._name, [f"line {line}: {reason}" for line, reason in sorted(self._faults)])
        return IssueDocument(
            publication=self._house.title,
            number=number,
            headline=headline,
            author=author,
            author_role=role,
            disclaimer=disclaimer,
            overview=overview,
            must_reads=must_reads,
            releases=releases,
            chapters=chapters,
        )

    def _refuse(self, line: int, reason: str) -> None:
        self._faults.append((line, reason))

    def _next(self) -> Block | None:
        return self._blocks[self._at] if self._at < len(self._blocks) else None

    def _title(self) -> tuple[int, str | None]:
        first = self._next()
        pattern = re.compile(rf"{re.escape(self._house.title)} No\. (\d{{1,4}})(?: \| (.+))?")
        found = pattern.fullmatch(first.text) if first is not None else None
        if first is None or found is None:
            self._stop(1, f"an issue begins with “{self._house.title} No. 18”, and a headline after “ | ”.")
        self._at += 1
        return int(found[1]), found[2]

    def _stop(self, line: int, reason: str) -> NoReturn:
        raise DocumentRefusedError(self._name, [f"line {line}: {reason}"])

    def _head(self) -> tuple[str | None, str | None, str | None]:
        """Author, role and disclaimer, each where it is there."""
        lines: list[str] = []
        disclaimer = None
        while (block := self._next()) is not None and disclaimer is None:
            if block.text in {"OVERVIEW", "MUST READS:"} or block.is_list or self._opens(block) is not None:
                break
            if block.text.startswith("Disclaimer: "):
                disclaimer = block.text.removeprefix("Disclaimer: ")
            elif len(lines) < _BYLINES:
                lines.append(block.text)
            else:
                break
            self._single(block)
            self._at += 1
        author, role = [*lines, None, None][:2]
        return author, role, disclaimer

    def _overview(self) -> Iterator[OverviewBlock]:
        block = self._next()
        if block is None or block.text != "OVERVIEW":
            return
        self._at += 1
        while (block := self._next()) is not None and not self._ends_overview(block):
            self._single(block)
            self._at += 1
            quote, below = _QUOTE.fullmatch(block.text), self._next()
            if quote is not None and below is not None and below.text != "MUST READS:":
                self._single(below)
                self._at += 1
                yield OverviewBlock(quote=quote[1], attribution=below.text)
            else:
                yield OverviewBlock(paragraph=block.text)

    def _ends_overview(self, block: Block) -> bool:
        """Whether what comes is no prose of the overview: must reads, a chapter, a list, or the heading of one."""
        if block.text == "MUST READS:" or self._opens(block) is not None:
            return True
        here = self._blocks[self._at : self._at + 2]
        return here[0].is_list or (len(here) > 1 and here[1].is_list and here[0].text.isupper())

    def _must_reads(self) -> Iterator[MustReadEntry]:
        block = self._next()
        if block is None or block.text != "MUST READS:":
            return
        self._at += 1
        entries = self._next()
        self._at += 1
        if entries is None or not _NUMBERED.fullmatch(entries.text):
            self._refuse(block.line, "below “MUST READS:” stands no numbered list.")
            return
        for place, line in enumerate(entries.lines, start=1):
            found = _NUMBERED.fullmatch(line)
            if found is None or int(found[1]) != place:
                self._refuse(entries.line + place - 1, f"a must read begins with its number, {place}. here.")
                continue
            citation, language = self._language(found[2])
            yield MustReadEntry(citation=citation, language=language)

    def _releases(self) -> Releases | None:
        """A list under a heading in front of the first chapter, whose entries name agencies and no dates."""
        match self._blocks[self._at : self._at + 2]:
            case [heading, listed] if listed.is_list and self._section(heading.text) is None:
                pass
            case _:
                return None
        if all(self._item.fullmatch(line.removeprefix(BULLET)) for line in listed.lines):
            return None
        self._single(heading)
        self._at += 2
        entries = []
        for place, line in enumerate(listed.lines):
            found = _RELEASE.fullmatch(line.removeprefix(BULLET)) if line.startswith(BULLET) else None
            if found is None:
                self._refuse(listed.line + place, "a release is “• AGENCY: title”.")
            else:
                entries.append(ReleaseEntry(agency=found[1], title=found[2]))
        return Releases(heading=heading.text, entries=tuple(entries))

    def _chapters(self) -> tuple[ChapterEntry, ...]:
        """Narrative and lists, by chapter: one begins at its title, else where a narrative follows on items."""
        while (block := self._next()) is not None:
            self._at += 1
            following = self._next()
            heads_a_list = following is not None and following.is_list
            opened, place = self._opens(block), self._section(block.text) if heads_a_list else None
            if opened is not None:
                self._begin(block, opened)
            elif place is not None:
                self._sub_section(block, *place)
            elif block.is_list:
                self._own_items(block)
            elif heads_a_list and block.text.isupper():
                self._refuse(block.line, f"the house has no section “{block.text}”.")
                self._at += 1
            else:
                self._narrative(block)
        return tuple(
            ChapterEntry(
                key=each.chapter.key,
                narrative=tuple(each.narrative),
                items=tuple(each.items),
                subsections=tuple(each.subsections),
            )
            for each in self._found
        )

    def _begin(self, block: Block, chapter: Chapter | None = None) -> bool:
        """Begin a chapter of the house, the next one unless it is named; False where it cannot begin here."""
        if chapter is None and not self._left:
            self._refuse(block.line, "here a chapter begins, and the house has no more of them.")
            return False
        wanted = chapter or self._left[0]
        if wanted not in self._left:
            self._refuse(block.line, f"“{block.text}” belongs to {wanted.title}, which ended above.")
            return False
        del self._left[: self._left.index(wanted) + 1]
        self._found.append(_Chapter(wanted))
        return True

    def _sub_section(self, heading: Block, chapter: Chapter, title: str) -> None:
        is_here = bool(self._found) and self._found[-1].chapter == chapter
        listed = self._blocks[self._at]
        self._at += 1
        if is_here or self._begin(heading, chapter):
            self._found[-1].has_items = True
            self._found[-1].subsections.append(Subsection(heading=title, items=tuple(self._list(listed))))

    def _own_items(self, block: Block) -> None:
        if (self._found and not self._found[-1].has_items) or self._begin(block):
            self._found[-1].has_items = True
            self._found[-1].items += self._list(block)

    def _narrative(self, block: Block) -> None:
        self._single(block)
        if (self._found and not self._found[-1].has_items) or self._begin(block):
            self._found[-1].narrative.append(block.text)

    def _list(self, block: Block) -> list[ItemEntry]:
        items = (self._read_item(block.line + place, line) for place, line in enumerate(block.lines))
        return [item for item in items if item is not None]

    def _read_item(self, number: int, line: str) -> ItemEntry | None:
        found = self._item.fullmatch(line.removeprefix(BULLET)) if line.startswith(BULLET) else None
        if found is None:
            style = self._house.citation.credit.format(source="SOURCE", date="11-JAN")
            self._refuse(number, f"an item is “• TEXT{style}”.")
            return None
        day = self._day(number, found["date"])
        language = self._code(found["language"])
        if day is None or language is None:
            if language is None:
                self._refuse(number, f"“{found['language']}” is not the name of a language that I know.")
            return None
        prefix = self._house.state_media.prefix
        summary = found["text"]
        is_state = summary.startswith(prefix)
        return ItemEntry(
            summary=summary.removeprefix(prefix),
            outlet=found["source"],
            published_on=day,
            language=language,
            state_media=is_state,
        )

    def _day(self, number: int, written: str) -> date | None:
        day, _, month = written.partition("-")
        if self._near is None:
            self._refuse(number, f"{written} has no year, and the text names no full date: add --until 2021-01-14.")
            return None
        found = []
        for year in (self._near.year - 1, self._near.year, self._near.year + 1):
            try:
                found.append(date(year, _ABBREVIATED[month], int(day)))
            except (KeyError, ValueError):
                continue
        near = self._near
        if not found:
            self._refuse(number, f"there is no day {written}.")
            return None
        return min(found, key=lambda each: abs(each - near))

    def _language(self, text: str) -> tuple[str, str]:
        """A text without the note of its language, and the language."""
        before, _, after = self._house.citation.language_note.partition("{language}")
        found = re.fullmatch(rf"(.+?){re.escape(before)}(\w+){re.escape(after)}", text)
        code = self._code(found[2]) if found is not None else None
        return (found[1], code) if found is not None and code else (text, self._house.citation.language)

    def _code(self, name: str | None) -> str | None:
        return _CODES.get(name) if name else self._house.citation.language

    def _opens(self, block: Block) -> Chapter | None:
        """The chapter whose title stands here, where the house prints them in its text."""
        if not self._house.printed.chapters_in_text:
            return None
        return next((each for each in self._house.chapters if each.title.upper() == block.text), None)

    def _section(self, text: str) -> tuple[Chapter, str] | None:
        for chapter in self._house.chapters:
            for section in chapter.sections[1:]:
                if section.title.upper() == text:
                    return chapter, text
        return None

    def _single(self, block: Block) -> None:
        """A paragraph or heading is one line: another below it is not understood."""
        if len(block.lines) > 1:
            self._refuse(block.line + 1, "between two paragraphs stands an empty line.")


def _item_pattern(house: House) -> re.Pattern[str]:
    """What an item looks like; of several readings the one with the shortest source is right."""
    before, _, rest = house.citation.credit.partition("{source}")
    between, _, after = rest.partition("{date}")
    note, _, end = house.citation.language_note.partition("{language}")
    credit = f"{re.escape(before)}(?P<source>.+){re.escape(between)}(?P<date>\\d\\d-[A-Z]{{3}}){re.escape(after)}"
    language = f"(?:{re.escape(note)}(?P<language>[\\w ]+){re.escape(end)})?"
    return re.compile(f"(?P<text>.+){credit}{language}")


def _last_date(text: str) -> date | None:
    found = []
    for month, day, year in _FULL_DATE.findall(text):
        try:
            found.append(date(int(year), MONTHS.index(month) + 1, int(day)))
        except ValueError:
            continue
    return max(found, default=None)
