"""Word documents of our own: templates as an editor would make them, and what stands in a document."""

import io
from pathlib import Path

from docx import Document


def word_template(path: Path, *paragraphs: str) -> Path:
    """A template of these paragraphs; gives its path."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(path))
    return path


def words_in(body: bytes) -> list[str]:
    """The paragraphs of a document that hold something."""
    return [each.text for each in Document(io.BytesIO(body)).paragraphs if each.text]
