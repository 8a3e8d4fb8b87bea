"""The card: the one reply to a member's message, rebuilt whole from the state of its items."""

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    InteractiveElement,
    MarkdownTextObject,
    Option,
    OptionGroup,
    OverflowMenuElement,
    SectionBlock,
    StaticSelectElement,
)

from bot.desk.editing import mark
from bot.desk.views import Card, CardItem
from bot.editorial.house import RELEASES, House, Section
from bot.editorial.issue import IssueState
from bot.editorial.item import Item, ItemState, Reading
from bot.editorial.kind import Kind
from bot.editorial.outlet import Verdict
from bot.editorial.releases import may_be_release
from bot.render import Renderer, without_emphasis
from handlers.blocks import dating, late, similar
from handlers.blocks.accepting import accept_buttons
from handlers.blocks.holding import held_buttons, room_buttons
from handlers.blocks.opinion import barred_buttons, sign_of
from handlers.blocks.outlet import outlet_choice, outlet_menu
from handlers.blocks.words import context, labelled, marked, plain, sections, share

FILE_SUGGESTED = "file_suggested"
FILE_OTHER = "file_other"
FILE_RELEASE = "file_release"
EDIT = "edit_item"
MOVE = "move_item"
UNDO = "undo_item"
MORE = "more_of_item"
REVIEW = "review_list"
ATTEST = "attest_item"
KEEP = "keep_item"
KEEP_AND_EDIT = "keep_and_edit_item"
USE_ARCHIVED = "use_archived_copy"
REMOVE = "remove_item"
SAME_PUBLISHER = "same_publisher"
CHOOSE_PUBLISHER = "choose_publisher"
CHOOSE_DAY = "choose_day"
USE_ALTERNATIVE = "use_alternative"
USE_AGAIN = "use_item_again"
KEEP_OUTSIDE = "keep_item_outside_window"
HOLD_OVER = "hold_item_over"
TAKE_BACK = "take_item_back"

ROWS_ON_A_CARD = 3
"""More links than this are reviewed in a form of pages."""

_DAYS_ASKED = 3

_CONTEXT_LIMIT = 500
"""Three items of the longest words and notes are one message still."""

_LISTED, _LISTED_CHARACTERS = 20, 4000
"""What a summary lists of its links; the review list has them all, and a message has its limit."""


def card_blocks(card: Card, render: Renderer, *, desk_id: int) -> tuple[str, list[Block]]:
    """The card of a message as text and blocks; at most four blocks an item."""
    if len(card.items) > ROWS_ON_A_CARD or card.items[0].item.shown_in:
        return _summary(card, render, desk_id)
    blocks: list[Block] = []
    for row in card.items:
        blocks += item_blocks(card, row, render)
    text = " ".join(render.message("card_text", row=row, names=card.names) for row in card.items)
    return text, blocks


def item_blocks(card: Card, row: CardItem, render: Renderer, *, in_form: bool = False) -> list[Block]:
    """One item: what is known of it, what is asked about it, what can be done with it, and whose it is."""
    words = render.message(
        "card_item",
        row=row,
        house=card.house,
        names=card.names,
        about=render.message("card_kind", item=row.item, zone=card.house.calendar.zone),
        asked=render.message("card_asked", row=row, most=_DAYS_ASKED),
        sign=sign_of(row.item, render),
        earlier=render.message("card_earlier", item=row.item, names=card.names) if row.item.is_a_repeat else "",
        share=lambda tally: share(render, card.house, tally),
    )
    item = row.item
    menu = None if in_form else outlet_menu(row, render)
    text = MarkdownTextObject(text=marked(words))
    blocks: list[Block] = [SectionBlock(block_id=f"item:{item.id}", text=text, accessory=menu)]
    if row.issue.state is not IssueState.PUBLISHED:
        questions = _questions(row, render, in_form=in_form)
        if row.can_be_held:
            questions += room_buttons(item, render, in_form=in_form)
        if not in_form:
            questions += similar.asked_of(item, row.company, render)
        if questions:
            blocks.append(ActionsBlock(block_id=f"asked:{item.id}", elements=questions))
        elements = _actions(card, row, render, in_form=in_form)
        if elements:
            blocks.append(ActionsBlock(block_id=f"actions:{item.id}", elements=elements))
    if item.state in {ItemState.PENDING, ItemState.FILED, ItemState.HELD} and not in_form:
        note = render.message("card_context", row=row, names=card.names)
        blocks.append(context(marked(note, _CONTEXT_LIMIT)))
    return blocks


