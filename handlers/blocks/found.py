"""What was found in all issues, for whoever asked."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.desk.views import Found
from bot.render import Renderer, without_emphasis
from handlers.blocks.words import TEXT_LIMIT, marked, one_message, sections


def found_blocks(found: Found, permalinks: Sequence[str | None], render: Renderer) -> tuple[str, list[Block]]:
    """The answer; `permalinks` lead to the messages that the items came from, None where there is none."""
    words = render.message("find", f=found, rows=list(zip(found.items, permalinks, strict=True)))
    return marked(without_emphasis(words), TEXT_LIMIT), one_message(sections(words), render)
