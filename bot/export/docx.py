"""The issue as DOCX: in the styles of a template that an editor can replace."""

import html
import io
import zipfile
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC
from pathlib import Path

from docx.oxml.ns import qn
from docxtpl import DocxTemplate, RichText
from jinja2 import Environment, StrictUndefined, TemplateError

from bot.editorial.edition import Edition
from bot.export.paper import Line, Paper, TemplateRefusedError, on_paper

TEMPLATE = Path(__file__).parent.parent.parent / "templates" / "issue" / "docx" / "issue.docx"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip file can tell."""


def write_docx(edition: Edition, *, template: Path = TEMPLATE) -> bytes:
    """Fill the template with the edition: it names what stands where, in which style, by the fields of `Paper`.

    Raises:
        TemplateRefusedError: the template is no Word document, or asks for what an issue does not have.
    """
    paper = on_paper(edition)
    try:
        filled = DocxTemplate(template)
        filled.init_docx()
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as reason:
        raise TemplateRefusedError(f"{template.name} cannot be read as a Word document: {reason}.") from None
    values = {field.name: getattr(paper, field.name) for field in fields(paper)}
    environment = Environment(
        undefined=StrictUndefined,
        finalize=_inert,
        autoescape=False,  # noqa: S701 - `finalize` escapes: what docxtpl reads as its own must be escaped as well
    )
    try:
        filled.render({**values, "line": _lines_of(filled)}, environment)
    except TemplateError as reason:
        raise TemplateRefusedError(f"{template.name}: {reason.message}. It can name: {', '.join(values)}.") from None
    _describe(filled, edition, paper)
    saved = io.BytesIO()
    filled.save(saved)
    return _timeless(saved)


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
