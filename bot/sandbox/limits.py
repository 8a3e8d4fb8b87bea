"""What Slack refuses in a message, a modal or a home: shapes, lengths, counts, and ids that stand twice."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.sandbox.block_kit import EVERYWHERE, MESSAGES_ONLY, plain
from bot.sandbox.shapes import Rule, anything, by_type, fault, flag, many, string, thing

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MESSAGE_CHARACTERS = 13_000
MARKDOWN_CHARACTERS = 12_000
TEXT = 40_000
VIEW_BYTES = 250_000

_IN_MESSAGE = many(by_type({**EVERYWHERE, **MESSAGES_ONLY}), MESSAGE_BLOCKS, least=0)
_SHARED: Mapping[str, Rule] = {
    "private_metadata": string(3000),
    "callback_id": string(255),
    "external_id": string(255),
}
_BLOCKS = many(by_type(EVERYWHERE), VIEW_BLOCKS)
_VIEW = by_type(
    {
        "modal": thing(
            {"type": anything, "title": plain(24), "blocks": _BLOCKS},
            {
                **_SHARED,
                "submit": plain(24),
                "close": plain(24),
                "clear_on_close": flag,
                "notify_on_close": flag,
                "submit_disabled": flag,
            },
        ),
        "home": thing({"type": anything, "blocks": _BLOCKS}, _SHARED),
    }
)


def message_refusals(blocks: Sequence[Mapping[str, Any]]) -> list[str]:
    """Why these blocks would be refused in a message; empty where they would not."""
    found = list(_IN_MESSAGE(blocks, "/blocks"))
    return found or list(_standing_twice(blocks, "/blocks"))


def view_refusals(view: Mapping[str, Any]) -> list[str]:
    """Why a modal or home would be refused."""
    found = list(_VIEW(view, "/view"))
    if found:
        return found
    blocks = view["blocks"]
    found += _standing_twice(blocks, "/view/blocks")
    if view["type"] == "modal" and not view.get("submit") and any(block["type"] == "input" for block in blocks):
        found.append(fault("missing required field: submit", "/view"))
    if sum(_is_focused(block) for block in blocks) > 1:
        found.append(fault("only one element may have focus_on_load", "/view/blocks"))
    return found


def is_too_large(view: Mapping[str, Any]) -> bool:
    return len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES


def is_too_long(blocks: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the texts of all blocks of a message are too long together."""
    markdown = sum(len(str(block.get("text"))) for block in blocks if block.get("type") == "markdown")
    return markdown > MARKDOWN_CHARACTERS or sum(len(text) for text in _all_texts(blocks)) > MESSAGE_CHARACTERS


def _standing_twice(blocks: Sequence[Mapping[str, Any]], where: str) -> Iterator[str]:
    seen: set[str] = set()
    for place, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id in seen:
            yield fault(f"`block_id` already exists: {block_id}", f"{where}/{place}/block_id")
        if block_id is not None:
            seen.add(block_id)
        if block["type"] == "actions":
            yield from _actions_standing_twice(block["elements"], f"{where}/{place}/elements")


def _actions_standing_twice(elements: Sequence[Mapping[str, Any]], where: str) -> Iterator[str]:
    seen: set[str] = set()
    for place, element in enumerate(elements):
        action_id = element.get("action_id")
        if action_id in seen:
            yield fault(f"`action_id` already exists: {action_id}", f"{where}/{place}/action_id")
        if action_id is not None:
            seen.add(action_id)


def _is_focused(block: Mapping[str, Any]) -> bool:
    parts = (block.get("element"), block.get("accessory"), *block.get("elements", ()))
    return any(isinstance(part, Mapping) and part.get("focus_on_load") for part in parts)


def _all_texts(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, child in value.items():
            if key == "text" and isinstance(child, str):
                yield child
            else:
                yield from _all_texts(child)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for child in value:
            yield from _all_texts(child)
