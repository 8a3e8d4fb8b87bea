"""What a day in the future can be that a page bears."""

from slack_sdk.models.blocks import ButtonElement, InteractiveElement

from bot.editorial.item import Item
from bot.render import Renderer
from handlers.blocks.words import plain

EVENT_DATE = "take_for_event_date"


def choices(item: Item, render: Renderer, edit: str, *, in_form: bool) -> list[InteractiveElement]:
    """Set another date, by the action that opens the form for it, or say what this one is; no form lies in a form."""
    written = ButtonElement(text=plain(render.label("dating.set_date")), action_id=edit, value=str(item.id))
    return [*([] if in_form else [written]), event_choice(item, render)]


def event_choice(item: Item, render: Renderer) -> ButtonElement:
    """A button names the day that was seen: what is clicked on is what was shown."""
    day = item.published_on.isoformat() if item.published_on is not None else ""
    return ButtonElement(text=plain(render.label("dating.event_date")), action_id=EVENT_DATE, value=f"{item.id}:{day}")
