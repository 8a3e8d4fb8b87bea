"""Passages as people write them: one text for each paragraph, quote, must read or release, and back."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.editorial.citation import LANGUAGES, language_name
from bot.editorial.edition import MONTHS, MustRead, Paragraph, Quote, Release, Writing, long_date
from bot.editorial.passages import Value, chapter_of, narrative_of, passages_of

HEADLINE, AUTHOR, DISCLAIMER, OVERVIEW = "headline", "author", "disclaimer", "overview"
MUST_READS, RELEASES, SPECIAL = "must_reads", "releases", "special"

MOST_TEXTS = 90
"""A form holds no more fields, and a text that no form shows could not be changed any more."""

_QUOTED = re.compile(r"[“\"](?P<text>.+)[”\"]\s*\n\s*[—–-]\s*(?P<attribution>.+)", re.DOTALL)
_DATED = re.compile(rf"(?P<who>.+), (?P<month>{'|'.join(MONTHS)}) (?P<day>\d{{1,2}}), (?P<year>\d{{4}})")
_ADDRESS = re.compile(r"https?://\S+")
_RELEASE = re.compile(r"(?P<agency>[^:\n]{2,60}):\s*(?P<title>\S.*)")
_CODES = {name.casefold(): code for code, name in LANGUAGES.items()}


class UnreadableTextError(ValueError):
    """A text that is not in the form of its passage: `place` counts from 0, `needs` says what it lacks."""

    def __init__(self, place: int, needs: str) -> None:
        super().__init__(f"{place}: {needs}")
        self.place = place
        self.needs = needs


def texts_of(name: str, writing: Writing, *, language: str) -> tuple[str, ...]:
    """The texts of a passage, in order; those of a passage of fixed size may be empty."""
    if (chapter := chapter_of(name)) is not None:
        return tuple(writing.narratives.get(chapter, ()))
    return _WRITERS[name](writing, language)


def texts_by_passage(writing: Writing, language: str) -> Mapping[str, tuple[str, ...]]:
    """All that is written around the items, by the name of its passage."""
    around = {name: texts_of(name, writing, language=language) for name in _WRITERS}
    return around | {narrative_of(chapter): texts for chapter, texts in writing.narratives.items()}


def value_of(name: str, texts: Sequence[str], *, language: str, before: Writing) -> Value:
    """The passage that texts say; empty ones are left out, and an empty line parts a paragraph in two.

    A quote is `“…”` and, on the next line, a dash and its attribution. A must read is its citation and, on lines of
    their own, its address and the name of its language where it is not the house's `language`. A release is
    `AGENCY: title` and its address below. What reads as it did `before` keeps what was known of its parts.

    Raises:
        UnreadableTextError: with the place of the text, or of the first that is one too many.
    """
    if (chapter := chapter_of(name)) is not None:
        said = Writing(narratives={chapter: _paragraphs(texts)})
    else:
        said = _READERS[name](texts, language, before)
    if len(texts_of(name, said, language=language)) > MOST_TEXTS:
        raise UnreadableTextError(min(MOST_TEXTS, len(texts)) - 1, "more than fit")
    return passages_of(said)[name]


def is_passage(name: str, chapters: Sequence[str]) -> bool:
    """Whether people write a passage of this name in a house of these chapters."""
    return name in _WRITERS or name in {narrative_of(chapter) for chapter in chapters}


def _paragraphs(texts: Sequence[str]) -> tuple[str, ...]:
    parts = (part for text in texts for part in re.split(r"\n\s*\n", text))
    return tuple(" ".join(part.split()) for part in parts if part.strip())


def _one(texts: Sequence[str], place: int = 0) -> str:
    return " ".join(texts[place].split()) if place < len(texts) else ""


def _lines(text: str) -> list[str]:
    """The lines of a text that are not empty, in single spaces."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _read_overview(texts: Sequence[str], _: str, before: Writing) -> Writing:
    kept = {_block(block): block for block in before.overview}
    blocks: list[Paragraph | Quote] = []
    for place, text in enumerate(texts):
        quoted = _QUOTED.fullmatch(text.strip())
        if text.strip() in kept:
            blocks.append(kept[text.strip()])
        elif quoted is not None:
            blocks.append(_quote(_one([quoted["text"]]), _one([quoted["attribution"]])))
        elif re.fullmatch(r"[“\"].+[”\"]", text.strip(), re.DOTALL):
            raise UnreadableTextError(place, "quote")
        else:
            blocks += [Paragraph(part) for part in _paragraphs([text])]
    return Writing(overview=tuple(blocks))


