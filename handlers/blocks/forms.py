"""Forms: edit an item, move it, note something, review many links."""

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
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

from bot.desk.editing import EditOvertakenError, Words
from bot.desk.views import Card, ItemAndIssue
from bot.editorial.citation import LANGUAGES
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
    USE_AGAIN_FORM: ("card.use_again", "reason.why_used_again"),
    KEEP_OUTSIDE_FORM: ("card.keep_with_reason", "reason.why_kept"),
}

ReviewPlace = tuple[int, str, int]
"""The desk, the message and the page that a review form shows."""


def edit_form(item: Item, render: Renderer) -> View:
    """What is known of an item, to be written over; the form carries marks of what it showed."""
    words = Words.of(item)
    fields = _word_fields(item, words, render)
    if item.edited.keys() & words.marks().keys():
        label = plain(render.label("edit.undo"))
        undo = ButtonElement(text=label, action_id=UNDO_EDIT, value=f"{item.id}:{item.version}")
        fields.append(ActionsBlock(elements=[undo]))
    save, cancel = render.label("form.save"), render.label("form.cancel")
    title, marks = render.label("card.edit"), words.marks()
    return modal(EDIT_FORM, title, fields, submit=save, close=cancel, item=item.id, marks=marks)


def overtaken_form(overtaken: EditOvertakenError, mine: Words, render: Renderer, zone: str) -> View:
    """What somebody else wrote meanwhile, above what its writer wrote: the one or the other is kept.

    Its fields have other names than those of the form before it, where Slack would leave what stands in them.
    """
    item, stands = overtaken.item, Words.of(overtaken.item)
    kept = {each.field: getattr(mine, each.field) for each in overtaken.overtaken}
    fields = _word_fields(item, replace(stands, **kept), render)
    for field in fields:
        field.block_id = f"{field.block_id}:{item.version}"
    words = render.message("edit_overtaken", overtaken=overtaken.overtaken, zone=zone)
    return modal(
        EDIT_FORM,
        render.label("card.edit"),
        [*sections(words), *fields],
        submit=render.label("form.use_mine"),
        close=render.label("form.use_theirs"),
        item=item.id,
        marks=stands.marks(),
    )


def _word_fields(item: Item, words: Words, render: Renderer) -> list[Block]:
    fields: list[Block] = [
        text_field("title", render.label("field.title"), words.title, 300),
        text_field("source", render.label("edit.source"), words.source, 200),
        InputBlock(
            block_id="published_on",
            label=plain(render.label("field.published_on")),
            optional=True,
            element=DatePickerElement(
                action_id=_VALUE, initial_date=words.published_on.isoformat() if words.published_on else None
            ),
        ),
        InputBlock(
            block_id="language",
            label=plain(render.label("field.language")),
            optional=True,
            element=StaticSelectElement(
                action_id=_VALUE,
                placeholder=plain(render.label("field.language")),
                options=[_language(code, render) for code in LANGUAGES][:100],
                initial_option=_language(words.language, render) if words.language in LANGUAGES else None,
            ),
        ),
        text_field("author", render.label("field.author"), words.author, 300),
        text_field("summary", render.label("edit.summary"), words.summary, 3000, multiline=True),
    ]
    if item.announces or item.is_release:
        fields.append(text_field("agency", render.label("edit.agency"), words.agency, 60))
    return fields


def undone_form(item: Item, render: Renderer) -> View:
    """What an item says again; it stands in place of the form, whose fields Slack would leave as they are."""
    words = render.message("edit_undone", item=item)
    title, close = plain(render.label("card.edit"), 24), plain(render.label("form.close"))
    return View(type="modal", title=title, close=close, blocks=sections(words))


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


