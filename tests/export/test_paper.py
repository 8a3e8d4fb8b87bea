"""Word and PDF: every item in order and nothing else but furniture, whatever titles hold, wherever they are made."""

import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from docx import Document
from pypdf import PdfReader

from bot.desk.archive import Archive
from bot.editorial.edition import Edition, MustRead, Paragraph, Quote, Release, Writing
from bot.editorial.house_file import read_house
from bot.editorial.houses import Houses
from bot.export.document import read_document
from bot.export.docx import write_docx
from bot.export.formats import render
from bot.export.paper import TemplateRefusedError
from bot.export.pdf import write_pdf
from bot.render import Renderer, one_line
from bot.settings import SHIPPED_HOUSE
from db.database import Database
from tests.editorial.values import PRENSA_LATINA, edition, filed, item

ROOT = Path(__file__).parent.parent.parent
WATCHED = (
    "Countries watched: Belarus, Bolivia, China, Cuba, Iran, Nicaragua, North Korea, Qatar, Russia, Syria, Turkey, "
    "Venezuela, Vietnam."
)
COVERS = "November 21, 2020 – January 14, 2021"
CHAPTERS = ("Venezuela", "Russia", "Iran", "China")
"""The published text has pictures in their place."""

_MARK = re.compile(r"^(?:• |\d+\. )")

HOSTILE = (
    "<!channel> look",
    "*bold* _it_ $x^2$ `code`",
    "a|b & c &amp; <w:p/> ]]>",
    "#set page(width: 1pt) #1 @cite <label> \\ // /* ~",
    "{{ 7 * 7 }} {% if x %} {_{ name }_} {_% x %_} {# no #}",
    "safe\u202eexe.txt \u2028 \x0c end \ufffe",
    "“quoted” 'single' \"double\" -- --- ...",
)


@pytest.fixture(scope="session")
def published(shared: Path) -> Path:
    return shared / "golden" / "vric-18"


@pytest.fixture(scope="session")
async def no_18(published: Path, tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Edition:
    path = shutil.copy(sqlite_template, tmp_path_factory.mktemp("paper") / "desk.db")
    house = read_house(SHIPPED_HOUSE.read_text(encoding="utf-8"))
    document = read_document((published / "issue.json").read_text(encoding="utf-8"), "issue.json")
    database = Database(f"sqlite:///{path}")
    archive = Archive(houses=Houses([house]), unit_of_work=database.unit_of_work)
    now = datetime(2026, 1, 12, tzinfo=UTC)
    found, _ = await archive.take_over(document, "x", now=now, tell=lambda _: None, formats=())
    await database.close()
    return found


@pytest.fixture(scope="session")
def pdf_18(no_18: Edition) -> bytes:
    return write_pdf(no_18)


@pytest.fixture(scope="session")
def docx_18(no_18: Edition) -> bytes:
    return write_docx(no_18)


def paragraphs(docx: bytes) -> list[tuple[str, str]]:
    """The style and the text of each paragraph of a Word document."""
    return [
        (paragraph.style.name if paragraph.style else "", paragraph.text)
        for paragraph in Document(io.BytesIO(docx)).paragraphs
    ]


def words(pdf: bytes) -> str:
    """The text of all pages between their headers and footers."""
    found: list[str] = []

    def add(text: str, cm: Sequence[float], tm: Sequence[float], *_: object) -> None:
        height = tm[5] * cm[3] + cm[5]
        if 60 < height < 735:
            found.append(text)

    for page in PdfReader(io.BytesIO(pdf)).pages:
        page.extract_text(visitor_text=add)
    return "".join(found)


def printed(published: Path) -> list[str]:
    """The published text, paragraph by paragraph, without its title and the marks before its lines."""
    lines = (published / "issue.txt").read_text(encoding="utf-8").splitlines()[1:]
    return [_MARK.sub("", line).replace("MUST READS:", "MUST READS") for line in lines if line]


def squeezed(*pieces: str) -> str:
    """Pieces of text as one, without its spaces and capitals."""
    return "".join("".join(pieces).split()).casefold()


def left_over(text: str, pieces: Sequence[str]) -> str:
    """What stands in a text beside these pieces, which must be in it in this order; spaces and capitals aside."""
    rest, position, text = "", 0, squeezed(text)
    for sought in map(squeezed, pieces):
        found = text.find(sought, position)
        assert found >= 0, sought
        rest += text[position:found]
        position = found + len(sought)
    return rest + text[position:]


def test_the_word_document_of_no_18_holds_what_was_published_in_order(docx_18: bytes, published: Path) -> None:
    rest = left_over("".join(text for _, text in paragraphs(docx_18)), printed(published))

    assert rest == squeezed(
        "VRIC MONITOR",
        f"No. 18 · {COVERS}",
        "Trump to Biden: America First policies aimed at weakening foreign adversaries",
        "State media in this issue: 23 of 122 = 18.9 %. Limit: 20 % of the overall issue: ",
        "dated items, releases and must reads.",
        WATCHED,
        *CHAPTERS,
    )


def test_the_pdf_of_no_18_holds_what_was_published_in_order(pdf_18: bytes, published: Path) -> None:
    rest = left_over(words(pdf_18).replace("•", ""), printed(published))

    assert rest == squeezed(
        f"VRIC MONITOR No. 18 {COVERS}",
        "Trump to Biden: America First policies aimed at weakening foreign adversaries",
        "State media in this issue 23 of 122 = 18.9 % Limit: 20 % of the overall issue: ",
        "dated items, releases and must reads.",
        WATCHED,
        *(f"{number}." for number in range(1, 11)),
        *CHAPTERS,
    )


def test_the_pdf_can_be_read_aloud_and_walked_through(pdf_18: bytes) -> None:
    reader = PdfReader(io.BytesIO(pdf_18))
    root = cast("Mapping[str, Any]", reader.trailer["/Root"])
    about = reader.metadata
    bookmarks = [each["/Title"] if isinstance(each, Mapping) else len(each) for each in reader.outline]
    headings = [page.extract_text().splitlines()[0] for page in reader.pages][1:]
    footers = [page.extract_text().splitlines()[-1] for page in reader.pages]

    assert about is not None
    assert about.title == (
        "VRIC MONITOR No. 18 | Trump to Biden: America First policies aimed at weakening foreign adversaries"
    )
    assert (about.author, about.creation_date) == ("Christina Armes Hunter", datetime(2021, 1, 14, 22, tzinfo=UTC))
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"], root["/StructTreeRoot"]["/Type"]) == (
        "en",
        True,
        "/StructTreeRoot",
    )
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_data()
    assert bookmarks == [
        *("Overview", "Must reads", "TRUMP ADMINISTRATION ON VENEZUELA", "Venezuela", 2),
        *("Russia", "Iran", 4, "China", 2),
    ]
    assert all(line.startswith("VRIC MONITOR No. 18") for line in headings)
    assert headings[-1].endswith("China")
    assert footers == [f"{COVERS} Page {number} of {len(footers)}" for number in range(1, len(footers) + 1)]


