"""What is said to whoever was too late: who was faster, where the item stands, and the choice that is left."""

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from bot.desk.errors import SomebodyWasFasterError
from bot.editorial.item import ItemState
from bot.render import Renderer
from handlers.blocks.words import labelled, plain, sections

MOVE_ALL_THE_SAME = "move_all_the_same"
LEAVE_THERE = "leave_there"


def faster_blocks(error: SomebodyWasFasterError, words: str, render: Renderer) -> list[Block]:
    """The sentence, and where the item is filed elsewhere than they wanted, a button for either section."""
    item, wanted, blocks = error.item, error.wanted, list[Block](sections(words))
    if wanted is not None and item.state is ItemState.FILED and item.section not in {None, wanted.key}:
        place = f"{item.id}:{item.section}:{wanted.key}"
        to = labelled(lambda section: render.label("move.move_to", section=section), wanted.title)
        leave = plain(render.label("move.leave"))
        move = ButtonElement(text=to, action_id=MOVE_ALL_THE_SAME, value=place)
        blocks.append(ActionsBlock(elements=[move, ButtonElement(text=leave, action_id=LEAVE_THERE, value=place)]))
    return blocks


def places_in(value: str) -> tuple[int, str, str]:
    """The item, where whoever was too late saw it, and where they would have it."""
    item, seen, wanted = value.split(":", 2)
    return int(item), seen, wanted
