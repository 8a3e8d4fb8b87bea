"""Reads stored pages by the line: a request of JSON in, an answer of JSON out, in order."""

import gzip
import json
import sys
import zlib
from collections.abc import Iterable
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TextIO

from bot.extract.opening import PageOpener
from bot.extract.page import Extract

_UNPACKED = 20_000_000
"""Bytes that a packed page may unpack to."""


def answer_lines(lines: Iterable[str], out: TextIO, trouble: TextIO, reader: PageOpener | None = None) -> int:
    """Answer each line; one that cannot be read is answered with nulls and named on `trouble`; returns their number.

    Answers are ASCII: they survive every locale, and half a character in a page cannot stop the lines after it.
    """
    if isinstance(lines, TextIOWrapper):
        lines.reconfigure(encoding="utf-8", errors="surrogateescape")
    reader = reader or PageOpener()
    broken = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        identity: object = None
        answer = _answer(Extract())
        try:
            request = _request(line)
            identity = request.get("id")
            url = _url(request)
            answer = _answer(reader.read(_stored(Path(request["html_path"])), url))
        except (ValueError, LookupError, TypeError, OSError, EOFError, RecursionError, zlib.error) as reason:
            broken += 1
            trouble.write(f"line {number}: {type(reason).__name__}: {ascii(str(reason))[1:-1]}\n")
        out.write(json.dumps({"id": identity} | answer) + "\n")
        out.flush()
    return broken


def _request(line: str) -> dict[str, Any]:
    request = json.loads(line)
    if not isinstance(request, dict):
        raise TypeError("a line is an object with id, url and html_path")
    return request


def _url(request: dict[str, Any]) -> str | None:
    url = request.get("url")
    if not isinstance(url, str | None):
        raise TypeError("url is a text or null")
    return url


def _answer(extract: Extract) -> dict[str, object]:
    return {
        "title": extract.title,
        "date": extract.likeliest_day and extract.likeliest_day.isoformat(),
        "source": extract.source,
        "author": extract.author,
        "lang": extract.language,
        "description": extract.summary or extract.lead,
    }


def _stored(path: Path) -> bytes:
    if path.suffix != ".gz":
        return path.read_bytes()
    with gzip.open(path) as packed:
        return packed.read(_UNPACKED)


if __name__ == "__main__":
    sys.exit(1 if answer_lines(sys.stdin, sys.stdout, sys.stderr) else 0)
