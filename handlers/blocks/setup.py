"""The form in which a channel becomes a desk, and the button that opens it where there is none."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    InputBlock,
    Option,
    PlainTextInputElement,
    StaticSelectElement,
    UserMultiSelectElement,
)
from slack_sdk.models.views import View

from bot.desk.setting_up import TITLE_MOST, Setup, SetupForm
from bot.editorial.house import House
from bot.editorial.houses import HouseChoice
from bot.editorial.issue import Issue
from bot.ports import DeskRecord
from bot.render import Renderer, without_emphasis
from handlers.blocks.words import modal, plain, sections

SET_UP = "set_up"
SETUP_FORM = "setup_form"

_VALUE = "value"


def no_desk_blocks(channel: str, render: Renderer) -> tuple[str, Sequence[Block]]:
    """That a channel has no desk, for somebody who may give it one."""
    words = render.message("no_desk_yet")
    button = ButtonElement(text=plain(render.label("setup.set_up")), action_id=SET_UP, value=channel)
    return without_emphasis(words), [*sections(words), ActionsBlock(elements=[button])]


def setup_form(form: SetupForm, render: Renderer) -> View:
    """What the desk of a channel is to be."""
    options = [Option(text=plain(_house(house, render)), value=house.name) for house in form.houses]
    chosen = next(option for option in options if option.value == form.house.name)
    own = form.stands.title if form.stands is not None else ""
    fields = [
        InputBlock(
            block_id="house",
            label=plain(render.label("setup.house")),
            element=StaticSelectElement(action_id=_VALUE, options=options, initial_option=chosen),
        ),
        InputBlock(
            block_id="title",
            label=plain(render.label("setup.publication")),
            optional=True,
            hint=plain(render.label("setup.publication_hint"), 150),
            element=PlainTextInputElement(action_id=_VALUE, initial_value=own or None, max_length=TITLE_MOST),
        ),
        InputBlock(
            block_id="zone",
            label=plain(render.label("setup.zone")),
            hint=plain(render.label("setup.zone_hint"), 150),
            element=PlainTextInputElement(action_id=_VALUE, initial_value=form.zone),
        ),
        InputBlock(
            block_id="deadline",
            label=plain(render.label("setup.deadline")),
            optional=True,
            hint=plain(render.label("setup.deadline_hint"), 150),
            element=PlainTextInputElement(action_id=_VALUE),
        ),
        InputBlock(
            block_id="editors",
            label=plain(render.label("setup.editors")),
            optional=True,
            element=UserMultiSelectElement(action_id=_VALUE, initial_users=list(form.editors) or None),
        ),
    ]
    return modal(
        SETUP_FORM,
        render.label("setup.title"),
        fields,
        submit=render.label("setup.set_up"),
        close=render.label("form.cancel"),
        channel=form.channel,
        seen=[form.stands.name, form.stands.title, form.stands.zone] if form.stands is not None else None,
    )


def is_set_up(desk: DeskRecord, issue: Issue, house: House, render: Renderer) -> View:
    """What came of it, in the place of the form."""
    words = render.message("set_up", desk=desk, issue=issue, house=house)
    title, close = render.label("setup.title"), render.label("form.close")
    return modal(SETUP_FORM, title, sections(words), submit=None, close=close)


def setup_in(view: Mapping[str, Any]) -> tuple[str, Setup, HouseChoice | None]:
    """The channel that a form was for, what was written into it, and what it had shown."""
    kept = json.loads(view["private_metadata"])
    said = {name: block[_VALUE] for name, block in view["state"]["values"].items()}
    wish = Setup(
        house=said["house"]["selected_option"]["value"],
        title=said["title"].get("value") or "",
        zone=said["zone"].get("value") or "",
        deadline=said["deadline"].get("value") or "",
        editors=tuple(said["editors"].get("selected_users") or ()),
    )
    return kept["channel"], wish, HouseChoice(*kept["seen"]) if kept["seen"] is not None else None


def _house(house: House, render: Renderer) -> str:
    return render.label("setup.option", title=house.title, house=house.name, sections=len(house.sections))
