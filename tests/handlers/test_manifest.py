"""The manifest asks Slack for what the bot uses: no event unheard, no scope idle, no call uncovered."""

import importlib.util
import json
import re
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import pytest

import handlers
from bot.sandbox.events import SCOPES_OF_EVENTS
from handlers.commands import WORDS
from handlers.manifest import BOT_EVENTS, BOT_SCOPES, COMMAND, manifest

CODE = "\n".join(path.read_text(encoding="utf-8") for path in sorted(Path(handlers.__path__[0]).rglob("*.py")))
CALLED = sorted(set(re.findall(r"client\.([a-z]+(?:_[a-zA-Z]+)+(?:_v2)?)\b(?=\(|,)", CODE)))
SEVERAL = {"files_upload_v2": ["files.getUploadURLExternal", "files.completeUploadExternal"]}
NARROWER = {
    "conversations.history": {"channels:history", "groups:history", "im:history"},
    "conversations.replies": {"channels:history", "groups:history", "im:history"},
    "conversations.members": {"channels:read", "groups:read"},
    "conversations.open": {"im:write"},
}
"""Methods for which Slack documents a scope for each kind of conversation: the kinds that the bot asks about."""


@pytest.fixture(scope="module")
def documented(shared: Path) -> Mapping[str, Mapping[str, list[str]]]:
    found: Mapping[str, Mapping[str, list[str]]] = json.loads(
        (shared / "slack" / "methods.json").read_text(encoding="utf-8")
    )
    return found


def methods() -> list[str]:
    """The Web API methods that are called anywhere in the Slack edge."""
    return [each for name in CALLED for each in SEVERAL.get(name, [name.replace("_", ".")])]


def test_the_calls_of_the_edge_are_found() -> None:
    assert {"chat.postMessage", "chat.update", "views.open", "users.info", "auth.test"} <= set(methods())
    assert len(CALLED) > 10


def test_slack_takes_the_manifest(shared: Path) -> None:
    checks = _module(shared / "slack" / "check_calls.py")

    assert list(checks.check_manifest(manifest())) == []


def test_every_method_that_is_called_is_covered_by_a_scope(
    documented: Mapping[str, Mapping[str, list[str]]],
) -> None:
    uncovered = [
        method
        for method in methods()
        if documented[method]["bot_scopes"] and not set(documented[method]["bot_scopes"]) & set(BOT_SCOPES)
    ]

    assert uncovered == []
    assert all(NARROWER.get(method, set()) <= set(BOT_SCOPES) for method in methods())


def test_every_scope_is_used(documented: Mapping[str, Mapping[str, list[str]]]) -> None:
    for_events = {scope for name in BOT_EVENTS for scope in SCOPES_OF_EVENTS.get(name, ())}
    for_methods = {scope for each in methods() for scope in NARROWER.get(each, documented[each]["bot_scopes"])}

    for_downloads = {"files:read"}  # bytes come from an address, and not from a method
    assert set(BOT_SCOPES) - for_events - for_methods == {"commands"} | for_downloads
    assert manifest()["features"]["slash_commands"][0]["command"] == COMMAND


def test_every_event_that_is_subscribed_is_covered_by_a_scope() -> None:
    uncovered = [name for name in BOT_EVENTS if not set(SCOPES_OF_EVENTS.get(name, BOT_SCOPES)) & set(BOT_SCOPES)]

    assert uncovered == []


def test_every_event_that_is_subscribed_is_heard_and_every_one_that_is_heard_is_subscribed() -> None:
    intake = (Path(handlers.__path__[0]) / "intake.py").read_text(encoding="utf-8")
    body = intake[intake.index("async def _read(") : intake.index("def _mention(")]
    heard = set(re.findall(r'(?:case|\|) "([a-z_]+)"', body))

    assert heard == {name.partition(".")[0] for name in BOT_EVENTS}


def test_where_no_direct_messages_are_heard_none_can_be_written() -> None:
    home = manifest()["features"]["app_home"]

    assert ("message.im" in BOT_EVENTS) is not home["messages_tab_read_only_enabled"]


def test_the_usage_hint_names_every_word_of_the_command() -> None:
    hint = manifest()["features"]["slash_commands"][0]["usage_hint"]

    assert {word.split()[0] for word in hint.split("|")} == set(WORDS)


def test_every_scope_says_what_for() -> None:
    assert all(BOT_SCOPES.values())


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found
