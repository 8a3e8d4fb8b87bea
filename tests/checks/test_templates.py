"""Words and code belong together: every template is used, and every one that is used is there."""

import re
from pathlib import Path

from bot.desk.fields import FieldTrouble
from handlers.errors import SENTENCES

ROOT = Path(__file__).parent.parent.parent
TEMPLATES = ROOT / "templates"


def _names(folder: str) -> set[str]:
    return {path.stem for path in (TEMPLATES / folder).glob("*.j2")}


def test_every_message_is_rendered_somewhere_and_every_rendered_one_is_there() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "handlers").rglob("*.py"))

    assert set(re.findall(r"""\.message\(\s*"(\w+)\"""", code)) == _names("en/messages") - {"trouble"}  # a filter


def test_every_fact_that_stops_a_use_case_has_its_sentence() -> None:
    fields = {f"field_{trouble}" for trouble in FieldTrouble}

    assert _names("en/errors") == {*SENTENCES.values(), *fields, "slack_busy", "trigger_expired", "unknown"}


def test_every_format_of_an_issue_has_one_file() -> None:
    assert _names("issue") == {"slack", "md", "txt", "html", "fragment", "email"}
