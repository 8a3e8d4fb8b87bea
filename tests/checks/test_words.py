"""What members see stands in the catalogues: no sentence in code, and every label is there and is used."""

import ast
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path

import pytest

from bot.catalogue import catalogue_of
from bot.desk.viewing import NEWS
from bot.editorial.citation import LANGUAGES
from bot.editorial.gate import FindingKind
from bot.editorial.house import Denominator
from bot.editorial.item import ItemState
from bot.editorial.kind import Kind
from bot.editorial.needs import Need
from bot.editorial.off_topic import OffTopic
from bot.editorial.outlet import Control
from bot.export.formats import FORMATS
from bot.ports import Queue

ROOT = Path(__file__).parent.parent.parent
OF_OPERATORS: Mapping[str, str] = {
    "handlers/account.py": "says at start-up, on a terminal, what is wrong with a token",
    "handlers/clock.py": "names a cause in the log",
    "handlers/delivery.py": "names a reason in the outbox, which `vric queue` lists",
    "handlers/manifest.py": "describes the app, which Slack shows before anybody has a language",
    "handlers/sockets.py": "says at start-up, on a terminal, that no socket opens",
    "handlers/web.py": "answers requests that are not Slack's",
}
"""Modules whose sentences no member reads."""

VALUES: Mapping[str, str] = {
    "looked at": "a verb of the record",
    "Authorization": "a header of HTTP",
    "Bearer ": "what stands in it",
}
"""Words that are no words for anybody."""

_A_SENTENCE = re.compile(r"[^\W\d_]{2,} | [^\W\d_]{2,}|^[A-Z][a-z]+$")
_A_LABEL = re.compile(r'"([a-z_]+\.[a-z_]+)"')
_A_FAMILY = re.compile(r'"([a-z_]+)\.(?:\{|" ~)|\(f\'([a-z_]+)\.\{|f"([a-z_]+)\.\{')


def _listeners_and_builders() -> list[Path]:
    return sorted(path for path in (ROOT / "handlers").rglob("*.py"))


def _unread(tree: ast.Module) -> Iterator[ast.AST]:
    """What nobody reads in Slack: docstrings, notes for type checkers, events of the log, and what is raised."""
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant()):
                yield node.value
            case ast.Call(func=ast.Attribute(value=ast.Name(id="log"))) | ast.Raise():
                yield from ast.walk(node)
            case ast.AnnAssign() | ast.arg() if node.annotation is not None:
                yield from ast.walk(node.annotation)
            case ast.FunctionDef() | ast.AsyncFunctionDef() if node.returns is not None:
                yield from ast.walk(node.returns)
            case _:
                pass


def _sentences(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    unread = {id(node) for node in _unread(tree)}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in unread:
            text = node.value
            if _A_SENTENCE.search(text) and text not in VALUES:
                found.append(f"line {node.lineno}: {text}")
    return found


@pytest.mark.parametrize("path", _listeners_and_builders(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_sentence_that_members_see_stands_in_code(path: Path) -> None:
    if path.relative_to(ROOT).as_posix() not in OF_OPERATORS:
        assert _sentences(path) == []


def test_a_sentence_in_code_would_be_found(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text('"""It says."""\n\nbutton = plain("Undo")\nasked = f"Publish No. {number}?"\n', encoding="utf-8")

    assert _sentences(module) == ["line 3: Undo", "line 4: Publish No. "]


def test_every_module_of_operators_is_there_and_holds_sentences() -> None:
    assert all(_sentences(ROOT / path) for path in OF_OPERATORS)


COMPOSED: Mapping[str, type[StrEnum] | tuple[str, ...]] = {
    "control": Control,
    "denominator": Denominator,
    "finding": FindingKind,
    "format": (*FORMATS, "rss"),
    "kind": tuple(kind for kind in Kind if kind.must_be_kept),
    "language": tuple(LANGUAGES),
    "looks_like": OffTopic,
    "need": Need,
    "news": NEWS,
    "queue": Queue,
    "state": ItemState,
}
"""Groups whose labels are named by a value as it is stored."""


def test_every_label_is_used_somewhere_and_every_used_one_is_there() -> None:
    places = [*(ROOT / "handlers").rglob("*.py"), ROOT / "bot" / "catalogue.py", *(ROOT / "templates").rglob("*.j2")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in places)
    catalogue = catalogue_of("en").labels
    labels = {f"{group}.{key}" for group, keys in catalogue.items() for key in keys}
    named = {each for each in _A_LABEL.findall(code) if each.partition(".")[0] in catalogue}
    families = {name for found in _A_FAMILY.findall(code) for name in found if name}

    assert named - labels == set()
    assert families - catalogue.keys() == set()
    assert {each for each in labels - named if each.partition(".")[0] not in families} == set()


@pytest.mark.parametrize("group", COMPOSED)
def test_every_value_that_is_shown_has_its_word(group: str) -> None:
    assert set(catalogue_of("en").labels[group]) == {str(value) for value in COMPOSED[group]}
