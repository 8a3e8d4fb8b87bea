"""What a member is told in private whose link the issue has already."""

from collections.abc import Sequence

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from bot.desk.views import ItemAndIssue
from bot.render import Renderer
from handlers.blocks.words import plain, sections

ADD_NOTE = "add_note"
OPEN_PAGE = "open_page"


def duplicate_blocks(held: Sequence[ItemAndIssue], render: Renderer) -> tuple[str, list[Block]]:
    """Who brought each page and where it stands; one duplicate can be opened and noted upon."""
    words = render.message("duplicate", held=held, zone=held[0].house.calendar.zone)
    blocks: list[Block] = list(sections(words))
    if len(held) == 1:
        item = held[0].item
        blocks.append(
            ActionsBlock(
                elements=[
                    ButtonElement(text=plain(render.label("duplicate.open")), action_id=OPEN_PAGE, url=item.url),
                    ButtonElement(text=plain(render.label("more.note")), action_id=ADD_NOTE, value=str(item.id)),
                ]
            )
        )
    return render.message("duplicate_text", held=held), blocks
