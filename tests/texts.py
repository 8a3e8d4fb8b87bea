"""Whether each message that the bot posted says in its `text` what its blocks show."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_POSTS = frozenset({"chat.postMessage", "chat.update", "chat.postEphemeral"})
_LINK = re.compile(r"<[^|>]*\|([^>]*)>")
_FIGURE = re.compile(r"\b\d+ of \d+\b|\b\d+(?:\.\d+)? %|\b\d+ items?\b|\b\d{1,2} [A-Z][a-z]{2} \d{4}\b")
_CUT = "…"
"""A text that is too long ends so: what is missing in it was cut."""


def thin_texts(method: str, args: Mapping[str, Any]) -> Iterator[str]:
    """What stands in the blocks of a message and not in its text: titles, figures, and what can be pressed."""
    blocks = json.loads(args["blocks"]) if isinstance(args.get("blocks"), str) else args.get("blocks")
    if method not in _POSTS or not blocks:
        return
    text = str(args.get("text") or "")
    if text.endswith(_CUT):
        return
    for said in map(_unmarked, _essential(blocks)):
        if said and said not in _unmarked(text):
            yield f"text lacks {said!r}: {text[:120]!r}"


def _essential(blocks: list[Mapping[str, Any]]) -> Iterator[str]:
    for block in blocks:
        if block["type"] == "section" and block.get("text", {}).get("type") == "mrkdwn":
            words = block["text"]["text"]
            yield from _LINK.findall(words)
            yield from _FIGURE.findall(_LINK.sub(r"\1", words).replace("*", ""))
        if block["type"] == "actions":
            yield from (_escaped(each["text"]["text"]) for each in block["elements"] if each["type"] == "button")


def _unmarked(words: str) -> str:
    """Without the spaces of no width that keep marks in words from elsewhere from being any."""
    return words.replace("\u200b", "")


def _escaped(label: str) -> str:
    return label.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
