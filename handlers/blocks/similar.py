"""What can be done with an item that may tell the same story as another; nothing has to be."""

from collections.abc import Sequence

from slack_sdk.models.blocks import ButtonElement, InteractiveElement

from bot.desk.views import Company
from bot.editorial.item import Item
from bot.render import Renderer
from handlers.blocks.words import plain

KEEP_BOTH = "keep_both_items"
REPLACE = "replace_other_item"
SECOND_SOURCE = "make_second_source"
NEW_ITEM = "keep_as_new_item"

_OF_SIMILAR = (
    (KEEP_BOTH, "similar.keep_both"),
    (REPLACE, "similar.replace"),
    (SECOND_SOURCE, "similar.second_source"),
)
_OF_REPLIES = ((SECOND_SOURCE, "similar.second_source"), (NEW_ITEM, "similar.new_item"))


def choices(item: Item, other: Item, render: Renderer) -> list[InteractiveElement]:
    """What two items of one story may be to each other."""
    return _buttons(_OF_SIMILAR, item, other, render)


def asked_of(item: Item, company: Company, render: Renderer) -> list[InteractiveElement]:
    """What a card asks of its item and another one, if anything."""
    if company.answers is not None:
        return _buttons(_OF_REPLIES, item, company.answers, render)
    return choices(item, company.similar, render) if company.similar is not None else []


def _buttons(labels: Sequence[tuple[str, str]], item: Item, other: Item, render: Renderer) -> list[InteractiveElement]:
    """A button names both items: what was seen is what is clicked on, whatever the card says by then."""
    value = f"{item.id}:{other.id}"
    return [ButtonElement(text=plain(render.label(label)), action_id=action, value=value) for action, label in labels]
