"""The issue as DOCX: in the styles of a template that an editor can replace."""

import html
import io
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC
from pathlib import Path

from docx.oxml.ns import qn
from docxtpl import DocxTemplate, RichText
from jinja2 import Environment, StrictUndefined, TemplateError
from lxml.etree import LxmlError

from bot.editorial.edition import Edition
from bot.editorial.house import House
from bot.export.paper import Line, Paper, TemplateRefusedError, on_paper
from bot.export.specimen import specimens

TEMPLATE = Path(__file__).parent.parent.parent / "templates" / "issue" / "docx" / "issue.docx"
_LINE = "line"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip file can tell."""


_UNREADABLE = (OSError, ValueError, KeyError, zipfile.BadZipFile, zlib.error, LxmlError)
_UNFIT = (TemplateError, TypeError, ValueError, AttributeError, LookupError, ArithmeticError, LxmlError)
"""How a file fails that is no Word document, and how a template does that asks for what there is not."""


def write_docx(edition: Edition, *, template: Path = TEMPLATE) -> bytes:
    """Fill the template with the edition: it names what stands where, in which style, by the fields of `Paper`.

    Raises:
        TemplateRefusedError: the template is no Word document, or asks for what an issue does not have.
    """
    paper = on_paper(edition)
    filled = _opened(template)
    values = {field.name: getattr(paper, field.name) for field in fields(paper)}
    try:
        filled.render({**values, _LINE: _lines_of(filled)}, _environment())
    except _UNFIT as reason:
        raise _unfit(template, str(reason).partition("\n")[0]) from None
    _describe(filled, edition, paper)
    saved = io.BytesIO()
    filled.save(saved)
    return _timeless(saved)


def examine_template(template: Path, house: House) -> None:
    """Fill a template with an issue of the house that has everything, and with one that has nothing.

    Raises:
        TemplateRefusedError: what it is, or what it asks for in whatever case, cannot be used.
    """
    try:
        asked = _opened(template).get_undeclared_template_variables(_environment())
    except _UNFIT as reason:
        raise _unfit(template, str(reason).partition("\n")[0]) from None
    unknown = sorted(asked - {_LINE, *(field.name for field in fields(Paper))})
    if unknown:
        raise _unfit(template, f"it asks for {', '.join(unknown)}")
    for specimen in specimens(house):
        write_docx(specimen, template=template)


def _opened(template: Path) -> DocxTemplate:
    try:
        opened = DocxTemplate(template)
        opened.init_docx()
    except _UNREADABLE as reason:
        said = str(reason).rstrip(".")
        raise TemplateRefusedError(f"{template.name} cannot be read as a Word document: {said}.") from None
    return opened


def _environment() -> Environment:
    return Environment(
        undefined=StrictUndefined,
        finalize=_inert,
        autoescape=False,  # noqa: S701 - `finalize` escapes: what docxtpl reads as its own must be escaped as well
    )


def _unfit(template: Path, reason: str) -> TemplateRefusedError:
    names = ", ".join(field.name for field in fields(Paper))
    return TemplateRefusedError(f"{template.name}: {reason.rstrip('.')}. It can name: {names}.")


def _lines_of(document: DocxTemplate) -> Callable[[Line], RichText]:
    """What a template calls with an entry of a list to have it with its link: `{{r line(item) }}`.

    Its runs are in the styles Lead-in, Hyperlink and Credit, as far as the template has them.
    """
    keys = {style.name: style.style_id for style in document.docx.styles}

    def line(entry: Line) -> RichText:
        rich = RichText()
        language = entry.language or None
        if entry.before:
            rich.add(entry.before, style=keys.get("Lead-in"))
        if entry.url:
            rich.add(entry.text, style=keys.get("Hyperlink"), lang=language, url_id=document.build_url_id(entry.url))
        else:
            rich.add(entry.text, lang=language)
        if entry.behind:
            rich.add(entry.behind, style=keys.get("Credit"))
        rich.xml = _unpaired(rich.xml)
        return rich

    return line


def _inert(value: object) -> object:
    return _unpaired(html.escape(value)) if isinstance(value, str) else value


def _unpaired(xml: str) -> str:
    """XML in which nothing is left that docxtpl would turn into braces of a template: it reads `{_{` as `{{`."""
    return xml.replace("{_", "{&#95;").replace("_}", "&#95;}")


def _describe(filled: DocxTemplate, edition: Edition, paper: Paper) -> None:
    closed = edition.issue.closes_at.astimezone(UTC)
    about = filled.docx.core_properties
    about.title, about.author, about.language = paper.title[:255], paper.author[:255], paper.language
    about.last_modified_by, about.revision = paper.author[:255], 1
    about.created = about.modified = closed
    for language in filled.docx.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), paper.language)


def _timeless(saved: io.BytesIO) -> bytes:
    """The same file without the moment at which it was packed, its parts in the order of their names."""
    packed = io.BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            new.writestr(zipfile.ZipInfo(name, _LONG_AGO), old.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
