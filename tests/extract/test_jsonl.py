import gzip
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.extract.jsonl import answer_lines
from bot.extract.opening import PageOpener

Answered = tuple[list[dict[str, Any]], list[str], int]
Answering = Callable[..., Answered]

NULLS = {"title": None, "date": None, "source": None, "author": None, "lang": None, "description": None}
PAGE = """<!doctype html><html lang="en"><head><title>Oil & gas: tankers seen off the coast</title>
<meta property="article:published_time" content="2021-01-11T09:00:00Z"><meta name="author" content="Ana Pérez">
<meta name="description" content="Two tankers were seen.">
</head><body><h1>Oil & gas: tankers seen off the coast</h1></body></html>"""
FOUND = {
    "title": "Oil & gas: tankers seen off the coast",
    "date": "2021-01-11",
    "source": "Reuters",
    "author": "Ana Pérez",
    "lang": "en",
    "description": "Two tankers were seen.",
}

NO_NETWORK = """
import sys

def guard(event, args):
    if event.startswith("socket.") or event in {"subprocess.Popen", "os.system", "os.posix_spawn", "os.fork"}:
        raise RuntimeError(f"{event} is more than the file")

sys.addaudithook(guard)
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "tankers.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


def _line(path: Path | str, identity: object = "a", url: object = "https://www.reuters.com/world/tankers") -> str:
    return json.dumps({"id": identity, "url": url, "html_path": str(path)}) + "\n"


@pytest.fixture
def answers_to(opener: PageOpener) -> Answering:
    """Answers lines; gives the answers, what was named as trouble, and the number of broken lines."""

    def answer(*lines: str) -> Answered:
        out, trouble = io.StringIO(), io.StringIO()
        broken = answer_lines(lines, out, trouble, opener)
        return [json.loads(line) for line in out.getvalue().splitlines()], trouble.getvalue().splitlines(), broken

    return answer


def _vric(lines: str | bytes, tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command itself, in a process that may open no socket and start no other."""
    (tmp_path / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "bot", "extract", "--jsonl"],
        input=lines.encode() if isinstance(lines, str) else lines,
        env=os.environ | {"PYTHONPATH": str(tmp_path)} | environment,
        capture_output=True,
        check=False,
        timeout=100,
    )


