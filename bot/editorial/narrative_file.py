"""Narratives in a text file: paragraphs between empty lines, under headings that name their chapters."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.editorial.house import Chapter
from bot.editorial.wording import MOST_TEXTS

MOST_CHARACTERS = 40_000
MOST_BYTES = 4 * MOST_CHARACTERS + 3
"""No character of UTF-8 is longer than four bytes, and three may mark the encoding."""

MOST_IN_PARAGRAPH = 3_000
SUFFIXES = (".md", ".markdown", ".txt")

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(?P<words>.*?)[ \t]*#*[ \t]*")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


class FileTrouble(StrEnum):
    """Why a file holds no narratives that can be taken."""

    NOBODYS = "nobodys"
    KIND = "kind"
    UNREADABLE = "unreadable"
    LARGE = "large"
    ENCODING = "encoding"
    BINARY = "binary"
    EMPTY = "empty"
    HEADING = "heading"
    NOTHING_BELOW = "nothing below"
    PARAGRAPH = "paragraph"
    MANY = "many"


class FileRefusedError(ValueError):
    """A file of which nothing is taken: `trouble` says why, `about` names the heading or begins the paragraph."""

    def __init__(self, trouble: FileTrouble, about: str = "") -> None:
        super().__init__(f"{trouble}: {about}")
        self.trouble = trouble
        self.about = about


@dataclass(frozen=True, slots=True)
class Told:
    """Paragraphs, and the key of the chapter whose narrative they are, None where no heading names one."""

    chapter: str | None
    paragraphs: tuple[str, ...]


def text_in(content: bytes) -> str:
    """The text of a file.

    Raises:
        FileRefusedError: it is not UTF-8, no text, or longer than forty thousand characters.
    """
    if content.startswith(_WIDE):
        raise FileRefusedError(FileTrouble.ENCODING)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefusedError(FileTrouble.BINARY if b"\x00" in content else FileTrouble.ENCODING) from None
    if _NOT_TEXT.search(text):
        raise FileRefusedError(FileTrouble.BINARY)
    if len(text) > MOST_CHARACTERS:
        raise FileRefusedError(FileTrouble.LARGE)
    return text


def narratives_in(text: str, chapters: Sequence[Chapter]) -> tuple[Told, ...]:
    """What a text tells of each chapter, in its order; what stands under one heading twice is one narrative.

    Raises:
        FileRefusedError: all of it is refused where a part of it cannot be taken.
    """
    keys = {name.casefold(): each.key for each in reversed(chapters) for name in (each.key, each.title)}
    told: dict[str | None, list[str]] = {}
    heading, chapter, lines = "", None, list[str]()
    for line in [*text.splitlines(), None]:
        found = _HEADING.fullmatch(line) if line is not None else None
        if line is not None and found is None:
            lines.append(line)
            continue
        paragraphs = _paragraphs(lines)
        if heading and not paragraphs:
            raise FileRefusedError(FileTrouble.NOTHING_BELOW, heading)
        told.setdefault(chapter, []).extend(paragraphs)
        if found is not None:
            heading, lines = " ".join(found["words"].split()), []
            if heading.casefold() not in keys:
                raise FileRefusedError(FileTrouble.HEADING, heading)
            chapter = keys[heading.casefold()]
    narratives = tuple(Told(key, tuple(paragraphs)) for key, paragraphs in told.items() if paragraphs)
    _check(narratives)
    return narratives


def _paragraphs(lines: Sequence[str]) -> list[str]:
    parts = re.split(r"\n\s*\n", "\n".join(lines))
    return [" ".join(part.split()) for part in parts if part.strip()]


def _check(narratives: Sequence[Told]) -> None:
    if not narratives:
        raise FileRefusedError(FileTrouble.EMPTY)
    for each in narratives:
        for paragraph in each.paragraphs:
            if len(paragraph) > MOST_IN_PARAGRAPH:
                raise FileRefusedError(FileTrouble.PARAGRAPH, f"{paragraph[:60]}…")
        if len(each.paragraphs) > MOST_TEXTS:
            raise FileRefusedError(FileTrouble.MANY, f"{each.paragraphs[0][:60]}…")
