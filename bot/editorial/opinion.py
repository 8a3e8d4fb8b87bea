"""What says of a page that it is an opinion, and no report."""

from dataclasses import dataclass
from enum import StrEnum


class SignedBy(StrEnum):
    """Where a page says that it is an opinion."""

    MARKUP = "markup"
    ADDRESS = "address"
    SECTION = "section"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class OpinionSign:
    """The sign that was seen: `words` as they stand in the page's markup, address, section or title."""

    where: SignedBy
    words: str
