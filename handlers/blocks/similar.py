"""What can be done with an item that tells the same story as another; nothing has to be."""

from slack_sdk.models.blocks import ButtonElement, InteractiveElement

from bot.editorial.item import Item
from bot.render import Renderer
from handlers.blocks.words import plain

KEEP_BOTH = "keep_both_items"
REPLACE = "replace_other_item"
SECOND_SOURCE = "make_second_source"


def choices(item: Item, other: Item, render: Renderer) -> list[InteractiveElement]:
    """A button names both items: what was seen is what is clicked on, whatever the card says by then."""
    value = f"{item.id}:{other.id}"
    labels = ((KEEP_BOTH, "similar.keep_both"), (REPLACE, "similar.replace"), (SECOND_SOURCE, "similar.second_source"))
    return [ButtonElement(text=plain(render.label(label)), action_id=action, value=value) for action, label in labels]
