"""Calls of Slack's API that were recorded, checked against what Slack documents."""

import importlib.util
import json
from pathlib import Path
from typing import Any

from handlers.manifest import manifest

SHARED = Path(__file__).parent.parent.parent / "shared"


def calls_in(path: Path) -> list[dict[str, Any]]:
    """The calls in a file; what was called alike stands there once."""
    return [json.loads(line) for line in dict.fromkeys(path.read_text(encoding="utf-8").splitlines())]


def refused_in(path: Path) -> list[str]:
    """What Slack would not take of the calls in a file, each finding once."""
    spec = importlib.util.spec_from_file_location("check_calls", SHARED / "slack" / "check_calls.py")
    assert spec is not None
    assert spec.loader is not None
    checks = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(checks)
    scopes = manifest()["oauth_config"]["scopes"]["bot"]
    findings = [f"{call['method']}: {said}" for call in calls_in(path) for said in checks.check_call(call, scopes)]
    return list(dict.fromkeys(findings))
