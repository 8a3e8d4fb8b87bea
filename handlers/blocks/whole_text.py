"""What a message says to those who do not see its blocks: a notification, a screen reader, a search."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    MarkdownTextObject,
    SectionBlock,
    StaticSelectElement,
)

from bot.render import Renderer, without_addresses, without_emphasis
from handlers.blocks.words import TEXT_LIMIT, marked


def whole_text(text: str, blocks: Sequence[Block], render: Renderer) -> str:
    """The essential first, as a phone shows no more; then every line of the blocks, and what can be pressed."""
    said = [text]
    for line in _lines(blocks):
        if line.strip() and line not in said[0] and line not in said:
            said.append(line)
    choices = list(dict.fromkeys(_choices(blocks)))
    if choices:
        said.append(render.message("choices", labels=choices))
    return marked("\n".join(said), TEXT_LIMIT)


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        texts = (
            [block.text]
            if isinstance(block, SectionBlock)
            else block.elements
            if isinstance(block, ContextBlock)
            else []
        )
        for each in texts:
            if isinstance(each, MarkdownTextObject):
                yield from without_addresses(without_emphasis(each.text)).splitlines()


def _choices(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        for each in block.elements if isinstance(block, ActionsBlock) else ():
            label = (
                each.text
                if isinstance(each, ButtonElement)
                else (each.placeholder if isinstance(each, StaticSelectElement) else None)
            )
            if label is not None:
                yield label.text
