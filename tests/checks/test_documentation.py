"""What is written for people says what the code does."""

import re
from pathlib import Path

import typer.main

from bot.command_line import app
from bot.desk.team_page import Asker
from bot.editorial.role import Footing, Role
from bot.metrics import Metrics
from bot.render import Renderer
from bot.sample_values import DESK
from bot.settings import Settings, described
from db.models import Base
from handlers.blocks.help import help_words
from handlers.commands import WORDS
from handlers.manifest import COMMAND

ROOT = Path(__file__).parent.parent.parent
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _table(header: str, page: str = README) -> dict[str, list[str]]:
    """The rows of a table of a page by their first cell, without its ticks."""
    lines = page[page.index(header) :].splitlines()[2:]
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        rows.append([cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip("|"))])
    return {row[0].strip("`"): row[1:] for row in rows}


def test_the_readme_begins_with_the_two_commands() -> None:
    commands = re.findall(r"^make (\w+)", README.partition("```")[2].partition("```")[0], re.MULTILINE)

    assert commands == ["run", "test"]


def test_every_command_and_option_is_described() -> None:
    described_commands = _table("| command | what it does |")
    group = typer.main.get_command(app)

    for name, command in group.commands.items():  # type: ignore[attr-defined] # typer's group declares none
        lines = [line for line in described_commands if line.startswith(f"vric {name}")]
        assert lines, name
        options = {option for each in command.params for option in (*each.opts, *each.secondary_opts)}
        for option in options & {"--http", "--socket", "--port", "--no-browser", "--json", "--jsonl", "--replay"}:
            assert any(option in line for line in lines), (name, option)
    for line in described_commands:
        assert line.split()[1] in {*group.commands, "--version"}, line  # type: ignore[attr-defined] # the same


def test_every_setting_is_described_with_its_default() -> None:
    rows = _table("| setting | what it is for | default |")

    assert list(rows) == list(described())
    for name, (_, default) in rows.items():
        value = Settings.model_fields[name.lower()].default
        shown = default.strip("`") if value is not None else None
        if value is None:
            assert default == "none", name
        elif isinstance(value, Path):
            assert value.name in default
        else:
            assert shown == str(value), name


def test_the_example_of_an_environment_names_every_setting_and_holds_no_secret() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = re.findall(r"^#? ?([A-Z_]+)=(.*)$", example, re.MULTILINE)

    assert {name for name, _ in named} == set(described())
    assert all(not value for name, value in named if name.startswith("SLACK_") and name != "SLACK_API_URL")


def test_every_target_of_the_makefile_is_described() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE)) - {"help"}

    rows = {row.split()[1] for row in _table("| target | what it does |")}
    assert rows == targets


def test_help_in_slack_lists_every_word_of_the_command() -> None:
    shown = help_words(Asker(Footing(Role.OWNER), DESK), (), Renderer())

    for word in WORDS:
        assert f"`{COMMAND} {word}" in shown


def test_decisions_are_numbered_without_a_gap_and_have_their_four_parts() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))

    assert [page.name[:4] for page in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]
    for page in pages:
        parts = re.findall(r"^## (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert parts == ["Context", "Decision", "Consequences", "Alternatives"], page.name


def test_the_procfile_starts_what_the_command_line_has() -> None:
    lines = (ROOT / "Procfile").read_text(encoding="utf-8").splitlines()

    assert lines == ["release: vric migrate", "web: vric run --http", "worker: vric run --socket"]


def test_every_link_of_the_readme_into_the_repository_leads_somewhere() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_every_table_of_the_database_is_described() -> None:
    assert set(_table("| table | what it is for |", OPERATIONS)) == set(Base.metadata.tables)


def test_every_metric_is_described() -> None:
    metrics = Metrics()
    counted = {
        f"{family.name}_total" if family.type == "counter" else family.name for family in metrics.registry.collect()
    }

    assert set(_table("| metric | what it means |", OPERATIONS)) == counted


def test_every_line_of_the_doctor_is_described() -> None:
    lines = re.findall(r'(?:Examined|_stopped)\("([a-z ]+)"', (ROOT / "bot" / "doctor.py").read_text(encoding="utf-8"))

    assert set(_table("| line | what to do where it says no |", OPERATIONS)) == set(lines)


def test_no_lock_file_names_an_index() -> None:
    for name in ("requirements.txt", "tests/requirements.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r"https?://|--index|--find-links|--trusted", text), name


def test_every_test_that_is_said_to_guard_a_cure_is_there() -> None:
    lines = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8").splitlines()
    named = [found for line in lines if (found := re.search(r"\| `([\w/]+\.py)`: ([\w ]+) \|$", line))]

    assert {line.split("|")[1].strip() for line in lines if line.endswith(" |")} >= {str(row) for row in range(1, 30)}
    for found in named:
        path, name = ROOT / "tests" / found[1], "test_" + found[2].replace(" ", "_")
        assert re.search(rf"^(async )?def {name}\(", path.read_text(encoding="utf-8"), re.MULTILINE), found[0]
