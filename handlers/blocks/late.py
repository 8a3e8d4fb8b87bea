"""The late lane: the button that asks, what editors are asked, and the form in which they decline."""

import json
from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    InputBlock,
    InteractiveElement,
    PlainTextInputElement,
)
from slack_sdk.models.views import View

from bot.desk.lane import LateAsked
from bot.editorial.issue import Issue
from bot.editorial.item import Item
from bot.ports import LateState
from bot.render import Renderer, without_emphasis
from handlers.blocks.words import modal, plain, sections

ASK = "ask_to_add_late"
ACCEPT = "accept_late"
DECLINE = "decline_late"
UNDO = "undo_late_decision"
DECLINE_FORM = "decline_late_form"

_VALUE = "value"
_REASON_LIMIT = 300


def ask(item: Item, issue: Issue, render: Renderer) -> ButtonElement:
    """A button names the issue that was seen: what is clicked on is what was shown."""
    label = render.label("late.ask", number=issue.number)
    return ButtonElement(text=plain(label), action_id=ASK, value=f"{item.id}:{issue.id}")


def asked_blocks(asked: LateAsked, render: Renderer) -> tuple[str, list[Block]]:
    """What an editor is asked and what became of it, with what can still be decided."""
    words = render.message("late_asked", asked=asked)
    blocks: list[Block] = [*sections(words)]
    if asked.is_open:
        blocks.append(ActionsBlock(elements=_choices(asked, render)))
    return without_emphasis(words), blocks


def decline_form(request_id: int, render: Renderer) -> View:
    """Asks for the reason, which nobody has to give."""
    why = InputBlock(
        block_id="reason",
        label=plain(render.label("late.reason")),
        optional=True,
        element=PlainTextInputElement(action_id=_VALUE, max_length=_REASON_LIMIT),
    )
    title, submit = render.label("late.form_title"), render.label("late.decline")
    close = render.label("form.cancel")
    return modal(DECLINE_FORM, title, [why], submit=submit, close=close, request=request_id)


def declined_in(view: Mapping[str, Any]) -> tuple[int, str]:
    """The request and the reason, empty where none was given."""
    said = view["state"]["values"]["reason"][_VALUE].get("value") or ""
    return int(json.loads(view["private_metadata"])["request"]), str(said)


def _choices(asked: LateAsked, render: Renderer) -> list[InteractiveElement]:
    value = str(asked.request.id)
    if asked.request.state is not LateState.ASKED:
        return [ButtonElement(text=plain(render.label("late.undo")), action_id=UNDO, value=value)]
    return [
        ButtonElement(text=plain(render.label("late.accept")), action_id=ACCEPT, value=value, style="primary"),
        ButtonElement(text=plain(render.label("late.decline")), action_id=DECLINE, value=value),
    ]
