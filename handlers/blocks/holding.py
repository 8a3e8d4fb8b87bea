"""An item for which there is no room: what can be done with it, what could make room, and what editors are asked."""

import json
from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, InteractiveElement, OptionGroup
from slack_sdk.models.views import View

from bot.desk.accepting import Acceptance
from bot.desk.holding import Candidates, HeldItem
from bot.editorial.acceptance import asks_for_word
from bot.editorial.item import Item, ItemState
from bot.render import Renderer, without_emphasis
from handlers.blocks.accepting import section_field, word_fields, word_in
from handlers.blocks.words import modal, one_view, plain, sections, share

HOLD = "hold_item"
ASK = "ask_editors_of_item"
CANDIDATES = "see_candidates"
HOLD_FORM = "hold_form"
CANDIDATES_FORM = "candidates_form"
SPIKE = "spike_candidate"
USE_OTHER = "use_other_outlet"
ACCEPT = "accept_held_item"
LEAVE = "leave_item_held"

_LISTED = 15
"""Of each kind of candidates: with two blocks a pair a form holds them all."""


def room_buttons(item: Item, render: Renderer, *, in_form: bool) -> list[InteractiveElement]:
    """What can be done with an item that would take the issue over its limit, beside filing it."""
    hold = _button(render.label("hold.hold"), HOLD, str(item.id))
    return [hold] if in_form else [hold, _candidates(item, render), _ask(item, render)]


def held_buttons(item: Item, render: Renderer, *, in_form: bool) -> list[InteractiveElement]:
    """What can be done with an item that waits for room, beside taking that back."""
    if in_form:
        return []
    is_asked = item.asked is not None and item.asked.answer is None
    return [_candidates(item, render)] if is_asked else [_candidates(item, render), _ask(item, render)]


def hold_form(asked: Acceptance, shown: HeldItem, render: Renderer, groups: list[OptionGroup], *, ask: bool) -> View:
    """Where an item returns to by itself, with the word that it is filed with then; `ask` has the editors asked."""
    words = render.message("hold", item=asked.item, ask=ask, share=share(render, shown.house, shown.if_filed))
    word = word_fields(asked.house, render) if asks_for_word(asked.item, asked.house.state_media) else []
    return modal(
        HOLD_FORM,
        render.label("hold.ask_title") if ask else render.label("hold.title"),
        [*sections(words), section_field(asked, render, groups), *word],
        submit=render.label("hold.ask_submit") if ask else render.label("hold.submit"),
        close=render.label("form.cancel"),
        item=asked.item.id,
        ask=ask,
    )


def held_in(view: Mapping[str, Any]) -> tuple[int, str, str, bool, bool]:
    """The item, its section, its topic, whether all was checked that has to be, and whether the editors are asked."""
    opened, values = json.loads(view["private_metadata"]), view["state"]["values"]
    chosen = str(next(iter(values["section"].values()))["selected_option"]["value"])
    topic, is_checked = word_in(view) if "topic" in values else ("", False)
    return int(opened["item"]), chosen.partition(":")[2], topic, is_checked, bool(opened["ask"])


def candidates_form(found: Candidates, render: Renderer) -> View:
    """What could make room for an item, with a button where one does."""
    figures = share(render, found.house, found.if_filed)
    blocks: list[Block] = list(sections(render.message("candidates", c=found, share=figures)))
    for item, other in found.told_elsewhere[:_LISTED]:
        blocks += sections(render.message("candidate_pair", house=found.house, item=item, other=other))
        buttons = [_button(render.label("hold.spike"), SPIKE, str(item.id))]
        if other.state is ItemState.PENDING:
            buttons.insert(0, _button(render.label("hold.use_other"), USE_OTHER, f"{other.id}:{item.id}"))
        blocks.append(ActionsBlock(elements=buttons))
    blocks += sections(render.message("candidates_held", c=found, most=_LISTED))
    return modal(
        CANDIDATES_FORM,
        render.label("hold.candidates_title"),
        one_view(blocks, render),
        submit=None,
        close=render.label("form.close"),
        item=found.item.id,
    )


def candidates_of(view: Mapping[str, Any]) -> int:
    """The item for which a form shows candidates."""
    return int(json.loads(view["private_metadata"])["item"])


def question_blocks(held: HeldItem, render: Renderer) -> tuple[str, list[Block]]:
    """What an editor is asked about a held item, and what became of it."""
    words = render.message("held_question", h=held, share=share(render, held.house, held.if_filed))
    blocks: list[Block] = list(sections(words))
    question = held.item.asked
    if held.item.state is ItemState.HELD and question is not None and question.answer is None:
        accept = _button(render.label("hold.accept"), ACCEPT, str(held.item.id))
        leave = _button(render.label("hold.leave"), LEAVE, str(held.item.id))
        blocks.append(ActionsBlock(elements=[accept, leave]))
    return without_emphasis(words), blocks


def _candidates(item: Item, render: Renderer) -> ButtonElement:
    return _button(render.label("hold.candidates"), CANDIDATES, str(item.id))


def _ask(item: Item, render: Renderer) -> ButtonElement:
    return _button(render.label("hold.ask"), ASK, str(item.id))


def _button(label: str, action: str, value: str) -> ButtonElement:
    return ButtonElement(text=plain(label), action_id=action, value=value)
