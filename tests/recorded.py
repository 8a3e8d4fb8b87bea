"""Calls of Slack's API that were recorded, checked against what Slack documents."""

import importlib.util
import json
import re
from pathlib import Path
from typing import Any

from handlers.manifest import manifest

_LONG_NUMBER = re.compile(r"\d{5,}(?:\.\d{6})?")

SHARED = Path(__file__).parent.parent.parent / "shared"


def calls_in(path: Path) -> list[dict[str, Any]]:
    """The calls in a file; of those that differ in ports and in the time of messages alone one stands for all."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in {_LONG_NUMBER.sub("0", line): line for line in lines}.values()]


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