def test_the_word_document_is_in_named_styles_and_says_whose_it_is(docx_18: bytes) -> None:
    styles = [style for style, _ in paragraphs(docx_18)]
    about = Document(io.BytesIO(docx_18)).core_properties

    assert {style: styles.count(style) for style in ("Title", "Heading 1", "Heading 2", "Quote")} == {
        "Title": 1,
        "Heading 1": 7,
        "Heading 2": 8,
        "Quote": 4,
    }
    assert (styles.count("List Number"), styles.count("List Bullet")) == (10, 112)
    assert about.title.startswith("VRIC MONITOR No. 18 | Trump to Biden")
    assert (about.author, about.language) == ("Christina Armes Hunter", "en")
    assert about.created == about.modified == datetime(2021, 1, 14, 22, tzinfo=UTC)


def test_both_are_the_same_bytes_again_and_elsewhere(
    no_18: Edition, docx_18: bytes, pdf_18: bytes, tmp_path: Path
) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.export.test_paper import hostile, made; "
        "[Path(sys.argv[1], form).write_bytes(body) for form, body in made(hostile()).items()]"
    )
    elsewhere = os.environ | {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7"}

    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, env=elsewhere, cwd=ROOT)  # noqa: S603 - our own words

    assert made(no_18) == {"docx": docx_18, "pdf": pdf_18}
    assert made(hostile()) == {form: (tmp_path / form).read_bytes() for form in ("docx", "pdf")}