def section_choice(house: House, item: Item, render: Renderer, leave_out: Sequence[Section] = ()) -> list[OptionGroup]:
    """All sections of the house by chapter, and the releases, without those that stand as buttons beside it."""
    groups = []
    for chapter in house.chapters:
        options = [
            Option(text=plain(section.title), value=f"{item.id}:{section.key}")
            for section in chapter.sections
            if section not in leave_out
        ]
        if options:
            groups.append(OptionGroup(label=plain(chapter.title), options=options))
    releases = house.section(RELEASES)
    if releases not in leave_out and may_be_release(item, house):
        option = Option(text=plain(render.label("place.releases")), value=f"{item.id}:{releases.key}")
        groups.append(OptionGroup(label=plain(render.label("place.around_the_items")), options=[option]))
    return groups


def _questions(row: CardItem, render: Renderer, *, in_form: bool) -> list[InteractiveElement]:
    """What the page says in more than one way, and what is of another time, to be settled with a click."""
    item = row.item
    if item.state not in {ItemState.PENDING, ItemState.FILED}:
        return []
    elements: list[InteractiveElement] = [
        ButtonElement(
            text=plain(render.words.day(each)), action_id=f"{CHOOSE_DAY}:{place}", value=f"{item.id}:{each.isoformat()}"
        )
        for place, each in enumerate(row.days_in_question[:_DAYS_ASKED])
    ]
    if row.ahead:
        elements += dating.choices(item, render, EDIT, in_form=in_form)
    if item.other_title is not None:
        label = labelled(lambda words: render.message("use_title", words=words), item.other_title)
        value = f"{item.id}:{mark(item.other_title)}"
        elements.append(ButtonElement(text=label, action_id=USE_ALTERNATIVE, value=value))
    if row.outside is not None:
        elements += [
            _button(render.label("card.keep" if in_form else "card.keep_with_reason"), KEEP_OUTSIDE, item.id),
            _button(render.label("card.next_issue"), HOLD_OVER, item.id),
            _button(render.label("card.remove"), REMOVE, item.id),
        ]
    if row.lane is not None and row.lane.can_be_asked:
        elements.append(late.ask(item, row.lane.issue, render))
    return elements


def _actions(card: Card, row: CardItem, render: Renderer, *, in_form: bool) -> list[InteractiveElement]:
    item = row.item
    match item.state:
        case ItemState.PENDING:
            return _pending_actions(card, row, render, in_form=in_form)
        case ItemState.FILED if in_form:
            return [_button(render.label("card.undo"), UNDO, item.id)]
        case ItemState.FILED:
            elements: list[InteractiveElement] = [
                _button(render.label("card.move_to_section" if item.is_release else "card.move"), MOVE, item.id),
                _button(render.label("card.undo"), UNDO, item.id),
                _button(render.label("card.edit"), EDIT, item.id),
            ]
            if row.verdict is Verdict.UNDECIDED and not item.is_release:
                elements.append(outlet_choice(item, render))
            if row.verdict is Verdict.STATE_MEDIA and card.house.state_media.topics:
                label = "card.attest" if item.attestation is None else "card.attest_anew"
                elements.append(_button(render.label(label), ATTEST, item.id))
            return [*elements, _more(item, render)]
        case ItemState.HELD:
            undo = _button(render.label("card.undo"), UNDO, item.id)
            remove = _button(render.label("card.remove"), REMOVE, item.id)
            return [*held_buttons(item, render, in_form=in_form), undo, remove]
        case ItemState.HELD_OVER:
            number = row.issue.number
            back = plain(render.label("card.take_back", number=number))
            return [ButtonElement(text=back, action_id=TAKE_BACK, value=f"{item.id}:{number}")]
        case _:
            return [_button(render.label("card.restore"), UNDO, item.id)]


