"""The manifest that is pasted into Slack is the one that the code declares."""

import json
from pathlib import Path

from handlers.manifest import manifest


def test_the_manifest_in_the_repository_is_the_declared_one() -> None:
    stored = Path(__file__).parents[2] / "manifest.json"

    assert stored.read_text(encoding="utf-8") == json.dumps(manifest(), indent=2) + "\n", "run: make manifest"
