"""What editors write around the items, and what was published of it, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of what editors write of an issue: `version` fences off whoever saw an older one."""

    value: Mapping[str, Any]
    version: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Publication:
    """A version of an issue as it was published: `note` says what is new in it, the manifest what it is made of."""

    version: int
    at: datetime
    by: str
    note: str
    manifest: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TextPart:
    """What a text file tells of a chapter, None where that is not said yet; `outcome` is `stored` or `left` in the end.

    `changed` says that somebody wrote the narrative between being shown and being replaced.
    """

    chapter: str | None
    paragraphs: tuple[str, ...]
    outcome: str = ""
    changed: bool = False


@dataclass(frozen=True, slots=True)
class BroughtText:
    """A text file that an editor brought; `key` names what shows it, `issue_id` is None until it is said."""

    id: int
    workspace: str
    channel: str
    person: str
    name: str
    key: str
    issue_id: int | None
    parts: tuple[TextPart, ...]

    def with_part(self, place: int, part: TextPart) -> "BroughtText":
        """The same text with another part at a place."""
        return replace(self, parts=(*self.parts[:place], part, *self.parts[place + 1 :]))