def _pending_actions(card: Card, row: CardItem, render: Renderer, *, in_form: bool) -> list[InteractiveElement]:
    item = row.item
    if item.is_a_repeat:
        leave = render.label("card.not_this_issue" if in_form else "card.not_for_this_issue")
        return [_button(leave, REMOVE, item.id), _button(render.label("card.use_again"), USE_AGAIN, item.id)]
    if item.kind is not None and item.kind.must_be_kept:
        return _doubts(item, render, in_form=in_form)
    if row.is_barred and item.reading is not Reading.WAITING:
        barred: list[InteractiveElement] = [*barred_buttons(item, render)]
        edit = _button(render.label("card.edit"), EDIT, item.id)
        return barred if in_form else [*barred, edit, _more(item, render)]
    elements: list[InteractiveElement] = []
    shown: tuple[Section, ...] = ()
    is_first = not in_form
    if row.asks_for_word and item.reading is not Reading.WAITING:
        elements += accept_buttons(item, render, in_form=in_form)
    elif row.may_be_release:
        elements.append(_release(item, render, style="primary" if is_first else None))
        shown, is_first = (card.house.section(RELEASES),), False
    if not row.asks_for_word and (item.reading is not Reading.WAITING or item.trouble):
        shown += row.suggested
        elements += [
            ButtonElement(
                text=plain(render.label("card.file_in", section=section.title)),
                action_id=f"{FILE_SUGGESTED}:{place}",
                value=f"{item.id}:{section.key}",
                style="primary" if place == 0 and is_first else None,
            )
            for place, section in enumerate(row.suggested)
        ]
    elements.append(
        StaticSelectElement(
            placeholder=plain(render.label("card.other_section" if elements else "card.section")),
            action_id=FILE_OTHER,
            option_groups=section_choice(card.house, item, render, shown),
        )
    )
    if in_form:
        return elements
    if row.verdict is Verdict.UNDECIDED and item.reading is not Reading.WAITING:
        elements.append(outlet_choice(item, render))
    if item.kind is Kind.AGGREGATOR and "publisher" not in item.edited:
        elements.append(_button(render.label("card.same_publisher"), SAME_PUBLISHER, item.id))
        elements.append(_button(render.label("card.choose_publisher"), CHOOSE_PUBLISHER, item.id))
    has_day = item.published_on or item.reading is Reading.WAITING
    elements.append(_button(render.label("card.edit" if has_day else "card.set_date"), EDIT, item.id))
    elements.append(_more(item, render))
    return elements


def _release(item: Item, render: Renderer, *, style: str | None) -> ButtonElement:
    name = "card.file_as_release_of" if item.agency else "card.file_as_release"
    label = render.label(name, agency=item.agency)
    value = f"{item.id}:{RELEASES}"
    return ButtonElement(text=plain(label), action_id=FILE_RELEASE, value=value, style=style)


def _button(label: str, action: str, item_id: int) -> ButtonElement:
    return ButtonElement(text=plain(label), action_id=action, value=str(item_id))


def _doubts(item: Item, render: Renderer, *, in_form: bool) -> list[InteractiveElement]:
    """What can be done with a page that looks like no item: nothing is filed before somebody says that it is one."""
    elements: list[InteractiveElement] = [
        _button(render.label("card.keep"), KEEP, item.id)
        if in_form
        else _button(render.label("card.keep_and_edit"), KEEP_AND_EDIT, item.id)
    ]
    if item.archived_url is not None and item.archived_on is not None:
        label = render.label("card.use_archived", day=render.words.day(item.archived_on))
        elements.append(_button(label, USE_ARCHIVED, item.id))
    return [*elements, _button(render.label("card.remove"), REMOVE, item.id)]


def _more(item: Item, render: Renderer) -> OverflowMenuElement:
    choices = ["spike", "note", "must_read", "read"]
    if item.state is ItemState.FILED:
        choices.append("unpin" if item.pinned else "pin")
    options = [Option(text=plain(render.label(f"more.{choice}")), value=f"{item.id}:{choice}") for choice in choices]
    return OverflowMenuElement(action_id=MORE, options=options)


def _summary(card: Card, render: Renderer, desk_id: int) -> tuple[str, list[Block]]:
    filed = sum(row.item.state is ItemState.FILED for row in card.items)
    waiting = sum(row.item.state is ItemState.PENDING for row in card.items)
    first = card.items[0].item
    if first.shown_in is not None:
        rush = first.shown_in.startswith("rush:")
        listed = card.items[:_LISTED]
        while sum(len(row.item.url) + len(row.item.title or "") for row in listed) > _LISTED_CHARACTERS:
            listed = listed[:-1]
        words = render.message("summary", rows=listed, total=len(card.items), rush=rush, waiting=waiting)
    else:
        again = card.already_there
        words = render.message("card_many", rows=card.items, already_there=again, filed=filed, waiting=waiting)
    label = plain(render.label("card.review_list"))
    review = ButtonElement(text=label, action_id=REVIEW, value=f"{desk_id}:{card.place}:0", style="primary")
    blocks: list[Block] = [
        *sections(words),
        ActionsBlock(elements=[review]),
    ]
    if first.shown_in is None:
        blocks.append(context(render.message("card_context", row=card.items[0], names=card.names)))
    return without_emphasis(words), blocks
