"""An issue as data: read from JSON with every fault by its place, and written in one canonical form."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from pydantic_core import ErrorDetails

from bot.editorial.citation import LANGUAGES

_MOST_FAULTS = 20

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=2048)]
Language = Annotated[str, Field(pattern="^(" + "|".join(LANGUAGES) + ")$")]


class DocumentRefusedError(ValueError):
    """A document that cannot be read: every fault with its place, a line each."""

    def __init__(self, name: str, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        shown = [f"{name}: {fault}" for fault in faults[:_MOST_FAULTS]]
        if len(faults) > _MOST_FAULTS:
            shown.append(f"{name}: and {len(faults) - _MOST_FAULTS} more.")
        super().__init__("\n".join([*shown, "Nothing was stored."]))


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OverviewBlock(_Part):
    """A paragraph, or a quote with its attribution."""

    paragraph: Words | None = None
    quote: Words | None = None
    attribution: Words | None = None

    @model_validator(mode="after")
    def _is_one_of_them(self) -> "OverviewBlock":
        if (self.paragraph is None) == (self.quote is None) or (self.quote is None) != (self.attribution is None):
            raise ValueError("must be a paragraph, or a quote with its attribution")
        return self


class MustReadEntry(_Part):
    citation: Words
    language: Language
    url: Url | None = None


class ReleaseEntry(_Part):
    agency: Words
    title: Words
    url: Url | None = None


class Releases(_Part):
    heading: Words
    entries: tuple[ReleaseEntry, ...] = ()


class ItemEntry(_Part):
    """An item as printed; what an issue that was printed elsewhere does not tell is left out."""

    summary: Words
    outlet: Words
    published_on: date
    language: Language
    state_media: bool
    url: Url | None = None


class Subsection(_Part):
    heading: Words
    items: tuple[ItemEntry, ...]


class ChapterEntry(_Part):
    key: Words
    narrative: tuple[Words, ...] = ()
    items: tuple[ItemEntry, ...] = ()
    subsections: tuple[Subsection, ...] = ()


class IssueDocument(_Part):
    """A whole issue. Texts are without the marks that a format puts around them."""

    publication: Words
    number: Annotated[int, Field(ge=1, le=9999)]
    headline: Words | None = None
    author: Words | None = None
    author_role: Words | None = None
    disclaimer: Words | None = None
    overview: tuple[OverviewBlock, ...] = ()
    must_reads: tuple[MustReadEntry, ...] = ()
    releases: Releases | None = None
    chapters: tuple[ChapterEntry, ...]

    @property
    def items(self) -> tuple[ItemEntry, ...]:
        return tuple(
            item
            for chapter in self.chapters
            for group in (chapter.items, *(section.items for section in chapter.subsections))
            for item in group
        )


def read_document(text: str, name: str) -> IssueDocument:
    """Read an issue from JSON; `name` is what the file is called in what is said about it.

    Raises:
        DocumentRefusedError: with every fault: the line where the JSON breaks off, or the place of each wrong value.
    """
    try:
        found = json.loads(text)
    except json.JSONDecodeError as broken:
        raise DocumentRefusedError(name, [f"line {broken.lineno}: this is no JSON ({broken.msg})."]) from None
    except RecursionError:
        raise DocumentRefusedError(name, ["this is nested too deep."]) from None
    try:
        return IssueDocument.model_validate(found)
    except ValidationError as refusal:
        faults = [_said(error) for error in refusal.errors(include_url=False, include_context=False)]
        raise DocumentRefusedError(name, faults) from None


def write_document(document: IssueDocument) -> str:
    """The canonical form: keys in the order of the model, what is not known left out, one space a level, UTF-8."""
    return json.dumps(document.model_dump(mode="json", exclude_none=True), ensure_ascii=False, indent=1)


def _said(error: ErrorDetails) -> str:
    return f"{_place(error['loc'])}: {error['msg'].removeprefix('Value error, ')}."


def _place(path: Iterable[int | str]) -> str:
    """Where in the document: `chapters[2].items[14].published_on`, counted from 1 as editors count."""
    words = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
    return words.lstrip(".") or "the document"
