"""Reminders to members, channel and editors, and the form in which a member asks for quiet."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    DatePickerElement,
    InputBlock,
    InteractiveElement,
    MarkdownTextObject,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.desk.reminders import EditorReminder, Quiet, Reminder
from bot.desk.views import Status
from bot.editorial.item import ItemState
from bot.editorial.reminder import lacking, next_morning
from bot.editorial.waiting import Waits
from bot.render import Renderer
from handlers.blocks.card import section_choice
from handlers.blocks.gate import FIX_LIST
from handlers.blocks.status import MY_ITEMS
from handlers.blocks.waiting import waiting_button
from handlers.blocks.words import context, marked, modal, one_view, plain, sections, share_of

SNOOZE = "snooze_until_tomorrow"
NOT_THIS_ISSUE = "not_this_issue"
REMIND_AGAIN = "remind_again"
MY_REMINDERS = "my_reminders"
SNOOZE_FORM = "snooze_form"
FILE_MINE = "file_my_links"
MINE_FORM = "my_links_form"
FILE_WAITING = "file_waiting"

_VALUE = "value"
_LINKS_IN_FORM = 30


def member_reminder_blocks(reminder: Reminder, render: Renderer) -> tuple[str, list[Block]]:
    """What a member can still mend, with one thing to do next."""
    quiet = reminder.quiet
    words = render.message("member_reminder", r=reminder, zone=quiet.zone)
    if reminder.waiting:
        label, action = render.label("reminder.file_mine"), FILE_MINE
    else:
        label, action = render.label("status.my_items"), MY_ITEMS
    value = f"{reminder.issue.id}:{reminder.desk.id}"
    first = ButtonElement(text=plain(label), action_id=action, value=value, style="primary")
    blocks: list[Block] = [*sections(words), ActionsBlock(elements=[first, *_quiet_buttons(quiet, render)])]
    if quiet.until is not None or quiet.is_over:
        blocks.append(context(render.message("quiet", q=quiet)))
    return words, blocks


def section_reminder_blocks(status: Status, render: Renderer) -> tuple[str, list[Block]]:
    """What a channel is told of sections and share; nobody is named."""
    share = share_of(render, status)
    words = render.message("section_reminder", s=status, share=share, lacking=lacking(status.shortfalls))
    return words, list(sections(words))


def editor_reminder_blocks(reminder: EditorReminder, render: Renderer) -> tuple[str, list[Block]]:
    """What waits for an editor, and where it is decided or mended."""
    words = render.message("editor_reminder", r=reminder)
    buttons: list[ButtonElement] = []
    if reminder.decisions:
        buttons.append(waiting_button(render, reminder.desk.id, reminder.decisions))
    if Waits.BLOCKING in reminder.waits:
        fix = render.label("draft.fix_list")
        buttons.append(ButtonElement(text=plain(fix), action_id=FIX_LIST, value=str(reminder.issue.id)))
    for first in buttons[:1]:
        first.style = "primary"
    return words, [*sections(words), *([ActionsBlock(elements=buttons)] if buttons else [])]


def snooze_button(issue_id: int, render: Renderer) -> ButtonElement:
    """Opens what holds for a member's reminders of an issue, to be changed."""
    return ButtonElement(text=plain(render.label("reminder.mine")), action_id=MY_REMINDERS, value=str(issue_id))


def snooze_form(quiet: Quiet, render: Renderer, *, message: bool) -> View:
    """What holds for a member's reminders of an issue; `message` where a message says so when the form was sent."""
    blocks: list[Block] = [*sections(render.message("quiet", q=quiet))]
    if quiet.can_snooze:
        tomorrow = next_morning(quiet.now, quiet.zone).astimezone(ZoneInfo(quiet.zone)).date()
        day = DatePickerElement(action_id=_VALUE, initial_date=tomorrow.isoformat())
        blocks.append(InputBlock(block_id="day", label=plain(render.label("reminder.day")), element=day))
    buttons = [button for button in _quiet_buttons(quiet, render) if button.action_id != SNOOZE]
    if buttons:
        blocks.append(ActionsBlock(elements=buttons))
    return modal(
        SNOOZE_FORM,
        render.label("reminder.title"),
        blocks,
        submit=render.label("reminder.snooze") if quiet.can_snooze else None,
        close=render.label("form.close"),
        issue=quiet.issue.id,
        message=message,
    )


def snooze_in(view: Mapping[str, Any]) -> tuple[int, date, bool]:
    """The issue, the day on which a member wants to hear of it again, and whether a message says what holds then."""
    kept = json.loads(view["private_metadata"])
    day = date.fromisoformat(view["state"]["values"]["day"][_VALUE]["selected_date"])
    return int(kept["issue"]), day, bool(kept["message"])


def mine_waiting_form(status: Status, render: Renderer) -> View:
    """A member's own links that wait for a section, each with the sections to choose from."""
    waiting = [item for item in status.mine if item.state is ItemState.PENDING]
    blocks: list[Block] = []
    for item in waiting[:_LINKS_IN_FORM]:
        choice = StaticSelectElement(
            placeholder=plain(render.label("reminder.section")),
            action_id=FILE_WAITING,
            option_groups=section_choice(status.house, item, render),
        )
        words = MarkdownTextObject(text=marked(render.message("waiting_item", item=item)))
        blocks.append(SectionBlock(block_id=f"waiting:{item.id}", text=words, accessory=choice))
    if len(waiting) > _LINKS_IN_FORM or not waiting:
        blocks.append(context(render.message("waiting_rest", left=len(waiting) - _LINKS_IN_FORM)))
    return modal(
        MINE_FORM,
        render.label("reminder.file_mine"),
        one_view(blocks, render),
        submit=None,
        close=render.label("form.close"),
        desk=status.desk.id,
    )


def desk_in(view: Mapping[str, Any]) -> int:
    """The desk whose waiting links a form shows."""
    return int(json.loads(view["private_metadata"])["desk"])


def _quiet_buttons(quiet: Quiet, render: Renderer) -> list[InteractiveElement]:
    """What a member can ask for: quiet for a while or for good, or to take that back; nothing where all is said."""
    value = str(quiet.issue.id)
    if quiet.is_over:
        return []
    if quiet.until is not None:
        return [ButtonElement(text=plain(render.label("reminder.again")), action_id=REMIND_AGAIN, value=value)]
    sit_out = ButtonElement(text=plain(render.label("status.not_this_issue")), action_id=NOT_THIS_ISSUE, value=value)
    if not quiet.can_snooze:
        return [sit_out]
    return [ButtonElement(text=plain(render.label("reminder.snooze")), action_id=SNOOZE, value=value), sit_out]
