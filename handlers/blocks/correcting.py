"""Forms in which editors correct what was published: first what, then in which words, and what readers are told."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    CheckboxesElement,
    InputBlock,
    Option,
    OptionGroup,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.desk.editing import Words
from bot.desk.views import Draft, PassageForm
from bot.editorial.citation import cite
from bot.editorial.item import Item
from bot.render import Renderer
from handlers.blocks.forms import edit_form, text_field, words_of, written_in
from handlers.blocks.words import modal, plain
from handlers.blocks.writing import passage_form, passage_groups, place_of, texts_in

CORRECT = "correct_issue"
CHOICE_FORM = "correction_choice_form"
ITEM_FORM = "correct_item_form"
PASSAGE_FORM = "correct_passage_form"
_WHAT, _OUT = "what", "out"
_VALUE = "value"
_PASSAGE = "passage:"
_MOST = 100
"""Options of a group, and groups of a select."""


def choice_form(draft: Draft, render: Renderer) -> View:
    """What of a published issue is to be corrected."""
    groups = [*passage_groups(draft.house, render, _PASSAGE), *_items(draft)][:_MOST]
    element = StaticSelectElement(
        action_id=_VALUE, placeholder=plain(render.label("correcting.item_or_text")), option_groups=groups
    )
    return modal(
        CHOICE_FORM,
        render.label("correcting.choice_title", number=draft.issue.number),
        [InputBlock(block_id=_WHAT, label=plain(render.label("correcting.what_is_wrong")), element=element)],
        submit=render.label("form.next"),
        close=render.label("form.cancel"),
        issue=draft.issue.id,
    )


def chosen_in(view: Mapping[str, Any]) -> int | tuple[int, str]:
    """The item that was chosen, or the issue and the name of the passage."""
    value = str(view["state"]["values"][_WHAT][_VALUE]["selected_option"]["value"])
    if value.startswith(_PASSAGE):
        return int(json.loads(view["private_metadata"])["issue"]), value.removeprefix(_PASSAGE)
    return int(value)


def correct_item_form(item: Item, render: Renderer) -> View:
    """What was published of an item, to be written over or taken out."""
    option = Option(text=plain(render.label("correcting.take_out")), value=_OUT)
    out = CheckboxesElement(action_id=_VALUE, options=[option])
    leave = InputBlock(block_id=_OUT, label=plain(render.label("correcting.or")), optional=True, element=out)
    return _as_correction(edit_form(item, render), ITEM_FORM, render, leave)


def correct_passage_form(form: PassageForm, render: Renderer) -> View:
    """What was published of a passage, to be written over."""
    return _as_correction(passage_form(form, render), PASSAGE_FORM, render)


def item_corrected_in(view: Mapping[str, Any]) -> tuple[int, Words, Mapping[str, str], bool, str]:
    """The item, what was written, the marks of what the form showed, whether it goes, and what readers are told."""
    is_out = bool(view["state"]["values"][_OUT][_VALUE].get("selected_options"))
    return (*words_of(view), is_out, written_in(view, "note") or "")


def passage_corrected_in(view: Mapping[str, Any]) -> tuple[int, str, list[str], str]:
    """The issue, the passage, its texts, and what readers are told."""
    issue, name, _ = place_of(view["private_metadata"])
    return issue, name, texts_in(view), written_in(view, "note") or ""


def _as_correction(form: View, callback: str, render: Renderer, *more: Block) -> View:
    form.callback_id = callback
    form.title = plain(render.label("correcting.title"), 24)
    form.submit = plain(render.label("correcting.publish"))
    note = text_field("note", render.label("correcting.note"), None, 300)
    written = [block for block in form.blocks or () if not isinstance(block, ActionsBlock)]  # nothing is undone
    form.blocks = [*written, *more, note]
    return form


def _items(draft: Draft) -> Iterator[OptionGroup]:
    for chapter in draft.rundown.chapters:
        for section in chapter.sections:
            for start in range(0, len(section.items), _MOST):
                options = [
                    Option(text=plain(cite(item, draft.house).text), value=str(item.id))
                    for item in section.items[start : start + _MOST]
                ]
                yield OptionGroup(label=plain(section.section.title), options=options)
