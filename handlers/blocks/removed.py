"""What is said in private of filed items whose link is in its message no more."""

from collections.abc import Sequence

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from bot.desk.views import ItemAndIssue
from bot.editorial.item import ItemState
from bot.render import Renderer, without_emphasis
from handlers.blocks.card import MORE
from handlers.blocks.words import plain, sections


def removed_blocks(held: Sequence[ItemAndIssue], render: Renderer) -> tuple[str, list[Block]]:
    """Whoever took the link out is asked whether the item goes, too; nothing happens unless they say so."""
    words = render.message("link_removed", held=held)
    blocks: list[Block] = list(sections(words))
    if len(held) == 1 and held[0].item.state is ItemState.FILED:
        label = plain(render.label("more.spike"))
        spike = ButtonElement(text=label, action_id=MORE, value=f"{held[0].item.id}:spike")
        blocks.append(ActionsBlock(elements=[spike]))
    return without_emphasis(words), blocks


def deleted_blocks(held: Sequence[ItemAndIssue], render: Renderer) -> tuple[str, list[Block]]:
    words = render.message("source_deleted", held=held)
    return without_emphasis(words), list(sections(words))
