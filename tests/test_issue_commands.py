"""`vric issue` as whoever keeps the archive types it, on machines that differ in all that must not matter."""

from pathlib import Path

import pytest

from bot.export.formats import FORMATS
from bot.settings import SHIPPED_HOUSE
from tests.command_line import Vric
from tests.word import word_template, words_in

MACHINES = (
    {"TZ": "UTC", "LC_ALL": "C"},
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"},
)
"""Hash seeds differ as well: each process draws its own."""


@pytest.fixture(params=MACHINES, ids=["here", "far away"])
def vric(request: pytest.FixtureRequest, tmp_path: Path) -> Vric:
    """An empty folder on a machine: there is no database yet."""
    typed = Vric(tmp_path)
    typed.settings |= request.param
    return typed


@pytest.fixture(scope="session")
def published(shared: Path) -> Path:
    return shared / "golden" / "vric-18"


@pytest.mark.parametrize("source", ["issue.json", "issue.txt"])
async def test_no_18_comes_in_and_goes_out_byte_for_byte(vric: Vric, published: Path, source: str) -> None:
    came = await vric.runs("issue", "import", str(published / source), "--house", "vric")
    again = await vric.runs("issue", "import", str(published / "issue.json"))
    text = await vric.runs("issue", "render", "18", "--format", "txt", "-o", "out.txt")
    data = await vric.runs("issue", "render", "18", "--format", "json")
    verified = await vric.runs("issue", "verify", "18")

    assert (came.status, came.said) == (0, "Imported: No. 18, 102 items.\n")
    assert again.said == "On record already, word for word: No. 18, 102 items. Nothing was changed.\n"
    assert (text.status, text.said) == (0, "out.txt: 47,476 bytes\n")
    assert (vric.folder / "out.txt").read_bytes() == (published / "issue.txt").read_bytes()
    assert data.out == (published / "issue.json").read_text(encoding="utf-8")
    assert (verified.status, verified.out) == (0, "".join(f"{form}: same\n" for form in FORMATS))


async def test_what_differs_from_what_was_published_is_named_with_what_changed(tmp_path: Path, published: Path) -> None:
    vric = Vric(tmp_path)
    await vric.runs("issue", "import", str(published / "issue.json"))
    house = SHIPPED_HOUSE.read_text(encoding="utf-8")
    (tmp_path / "changed.toml").write_text(house.replace("VRIC MONITOR", "THE MONITOR"), encoding="utf-8")
    (tmp_path / "short.toml").write_text(house.replace('key = "venezuela"', 'key = "caracas"'), encoding="utf-8")

    vric.settings["VRIC_HOUSE"] = "changed.toml"
    differs = await vric.runs("issue", "verify", "18")
    vric.settings["VRIC_HOUSE"] = "short.toml"
    gone = await vric.runs("issue", "verify", "18")

    assert (differs.status, differs.said) == (1, "")
    assert differs.out.startswith("txt: differs\nmd: differs\nhtml: differs\n")
    assert differs.out.endswith("since then: house vric: its file is another\n")
    assert gone.status == 2
    assert gone.said.startswith("No. 18 cannot be rendered: The house has no section venezuela. Use the house ")


async def test_the_published_issues_are_a_feed_with_the_same_bytes_on_every_machine(
    tmp_path: Path, published: Path
) -> None:
    made = []
    for number, machine in enumerate(MACHINES):
        (tmp_path / str(number)).mkdir()
        vric = Vric(tmp_path / str(number))
        vric.settings |= machine
        await vric.runs("issue", "import", str(published / "issue.json"))
        told = await vric.runs("feed", "--format", "rss", "-o", "feed.xml")
        assert told.status == 0
        made.append((vric.folder / "feed.xml").read_bytes())

    assert made[0] == made[1]
    assert made[0].count(b"<item>") == 1
    assert b"<pubDate>Thu, 14 Jan 2021 22:00:00 +0000</pubDate>" in made[0]


async def test_what_cannot_be_done_is_one_clear_sentence(tmp_path: Path) -> None:
    vric = Vric(tmp_path)
    (tmp_path / "half.json").write_text('{\n"number": 18,')
    (tmp_path / "odd.txt").write_bytes(b"VRIC MONITOR\nNo. \xff")

    said = [
        await vric.runs("issue", *words)
        for words in (
            ("import", "there-is-none.json"),
            ("import", "half.json"),
            ("import", "odd.txt"),
            ("import", "half.json", "--house", "harbour"),
            ("render", "18", "--format", "txt"),
            ("render", "18", "--format", "scroll"),
            ("verify", "18"),
            ("verify", "18", "--house", "harbour"),
        )
    ]

    assert [each.status for each in said] == [2] * 8
    assert [each.said.splitlines()[0] for each in said] == [
        "there-is-none.json cannot be read: No such file or directory.",
        "half.json: line 2: this is no JSON (Expecting property name enclosed in double quotes).",
        "odd.txt: line 2: this is not UTF-8.",
        "There is no house “harbour” here. Name its file in VRIC_HOUSE, or put it into the folder VRIC_HOUSES.",
        "There is no issue No. 18. Import it, or name one that is there.",
        f"There is no format “scroll”. There are: {', '.join(FORMATS)}.",
        "There is no issue No. 18. Import it, or name one that is there.",
        "There is no house “harbour” here. Name its file in VRIC_HOUSE, or put it into the folder VRIC_HOUSES.",
    ]


async def test_word_documents_are_made_with_the_template_that_the_settings_name(tmp_path: Path) -> None:
    vric = Vric(tmp_path)
    (tmp_path / "8.json").write_text('{"publication": "VRIC MONITOR", "number": 8, "chapters": []}', encoding="utf-8")
    word_template(tmp_path / "ours.docx", "Ours: {{ name }}")
    vric.settings["WORD_TEMPLATE"] = "ours.docx"

    await vric.runs("issue", "import", "8.json")
    made = await vric.runs("issue", "render", "8", "--format", "docx", "-o", "8.docx")
    verified = await vric.runs("issue", "verify", "8")
    (tmp_path / "ours.docx").unlink()
    gone = await vric.runs("issue", "verify", "8")
    del vric.settings["WORD_TEMPLATE"]
    another = await vric.runs("issue", "verify", "8")

    assert made.status == 0
    assert words_in((tmp_path / "8.docx").read_bytes()) == ["Ours: VRIC MONITOR No. 8"]
    assert verified.status == 0
    assert (gone.status, gone.said) == (2, "WORD_TEMPLATE names ours.docx, which is no file.\n")
    assert "docx: differs\n" in another.out
    assert "since then: template issue/docx/issue.docx: is another\n" in another.out
