"""What a page says of itself in JSON-LD: the node that is its article, with references resolved and bounded depth."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from rapidfuzz import fuzz

from bot.extract.repair import loads
from bot.extract.text import folded

Node = Mapping[str, Any]

_DEPTH = 12
_NODES = 500
_OWN_LISTS = ("@graph", "mainEntity", "mainEntityOfPage")
_OWN_DEPTH = 6
_OWN_NODES = 200
_ARTICLE = re.compile(r"(Article|BlogPosting|Report|LiveBlogPosting|SocialMediaPosting)$")
_LIKE_ARTICLE = re.compile(
    r"(VideoObject|PodcastEpisode|Recipe|HowTo|Review|WebPage|AudioObject|Product|CreativeWork|Dataset)$"
)
_OTHERS = frozenset(
    {
        "itemListElement", "hasPart", "mentions", "citation", "subjectOf", "isBasedOn", "relatedLink", "review",
        "comment", "liveBlogUpdate", "significantLink", "workExample", "about",
    }
)  # fmt: skip
"""Properties that lead to other articles: what they say is not said of this page."""

_COMPARED = 400
_TITLES = 8
_SAME_HEADLINE = 80
"""Likeness, of 100, from which two headlines are one."""


@dataclass(frozen=True, slots=True)
class Structured:
    """The article's node, empty where there is none, all nodes of the page, and those that speak of the page itself."""

    article: Node = field(default_factory=dict)
    nodes: tuple[Node, ...] = ()
    own: tuple[Node, ...] = ()

    def of_type(self, *types: str) -> Iterator[Node]:
        """The nodes of some types."""
        return (node for node in self.nodes if not set(types).isdisjoint(texts_in(node.get("@type"))))


def read_structured(scripts: Sequence[str], titles: Sequence[str] = (), url: str | None = None) -> Structured:
    """Read the JSON-LD of a page.

    Where several nodes could be its article: the one that names its address, else the one whose headline is among the
    `titles` of the page, else the first; an article before a video or a mere page.
    """
    values = [loads(script) for script in scripts]
    nodes = tuple(islice(_walk(values, -1), _NODES))
    own = tuple(islice(_own(values, -1), _OWN_NODES))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    known = [folded(title[:_COMPARED]) for title in titles[:_TITLES] if title]
    best: Node | None = None
    best_score = 0.0
    for node in nodes:
        score = _likeness(node, known, url)
        if score > best_score:
            best, best_score = node, score
    if best is None:
        return Structured(nodes=nodes, own=own)
    return Structured({name: _resolved(value, by_id) for name, value in best.items()}, nodes, own)


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
    return next(iter(texts_in(value)), None)


def texts_in(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - JSON
    """The texts of a value that may be one or a list."""
    if isinstance(value, str):
        return (value,)
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def _likeness(node: Node, titles: Sequence[str], url: str | None) -> float:
    """How far a node is the article of its page: 0 is not at all."""
    types = texts_in(node.get("@type"))
    is_article = any(_ARTICLE.search(kind) for kind in types)
    if not is_article and not any(_LIKE_ARTICLE.search(kind) for kind in types):
        return 0
    headline = text_in(node.get("headline")) or (None if is_article else text_in(node.get("name")))
    if headline is None and "datePublished" not in node:
        return 0
    score = 2.0 if is_article else 0.5
    score += 0.1 * ("datePublished" in node) + 0.1 * ("author" in node)
    if headline and titles:
        said = folded(headline[:_COMPARED])
        if any(_is_same(said, title) for title in titles):
            score += 3
        elif is_article:
            score -= 1.5
    if url and _names(node, url):
        score += 1
    return score


def _is_same(said: str, title: str) -> bool:
    if not said or not title:
        return False
    return said in title or title in said or fuzz.ratio(said, title) >= _SAME_HEADLINE


def _names(node: Node, url: str) -> bool:
    main = node.get("mainEntityOfPage")
    named = (node.get("url"), main.get("@id") if isinstance(main, Mapping) else main, node.get("@id"))
    path = _path(url)
    return any(isinstance(each, str) and _path(each) == path for each in named) if path else False


def _path(url: str) -> str:
    return re.sub(r"^https?://[^/]*|[?#].*$", "", url).rstrip("/")


def _walk(value: Any, depth: int) -> Iterator[Node]:  # noqa: ANN401 - JSON
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


def _own(value: Any, depth: int) -> Iterator[Node]:  # noqa: ANN401 - JSON
    """The nodes that speak of the page itself, not of what it lists or mentions."""
    if depth > _OWN_DEPTH:
        return
    if isinstance(value, Mapping):
        yield value
        for name in _OWN_LISTS:
            yield from _own(value.get(name), depth + 1)
    elif isinstance(value, list):
        for each in value:
            yield from _own(each, depth + 1)


def _resolved(value: Any, by_id: Mapping[str, Node], depth: int = 0) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, Mapping) and "name" not in value and isinstance(value.get("@id"), str):
        return by_id.get(value["@id"], value)
    if isinstance(value, list) and depth <= _DEPTH:
        return [_resolved(each, by_id, depth + 1) for each in value]
    return value
