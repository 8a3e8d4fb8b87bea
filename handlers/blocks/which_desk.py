"""For which desk links of a direct message are, where their sender is in several."""

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, InteractiveElement

from bot.ports import DirectLinks
from bot.render import Renderer, without_emphasis
from handlers.blocks.words import plain, sections

CHOOSE = "take_links_for_desk"
_MOST = 25
"""Buttons that a row holds."""


def which_desk_blocks(links: DirectLinks, render: Renderer) -> tuple[str, list[Block]]:
    """The question with a button for each desk, or what was answered."""
    words = render.message("which_desk", links=links)
    blocks: list[Block] = [*sections(words)]
    if links.desk_id is None and links.newest.links:
        elements: list[InteractiveElement] = [
            ButtonElement(
                text=plain(f"#{desk.name}"),
                action_id=f"{CHOOSE}:{place}",
                value=f"{desk.id}:{links.channel}/{links.message}",
            )
            for place, desk in enumerate(links.desks[:_MOST])
        ]
        blocks.append(ActionsBlock(elements=elements))
    return without_emphasis(words), blocks


def desk_and_message(value: str) -> tuple[int, str, str]:
    """`3:D012ANA/1610360000.000100` as desk, channel and message."""
    desk, _, place = value.partition(":")
    channel, _, message = place.partition("/")
    return int(desk), channel, message
