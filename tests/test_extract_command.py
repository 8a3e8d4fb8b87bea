"""`vric extract` as whoever asks what a page says of itself."""

import json
from pathlib import Path

import pytest

from tests.command_line import Vric

PAGE = """<!doctype html><html lang="es"><head><title>Irán envía tanqueros a Venezuela &amp; Cuba</title>
<meta property="article:published_time" content="2021-01-11T09:00:00Z"></head><body><p>…</p></body></html>"""


@pytest.fixture
def vric(tmp_path: Path) -> Vric:
    return Vric(tmp_path)


async def test_a_stored_page_is_read(vric: Vric) -> None:
    (vric.folder / "page.html").write_text(PAGE, encoding="utf-8")

    ended = await vric.runs("extract", "page.html")

    assert (ended.status, ended.said) == (0, "")
    assert ended.out.startswith("kind              news article\n")
    assert "title       0.55  Irán envía tanqueros a Venezuela & Cuba\n" in ended.out
    assert "date        0.88  2021-01-11\n                  by meta article:published_time\n" in ended.out
    assert "author            not found\n" in ended.out


async def test_a_stored_page_is_read_for_machines(vric: Vric) -> None:
    (vric.folder / "page.html").write_text(PAGE, encoding="utf-8")

    ended = await vric.runs("extract", "--json", "page.html")

    found = json.loads(ended.out)
    assert found["title"]["value"] == "Irán envía tanqueros a Venezuela & Cuba"
    assert found["date"] == {"value": "2021-01-11", "confidence": 0.88, "evidence": ["meta article:published_time"]}
    assert (found["date_filled_in"], found["other_dates"]) == (True, [])
    assert (found["kind"]["value"], found["nature"]) == ("news article", {})


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ("gone.html", "gone.html cannot be read: No such file or directory.\n"),
        (".", ". cannot be read: Is a directory.\n"),
        ("http://127.0.0.1/", "I only read public web pages; this address is private or internal.\n"),
        ("http://169.254.169.254/latest", "I only read public web pages; this address is private or internal.\n"),
    ],
)
async def test_a_page_that_cannot_be_read_is_one_sentence(vric: Vric, page: str, sentence: str) -> None:
    ended = await vric.runs("extract", page)

    assert (ended.status, ended.out, ended.said) == (2, "", sentence)


async def test_without_a_page_to_read_the_ways_to_name_one_are_said(vric: Vric) -> None:
    ended = await vric.runs("extract")

    assert (ended.status, ended.said) == (2, "Name a URL or a file, or give lines with --jsonl.\n")


async def test_lines_of_stored_pages_are_answered_each_and_a_broken_one_is_named(vric: Vric) -> None:
    (vric.folder / "page.html").write_text(PAGE, encoding="utf-8")
    asked = json.dumps({"id": "a", "html_path": "page.html", "url": "https://tass.example/x"})

    ended = await vric.runs("extract", "--jsonl", given=f"{asked}\nnot JSON\n")

    assert ended.status == 1
    first, second = (json.loads(line) for line in ended.out.splitlines())
    assert (first["id"], first["title"]) == ("a", "Irán envía tanqueros a Venezuela & Cuba")
    assert second["title"] is None
    assert ended.said.startswith("line 2: JSONDecodeError")
