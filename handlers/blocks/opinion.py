"""What can be done with what looks like an opinion of state media."""

from slack_sdk.models.blocks import ButtonElement

from bot.editorial.item import Item
from bot.render import Renderer
from handlers.blocks.accepting import NOT_NEEDED
from handlers.blocks.words import plain

APPEAL = "appeal_opinion"
RECLASSIFY = "reclassify_item"


def appeal_buttons(item: Item, render: Renderer) -> list[ButtonElement]:
    """What an editor can answer."""
    return [
        ButtonElement(text=plain(render.label("opinion.is_report")), action_id=RECLASSIFY, value=str(item.id)),
        remove_button(item, render),
    ]


def barred_buttons(item: Item, render: Renderer) -> list[ButtonElement]:
    """What a member can do with an opinion that the house excludes."""
    ask = ButtonElement(text=plain(render.label("opinion.ask_editor")), action_id=APPEAL, value=str(item.id))
    return [ask, remove_button(item, render)]


def remove_button(item: Item, render: Renderer) -> ButtonElement:
    return ButtonElement(text=plain(render.label("opinion.remove")), action_id=NOT_NEEDED, value=str(item.id))


def sign_of(item: Item, render: Renderer) -> str:
    """What says that an item is an opinion; empty where nothing does."""
    return render.message("opinion_sign", sign=item.opinion) if item.opinion is not None else ""