def _quote(text: str, attribution: str) -> Quote:
    """A quote, with its date where the attribution ends in one that is read back as it was written.

    Bars part the office from the speaker, and the speaker from the occasion: `President | Maduro | on television`.
    """
    dated = _DATED.fullmatch(attribution)
    if dated is not None:
        try:
            on = date(int(dated["year"]), MONTHS.index(dated["month"]) + 1, int(dated["day"]))
        except ValueError:
            return _said_by(Quote(text, attribution))
        if attribution == f"{dated['who']}, {long_date(on)}":
            return _said_by(Quote(text, dated["who"], on=on))
    return _said_by(Quote(text, attribution))


def _said_by(quote: Quote) -> Quote:
    parts = [part.strip() for part in quote.speaker.split("|")]
    if len(parts) not in {2, 3} or not parts[1]:
        return quote
    office, speaker, occasion = (*parts, "")[:3]
    return replace(quote, office=office, speaker=speaker, occasion=occasion)


def _read_must_reads(texts: Sequence[str], language: str, before: Writing) -> Writing:
    kept = {each.citation: each for each in before.must_reads}
    found = []
    for place, text in enumerate(texts):
        citation, *rest = _lines(text) or [""]
        if not citation:
            continue
        entry = replace(kept.get(citation, MustRead(citation, language)), language=language, url="")
        for line in rest:
            if _ADDRESS.fullmatch(line):
                entry = replace(entry, url=line)
            elif line.casefold() in _CODES:
                entry = replace(entry, language=_CODES[line.casefold()])
            else:
                raise UnreadableTextError(place, "must read")
        found.append(entry)
    return Writing(must_reads=tuple(found))


def _read_releases(texts: Sequence[str], _1: str, _2: Writing) -> Writing:
    found = []
    for place, text in enumerate(texts[1:], start=1):
        said, *below = _lines(text) or [""]
        if not said:
            continue
        release, url = _RELEASE.fullmatch(said), "".join(below[:1])
        if release is None or below[1:] or (url and not _ADDRESS.fullmatch(url)):
            raise UnreadableTextError(place, "release")
        found.append(Release(release["agency"], release["title"], url))
    return Writing(releases_heading=_one(texts) if found else "", releases=tuple(found))


def _block(block: Paragraph | Quote) -> str:
    if isinstance(block, Paragraph):
        return block.text
    who = block.attribution
    if block.office or block.occasion:
        parts = f"{block.office} | {block.speaker}{f' | {block.occasion}' if block.occasion else ''}".strip()
        who = f"{parts}, {long_date(block.on)}" if block.on is not None else parts
    return f"“{block.text}”\n— {who}"


def _must_read(entry: MustRead, language: str) -> str:
    other = language_name(entry.language) if entry.language != language else ""
    return "\n".join(filter(None, (entry.citation, entry.url, other)))


_WRITERS: Mapping[str, Callable[[Writing, str], tuple[str, ...]]] = {
    HEADLINE: lambda writing, _: (writing.headline,),
    AUTHOR: lambda writing, _: (writing.author, writing.author_role),
    DISCLAIMER: lambda writing, _: (writing.disclaimer,),
    SPECIAL: lambda writing, _: (writing.special,),
    OVERVIEW: lambda writing, _: tuple(_block(block) for block in writing.overview),
    MUST_READS: lambda writing, language: tuple(_must_read(each, language) for each in writing.must_reads),
    RELEASES: lambda writing, _: (
        writing.releases_heading,
        *("\n".join(filter(None, (f"{each.agency}: {each.title}", each.url))) for each in writing.releases),
    ),
}
_READERS: Mapping[str, Callable[[Sequence[str], str, Writing], Writing]] = {
    HEADLINE: lambda texts, *_: Writing(headline=_one(texts)),
    AUTHOR: lambda texts, *_: Writing(author=_one(texts), author_role=_one(texts, 1)),
    DISCLAIMER: lambda texts, *_: Writing(disclaimer=_one(texts)),
    SPECIAL: lambda texts, *_: Writing(special=_one(texts)),
    OVERVIEW: _read_overview,
    MUST_READS: _read_must_reads,
    RELEASES: _read_releases,
}
