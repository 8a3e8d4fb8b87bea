"""What the app wants said: text and blocks, checked as Slack checks them."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.block_kit import with_ids
from bot.sandbox.limits import MARKDOWN_CHARACTERS, TEXT, is_too_long, message_refusals
from bot.sandbox.records import Refusal


def content_of(args: Mapping[str, Any]) -> tuple[str, list[dict[str, Any]]]:
    """Text and blocks of a message, the blocks with ids.

    Raises:
        Refusal: as Slack would refuse them.
    """
    text, blocks = str(args.get("text") or ""), args.get("blocks") or []
    markdown = str(args.get("markdown_text") or "")
    if markdown and (text or blocks):
        raise Refusal("markdown_text_conflict")
    if not isinstance(blocks, list):
        raise Refusal("invalid_blocks_format")
    refusals = message_refusals(blocks)
    if refusals:
        messages = [f"[ERROR] {reason}" for reason in refusals]
        raise Refusal("invalid_blocks", {"errors": refusals, "response_metadata": {"messages": messages}})
    if is_too_long(blocks):
        raise Refusal("msg_blocks_too_long")
    if not text and not markdown and not blocks and not args.get("attachments"):
        raise Refusal("no_text")
    if len(text) > TEXT or len(markdown) > MARKDOWN_CHARACTERS:
        raise Refusal("msg_too_long")
    return text or markdown, with_ids(blocks)
