"""What Slack refuses in blocks and views: shapes, lengths and counts, as documented."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MESSAGE_CHARACTERS = 13_000
TEXT = 40_000
_SECTION_TEXT = 3000
_FIELD_TEXT = 2000
_FIELDS = 10
_HEADER = 150
_ACTIONS = 25
_CONTEXT = 10
_CONTEXT_TEXT = 3000
_BUTTON_TEXT = 75
_BUTTON_VALUE = 2000
_URL = 3000
_OPTIONS = 100
_OPTION_TEXT = 75
_OPTION_VALUE = 150
_OVERFLOW = 5
_ID = 255
_TITLE = 24
_METADATA = 3000
_PLACEHOLDER = 150
_LABEL = 2000

_MESSAGE_KINDS = frozenset(
    {"section", "header", "divider", "context", "actions", "image", "rich_text", "markdown", "input", "file", "video"}
)
_ACTION_KINDS = frozenset(
    {
        "button", "static_select", "overflow", "datepicker", "multi_static_select", "radio_buttons", "checkboxes",
        "users_select", "conversations_select", "channels_select", "timepicker", "datetimepicker",
    }
)  # fmt: skip


def message_refusals(blocks: Sequence[Mapping[str, Any]]) -> list[str]:
    """Why these blocks would be refused in a message; empty where they would not."""
    found = list(_blocks(blocks))
    if len(blocks) > MESSAGE_BLOCKS:
        found.append(f"no more than {MESSAGE_BLOCKS} items allowed [json-pointer:/blocks]")
    return found


def view_refusals(view: Mapping[str, Any]) -> list[str]:
    """Why a modal or home would be refused."""
    blocks = view.get("blocks") or []
    found = list(_blocks(blocks))
    if view.get("type") not in {"modal", "home"}:
        found.append("type is neither modal nor home")
    if not blocks or len(blocks) > VIEW_BLOCKS:
        found.append(f"a view has 1 to {VIEW_BLOCKS} blocks")
    if len(str(view.get("private_metadata") or "")) > _METADATA:
        found.append("private_metadata is too long")
    if view.get("type") == "modal":
        for name in ("title", "submit", "close"):
            part = view.get(name)
            if name == "title" and not part:
                found.append("title is missing")
            if part:
                found += _text(part, name, _TITLE, plain=True)
        if any(block.get("type") == "input" for block in blocks) and not view.get("submit"):
            found.append("a view with inputs needs a submit")
    return found


def characters(blocks: Sequence[Mapping[str, Any]]) -> int:
    """The characters of all texts in blocks."""
    return sum(len(text) for text in _all_texts(blocks))


def _all_texts(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, child in value.items():
            if key == "text" and isinstance(child, str):
                yield child
            else:
                yield from _all_texts(child)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for child in value:
            yield from _all_texts(child)


def _blocks(blocks: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    seen: set[str] = set()
    for place, block in enumerate(blocks):
        where = f"/blocks/{place}"
        block_id = block.get("block_id")
        if block_id is not None:
            if block_id in seen or not 0 < len(block_id) <= _ID:
                yield f"block_id {block_id!r} stands twice or is too long [json-pointer:{where}]"
            seen.add(block_id)
        for reason in _block(block):
            yield f"{reason} [json-pointer:{where}]"


def _block(block: Mapping[str, Any]) -> Iterator[str]:
    kind = block.get("type")
    if kind not in _MESSAGE_KINDS:
        yield f"unsupported type: {kind}"
        return
    if kind == "section":
        if not block.get("text") and not block.get("fields"):
            yield "a section needs text or fields"
        if block.get("text"):
            yield from _text(block["text"], "text", _SECTION_TEXT)
        if len(block.get("fields") or ()) > _FIELDS:
            yield "too many fields"
        for each in block.get("fields") or ():
            yield from _text(each, "field", _FIELD_TEXT)
        if block.get("accessory"):
            yield from _element(block["accessory"])
    elif kind == "header":
        yield from _text(block.get("text"), "text", _HEADER, plain=True)
    elif kind == "actions":
        elements = block.get("elements") or ()
        if not 0 < len(elements) <= _ACTIONS:
            yield f"actions take 1 to {_ACTIONS} elements"
        ids = [each.get("action_id") for each in elements if each.get("action_id")]
        if len(ids) != len(set(ids)):
            yield "an action_id stands twice in a block"
        for each in elements:
            yield from _element(each)
    elif kind == "context":
        elements = block.get("elements") or ()
        if not 0 < len(elements) <= _CONTEXT:
            yield f"a context takes 1 to {_CONTEXT} elements"
        for each in elements:
            if each.get("type") != "image":
                yield from _text(each, "element", _CONTEXT_TEXT)
    elif kind == "input":
        yield from _text(block.get("label"), "label", _LABEL, plain=True)
        yield from _element(block.get("element") or {})


def _text(value: object, name: str, limit: int, *, plain: bool = False) -> Iterator[str]:
    if not isinstance(value, Mapping) or value.get("type") not in {"plain_text", "mrkdwn"}:
        yield f"{name} must be a text object"
        return
    if plain and value["type"] != "plain_text":
        yield f"{name} must be plain_text"
    if not 0 < len(str(value.get("text") or "")) <= limit:
        yield f"{name} must have 1 to {limit} characters"


def _element(element: Mapping[str, Any]) -> Iterator[str]:
    kind = element.get("type")
    if kind != "plain_text_input" and kind not in _ACTION_KINDS and kind != "image":
        yield f"unsupported element: {kind}"
        return
    if len(str(element.get("action_id") or "")) > _ID:
        yield "action_id is too long"
    if element.get("placeholder"):
        yield from _text(element["placeholder"], "placeholder", _PLACEHOLDER, plain=True)
    if kind == "button":
        yield from _text(element.get("text"), "button text", _BUTTON_TEXT, plain=True)
        if len(str(element.get("value") or "")) > _BUTTON_VALUE or len(str(element.get("url") or "")) > _URL:
            yield "a button's value or url is too long"
    elif kind in {"static_select", "multi_static_select", "overflow", "radio_buttons", "checkboxes"}:
        yield from _choices(element)


def _choices(element: Mapping[str, Any]) -> Iterator[str]:
    groups = element.get("option_groups")
    if groups is not None:
        if not 0 < len(groups) <= _OPTIONS:
            yield f"option_groups take 1 to {_OPTIONS}"
        for group in groups:
            yield from _text(group.get("label"), "group label", _OPTION_TEXT, plain=True)
    lists = [group.get("options") or () for group in groups] if groups is not None else [element.get("options") or ()]
    most = _OVERFLOW if element["type"] == "overflow" else _OPTIONS
    for options in lists:
        if not 0 < len(options) <= most:
            yield f"options take 1 to {most}"
        for option in options:
            yield from _text(option.get("text"), "option text", _OPTION_TEXT)
            if not 0 < len(str(option.get("value") or "")) <= _OPTION_VALUE:
                yield f"an option's value has 1 to {_OPTION_VALUE} characters"
    initial = element.get("initial_option")
    if initial is not None and not any(initial in options for options in lists):
        yield "initial_option is none of the options"
