"""What is refused in blocks and views; where Slack's schema is at hand, it must judge the same."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.sandbox.limits import is_too_large, is_too_long, message_refusals, view_refusals

Block = dict[str, Any]


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Block:
    return {"type": "mrkdwn", "text": text}


def section(text: str = "words", **more: Any) -> Block:  # noqa: ANN401 - JSON
    return {"type": "section", "text": mrkdwn(text), **more}


def button(number: int = 0, **more: Any) -> Block:  # noqa: ANN401 - JSON
    return {"type": "button", "text": plain("File"), "action_id": f"file:{number}", **more}


def option(number: int = 0, **more: Any) -> Block:  # noqa: ANN401 - JSON
    return {"text": plain(f"Section {number}"), "value": f"s{number}", **more}


def select(**more: Any) -> Block:  # noqa: ANN401 - JSON
    return {"type": "static_select", "action_id": "choose", "placeholder": plain("Section"), **more}


def actions(*elements: Block) -> Block:
    return {"type": "actions", "elements": list(elements)}


def field(element: Block, **more: Any) -> Block:  # noqa: ANN401 - JSON
    return {"type": "input", "label": plain("Title"), "element": element, **more}


WRITTEN = {"type": "plain_text_input", "action_id": "value"}


def modal(*blocks: Block, **more: Any) -> Block:  # noqa: ANN401 - JSON
    shared = {"type": "modal", "title": plain("Edit"), "submit": plain("Save"), "close": plain("Cancel")}
    return {**shared, "blocks": list(blocks) or [section()], **more}


TAKEN_IN_MESSAGES: dict[str, list[Block]] = {
    "fifty blocks": [section() for _ in range(50)],
    "the longest section": [section("a" * 3000)],
    "ten fields": [{"type": "section", "fields": [mrkdwn("a" * 2000)] * 10}],
    "a header": [{"type": "header", "text": plain("a" * 150)}],
    "a divider": [{"type": "divider"}],
    "a context": [{"type": "context", "elements": [mrkdwn("a")] * 10}],
    "twenty-five buttons": [actions(*(button(number) for number in range(25)))],
    "the longest button": [actions(button(text=plain("a" * 75), value="v" * 2000, style="danger"))],
    "a hundred options": [actions(select(options=[option(number) for number in range(100)]))],
    "groups": [actions(select(option_groups=[{"label": plain("Region"), "options": [option(1)]}]))],
    "an overflow": [
        section(accessory={"type": "overflow", "action_id": "more", "options": [option(n) for n in range(5)]})
    ],
    "a chosen option": [actions(select(options=[option(1), option(2)], initial_option=option(2)))],
    "a confirmation": [
        actions(
            button(
                confirm={
                    "title": plain("Sure?"),
                    "text": plain("Drop it"),
                    "confirm": plain("Yes"),
                    "deny": plain("No"),
                }
            )
        )
    ],
    "an image": [{"type": "image", "image_url": "https://a.example/i.png", "alt_text": "A chart"}],
    "rich text": [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": []}]}],
    "markdown": [{"type": "markdown", "text": "a" * 12_000}],
    "two blocks with one action_id each": [actions(button(1)), actions(button(1))],
}

REFUSED_IN_MESSAGES: dict[str, tuple[list[Block], str]] = {
    "fifty-one blocks": ([section() for _ in range(51)], "no more than 50 items allowed [json-pointer:/blocks]"),
    "a long section": ([section("a" * 3001)], "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    "an empty section": ([{"type": "section"}], "missing required field: text [json-pointer:/blocks/0]"),
    "an empty text": ([section("")], "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    "eleven fields": (
        [{"type": "section", "fields": [mrkdwn("a")] * 11}],
        "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
    ),
    "a long field": (
        [{"type": "section", "fields": [mrkdwn("a" * 2001)]}],
        "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
    ),
    "a long header": (
        [{"type": "header", "text": plain("a" * 151)}],
        "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
    ),
    "a header in mrkdwn": (
        [{"type": "header", "text": mrkdwn("a")}],
        "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]",
    ),
    "no actions": ([actions()], "at least 1 items required [json-pointer:/blocks/0/elements]"),
    "twenty-six actions": (
        [actions(*(button(number) for number in range(26)))],
        "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ),
    "eleven in a context": (
        [{"type": "context", "elements": [mrkdwn("a")] * 11}],
        "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
    ),
    "a long button": (
        [actions(button(text=plain("a" * 76)))],
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
    ),
    "a long value": (
        [actions(button(value="v" * 2001))],
        "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
    ),
    "a button that cannot be pressed": (
        [actions(button(disabled=True))],
        "invalid additional property: disabled [json-pointer:/blocks/0/elements/0]",
    ),
    "a style of our own": (
        [actions(button(style="warning"))],
        "must be a valid enum value: primary, danger [json-pointer:/blocks/0/elements/0/style]",
    ),
    "101 options": (
        [actions(select(options=[option(number) for number in range(101)]))],
        "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    "six in an overflow": (
        [section(accessory={"type": "overflow", "action_id": "more", "options": [option(n) for n in range(6)]})],
        "no more than 5 items allowed [json-pointer:/blocks/0/accessory/options]",
    ),
    "a long option": (
        [actions(select(options=[option(text=plain("a" * 76))]))],
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]",
    ),
    "a long value of an option": (
        [actions(select(options=[option(value="v" * 151)]))],
        "must be less than 151 characters [json-pointer:/blocks/0/elements/0/options/0/value]",
    ),
    "a long action_id": (
        [actions({**button(), "action_id": "a" * 256})],
        "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]",
    ),
    "a long block_id": (
        [section(block_id="b" * 256)],
        "must be less than 256 characters [json-pointer:/blocks/0/block_id]",
    ),
    "a block of our own": ([{"type": "banner"}], "unsupported type: banner [json-pointer:/blocks/0/type]"),
    "a field among actions": (
        [actions(WRITTEN)],
        "unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]",
    ),
    "a long markdown": (
        [{"type": "markdown", "text": "a" * 12_001}],
        "must be less than 12001 characters [json-pointer:/blocks/0/text]",
    ),
    "an image without words": (
        [{"type": "image", "image_url": "https://a.example/i.png"}],
        "missing required field: alt_text [json-pointer:/blocks/0]",
    ),
}

REFUSED_BEYOND_THE_SCHEMA: dict[str, tuple[list[Block], str]] = {
    "one block_id twice": (
        [section(block_id="b"), section(block_id="b")],
        "`block_id` already exists: b [json-pointer:/blocks/1/block_id]",
    ),
    "one action_id twice in a block": (
        [actions(button(1), button(1))],
        "`action_id` already exists: file:1 [json-pointer:/blocks/0/elements/1/action_id]",
    ),
    "options and groups": (
        [actions(select(options=[option()], option_groups=[{"label": plain("R"), "options": [option()]}]))],
        "must provide either options or option_groups [json-pointer:/blocks/0/elements/0]",
    ),
    "a choice that is not offered": (
        [actions(select(options=[option(1)], initial_option=option(2)))],
        "initial option is none of the options [json-pointer:/blocks/0/elements/0]",
    ),
    "101 groups": (
        [actions(select(option_groups=[{"label": plain("R"), "options": [option()]}] * 101))],
        "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/option_groups]",
    ),
    "an image from nowhere": (
        [{"type": "image", "alt_text": "A chart"}],
        "must provide either image_url or slack_file [json-pointer:/blocks/0]",
    ),
    "a property that is null": (
        [section(accessory=None)],
        "must not be null [json-pointer:/blocks/0/accessory]",
    ),
}

TAKEN_VIEWS: dict[str, Block] = {
    "a modal": modal(field(WRITTEN)),
    "a hundred blocks": modal(*(section() for _ in range(100))),
    "the longest title": modal(title=plain("a" * 24)),
    "a date": modal(field({"type": "datepicker", "action_id": "d", "initial_date": "2021-01-11"})),
    "a home": {"type": "home", "blocks": [section()]},
    "a form to read": {"type": "modal", "title": plain("Found"), "blocks": [section()]},
}

REFUSED_VIEWS: dict[str, tuple[Block, str]] = {
    "a long title": (modal(title=plain("a" * 25)), "must be less than 25 characters [json-pointer:/view/title/text]"),
    "a long submit": (
        modal(submit=plain("a" * 25)),
        "must be less than 25 characters [json-pointer:/view/submit/text]",
    ),
    "a long close": (modal(close=plain("a" * 25)), "must be less than 25 characters [json-pointer:/view/close/text]"),
    "101 blocks": (
        modal(*(section() for _ in range(101))),
        "no more than 100 items allowed [json-pointer:/view/blocks]",
    ),
    "long metadata": (
        modal(private_metadata="m" * 3001),
        "must be less than 3001 characters [json-pointer:/view/private_metadata]",
    ),
    "no title": (
        {"type": "modal", "blocks": [section()]},
        "missing required field: title [json-pointer:/view]",
    ),
    "an input without a label": (
        modal({"type": "input", "element": WRITTEN}),
        "missing required field: label [json-pointer:/view/blocks/0]",
    ),
    "a field that is too long": (
        modal(field({**WRITTEN, "max_length": 3001})),
        "must be a number from 1 to 3000 [json-pointer:/view/blocks/0/element/max_length]",
    ),
    "a date that is none": (
        modal(field({"type": "datepicker", "action_id": "d", "initial_date": "11 Jan"})),
        "does not match the expected format [json-pointer:/view/blocks/0/element/initial_date]",
    ),
}

REFUSED_VIEWS_BEYOND_THE_SCHEMA: dict[str, tuple[Block, str]] = {
    "an input without a submit": (
        {"type": "modal", "title": plain("Edit"), "blocks": [field(WRITTEN)]},
        "missing required field: submit [json-pointer:/view]",
    ),
    "one block_id twice": (
        modal(field(WRITTEN, block_id="b"), field(WRITTEN, block_id="b")),
        "`block_id` already exists: b [json-pointer:/view/blocks/1/block_id]",
    ),
    "markdown in a view": (
        modal({"type": "markdown", "text": "a"}),
        "unsupported type: markdown [json-pointer:/view/blocks/0/type]",
    ),
    "two that want the cursor": (
        modal(field({**WRITTEN, "focus_on_load": True}), field({**WRITTEN, "focus_on_load": True})),
        "only one element may have focus_on_load [json-pointer:/view/blocks]",
    ),
    "no blocks": (
        {"type": "home", "blocks": []},
        "at least 1 items required [json-pointer:/view/blocks]",
    ),
    "neither modal nor home": (
        {"type": "workflow_step", "blocks": [section()]},
        "unsupported type: workflow_step [json-pointer:/view/type]",
    ),
}


@pytest.mark.parametrize("blocks", TAKEN_IN_MESSAGES.values(), ids=TAKEN_IN_MESSAGES.keys())
def test_blocks_within_the_limits_are_taken(blocks: list[Block]) -> None:
    assert message_refusals(blocks) == []


_REFUSED = {**REFUSED_IN_MESSAGES, **REFUSED_BEYOND_THE_SCHEMA}


@pytest.mark.parametrize(("blocks", "reason"), _REFUSED.values(), ids=_REFUSED.keys())
def test_blocks_beyond_a_limit_are_refused_with_their_place(blocks: list[Block], reason: str) -> None:
    assert message_refusals(blocks) == [reason]


@pytest.mark.parametrize("view", TAKEN_VIEWS.values(), ids=TAKEN_VIEWS.keys())
def test_views_within_the_limits_are_taken(view: Block) -> None:
    assert view_refusals(view) == []


_REFUSED_VIEWS = {**REFUSED_VIEWS, **REFUSED_VIEWS_BEYOND_THE_SCHEMA}


@pytest.mark.parametrize(("view", "reason"), _REFUSED_VIEWS.values(), ids=_REFUSED_VIEWS.keys())
def test_views_beyond_a_limit_are_refused_with_their_place(view: Block, reason: str) -> None:
    assert view_refusals(view) == [reason]


def test_the_texts_of_all_blocks_count_together() -> None:
    thousand = section("a" * 1000)

    assert not is_too_long([thousand] * 13)
    assert is_too_long([thousand] * 13 + [section("a")])
    assert is_too_long([{"type": "markdown", "text": "a" * 6001}] * 2)


def test_a_view_has_250_kilobytes() -> None:
    assert not is_too_large(modal())
    assert is_too_large(modal(*(section("ß" * 3000) for _ in range(42))))


@pytest.fixture(scope="module")
def schemas(shared: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shared / "slack" / "blockkit.schema.json").read_text(encoding="utf-8"))
    return {name: jsonschema.Draft7Validator(schema) for name, schema in found.items()}


def test_the_schema_of_slack_takes_and_refuses_the_same_blocks(schemas: dict[str, Any]) -> None:
    takes: Callable[[Any], bool] = schemas["MessagePayload"].is_valid

    wrongly_refused = [name for name, blocks in TAKEN_IN_MESSAGES.items() if not takes({"text": "t", "blocks": blocks})]
    wrongly_taken = [
        name for name, (blocks, _) in REFUSED_IN_MESSAGES.items() if takes({"text": "t", "blocks": blocks})
    ]

    assert not wrongly_refused
    assert not wrongly_taken


def test_the_schema_of_slack_takes_and_refuses_the_same_views(schemas: dict[str, Any]) -> None:
    def takes(view: Block) -> bool:
        return bool(schemas["Home" if view["type"] == "home" else "Modal"].is_valid(view))

    assert not [name for name, view in TAKEN_VIEWS.items() if not takes(view)]
    assert not [name for name, (view, _) in REFUSED_VIEWS.items() if takes(view)]
