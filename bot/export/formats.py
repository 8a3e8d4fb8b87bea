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
from bot.render import Renderer

_Make = Callable[[Edition, Renderer], bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """How its files end, and how it is made."""

    suffix: str
    make: _Make


def _text(form: str) -> _Make:
    def make(edition: Edition, renderer: Renderer) -> bytes:
        return renderer.edition(form, edition).encode()

    return make


def _data(edition: Edition, _: Renderer) -> bytes:
    return write_document(document_of(edition)).encode()


def _word(edition: Edition, renderer: Renderer) -> bytes:
    return write_docx(edition, template=renderer.word_template or TEMPLATE)


FORMATS: Mapping[str, Format] = {
    "txt": Format(".txt", _text("txt")),
    "md": Format(".md", _text("md")),
    "html": Format(".html", _text("html")),
    "fragment": Format(".fragment.html", _text("fragment")),
    "email": Format(".email.html", mail),
    "docx": Format(".docx", _word),
    "pdf": Format(".pdf", lambda edition, _: write_pdf(edition)),
    "csv": Format(".csv", lambda edition, _: csv_table(edition)),
    "json": Format(".json", _data),
}


def render(form: str, edition: Edition, renderer: Renderer) -> bytes:
    """An edition in a format of `FORMATS`.

    Raises:
        FormatRefusedError: it cannot be made of this edition here.
    """
    return FORMATS[form].make(edition, renderer)
