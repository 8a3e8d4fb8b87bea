"""What is installed is whole: the files beside the code are packed with it."""

import subprocess
import tomllib
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def test_every_file_beside_the_code_is_packed() -> None:
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    listed = ["git", "ls-files", "bot", "handlers", "db", "templates"]
    files = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()  # noqa: S603 - our own words

    left_out = [
        file
        for file in files
        if not file.endswith(".py") and not any(fnmatch(file, name) for name in patterns["package-data"]["*"])
    ]

    assert files
    assert left_out == []
