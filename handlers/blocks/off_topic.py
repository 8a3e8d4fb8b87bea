"""What a member is asked who adds a link that does not look like news."""

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from bot.editorial.off_topic import OffTopic
from bot.render import Renderer, without_emphasis
from handlers.blocks.whole_text import whole_text
from handlers.blocks.words import plain, sections

ADD_ANYWAY = "add_anyway"
_VALUE_LIMIT = 2000


def off_topic_blocks(looks_like: OffTopic, link: str, render: Renderer) -> tuple[str, list[Block]]:
    """The question, and a button where the address fits into one."""
    words = render.message("off_topic", looks_like=looks_like)
    blocks: list[Block] = list(sections(words))
    if len(link) <= _VALUE_LIMIT:
        label = plain(render.label("off_topic.add_anyway"))
        blocks.append(ActionsBlock(elements=[ButtonElement(text=label, action_id=ADD_ANYWAY, value=link)]))
    return whole_text(without_emphasis(words), blocks, render), blocks
