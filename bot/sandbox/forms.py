"""Finding one's way in what the app shows: buttons, options and fields by what a person reads."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from bot.sandbox.block_kit import STATEFUL
from bot.sandbox.text import elements_of, options_of

Shown = Mapping[str, Any]
Written = str | Sequence[str] | None
NameToId = Callable[[str], str]
_T = TypeVar("_T")

_REQUIRED = "Please complete this required field."
_BUTTON_PARTS = ("action_id", "type", "text", "value", "style", "url", "confirm")
_CHOICE_PARTS = ("action_id", "type", "placeholder", "confirm", "initial_option", "initial_date")
_VALUE_OF = {
    "static_select": "selected_option",
    "radio_buttons": "selected_option",
    "multi_static_select": "selected_options",
    "checkboxes": "selected_options",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
}
"""Under which name an element gives its value; what is written stands under `value`."""


class NotThereError(LookupError):
    """There is no such button, option or field to use."""


def press(shown: Shown, label: str | None, action_id: str | None, nth: int) -> dict[str, Any]:
    """The action of a button, found by its label or by its action_id."""
    found = [
        (block, element)
        for block, element in elements_of(shown)
        if element["type"] == "button" and _fits(element, label, action_id)
    ]
    block, element = _nth(found, nth, f"button {label or action_id!r}")
    return _action(block, element, _BUTTON_PARTS)


def choose(shown: Shown, label: str, action_id: str | None, nth: int) -> dict[str, Any]:
    """The action of an option of a menu, found by its label."""
    found = [
        (block, element, option)
        for block, element in elements_of(shown)
        for option in options_of(element)
        if option["text"]["text"] == label and action_id in (None, element["action_id"])
    ]
    block, element, option = _nth(found, nth, f"option {label!r}")
    return _action(block, element, _CHOICE_PARTS) | {"selected_option": option}


def act(shown: Shown, wish: Mapping[str, Any]) -> dict[str, Any]:
    """The action that a page asks for by `block_id` and `action_id`: the element decides what it can be."""
    for block, element in elements_of(shown):
        if (block["block_id"], element["action_id"]) == (wish.get("block_id"), wish.get("action_id")):
            if element["type"] == "button":
                return _action(block, element, _BUTTON_PARTS)
            name = _VALUE_OF.get(element["type"], "selected_option" if element["type"] == "overflow" else "value")
            if name == "selected_option" and wish.get(name) not in options_of(element):
                raise NotThereError("There is no such option.")
            return _action(block, element, _CHOICE_PARTS) | {name: wish.get(name)}
    raise NotThereError("There is nothing like that to press here.")


def initial_state(shown: Shown) -> dict[str, Any]:
    """The values that the elements of a message or view begin with."""
    values: dict[str, Any] = {}
    for block, element in elements_of(shown):
        if element["type"] in STATEFUL:
            part = {"type": element["type"], **_initial(element)}
            values.setdefault(block["block_id"], {})[element["action_id"]] = part
    return values


def with_action(state: Mapping[str, Any], action: Mapping[str, Any]) -> dict[str, Any]:
    """A state in which somebody just chose something."""
    name = _VALUE_OF.get(str(action["type"]))
    if name is None or name not in action:
        return dict(state)
    block = {**state.get(action["block_id"], {}), action["action_id"]: {"type": action["type"], name: action[name]}}
    return {**state, action["block_id"]: block}


def filled(shown: Shown, written: Mapping[str, Written], name_to_id: NameToId) -> dict[str, Any]:
    """The state of a form in which the fields with these labels were filled in."""
    state, left = initial_state(shown), dict(written)
    for block in _inputs(shown):
        label, element = block["label"]["text"], block["element"]
        if label in left:
            value = _chosen(element, left.pop(label), name_to_id)
            state[block["block_id"]][element["action_id"]] = {"type": element["type"], **value}
    if left:
        raise NotThereError(f"The form has no {', '.join(left)}.")
    return state


def unfilled(shown: Shown, state: Mapping[str, Any]) -> dict[str, str]:
    """What Slack itself says of the fields of a form before it is sent, by block."""
    found = {}
    for block in _inputs(shown):
        element = block["element"]
        part = state.get(block["block_id"], {}).get(element["action_id"], {})
        value = part.get(_VALUE_OF.get(element["type"], "value"))
        if value in (None, "", []):
            if not block.get("optional"):
                found[block["block_id"]] = _REQUIRED
        elif element["type"] == "number_input":
            if not _is_number(element, value):
                found[block["block_id"]] = "This entry is not a number that is asked for."
        elif isinstance(value, str) and not _has_length(element, value):
            found[block["block_id"]] = "This entry does not have the length that is asked for."
    return found


def _fits(element: Mapping[str, Any], label: str | None, action_id: str | None) -> bool:
    return label in (None, element["text"]["text"]) and action_id in (None, element["action_id"])


def _nth(found: Sequence[_T], nth: int, what: str) -> _T:
    if nth >= len(found):
        raise NotThereError(f"There is no {what} here." if not found else f"There are only {len(found)} of {what}.")
    return found[nth]


def _action(block: Mapping[str, Any], element: Mapping[str, Any], parts: Sequence[str]) -> dict[str, Any]:
    return {name: element[name] for name in parts if name in element} | {"block_id": block["block_id"]}


def _inputs(shown: Shown) -> Iterator[Mapping[str, Any]]:
    return (block for block in shown["blocks"] if block["type"] == "input")


def _has_length(element: Mapping[str, Any], value: str) -> bool:
    return int(element.get("min_length", 0)) <= len(value) <= int(element.get("max_length", 3000))


def _is_number(element: Mapping[str, Any], value: object) -> bool:
    """Whether what was written is a number within the limits of its field, a whole one where no other is allowed."""
    kind = r"-?\d+(\.\d+)?" if element["is_decimal_allowed"] else r"-?\d+"
    if re.fullmatch(kind, str(value)) is None:
        return False
    least, most = (element.get(name) for name in ("min_value", "max_value"))
    return (least is None or float(least) <= float(str(value))) and (most is None or float(str(value)) <= float(most))


def _initial(element: Mapping[str, Any]) -> dict[str, Any]:
    name = _VALUE_OF.get(element["type"], "value")
    given = element.get(name.replace("selected", "initial") if name != "value" else "initial_value")
    return {name: given if given is not None or not name.endswith("s") else []}


def _chosen(element: Mapping[str, Any], written: Written, name_to_id: NameToId) -> dict[str, Any]:
    name = _VALUE_OF.get(element["type"], "value")
    labels = [] if written is None else [written] if isinstance(written, str) else list(written)
    values: list[Any] = [_one(element, name.removesuffix("s"), label, name_to_id) for label in labels]
    if name.endswith("s"):
        return {name: values}
    return {name: values[0] if values else None}


def _one(element: Mapping[str, Any], name: str, label: str, name_to_id: NameToId) -> object:
    match name:
        case "selected_option":
            return _option(element, label)
        case "selected_date_time":
            return int(label)
        case "selected_user" | "selected_conversation" | "selected_channel":
            return name_to_id(label)
        case _:
            return label


def _option(element: Mapping[str, Any], label: str) -> dict[str, Any]:
    found = [option for option in options_of(element) if option["text"]["text"] == label]
    return _nth(found, 0, f"option {label!r}")
