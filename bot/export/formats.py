"""The formats in which an issue leaves the desk: each is bytes, the same from the same edition."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.editorial.edition import Edition
from bot.export.csv_table import csv_table
from bot.export.document import write_document
from bot.export.docx import TEMPLATE, write_docx
from bot.export.exchange import document_of
from bot.export.mail import mail
from bot.export.pdf import write_pdf
from bot.export.refusals import FormatRefusedError
from bot.render import Renderer

_Make = Callable[[Edition, Renderer], bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """What editors call it, how its files end, and how it is made."""

    label: str
    suffix: str
    make: _Make


def _text(form: str) -> _Make:
    def make(edition: Edition, renderer: Renderer) -> bytes:
        return renderer.edition(form, edition).encode()

    return make


def _data(edition: Edition, _: Renderer) -> bytes:
    try:
        return write_document(document_of(edition)).encode()
    except ValueError as unfinished:
        raise FormatRefusedError(f"The issue is not finished: {unfinished}") from None


def _word(edition: Edition, renderer: Renderer) -> bytes:
    return write_docx(edition, template=renderer.word_template or TEMPLATE)


FORMATS: Mapping[str, Format] = {
    "txt": Format("Plain text", ".txt", _text("txt")),
    "md": Format("Markdown", ".md", _text("md")),
    "html": Format("Web page", ".html", _text("html")),
    "fragment": Format("Web fragment", ".fragment.html", _text("fragment")),
    "email": Format("E-mail", ".email.html", mail),
    "docx": Format("Word", ".docx", _word),
    "pdf": Format("PDF", ".pdf", lambda edition, _: write_pdf(edition)),
    "csv": Format("Table (CSV)", ".csv", lambda edition, _: csv_table(edition)),
    "json": Format("JSON", ".json", _data),
}


def render(form: str, edition: Edition, renderer: Renderer) -> bytes:
    """An edition in a format of `FORMATS`.

    Raises:
        FormatRefusedError: it cannot be made of this edition here.
    """
    return FORMATS[form].make(edition, renderer)
