"""The waiting list of editors: each thing that waits, with what settles it; what was settled leaves it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    HeaderBlock,
    InteractiveElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.desk.waiting import Waiting
from bot.editorial.acceptance import asks_for_word, is_barred
from bot.editorial.item import Item
from bot.render import Renderer
from handlers.blocks.accepting import accept_buttons
from handlers.blocks.card import FILE_OTHER, section_choice
from handlers.blocks.holding import question_blocks
from handlers.blocks.late import asked_blocks
from handlers.blocks.opinion import appeal_buttons, barred_buttons, remove_button, sign_of
from handlers.blocks.outlet import outlet_choice
from handlers.blocks.words import modal, one_view, plain, sections

WAITING = "open_waiting_list"
WAITING_FORM = "waiting_list"


def waiting_button(render: Renderer, desk_id: int, count: int) -> ButtonElement:
    """Opens the waiting list for an editor of a desk, and says how much stands in it."""
    label = render.label("waiting.open_some", count=count) if count else render.label("waiting.open")
    return ButtonElement(text=plain(label), action_id=WAITING, value=str(desk_id))


def waiting_form(waiting: Waiting, render: Renderer) -> View:
    """Everything that waits, part by part; another part is another generator of blocks."""
    parts = (_guests, _outlets, _appeals, _held, _late, _unfiled)
    blocks = [block for part in parts for block in part(waiting, render)]
    if not blocks:
        blocks += sections(render.message("waiting_nothing"))
    return modal(
        WAITING_FORM,
        render.label("waiting.title"),
        one_view(blocks, render),
        submit=None,
        close=render.label("waiting.close"),
        desk=waiting.desk.id,
    )


def desk_of(view: Mapping[str, Any]) -> int:
    return int(json.loads(view["private_metadata"])["desk"])


def _guests(waiting: Waiting, render: Renderer) -> Iterator[Block]:
    if waiting.guests:
        yield HeaderBlock(text=plain(render.label("waiting.guests")))
    for item in waiting.guests:
        yield from sections(render.message("waiting_guest", item=item, names=waiting.names))
        yield ActionsBlock(block_id=f"guest:{item.id}", elements=_filing(waiting, item, render))


def _outlets(waiting: Waiting, render: Renderer) -> Iterator[Block]:
    if waiting.outlets:
        yield HeaderBlock(text=plain(render.label("waiting.outlets")))
    for each in waiting.outlets:
        yield from sections(render.message("waiting_outlet", each=each, names=waiting.names))
        yield ActionsBlock(block_id=f"outlet:{each.item.id}", elements=[outlet_choice(each.item, render)])


def _appeals(waiting: Waiting, render: Renderer) -> Iterator[Block]:
    if waiting.appeals:
        yield HeaderBlock(text=plain(render.label("waiting.appeals")))
    for item in waiting.appeals:
        sign = sign_of(item, render)
        yield from sections(render.message("waiting_appeal", item=item, names=waiting.names, sign=sign))
        yield ActionsBlock(block_id=f"appealed:{item.id}", elements=appeal_buttons(item, render))


def _held(waiting: Waiting, render: Renderer) -> Iterator[Block]:
    if waiting.held:
        yield HeaderBlock(text=plain(render.label("waiting.held")))
    for held in waiting.held:
        _, blocks = question_blocks(held, render)
        yield from blocks


def _late(waiting: Waiting, render: Renderer) -> Iterator[Block]:
    if waiting.late:
        yield HeaderBlock(text=plain(render.label("waiting.late")))
    for asked in waiting.late:
        _, blocks = asked_blocks(asked, render)
        yield from blocks


def _unfiled(waiting: Waiting, render: Renderer) -> Iterator[Block]:
    if waiting.unfiled:
        yield HeaderBlock(text=plain(render.label("waiting.unfiled")))
    for item in waiting.unfiled:
        yield from sections(render.message("waiting_late", item=item, names=waiting.names))
        yield ActionsBlock(block_id=f"unfiled:{item.id}", elements=_filing(waiting, item, render))


def _filing(waiting: Waiting, item: Item, render: Renderer) -> list[InteractiveElement]:
    rule = waiting.house.state_media
    if is_barred(item, rule):
        return [*barred_buttons(item, render)]
    if asks_for_word(item, rule):
        return [*accept_buttons(item, render, in_form=True)]
    select = StaticSelectElement(
        placeholder=plain(render.label("waiting.section")),
        action_id=FILE_OTHER,
        option_groups=section_choice(waiting.house, item, render),
    )
    return [select, remove_button(item, render)]