def move_form(about: ItemAndIssue, render: Renderer, *, faster: str = "", wanted: str | None = None) -> View:
    """Where an item goes. Whoever was too late reads who was `faster`, and `wanted` stands where they chose it."""
    groups = section_choice(about.house, about.item, render, [about.section] if about.section else [])
    options = [option for group in groups for option in group.options or ()]
    chosen = [option for option in options if option.value == f"{about.item.id}:{wanted}"]
    element = StaticSelectElement(
        action_id=_VALUE,
        placeholder=plain(render.label("card.section")),
        option_groups=groups,
        initial_option=chosen[0] if chosen else None,
    )
    name = f"section:{about.item.version}" if faster else "section"
    return modal(
        MOVE_FORM,
        render.label("card.move"),
        [
            *sections(faster),
            InputBlock(block_id=name, label=plain(render.label("move.to_which_section")), element=element),
        ],
        submit=render.label("form.use_mine" if faster else "card.move"),
        close=render.label("form.use_theirs" if faster else "form.cancel"),
        item=about.item.id,
        moved_from=about.item.section,
    )


def move_of(view: Mapping[str, Any]) -> tuple[int, str, str]:
    """The item, where it stood when the form opened, and where it goes."""
    opened = json.loads(view["private_metadata"])
    chosen = str(_selected(view, "section", "selected_option"))
    return int(opened["item"]), str(opened["moved_from"]), chosen.partition(":")[2]


def note_form(item_id: int, render: Renderer) -> View:
    return modal(
        NOTE_FORM,
        render.label("more.note"),
        [text_field("note", render.label("note.for_the_desk"), None, 500, multiline=True)],
        submit=render.label("note.add"),
        close=render.label("form.cancel"),
        item=item_id,
    )


def note_of(view: Mapping[str, Any]) -> tuple[int, str]:
    return int(json.loads(view["private_metadata"])["item"]), written_in(view, "note") or ""


def publisher_form(item: Item, render: Renderer) -> View:
    """Who published first; what the page itself names stands there already."""
    return modal(
        PUBLISHER_FORM,
        render.label("publisher.title"),
        [text_field("publisher", render.label("publisher.outlet"), item.publisher, 200)],
        submit=render.label("form.save"),
        close=render.label("form.cancel"),
        item=item.id,
    )


def publisher_of(view: Mapping[str, Any]) -> tuple[int, str]:
    return int(json.loads(view["private_metadata"])["item"]), written_in(view, "publisher") or ""


def reason_form(asked: str, item_id: int, render: Renderer, *, over: ReviewPlace | None) -> View:
    """Asks why an item is in the issue all the same; `over` is the page of the review list that lies beneath it."""
    title, label = _REASONS[asked]
    why = text_field("reason", render.label(label), None, 200)
    save, cancel = render.label("form.save"), render.label("form.cancel")
    return modal(asked, render.label(title), [why], submit=save, close=cancel, item=item_id, over=over)


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
        ButtonElement(
            text=plain(render.label(f"form.{turn}")),
            action_id=f"{REVIEW_PAGE}:{turn}",
            value=f"{desk_id}:{card.place}:{to}",
        )
        for turn, to in (("previous", page - 1), ("next", page + 1))
        if 0 <= to < pages
    ]
    blocks.append(SectionBlock(text=plain(render.label("form.page", page=page + 1, pages=pages))))
    if turns:
        blocks.append(ActionsBlock(elements=turns))
    return modal(
        REVIEW_FORM,
        render.label("card.review_list"),
        blocks,
        submit=None,
        close=render.label("form.done"),
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


def _language(code: str, render: Renderer) -> Option:
    return Option(text=plain(render.label(f"language.{code}")), value=code)


def written_in(view: Mapping[str, Any], name: str) -> str | None:
    """What stands in a field; nothing where the form has none of this name."""
    value = _field(view, name).get("value")
    return value.strip() or None if value else None


def field_named(names: Collection[str], name: str) -> str | None:
    """The field of a form for a value, which is named after it, or after it and a version; None where there is none."""
    return next((each for each in names if each.partition(":")[0] == name), None)


def _field(view: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    values = view["state"]["values"]
    found = field_named(values, name)
    return values[found][_VALUE] if found is not None else {}


def _selected(view: Mapping[str, Any], name: str, kind: str) -> str | None:
    chosen = _field(view, name).get(kind)
    value = chosen["value"] if isinstance(chosen, dict) else chosen
    return str(value) if value else None
