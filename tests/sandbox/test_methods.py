"""The table of methods, held against what Slack documents."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.methods import METHODS, decoded

ALSO_BY_OTHERS = {"conversations.open": {"channels:manage", "groups:write", "mpim:write"}}
NOT_FOR_BOTS = {"chat.update": {"unfurled_attachments"}, "chat.postMessage": {"current_draft_last_updated_ts"}}


@pytest.fixture(scope="module")
def documented(shared: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shared / "slack" / "methods.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("name", METHODS)
def test_a_method_takes_the_arguments_and_scopes_that_are_documented(name: str, documented: dict[str, Any]) -> None:
    page, method = documented[name], METHODS[name]
    required = {argument for argument, is_required in page["args"].items() if is_required}

    assert method.required == required
    assert method.required | method.optional == page["args"].keys() - {"team_id"} - NOT_FOR_BOTS.get(name, set())
    assert set(method.scopes) == set(page["bot_scopes"]) - ALSO_BY_OTHERS.get(name, set())


def test_arguments_of_a_form_become_json_values() -> None:
    found = decoded({"blocks": '[{"type":"divider"}]', "limit": "20", "inclusive": "1", "text": "7", "view": "{oops"})

    assert found == {"blocks": [{"type": "divider"}], "limit": 20, "inclusive": True, "text": "7", "view": "{oops"}
