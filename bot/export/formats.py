"""The formats in which an issue leaves the desk: each is bytes, the same from the same edition."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.editorial.edition import Edition
from bot.export.document import write_document
from bot.export.docx import write_docx
from bot.export.exchange import document_of
from bot.export.mail import mail
from bot.export.pdf import write_pdf
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


FORMATS: Mapping[str, Format] = {
    "txt": Format("Plain text", ".txt", _text("txt")),
    "md": Format("Markdown", ".md", _text("md")),
    "html": Format("Web page", ".html", _text("html")),
    "fragment": Format("Web fragment", ".fragment.html", _text("fragment")),
    "email": Format("E-mail", ".email.html", mail),
    "docx": Format("Word", ".docx", lambda edition, _: write_docx(edition)),
    "pdf": Format("PDF", ".pdf", lambda edition, _: write_pdf(edition)),
    "json": Format("JSON", ".json", lambda edition, _: write_document(document_of(edition)).encode()),
}


def render(form: str, edition: Edition, renderer: Renderer) -> bytes:
    """An edition in a format of `FORMATS`."""
    return FORMATS[form].make(edition, renderer)
