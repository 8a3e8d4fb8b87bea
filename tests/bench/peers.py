"""Other extractors behind the same lines as `vric extract --jsonl`: python -m tests.bench.peers NAME."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

Answer = dict[str, str | None]


def main() -> None:
    read = {"trafilatura": _trafilatura, "htmldate": _htmldate, "extruct": _extruct}[sys.argv[1]]()
    for line in sys.stdin:
        request = json.loads(line)
        page = Path(request["html_path"]).read_bytes()
        try:
            answer = read(page, request["url"])
        except Exception as reason:  # noqa: BLE001 - whatever a peer raises is its answer to this page
            answer = {"trouble": type(reason).__name__}
        sys.stdout.write(json.dumps({"id": request["id"]} | answer) + "\n")
        sys.stdout.flush()


def _trafilatura() -> Callable[[bytes, str | None], Answer]:
    from trafilatura.metadata import extract_metadata  # noqa: PLC0415 - each peer pays for its own libraries
    from trafilatura.utils import load_html  # noqa: PLC0415 - the same

    def read(page: bytes, url: str | None) -> Answer:
        found = extract_metadata(load_html(page), default_url=url)
        return {
            "title": found.title,
            "date": found.date,
            "source": found.sitename,
            "author": found.author,
            "description": found.description,
        }

    return read


def _htmldate() -> Callable[[bytes, str | None], Answer]:
    from htmldate import find_date  # noqa: PLC0415 - the same

    def read(page: bytes, url: str | None) -> Answer:
        return {"date": find_date(page, url=url, original_date=True)}

    return read


def _extruct() -> Callable[[bytes, str | None], Answer]:
    from extruct import extract  # noqa: PLC0415 - the same

    def read(page: bytes, url: str | None) -> Answer:
        syntaxes = ["json-ld", "opengraph", "microdata"]
        found = extract(
            page.decode("utf-8", errors="replace"), base_url=url, syntaxes=syntaxes, errors="ignore", uniform=True
        )
        nodes = [node for syntax in syntaxes for node in found.get(syntax, ()) if isinstance(node, dict)]
        return {
            "title": _first(nodes, "headline", "og:title"),
            "date": (_first(nodes, "datePublished", "article:published_time") or "")[:10] or None,
            "source": _first(nodes, "publisher", "og:site_name"),
            "author": _first(nodes, "author"),
            "description": _first(nodes, "description", "og:description"),
        }

    return read


def _first(nodes: list[dict[str, Any]], *names: str) -> str | None:
    for name in names:
        for node in nodes:
            value = node.get(name)
            value = value[0] if isinstance(value, list) and value else value
            value = value.get("name") if isinstance(value, dict) else value
            if isinstance(value, str) and value.strip():
                return value
    return None


if __name__ == "__main__":
    main()
