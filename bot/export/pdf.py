"""The issue as PDF: tagged, checked against PDF/UA-1, with its fonts inside."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import typst

from bot.editorial.edition import Edition
from bot.export.fonts import TEXT_FONT, families_for
from bot.export.paper import TemplateRefusedError, on_paper

TEMPLATE = Path(__file__).parent.parent.parent / "templates" / "issue" / "typst" / "issue.typ"


def write_pdf(edition: Edition, *, template: Path = TEMPLATE, folders: Sequence[Path] | None = None) -> bytes:
    """Set the edition. Fonts are those that come with typst, then those of the machine, or of these folders alone.

    The texts are handed over as values, so that nothing in them is markup. An issue whose characters the text font has
    is the same file on every machine.

    Raises:
        MissingFontError: a character would be an empty box.
        TemplateRefusedError: the template cannot be compiled.
    """
    content = json.dumps(asdict(on_paper(edition)), ensure_ascii=False)
    families = families_for(content, folders)
    fonts = typst.Fonts(
        include_system_fonts=bool(families) and folders is None,
        font_paths=[str(folder) for folder in folders or ()] if families else [],
    )
    try:
        return typst.compile(
            template,
            root=template.parent,
            font_paths=fonts,
            sys_inputs={"issue": content, "fonts": json.dumps([TEXT_FONT, *families])},
            pdf_standards=["ua-1"],
            timestamp=int(edition.issue.closes_at.timestamp()),
        )
    except typst.TypstError as reason:
        raise TemplateRefusedError(f"{template.name} cannot be compiled: {reason.message}.") from None