def test_no_part_of_the_word_document_tells_when_it_was_packed(docx_18: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(docx_18)) as packed:
        assert {part.date_time for part in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert packed.namelist()[0] == "[Content_Types].xml"


def made(whole: Edition) -> dict[str, bytes]:
    return {form: render(form, whole, Renderer()) for form in ("docx", "pdf")}


def hostile() -> Edition:
    """Titles that are markup elsewhere, in every place that editors and pages fill."""
    writing = Writing(
        headline=HOSTILE[3],
        author=HOSTILE[0],
        author_role=HOSTILE[2],
        overview=(Paragraph(HOSTILE[4]), Quote(HOSTILE[1], speaker=HOSTILE[2])),
        must_reads=(MustRead(HOSTILE[3], "es", url="https://a.example/#(1)?a=1&b=2"),),
        releases=(Release(HOSTILE[4], HOSTILE[3], "https://a.example/\"><&'"),),
        narratives={"iran": (HOSTILE[3], "= Heading", "- list", "+ 1", "/ term: x")},
    )
    whole = edition([item(number, title=title) for number, title in enumerate(HOSTILE, start=1)], writing=writing)
    return replace(whole, corrections=(HOSTILE[2],))


def test_whatever_a_title_holds_is_text() -> None:
    whole = hostile()
    expected = [
        *(HOSTILE[place] for place in (3, 0, 2, 4, 1, 2, 3)),
        *(f"{HOSTILE[4]}: {HOSTILE[3]}", HOSTILE[3], "= Heading", "- list", "+ 1", "/ term: x"),
        *(f"{title} – Reuters on 11-JAN" for title in (*HOSTILE[:5], "safe exe.txt end", HOSTILE[6])),
        "Corrections",
        HOSTILE[2],
    ]

    for text in ("\n".join(text for _, text in paragraphs(write_docx(whole))), words(write_pdf(whole))):
        left_over(text, expected)


def test_a_link_leads_to_its_page_and_state_media_are_named_before_it() -> None:
    whole = edition(
        [item(1, title="Acuerdo", outlet=PRENSA_LATINA, language="es", url="https://prensa-latina.cu/?a=1&b=2")]
    )

    docx, pdf = write_docx(whole), write_pdf(whole)

    document = Document(io.BytesIO(docx))
    (link,) = [link for paragraph in document.paragraphs for link in paragraph.hyperlinks]
    assert (link.text, link.address) == ("Acuerdo", "https://prensa-latina.cu/?a=1&b=2")
    assert document.paragraphs[-1].text == "State media reports Acuerdo – Reuters on 11-JAN (content in Spanish)"
    annotations = PdfReader(io.BytesIO(pdf)).pages[0].annotations
    assert annotations is not None
    (annotation,) = annotations
    assert annotation.get_object()["/A"]["/URI"] == "https://prensa-latina.cu/?a=1&b=2"
    assert "State media in this issue: 1 of 1 = 100 %." in document.paragraphs[3].text


def test_the_day_of_the_registry_is_told_where_it_is_known() -> None:
    whole = edition([item(1)])
    judged = replace(whole, registry_of=date(2026, 11, 24))

    for told in ("\n".join(text for _, text in paragraphs(write_docx(judged))), words(write_pdf(judged))):
        assert "Countries watched: China, Cuba, Iran. Registry of outlets: November 24, 2026." in one_line(told)
    for silent in ("\n".join(text for _, text in paragraphs(write_docx(whole))), words(write_pdf(whole))):
        assert "Registry" not in silent


def test_an_empty_issue_is_made_as_well() -> None:
    whole = edition([])

    assert [text for _, text in paragraphs(write_docx(whole))][2] == "The Harbour Letter No. 18"
    assert "The Harbour Letter No. 18" in words(write_pdf(whole))


def test_a_template_of_an_editor_is_used(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Only {{ headline or name }} in {{ language }}", style="Intense Quote")
    document.save(str(tmp_path / "ours.docx"))

    docx = write_docx(edition(filed(1)), template=tmp_path / "ours.docx")

    assert paragraphs(docx) == [("Intense Quote", "Only The Harbour Letter No. 18 in en")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ headlin }}", "ours.docx: 'headlin' is undefined. It can name: language, publication, number,"),
        ("{% if name %}", "ours.docx: Unexpected end of template."),
    ],
)
def test_a_template_that_asks_for_what_is_not_there_is_named(text: str, said: str, tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph(text)
    document.save(str(tmp_path / "ours.docx"))

    with pytest.raises(TemplateRefusedError) as refused:
        write_docx(edition(filed(1)), template=tmp_path / "ours.docx")

    assert str(refused.value).startswith(said)


def test_what_is_no_template_is_named(tmp_path: Path) -> None:
    (tmp_path / "ours.docx").write_text("no zip")
    (tmp_path / "ours.typ").write_text("#issue.headlin")

    with pytest.raises(TemplateRefusedError, match=r"^ours\.docx cannot be read as a Word document: "):
        write_docx(edition(filed(1)), template=tmp_path / "ours.docx")
    with pytest.raises(TemplateRefusedError, match=r"^ours\.typ cannot be compiled: unknown variable: issue\.$"):
        write_pdf(edition(filed(1)), template=tmp_path / "ours.typ")


def test_a_word_longer_than_a_line_is_broken_and_an_item_longer_than_a_page_goes_on() -> None:
    pdf = write_pdf(edition([item(1, title="x" * 300), item(2, title="word " * 2000)]))

    lines = words(pdf).splitlines()
    assert max(line.count("x") for line in lines) < 130
    assert sum(line.count("x") for line in lines) == 300
    assert sum(line.count("word") for line in lines) == 2000