def test_each_line_is_answered_in_order_with_all_that_was_found(
    answers_to: Answering, page: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.html"
    empty.write_text("<html></html>", encoding="utf-8")

    answers, trouble, broken = answers_to(
        _line(page, "b"), "\n", _line(empty, "a", None), _line(page, 7), _line(empty, None, None)
    )

    assert answers == [{"id": "b"} | FOUND, {"id": "a"} | NULLS, {"id": 7} | FOUND, {"id": None} | NULLS]
    assert (trouble, broken) == ([], 0)


def test_a_packed_page_is_unpacked(answers_to: Answering, page: Path, tmp_path: Path) -> None:
    packed = tmp_path / "tankers.html.gz"
    packed.write_bytes(gzip.compress(page.read_bytes()))

    answers, _, _ = answers_to(_line(packed))

    assert answers == [{"id": "a"} | FOUND]


@pytest.mark.parametrize(
    ("line", "identity"),
    [
        ("tankers", None),
        ("{", None),
        ("[]", None),
        ("null", None),
        ('"tankers"', None),
        ("[" * 100_000, None),
        ("{}", None),
        ('{"id": "x", "url": "https://www.reuters.com/"}', "x"),
        ('{"id": "x", "url": "https://www.reuters.com/", "html_path": null}', "x"),
        ('{"id": "x", "url": "https://www.reuters.com/", "html_path": 7}', "x"),
        ('{"id": "x", "url": "https://www.reuters.com/", "html_path": "/nowhere/page.html"}', "x"),
        ('{"id": "x", "url": "https://www.reuters.com/", "html_path": "/"}', "x"),
        ('{"id": "x", "url": "https://www.reuters.com/", "html_path": "a\\u0000b"}', "x"),
        ('{"id": "x", "url": "https://www.reuters.com/", "html_path": "\\ud800"}', "x"),
    ],
)
def test_a_broken_line_is_named_with_its_number_answered_with_nulls_and_stops_nothing(
    answers_to: Answering, page: Path, line: str, identity: str | None
) -> None:
    answers, trouble, broken = answers_to(_line(page, 1), line, _line(page, 3))

    assert answers == [{"id": 1} | FOUND, {"id": identity} | NULLS, {"id": 3} | FOUND]
    assert broken == 1
    assert [each.split(":")[0] for each in trouble] == ["line 2"]


@pytest.mark.parametrize("url", [7, ["https://www.reuters.com/"], {}, True])
def test_a_url_that_is_no_text_breaks_its_line(answers_to: Answering, page: Path, url: object) -> None:
    answers, trouble, broken = answers_to(_line(page, "x", url))

    assert (answers, broken, len(trouble)) == ([{"id": "x"} | NULLS], 1, 1)


@pytest.mark.parametrize("url", [None, "", "tankers", "http://[", "https://user@/", "\ud800"])
def test_a_url_that_says_nothing_leaves_what_the_page_says(answers_to: Answering, page: Path, url: str | None) -> None:
    answers, _, broken = answers_to(_line(page, "x", url))

    assert answers == [{"id": "x"} | FOUND | {"source": None}]
    assert broken == 0


@pytest.mark.parametrize(
    "packed",
    [b"", b"tankers", b"\x1f\x8b", gzip.compress(PAGE.encode())[:-20], gzip.compress(b"x")[:12] + b"\xff"],
    ids=["empty", "not packed", "header alone", "cut off", "broken"],
)
def test_a_packed_page_that_is_broken_breaks_its_line(answers_to: Answering, tmp_path: Path, packed: bytes) -> None:
    path = tmp_path / "broken.html.gz"
    path.write_bytes(packed)

    answers, trouble, broken = answers_to(_line(path, "x"))

    if packed:
        assert (answers, broken, len(trouble)) == ([{"id": "x"} | NULLS], 1, 1)
    else:
        assert answers[0]["title"] is None


def test_half_a_character_in_a_title_or_an_id_stops_nothing(answers_to: Answering, page: Path, tmp_path: Path) -> None:
    half = tmp_path / "half.html"
    half.write_text(
        r'<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Oil \ud83d tankers seen"}</script>',
        encoding="utf-8",
    )

    answers, _, broken = answers_to(_line(half, "\ud800"), _line(page))

    assert answers[0]["title"] == "Oil tankers seen"
    assert answers[1]["title"] == FOUND["title"]
    assert broken == 0


def test_the_command_uses_nothing_but_the_file(page: Path, tmp_path: Path) -> None:
    linked = tmp_path / "linked.html"
    linked.write_text(
        PAGE.replace(
            "<head>", '<head><base href="http://10.0.0.1/"><link rel="canonical" href="http://10.0.0.1/x">'
        ).replace("<body>", '<body><img src="http://10.0.0.1/pixel"><iframe src="file:///etc/passwd"></iframe>'),
        encoding="utf-8",
    )

    ran = _vric(_line(page, 1) + _line(linked, 2), tmp_path)

    assert ran.stderr == b""
    assert [json.loads(line) for line in ran.stdout.splitlines()] == [{"id": 1} | FOUND, {"id": 2} | FOUND]
    assert ran.returncode == 0


def test_the_guard_of_these_tests_does_refuse_sockets(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")

    ran = subprocess.run(
        [sys.executable, "-c", "import socket; socket.socket()"],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        check=False,
    )

    assert b"more than the file" in ran.stderr


def test_the_command_fails_where_a_line_was_broken_and_answers_all_others(page: Path, tmp_path: Path) -> None:
    lines = _line("/nowhere/page.html", 1).encode() + b'{"id": "\xff"}\n' + _line(page, 3).encode()

    ran = _vric(lines, tmp_path, LC_ALL="C")

    answers = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [line.split(b":")[0] for line in ran.stderr.splitlines()] == [b"line 1", b"line 2"]
    assert (answers[0], answers[2]) == ({"id": 1} | NULLS, {"id": 3} | FOUND)
    assert ran.returncode == 1


def test_no_lines_are_no_fault(tmp_path: Path) -> None:
    ran = _vric("", tmp_path)

    assert (ran.stdout, ran.stderr, ran.returncode) == (b"", b"", 0)
