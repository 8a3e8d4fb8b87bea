"""What is asked of an item of state media before it stands in an issue."""

import json
from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import (
    ButtonElement,
    CheckboxesElement,
    InputBlock,
    Option,
    OptionGroup,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.desk.accepting import Acceptance
from bot.editorial.house import House
from bot.editorial.item import Item
from bot.render import Renderer
from handlers.blocks.words import modal, plain, sections

ACCEPT = "accept_state_media"
ACCEPT_FORM = "accept_form"
NOT_NEEDED = "item_not_needed"
_VALUE = "value"
_CHECKS = ("alone", "report")


def accept_buttons(item: Item, render: Renderer, *, in_form: bool) -> list[ButtonElement]:
    """What can be done with an item of state media that waits for a section."""
    return [
        ButtonElement(
            text=plain(render.label("accept.accept")),
            action_id=ACCEPT,
            value=str(item.id),
            style=None if in_form else "primary",
        ),
        ButtonElement(text=plain(render.label("accept.not_needed")), action_id=NOT_NEEDED, value=str(item.id)),
    ]


def accept_form(asked: Acceptance, render: Renderer, groups: list[OptionGroup]) -> View:
    """Where an item of state media goes, and a member's word on it; `groups` are the places to choose from."""
    return modal(
        ACCEPT_FORM,
        render.label("accept.title"),
        [
            *sections(render.message("accept", item=asked.item)),
            section_field(asked, render, groups),
            *word_fields(asked.house, render),
        ],
        submit=render.label("accept.submit"),
        close=render.label("accept.cancel"),
        item=asked.item.id,
    )


def section_field(asked: Acceptance, render: Renderer, groups: list[OptionGroup]) -> InputBlock:
    """Under which section; where it would go stands there already."""
    options = [option for group in groups for option in group.options or ()]
    chosen = f"{asked.item.id}:{asked.section.key}" if asked.section is not None else None
    element = StaticSelectElement(
        action_id=_VALUE,
        placeholder=plain(render.label("accept.choose_section")),
        option_groups=groups,
        initial_option=next((option for option in options if option.value == chosen), None),
    )
    return InputBlock(block_id="section", label=plain(render.label("accept.section")), element=element)


def word_fields(house: House, render: Renderer) -> list[InputBlock]:
    """A member's word on an item of state media: what it is about, and what was checked."""
    topics = [Option(text=plain(topic.capitalize()), value=topic) for topic in house.state_media.topics]
    labels = {"alone": render.label("accept.alone"), "report": render.label("accept.report")}
    checks = [Option(text=plain(labels[name]), value=name) for name in _CHECKS]
    topic = StaticSelectElement(
        action_id=_VALUE, placeholder=plain(render.label("accept.choose_topic")), options=topics[:100]
    )
    return [
        InputBlock(block_id="topic", label=plain(render.label("accept.topic")), element=topic),
        InputBlock(
            block_id="checks",
            label=plain(render.label("accept.checked")),
            optional=True,
            element=CheckboxesElement(action_id=_VALUE, options=checks),
        ),
    ]


def word_in(view: Mapping[str, Any]) -> tuple[str, bool]:
    """The topic, and whether all was checked that has to be."""
    values = view["state"]["values"]
    checked = {option["value"] for option in values["checks"][_VALUE].get("selected_options") or ()}
    topic = (values["topic"][_VALUE].get("selected_option") or {}).get("value") or ""
    return str(topic), checked == set(_CHECKS)


def accepted_in(view: Mapping[str, Any]) -> tuple[int, str, str, bool]:
    """The item, its section, its topic, and whether all was checked that has to be."""
    chosen = str(view["state"]["values"]["section"][_VALUE]["selected_option"]["value"])
    return int(json.loads(view["private_metadata"])["item"]), chosen.partition(":")[2], *word_in(view)
