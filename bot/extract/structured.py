"""What a page says of itself in JSON-LD: the node that is the article, with bounded depth and tolerance for slips."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml.html import HtmlElement

_DEPTH = 12
_NODES = 500
_ARTICLES = re.compile(r"(Article|BlogPosting|Report|LiveBlogPosting|VideoObject|SocialMediaPosting)$")
_COMMENT = re.compile(r"^\s*(<!--|//<!\[CDATA\[|/\*.*?\*/)|(-->|//\]\]>)\s*$", re.DOTALL)
_TRAILING_COMMA = re.compile(r",\s*([}\]])")


def article_node(tree: HtmlElement) -> Mapping[str, Any]:
    """The first node of the page that is an article, else an empty one; references by `@id` are resolved."""
    nodes = list(_nodes(tree))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    for node in nodes:
        if any(_ARTICLES.search(kind) for kind in _texts(node.get("@type"))) and (
            "headline" in node or "datePublished" in node
        ):
            return {name: _resolved(value, by_id) for name, value in node.items()}
    return {}


def names_in(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - JSON
    """The names in an author or publisher: a text, a node, or a list of either."""
    if isinstance(value, str):
        return (value,) if value.strip() and not value.startswith(("http://", "https://")) else ()
    if isinstance(value, Mapping):
        return names_in(value.get("name"))
    if isinstance(value, list):
        return tuple(dict.fromkeys(name for each in value for name in names_in(each)))
    return ()


def text_in(value: Any) -> str | None:  # noqa: ANN401 - JSON
    """The first text of a value."""
    return next(iter(_texts(value)), None)


def _nodes(tree: HtmlElement) -> Iterator[Mapping[str, Any]]:
    count = 0
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        document = _parsed(script.text_content() or "")
        for node in _walk(document, 0):
            yield node
            count += 1
            if count >= _NODES:
                return


def _parsed(text: str) -> Any:  # noqa: ANN401 - JSON
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", _COMMENT.sub("", text))):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _walk(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - JSON
    if depth > _DEPTH:
        return
    if isinstance(value, Mapping):
        yield value
        for child in value.values():
            if isinstance(child, Mapping | list):
                yield from _walk(child, depth + 1)
    elif isinstance(value, list):
        for child in value:
            yield from _walk(child, depth + 1)


def _resolved(value: Any, by_id: Mapping[str, Mapping[str, Any]]) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, Mapping) and set(value) == {"@id"}:
        return by_id.get(str(value["@id"]), value)
    if isinstance(value, list):
        return [_resolved(each, by_id) for each in value]
    return value


def _texts(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - JSON
    if isinstance(value, str):
        return (value,)
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()
