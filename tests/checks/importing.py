"""Imports every module of the project and prints, as a line of JSON, what each did beside being there.

Run in a fresh interpreter: `python -B -m tests.checks.importing`.
"""

import importlib
import json
import logging
import pkgutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

_EFFECTS = frozenset(
    {
        "_thread.start_new_thread",
        "os.mkdir",
        "os.putenv",
        "os.remove",
        "os.rename",
        "os.system",
        "socket.bind",
        "socket.connect",
        "socket.getaddrinfo",
        "sqlite3.connect",
        "subprocess.Popen",
    }
)
_WRITING = frozenset("wax+")
_ROOT = str(Path(__file__).parents[2])
_seen: list[str] = []


def _note(event: str, given: tuple[Any, ...]) -> None:
    written = event == "open" and isinstance(given[1], str) and _WRITING & set(given[1])
    if (written or event in _EFFECTS) and _is_ours():
        _seen.append(f"{event} {given[0]}")


def _is_ours() -> bool:
    """Whether code of the project asked for it, rather than a package that it imports."""
    frame: FrameType | None = sys._getframe(2)  # noqa: SLF001 - the documented way to the caller
    while frame is not None and "importlib" not in frame.f_code.co_filename:
        if frame.f_code.co_filename.startswith(_ROOT) and "/.venv/" not in frame.f_code.co_filename:
            return True
        frame = frame.f_back
    return False


def _modules() -> Iterator[str]:
    for name in ("bot", "handlers", "db"):
        yield name
        package = importlib.import_module(name)
        yield from (found.name for found in pkgutil.walk_packages(package.__path__, f"{name}."))


def main() -> None:
    sys.addaudithook(_note)
    root = logging.getLogger()
    found: dict[str, list[str]] = {}
    for name in _modules():
        before = (threading.active_count(), list(root.handlers), root.level)
        importlib.import_module(name)
        if (threading.active_count(), list(root.handlers), root.level) != before:
            _seen.append("threads or the root logger changed")
        found[name] = _seen[:]
        _seen.clear()
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
