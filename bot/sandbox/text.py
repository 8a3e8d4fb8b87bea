"""Message text as the workspace carries it: what a person typed, escaped, with its links marked."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

_PIECE = re.compile(
    r"\[(?P<label>[^\]]+)\]\((?P<target>https?://[^\s)]+)\)|(?P<url>https?://[^\s<>]+)|@(?P<name>[\w.-]+)"
)
_CLOSING = ".,;:!?)'\""


def typed(text: str, user_id: Callable[[str], str | None]) -> tuple[str, list[dict[str, Any]]]:
    """Turn what a person typed into message text and its `rich_text` block.

    Bare URLs and `[label](url)` become links, `@name` of somebody known a mention; `&`, `<` and `>` are escaped.
    """
    words, elements, position = "", [], 0
    for found in _PIECE.finditer(text):
        start, end = found.span()
        url, tail = found["target"] or found["url"], ""
        mentioned = user_id(found["name"]) if found["name"] else None
        if found["name"] and mentioned is None:
            continue
        if found["url"]:
            url = found["url"].rstrip(_CLOSING)
            tail = found["url"][len(url) :]
        before = text[position:start]
        words += escape(before)
        elements += _plain(before)
        if mentioned is not None:
            words += f"<@{mentioned}>"
            elements.append({"type": "user", "user_id": mentioned})
        else:
            label = found["label"]
            words += f"<{escape(url)}|{escape(label)}>" if label else f"<{escape(url)}>"
            elements.append({"type": "link", "url": url} | ({"text": label} if label else {}))
        words += escape(tail)
        elements += _plain(tail)
        position = end
    words += escape(text[position:])
    elements += _plain(text[position:])
    return words, [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}]


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def visible(message: Mapping[str, Any]) -> str:
    """Everything that a reader sees of a message or view: its blocks, or its text where it has none."""
    blocks = message.get("blocks") or []
    pieces = list(_texts(blocks)) if blocks else [str(message.get("text") or "")]
    return "\n".join(unmarked(piece) for piece in pieces)


def unmarked(text: str) -> str:
    """Slack's markup as it is read: labels of links, no stars, entities decoded."""
    text = re.sub(r"<([^>|]+)\|([^>]*)>", r"\2", text)
    text = re.sub(r"<([^>]+)>", r"\1", text)
    text = re.sub(r"(?<!\w)\*(\S(?:[^*\n]*\S)?)\*(?!\w)", r"\1", text).replace("\u200b", "")
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def elements_of(message: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """The interactive elements of a message or view, each with its block."""
    for block in message.get("blocks") or []:
        for element in (*block.get("elements", ()), block.get("accessory"), block.get("element")):
            if isinstance(element, Mapping) and element.get("action_id"):
                yield block, element


def options_of(element: Mapping[str, Any]) -> list[dict[str, Any]]:
    grouped = [option for group in element.get("option_groups") or () for option in group["options"]]
    return grouped or list(element.get("options") or ())


def _plain(text: str) -> list[dict[str, Any]]:
    return [{"type": "text", "text": text}] if text else []


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, child in value.items():
            if key in {"text", "label", "title", "placeholder", "url"} and isinstance(child, str):
                if key != "url" or (value.get("type") == "link" and "text" not in value):
                    yield child
            elif key not in {"value", "action_id", "block_id"}:
                yield from _texts(child)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for child in value:
            yield from _texts(child)
