"""The form in which editors order a section or the must reads: a field a line, for its place."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    InputBlock,
    MarkdownTextObject,
    NumberInputElement,
    Option,
    OptionGroup,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.desk.editing import mark
from bot.desk.views import Draft, OrderEntry, OrderForm
from bot.editorial.issue import IssueState
from bot.editorial.ordering import Placed
from bot.editorial.wording import MUST_READS
from bot.render import Renderer, unmarked
from handlers.blocks.words import labelled, marked, one_view, plain, sections, short

ORDER = "order_section"
ORDER_FORM = "order_form"
UNDO = "undo_order"
ADD = "add_must_read"
_VALUE = "value"
_MOST = 80
"""Lines that have a field; whatever stands below keeps its order."""

_LABEL = 150


def order_choice(draft: Draft, render: Renderer) -> StaticSelectElement:
    """Everything of an issue that can be ordered."""
    must_reads = _option(draft, MUST_READS, render.label("passage.must_reads"))
    groups = [OptionGroup(label=plain(render.label("place.around_the_items")), options=[must_reads])]
    for chapter in draft.rundown.chapters:
        options = [
            _option(draft, each.section.key, each.section.title) for each in chapter.sections if len(each.items) > 1
        ]
        if options:
            groups.append(OptionGroup(label=plain(chapter.chapter.title), options=options))
    return StaticSelectElement(placeholder=plain(render.label("order.order")), action_id=ORDER, option_groups=groups)


def order_button(draft: Draft, section: str, render: Renderer) -> ButtonElement:
    return ButtonElement(text=plain(render.label("order.order")), action_id=ORDER, value=f"{draft.issue.id}:{section}")


def order_form(
    form: OrderForm,
    render: Renderer,
    *,
    mine: Mapping[str, int | None] | None = None,
    after: Literal["", "undo", "change"] = "",
) -> View:
    """An order to be changed. With `mine`, the places that an editor wanted stand in it, above it how it stands now.

    `after` says that it is shown again because it was undone, or because it changed and so was not.
    """
    seen = json.dumps([[each.key, each.rank, int(each.pinned)] for each in form.seen[:_MOST]], separators=(",", ":"))
    words = render.message("order", form=form, most=_MOST, is_conflict=mine is not None, after=after)
    blocks: list[Block] = [*sections(words), *_fields(form, render, mine, mark(seen))]
    blocks += _starred(form, render, can_add=mine is None and form.issue.state is IssueState.OPEN)
    if form.by is not None and mine is None:
        label = unmarked(render.message("order_undo", form=form))
        blocks.append(ActionsBlock(elements=[ButtonElement(text=plain(label), action_id=UNDO, value=form.name)]))
    return View(
        type="modal",
        callback_id=ORDER_FORM,
        title=plain(render.label("order.title", section=_title(form, render)), 24),
        submit=plain(render.label("form.use_mine" if mine is not None else "form.save")) if form.entries else None,
        close=plain(render.label("form.use_theirs" if mine is not None else "form.cancel")),
        private_metadata=f"{form.issue.id}:{form.name}:{seen}",
        blocks=one_view(blocks, render),
    )


def place_of(view: Mapping[str, Any]) -> tuple[int, str, Sequence[Placed]]:
    """The issue, what is ordered of it, and the order that a form was made for."""
    issue, name, seen = view["private_metadata"].split(":", 2)
    return int(issue), name, [Placed(key, rank, pinned=bool(pinned)) for key, rank, pinned in json.loads(seen)]


def places_in(view: Mapping[str, Any]) -> dict[str, int | None]:
    """The places that stand in the fields of a form; an empty field is None."""
    written = {
        block["block_id"].rpartition(":")[2]: view["state"]["values"][block["block_id"]][_VALUE].get("value")
        for block in view["blocks"]
        if block["type"] == "input"
    }
    return {key: int(value) if value else None for key, value in written.items()}


def _fields(
    form: OrderForm, render: Renderer, mine: Mapping[str, int | None] | None, shown: str
) -> Iterator[InputBlock]:
    """A field a line; its name is of this order alone, as Slack keeps what was typed into one of the same name."""
    for place, entry in enumerate(form.entries[:_MOST], start=1):
        rank = place if entry.rank is not None else None
        yield InputBlock(
            block_id=f"place:{shown}:{entry.key}",
            label=_label(place, entry, render),
            optional=True,
            element=NumberInputElement(
                action_id=_VALUE,
                is_decimal_allowed=False,
                initial_value=_number(rank if mine is None else mine.get(entry.key)),
                min_value="1",
                max_value=str(len(form.entries)),
            ),
        )


def _starred(form: OrderForm, render: Renderer, *, can_add: bool) -> Iterator[Block]:
    """What members would have readers read: a click adds it."""
    if form.starred:
        yield from sections(render.message("starred"))
    for each in form.starred:
        label = labelled(lambda words: render.message("add_must_read", words=words), each.title)
        button = ButtonElement(text=label, action_id=ADD, value=str(each.item)) if can_add else None
        words = render.message("starred_item", starred=each)
        yield SectionBlock(text=MarkdownTextObject(text=marked(words)), accessory=button)


def _label(place: int, entry: OrderEntry, render: Renderer) -> PlainTextObject:
    words = unmarked(render.message("order_line", place=place, entry=entry))
    return PlainTextObject(text=short(words, _LABEL), emoji=False)


def _number(rank: int | None) -> str | None:
    return str(rank) if rank is not None else None


def _title(form: OrderForm, render: Renderer) -> str:
    return render.label("passage.must_reads") if form.name == MUST_READS else form.house.section(form.name).title


def _option(draft: Draft, name: str, title: str) -> Option:
    return Option(text=plain(title), value=f"{draft.issue.id}:{name}")
