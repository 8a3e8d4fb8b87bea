"""Forms in which editors correct what was published: first which item, then in which words, and why."""

from collections.abc import Iterator, Mapping
from typing import Any

from slack_sdk.models.blocks import InputBlock, Option, OptionGroup, StaticSelectElement
from slack_sdk.models.views import View

from bot.desk.editing import Words
from bot.desk.views import Draft
from bot.editorial.citation import cite
from bot.editorial.item import Item
from handlers.blocks.forms import edit_form, text_field, words_of, written_in
from handlers.blocks.words import plain

CORRECT = "correct_issue"
CHOICE_FORM = "correction_choice_form"
CORRECT_FORM = "correct_form"
_ITEM = "item"
_VALUE = "value"
_MOST = 100
"""Options of a group, and groups of a select."""


def choice_form(draft: Draft) -> View:
    """Which item of a published issue is to be corrected."""
    element = StaticSelectElement(
        action_id=_VALUE, placeholder=plain("Item"), option_groups=list(_groups(draft))[:_MOST]
    )
    return View(
        type="modal",
        callback_id=CHOICE_FORM,
        title=plain(f"Correct No. {draft.issue.number}", 24),
        submit=plain("Next"),
        close=plain("Cancel"),
        blocks=[InputBlock(block_id=_ITEM, label=plain("Which item?"), element=element)],
    )


def chosen_in(view: Mapping[str, Any]) -> int:
    """The item that was chosen."""
    return int(view["state"]["values"][_ITEM][_VALUE]["selected_option"]["value"])


def correct_form(item: Item) -> View:
    """What was published of an item, to be written over, and what readers are told of it."""
    form = edit_form(item)
    form.callback_id = CORRECT_FORM
    form.title = plain("Correct", 24)
    form.submit = plain("Publish correction")
    form.blocks = [*(form.blocks or ()), text_field("note", "What is corrected? Readers see this line", None, 300)]
    return form


def corrected_in(view: Mapping[str, Any]) -> tuple[int, Words, Mapping[str, str], str]:
    """The item, what was written, the marks of what the form showed, and what readers are told."""
    return (*words_of(view), written_in(view, "note") or "")


def _groups(draft: Draft) -> Iterator[OptionGroup]:
    for chapter in draft.rundown.chapters:
        for section in chapter.sections:
            for start in range(0, len(section.items), _MOST):
                options = [
                    Option(text=plain(cite(item, draft.house).text), value=str(item.id))
                    for item in section.items[start : start + _MOST]
                ]
                yield OptionGroup(label=plain(section.section.title), options=options)
