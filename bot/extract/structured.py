"""What a page says of itself in JSON-LD: the node that is the article, with bounded depth and tolerance for slips."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml.html import HtmlElement

from bot.extract.text import folded

_DEPTH = 12
_NODES = 500
_ARTICLES = re.compile(r"(Article|BlogPosting|Report|LiveBlogPosting|VideoObject|SocialMediaPosting)$")
_WRAPPING = re.compile(r"^((<!--|//<!\[CDATA\[|/\*.*?\*/)\s*)+|(-->|//\]\]>)$", re.DOTALL)
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_OTHERS = frozenset(
    {
        "itemListElement", "hasPart", "mentions", "citation", "subjectOf", "isBasedOn", "relatedLink", "review",
        "comment", "liveBlogUpdate", "significantLink", "workExample", "about",
    }
)  # fmt: skip
"""Properties that lead to other articles: what they say is not said of this page."""


def article_node(tree: HtmlElement, titles: Sequence[str] = ()) -> Mapping[str, Any]:
    """The node of the page that is its article, else an empty one; references by `@id` are resolved.

    Where several could be, the one whose headline is among the `titles` of the page, else the first.
    """
    nodes = list(_nodes(tree))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    articles = [
        node
        for node in nodes
        if any(_ARTICLES.search(kind) for kind in _texts(node.get("@type")))
        and ("headline" in node or "datePublished" in node)
    ]
    known = [folded(title) for title in titles]
    own = [node for node in articles if (said := folded(text_in(node.get("headline")) or "")) and _among(said, known)]
    for node in (own or articles)[:1]:
        return {name: _resolved(value, by_id) for name, value in node.items()}
    return {}


def names_in(value: Any, depth: int = 0) -> tuple[str, ...]:  # noqa: ANN401 - JSON
    """The names in an author or publisher: a text, a node, or a list of either."""
    if isinstance(value, str):
        return (value,) if value.strip() and not value.startswith(("http://", "https://")) else ()
    if depth > _DEPTH:
        return ()
    if isinstance(value, Mapping):
        return names_in(value.get("name"), depth + 1)
    if isinstance(value, list):
        return tuple(dict.fromkeys(name for each in value for name in names_in(each, depth + 1)))
    return ()


def text_in(value: Any) -> str | None:  # noqa: ANN401 - JSON
    """The first text of a value."""
    return next(iter(_texts(value)), None)


def without_scripts(tree: HtmlElement) -> HtmlElement:
    """The tree without its JSON-LD, which is read here, with bounds, and by nobody else."""
    for script in [each for each in tree.iter("script") if _is_json_ld(each)]:
        script.drop_tree()
    return tree


def _nodes(tree: HtmlElement) -> Iterator[Mapping[str, Any]]:
    count = 0
    for script in tree.iter("script"):
        if not _is_json_ld(script):
            continue
        for node in _walk(_parsed(script.text_content() or ""), 0):
            yield node
            count += 1
            if count >= _NODES:
                return


def _is_json_ld(script: HtmlElement) -> bool:
    return str(script.get("type") or "").strip().lower().startswith("application/ld+json")


def _parsed(text: str) -> Any:  # noqa: ANN401 - JSON
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", _WRAPPING.sub("", text.strip()))):
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
        for name, child in value.items():
            if isinstance(child, Mapping | list) and name not in _OTHERS:
                yield from _walk(child, depth + 1)
    elif isinstance(value, list):
        for child in value:
            yield from _walk(child, depth + 1)


def _resolved(value: Any, by_id: Mapping[str, Mapping[str, Any]], depth: int = 0) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, Mapping) and set(value) == {"@id"}:
        return by_id.get(str(value["@id"]), value)
    if isinstance(value, list) and depth <= _DEPTH:
        return [_resolved(each, by_id, depth + 1) for each in value]
    return value


def _among(said: str, titles: Sequence[str]) -> bool:
    return any(said in title or (title and title in said) for title in titles)


def _texts(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - JSON
    if isinstance(value, str):
        return (value,)
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()
