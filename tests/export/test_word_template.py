"""A template of Word documents that the desk made itself is examined before it is used, and kept by its digest."""

import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from bot.editorial.house_file import read_house
from bot.export.docx import TEMPLATE, examine_template
from bot.export.formats import FORMATS, render
from bot.export.manifest import WORD_TEMPLATE, manifest_of, verify
from bot.export.paper import TemplateRefusedError
from bot.render import Renderer, issue_templates
from bot.settings import SHIPPED_HOUSE
from tests.editorial.values import edition, filed, house
from tests.word import word_template, words_in

AT = datetime(2021, 1, 14, 22, tzinfo=UTC)


def changed(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """The shipped template with another part."""
    with zipfile.ZipFile(TEMPLATE) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, change(body) if name == part else body)
    return path


def test_the_shipped_template_can_print_everything_and_nothing() -> None:
    examine_template(TEMPLATE, house())
    examine_template(TEMPLATE, read_house(SHIPPED_HOUSE.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ headlin }}", "it asks for headlin. It can name: language, publication, number,"),
        ("{% if number > 9000 %}{{ autor }}{{ titel }}{% endif %}", "it asks for autor, titel. It can name: "),
        ("{% if author %}{{ disclosure.shares }}{% endif %}", "'bot.export.paper.DisclosureOnPaper object' has no"),
        ("{% if not author %}{{ disclosure.shares }}{% endif %}", "'bot.export.paper.DisclosureOnPaper object' has no"),
        ("{% for each in must_reads %}{{ each.citation }}{% endfor %}", "'bot.export.paper.Line object' has no"),
        ("{{ must_reads[0].text }}", "tuple object has no element 0"),
        ("{{ headline|shout }}", "No filter named 'shout'. It can name: "),
        ("{% if author %}", "Unexpected end of template"),
        ("{{ headline", "unexpected"),
        ("{{ number + headline }}", "unsupported operand type"),
        ("{{ line(number) }}", "'int' object has no attribute"),
        ("{{ number / 0 }}", "division by zero"),
        ("{% include 'another' %}", "no loader"),
    ],
)
def test_what_a_template_asks_for_and_is_not_there_is_named(text: str, said: str, tmp_path: Path) -> None:
    ours = word_template(tmp_path / "ours.docx", "{{ name }}", text)

    with pytest.raises(TemplateRefusedError) as refused:
        examine_template(ours, house())

    assert str(refused.value).startswith(f"ours.docx: {said}")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(TEMPLATE.read_bytes()[:20_000]),
        lambda path: path.mkdir(),
        lambda path: zipfile.ZipFile(path, "w").close(),
        lambda path: changed(path, "word/document.xml", lambda body: body[:-30]),
        lambda path: changed(path, "word/_rels/document.xml.rels", lambda _: b"x"),
        lambda path: changed(
            path, "[Content_Types].xml", lambda body: body.replace(b"document.main+xml", b"template.main+xml")
        ),
        lambda _: None,
    ],
    ids=["empty", "cut off", "folder", "empty zip", "broken text", "broken links", "of another kind", "not there"],
)
def test_what_is_no_word_document_is_said(spoil: Callable[[Path], object], tmp_path: Path) -> None:
    spoil(tmp_path / "ours.docx")

    with pytest.raises(TemplateRefusedError, match=r"^ours\.docx cannot be read as a Word document: "):
        examine_template(tmp_path / "ours.docx", house())


def test_the_desks_own_template_makes_the_word_document_and_stands_in_the_manifest(tmp_path: Path) -> None:
    ours = word_template(tmp_path / "ours.docx", "Ours: {{ name }}")
    whole, renderer = edition(filed(2)), Renderer(word_template=ours)

    manifest = manifest_of(whole, renderer, number=1, note="", at=AT)

    made = render("docx", whole, renderer)
    assert words_in(made) == ["Ours: The Harbour Letter No. 18"]
    assert manifest["templates"][WORD_TEMPLATE] == sha256(ours.read_bytes()).hexdigest()
    assert manifest["templates"].keys() == issue_templates().keys()
    assert manifest["files"]["docx"]["sha256"] == sha256(made).hexdigest()
    assert verify(whole, manifest, renderer).formats == dict.fromkeys(FORMATS, "same")


def test_another_template_is_named_by_whoever_verifies(tmp_path: Path) -> None:
    whole = edition(filed(2))
    manifest = manifest_of(whole, Renderer(), number=1, note="", at=AT)

    found = verify(whole, manifest, Renderer(word_template=word_template(tmp_path / "ours.docx", "Ours")))

    assert found.changed == (f"template {WORD_TEMPLATE}: is another",)
    assert [form for form, said in found.formats.items() if said != "same"] == ["docx"]


def test_a_template_that_is_gone_is_said_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(TemplateRefusedError, match=r"ours\.docx cannot be read: No such file or directory\.$"):
        manifest_of(edition([]), Renderer(word_template=tmp_path / "ours.docx"), number=1, note="", at=AT)
