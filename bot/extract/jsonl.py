"""Reads stored pages by the line: a request of JSON in, an answer of JSON out, in order."""

import gzip
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import urlsplit

from bot.extract.article import ArticleReader
from bot.extract.outlets import Registry, load_registry
from bot.extract.page import Extract


def answer_lines(lines: Iterable[str], out: TextIO, trouble: TextIO) -> int:
    """Answer each line; one that cannot be read is answered with nulls and named on `trouble`; returns their number."""
    reader, registry = ArticleReader(), load_registry()
    broken = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        request: dict[str, Any] = {}
        extract = Extract()
        try:
            request = json.loads(line)
            extract = reader.read(_stored(Path(request["html_path"])), request.get("url"))
        except (ValueError, KeyError, TypeError, OSError) as reason:
            broken += 1
            trouble.write(f"line {number}: {type(reason).__name__}: {reason}\n")
        identity = request.get("id") if isinstance(request, dict) else None
        url = request.get("url") if isinstance(request, dict) else None
        out.write(json.dumps(_answer(identity, extract, _cited(registry, url)), ensure_ascii=False) + "\n")
        out.flush()
    return broken


def _answer(identity: object, extract: Extract, cited: str | None) -> dict[str, object]:
    return {
        "id": identity,
        "title": extract.title,
        "date": extract.published_on and extract.published_on.isoformat(),
        "source": cited or extract.source,
        "author": extract.author,
        "lang": extract.language,
        "description": extract.summary,
    }


def _cited(registry: Registry, url: str | None) -> str | None:
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    outlet = registry.find(host) if host else None
    return outlet.name if outlet is not None else None


def _stored(path: Path) -> bytes:
    body = path.read_bytes()
    return gzip.decompress(body) if path.suffix == ".gz" else body


if __name__ == "__main__":
    sys.exit(1 if answer_lines(sys.stdin, sys.stdout, sys.stderr) else 0)
