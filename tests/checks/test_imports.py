"""What may be imported where, and that importing alone does nothing."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "handlers", "db", "tests")
LONGEST = 350
STAND_INS_INSTEAD = ("unittest.mock", "mock", "pytest_mock")


def modules(*packages: str) -> list[Path]:
    return [path for package in packages for path in sorted((ROOT / package).rglob("*.py"))]


def imported(path: Path) -> Iterator[str]:
    """The modules that a file imports, at whatever depth."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports name their whole path"
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def named(path: Path) -> Iterator[str]:
    """The dotted names that a file speaks of."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            yield ast.unparse(node)


def test_importing_any_module_has_no_effect() -> None:
    fresh = [sys.executable, "-B", "-m", "tests.checks.importing"]
    ended = subprocess.run(fresh, check=True, capture_output=True, cwd=ROOT, text=True)  # noqa: S603 - our own arguments alone
    effects = json.loads(ended.stdout)

    assert {"bot.__main__", "bot.sandbox_run", "handlers.manifest", "db.revision"} <= set(effects)
    assert {name: done for name, done in effects.items() if done} == {}
    assert ended.stderr == ""


def test_the_rules_stand_on_the_standard_library_alone() -> None:
    rules = modules("bot/editorial")
    others = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in rules
        for name in imported(path)
        if name.partition(".")[0] not in sys.stdlib_module_names and not name.startswith("bot.editorial")
    }

    assert len(rules) > 10
    assert others == set()


def test_no_module_is_too_long_to_read_at_one_sitting() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules("bot", "handlers", "db")}

    assert {str(path.relative_to(ROOT)): length for path, length in lengths.items() if length > LONGEST} == {}


def test_stand_ins_instead_of_mocks() -> None:
    mocks = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in modules(*PACKAGES)
        for name in (*imported(path), *named(path))
        if name.startswith(STAND_INS_INSTEAD) or name == "monkeypatch.setattr"
    }

    assert mocks == set()
