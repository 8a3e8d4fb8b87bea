"""Forms: edit an item, move it, note something, review many links."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    DatePickerElement,
    InputBlock,
    Option,
    PlainTextInputElement,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.desk.editing import Words
from bot.desk.views import Card, ItemAndIssue
from bot.editorial.citation import LANGUAGES, language_name
from bot.editorial.item import Item
from bot.render import Renderer
from handlers.blocks.card import item_blocks, section_choice
from handlers.blocks.words import modal, plain, sections

EDIT_FORM = "edit_form"
UNDO_EDIT = "undo_edit"
MOVE_FORM = "move_form"
NOTE_FORM = "note_form"
PUBLISHER_FORM = "publisher_form"
USE_AGAIN_FORM = "use_again_form"
KEEP_OUTSIDE_FORM = "keep_outside_form"
REVIEW_FORM = "review_form"
REVIEW_PAGE = "review_page"
ROWS_ON_A_PAGE = 10

_VALUE = "value"
_REASONS = {
    USE_AGAIN_FORM: ("Use again", "Why is it used again, in one line?"),
    KEEP_OUTSIDE_FORM: ("Keep, with reason", "Why is it kept, in one line?"),
}

ReviewPlace = tuple[int, str, int]
"""The desk, the message and the page that a review form shows."""


def edit_form(item: Item) -> View:
    """What is known of an item, to be written over; the form carries marks of what it showed."""
    words = Words.of(item)
    fields: list[Block] = [
        text_field("title", "Title", words.title, 300),
        text_field("source", "Source, as cited", words.source, 200),
        InputBlock(
            block_id="published_on",
            label=plain("Date"),
            optional=True,
            element=DatePickerElement(
                action_id=_VALUE, initial_date=words.published_on.isoformat() if words.published_on else None
            ),
        ),
        InputBlock(
            block_id="language",
            label=plain("Language"),
            optional=True,
            element=StaticSelectElement(
                action_id=_VALUE,
                placeholder=plain("Language"),
                options=[_language(code) for code in LANGUAGES][:100],
                initial_option=_language(words.language) if words.language in LANGUAGES else None,
            ),
        ),
        text_field("author", "Author", words.author, 300),
        text_field("summary", "Summary, as cited", words.summary, 3000, multiline=True),
    ]
    if item.announces or item.is_release:
        fields.append(text_field("agency", "Agency, as printed before a release", words.agency, 60))
    if item.edited.keys() & words.marks().keys():
        undo = ButtonElement(text=plain("Undo the last edit"), action_id=UNDO_EDIT, value=f"{item.id}:{item.version}")
        fields.append(ActionsBlock(elements=[undo]))
    return modal(EDIT_FORM, "Edit", fields, submit="Save", item=item.id, marks=words.marks())


def undone_form(item: Item, render: Renderer) -> View:
    """What an item says again; it stands in place of the form, whose fields Slack would leave as they are."""
    words = render.message("edit_undone", item=item)
    return View(type="modal", title=plain("Edit", 24), close=plain("Close"), blocks=sections(words))


def words_of(view: Mapping[str, Any]) -> tuple[int, Words, Mapping[str, str]]:
    """The item, what was written, and the marks of what the form showed."""
    opened = json.loads(view["private_metadata"])
    day = _selected(view, "published_on", "selected_date")
    words = Words(
        title=written_in(view, "title"),
        source=written_in(view, "source"),
        published_on=date.fromisoformat(day) if day else None,
        language=_selected(view, "language", "selected_option"),
        author=written_in(view, "author"),
        summary=written_in(view, "summary"),
        agency=written_in(view, "agency"),
    )
    return int(opened["item"]), words, opened["marks"]


def move_form(about: ItemAndIssue) -> View:
    element = StaticSelectElement(
        action_id=_VALUE,
        placeholder=plain("Section"),
        option_groups=section_choice(about.house, about.item, [about.section] if about.section else []),
    )
    return modal(
        MOVE_FORM,
        "Move",
        [InputBlock(block_id="section", label=plain("To which section?"), element=element)],
        submit="Move",
        item=about.item.id,
        moved_from=about.item.section,
    )


def move_of(view: Mapping[str, Any]) -> tuple[int, str, str]:
    """The item, where it stood when the form opened, and where it goes."""
    opened = json.loads(view["private_metadata"])
    chosen = str(_selected(view, "section", "selected_option"))
    return int(opened["item"]), str(opened["moved_from"]), chosen.partition(":")[2]


def note_form(item_id: int) -> View:
    return modal(
        NOTE_FORM,
        "Add a note",
        [text_field("note", "Note for the desk", None, 500, multiline=True)],
        submit="Add",
        item=item_id,
    )


def note_of(view: Mapping[str, Any]) -> tuple[int, str]:
    return int(json.loads(view["private_metadata"])["item"]), written_in(view, "note") or ""


def publisher_form(item: Item) -> View:
    """Who published first; what the page itself names stands there already."""
    return modal(
        PUBLISHER_FORM,
        "First publisher",
        [text_field("publisher", "Outlet: its name, or its domain", item.publisher, 200)],
        submit="Save",
        item=item.id,
    )


def publisher_of(view: Mapping[str, Any]) -> tuple[int, str]:
    return int(json.loads(view["private_metadata"])["item"]), written_in(view, "publisher") or ""


def reason_form(asked: str, item_id: int, *, over: ReviewPlace | None) -> View:
    """Asks why an item is in the issue all the same; `over` is the page of the review list that lies beneath it."""
    title, label = _REASONS[asked]
    return modal(asked, title, [text_field("reason", label, None, 200)], submit="Save", item=item_id, over=over)


def reason_of(view: Mapping[str, Any]) -> tuple[int, str, ReviewPlace | None]:
    """The item, what was written, and the page of the review list that lies beneath."""
    opened = json.loads(view["private_metadata"])
    over = opened["over"]
    return int(opened["item"]), written_in(view, "reason") or "", tuple(over) if over is not None else None


def review_form(card: Card, render: Renderer, *, desk_id: int, page: int) -> View:
    """The links of a message, ten a page, each with its sections."""
    pages = (len(card.items) - 1) // ROWS_ON_A_PAGE + 1
    page = min(max(page, 0), pages - 1)
    blocks: list[Block] = []
    for row in card.items[page * ROWS_ON_A_PAGE : (page + 1) * ROWS_ON_A_PAGE]:
        blocks += item_blocks(card, row, render, in_form=True)
    turns = [
        ButtonElement(text=plain(label), action_id=f"{REVIEW_PAGE}:{label}", value=f"{desk_id}:{card.place}:{to}")
        for label, to in (("Previous", page - 1), ("Next", page + 1))
        if 0 <= to < pages
    ]
    blocks.append(SectionBlock(text=plain(f"Page {page + 1} of {pages}")))
    if turns:
        blocks.append(ActionsBlock(elements=turns))
    return modal(
        REVIEW_FORM,
        "Review list",
        blocks,
        submit=None,
        close="Done",
        desk=desk_id,
        message=card.place,
        page=page,
    )


def review_of(view: Mapping[str, Any]) -> ReviewPlace:
    """What a review form shows."""
    shown = json.loads(view["private_metadata"])
    return int(shown["desk"]), str(shown["message"]), int(shown["page"])


def text_field(name: str, label: str, value: str | None, limit: int, *, multiline: bool = False) -> InputBlock:
    element = PlainTextInputElement(
        action_id=_VALUE, initial_value=value[:limit] if value else None, multiline=multiline, max_length=limit
    )
    return InputBlock(block_id=name, label=plain(label), optional=True, element=element)


def _language(code: str) -> Option:
    return Option(text=plain(language_name(code)), value=code)


def written_in(view: Mapping[str, Any], name: str) -> str | None:
    """What stands in a field; nothing where the form has none of this name."""
    value = view["state"]["values"].get(name, {_VALUE: {}})[_VALUE].get("value")
    return value.strip() or None if value else None


def _selected(view: Mapping[str, Any], name: str, kind: str) -> str | None:
    chosen = view["state"]["values"][name][_VALUE].get(kind)
    value = chosen["value"] if isinstance(chosen, dict) else chosen
    return str(value) if value else None
