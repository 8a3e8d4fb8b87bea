"""PDF documents: title, day and number of pages."""

import io
import re
from datetime import date
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from bot.editorial.kind import Kind
from bot.extract.addresses import named_by, split
from bot.extract.kinds.releases import agency_of
from bot.extract.page import Extract, Nature
from bot.extract.text import cleaned

_TITLE_LIMIT = 300
_NO_TITLE = re.compile(
    r"^(?:untitled|microsoft word|powerpoint|documento?\d*$|slide \d|sin t[ií]tulo|sem t[ií]tulo|page \d|title)|"
    r"\.(?:docx?|pdf|indd|pptx?|xlsx?|qxd|odt|rtf|tex)$",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]")
_LEAST = 8


def told_by_pdf(body: bytes, url: str | None) -> Extract:
    """What a document says of itself: the title that it was given, else the largest words of its first page."""
    agency = agency_of(split(url or "")[0].removeprefix("www."))
    label = agency.label or None if agency is not None else None
    try:
        document = PdfReader(io.BytesIO(body))  # one that wants a password raises where it is read
        pages = len(document.pages)
        given, day = _given(document)
        title = given or _largest(document) or named_by(url)
    except (PyPdfError, ValueError, TypeError, LookupError, AttributeError, RecursionError, ArithmeticError, OSError):
        return Extract(title=named_by(url), final_url=url, nature=Nature(Kind.PDF, agency=label))
    return Extract(
        title=cleaned(title, _TITLE_LIMIT),
        published_on=day,
        source=agency.name if agency is not None else None,
        final_url=url,
        nature=Nature(Kind.PDF, agency=label, pages=pages),
    )


def _given(document: PdfReader) -> tuple[str | None, date | None]:
    about = document.metadata
    if about is None:
        return None, None
    title = cleaned(about.title, _TITLE_LIMIT)
    made = about.creation_date
    known = title and len(_LETTERS.findall(title)) >= _LEAST and not _NO_TITLE.search(title)
    return (title if known else None), made.date() if made is not None else None


def _largest(document: PdfReader) -> str | None:
    """The first heading: the words in the largest type on the first page, in the order in which they stand."""
    pieces: list[tuple[float, str]] = []

    def look(text: str, cm: Any, tm: Any, font: Any, size: float) -> None:  # noqa: ANN401, ARG001 - pypdf's signature
        if text.strip():
            pieces.append((round(abs(size * (tm[3] or 1) * (cm[3] or 1)), 1), text))

    document.pages[0].extract_text(visitor_text=look)
    worded = [(size, text) for size, text in pieces if _LETTERS.search(text)]
    if not worded:
        return None
    largest = max(size for size, _ in worded)
    heading = " ".join(text for size, text in worded if size == largest)
    return heading if len(_LETTERS.findall(heading)) >= _LEAST else None
