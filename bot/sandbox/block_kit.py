"""Block Kit as a table: the blocks and elements that a bot of this kind uses, with the limits that Slack documents.

What the table does not name is refused as unsupported.
"""

import copy
import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.sandbox.shapes import Rule, anything, both, by_type, fault, flag, many, one_of, string, thing, whole

_TYPE: Mapping[str, Rule] = {"type": anything}
_ID = string(255, least=1)
_URL = string(3000, least=1)
_DAY = string(10, like=r"\d{4}-\d{2}-\d{2}")
_TIME = string(5, like=r"\d{2}:\d{2}")
_OPTIONS = 100
_OVERFLOW_OPTIONS = 5
_LISTED_OPTIONS = 10
_INPUT = 3000
_NAME = string(255)


def plain(most: int) -> Rule:
    return by_type({"plain_text": thing({**_TYPE, "text": string(most, least=1)}, {"emoji": flag})})


def words(most: int) -> Rule:
    marked = thing({**_TYPE, "text": string(most, least=1)}, {"verbatim": flag})
    return by_type({"plain_text": plain(most), "mrkdwn": marked})


_CONFIRM = thing(
    {"title": plain(100), "text": words(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
_STYLE = one_of("primary", "danger")


def _option(text: Rule, description: Rule) -> Rule:
    return thing({"text": text, "value": string(150, least=1)}, {"description": description, "url": _URL})


_PLAIN_OPTION = _option(plain(75), plain(75))
_LISTED_OPTION = _option(words(75), words(75))
_GROUP = thing({"label": plain(75), "options": many(_PLAIN_OPTION, _OPTIONS)})


def _one_list(value: object, where: str) -> Iterator[str]:
    """Options, or groups of options, and what is chosen at first is among them."""
    if not isinstance(value, Mapping):
        return
    if ("options" in value) == ("option_groups" in value):
        yield fault("must provide either options or option_groups", where)
        return
    groups = [group for group in value.get("option_groups") or () if isinstance(group, Mapping)]
    lists = [value["options"]] if "options" in value else [group.get("options") or () for group in groups]
    chosen = [value["initial_option"]] if "initial_option" in value else list(value.get("initial_options") or ())
    for each in chosen:
        if not any(each in options for options in lists):
            yield fault("initial option is none of the options", where)


def _one_image(value: object, where: str) -> Iterator[str]:
    if isinstance(value, Mapping) and ("image_url" in value) == ("slack_file" in value):
        yield fault("must provide either image_url or slack_file", where)


def _chooser(**more: Rule) -> Rule:
    """An element that opens a choice: what all of them share, and what this one adds."""
    shared = {"action_id": _ID, "placeholder": plain(150), "confirm": _CONFIRM, "focus_on_load": flag}
    return thing(_TYPE, {**shared, **more})


def _field(required: Mapping[str, Rule] | None = None, **more: Rule) -> Rule:
    """An element that is written into."""
    shared: dict[str, Rule] = {
        "action_id": _ID,
        "placeholder": plain(150),
        "focus_on_load": flag,
        "dispatch_action_config": thing(
            {}, {"trigger_actions_on": many(one_of("on_enter_pressed", "on_character_entered"), 2)}
        ),
    }
    return thing({**_TYPE, **(required or {})}, {**shared, **more})


def _listed(initial: str, rule: Rule) -> Rule:
    shared = {"action_id": _ID, "confirm": _CONFIRM, "focus_on_load": flag, initial: rule}
    return both(thing({**_TYPE, "options": many(_LISTED_OPTION, _LISTED_OPTIONS)}, shared), _one_list)


_MENU: Mapping[str, Rule] = {"options": many(_PLAIN_OPTION, _OPTIONS), "option_groups": many(_GROUP, _OPTIONS)}
_MANY_IDS = many(_NAME, _OPTIONS, least=0)
_MOST = whole(1, _OPTIONS)
_FILTER = thing(
    {},
    {
        "include": many(one_of("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": flag,
        "exclude_bot_users": flag,
    },
)

_IMAGE = both(
    thing({**_TYPE, "alt_text": string(2000, least=1)}, {"image_url": _URL, "slack_file": anything}), _one_image
)
_BUTTON = thing(
    {**_TYPE, "text": plain(75)},
    {
        "action_id": _ID,
        "url": _URL,
        "value": string(2000),
        "style": _STYLE,
        "confirm": _CONFIRM,
        "accessibility_label": string(75),
    },
)
_OVERFLOW = thing({**_TYPE, "options": many(_PLAIN_OPTION, _OVERFLOW_OPTIONS)}, {"action_id": _ID, "confirm": _CONFIRM})

_SINGLE_CHOICE: Mapping[str, Rule] = {
    "static_select": both(_chooser(**_MENU, initial_option=_PLAIN_OPTION), _one_list),
    "users_select": _chooser(initial_user=_NAME),
    "conversations_select": _chooser(
        initial_conversation=_NAME, default_to_current_conversation=flag, response_url_enabled=flag, filter=_FILTER
    ),
    "channels_select": _chooser(initial_channel=_NAME, response_url_enabled=flag),
    "datepicker": _chooser(initial_date=_DAY),
    "timepicker": _chooser(initial_time=_TIME, timezone=_NAME),
    "datetimepicker": _chooser(initial_date_time=whole(0, 9_999_999_999)),
    "radio_buttons": _listed("initial_option", _LISTED_OPTION),
    "checkboxes": _listed("initial_options", many(_LISTED_OPTION, _LISTED_OPTIONS)),
}
_MANY_CHOICES: Mapping[str, Rule] = {
    "multi_static_select": both(
        _chooser(**_MENU, initial_options=many(_PLAIN_OPTION, _OPTIONS), max_selected_items=_MOST), _one_list
    ),
    "multi_users_select": _chooser(initial_users=_MANY_IDS, max_selected_items=_MOST),
    "multi_conversations_select": _chooser(
        initial_conversations=_MANY_IDS,
        default_to_current_conversation=flag,
        max_selected_items=_MOST,
        filter=_FILTER,
    ),
    "multi_channels_select": _chooser(initial_channels=_MANY_IDS, max_selected_items=_MOST),
}
_PRESSED: Mapping[str, Rule] = {"button": _BUTTON, "overflow": _OVERFLOW}
_WRITTEN: Mapping[str, Rule] = {
    "plain_text_input": _field(
        initial_value=string(_INPUT), multiline=flag, min_length=whole(0, _INPUT), max_length=whole(1, _INPUT)
    ),
    "email_text_input": _field(initial_value=string(_INPUT)),
    "url_text_input": _field(initial_value=string(_INPUT)),
    "number_input": _field(
        {"is_decimal_allowed": flag}, initial_value=string(_INPUT), min_value=string(50), max_value=string(50)
    ),
}
STATEFUL = frozenset({*_SINGLE_CHOICE, *_MANY_CHOICES, *_WRITTEN})
"""Types of elements whose value stands in the state of their message or view."""

_ID_ONLY: Mapping[str, Rule] = {"block_id": _ID}
_IN_CONTEXT = by_type({"image": _IMAGE, "plain_text": plain(3000), "mrkdwn": words(3000)})
_ACCESSORY = by_type({**_PRESSED, **_SINGLE_CHOICE, **_MANY_CHOICES, "image": _IMAGE})
_RICH_PARTS = by_type(
    dict.fromkeys(("rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"), anything)
)


def _says_something(value: object, where: str) -> Iterator[str]:
    if isinstance(value, Mapping) and not value.get("text") and not value.get("fields"):
        yield fault("missing required field: text", where)


EVERYWHERE: Mapping[str, Rule] = {
    "section": both(
        thing(
            _TYPE,
            {
                **_ID_ONLY,
                "text": words(3000),
                "fields": many(words(2000), 10),
                "accessory": _ACCESSORY,
                "expand": flag,
            },
        ),
        _says_something,
    ),
    "header": thing({**_TYPE, "text": plain(150)}, _ID_ONLY),
    "divider": thing(_TYPE, _ID_ONLY),
    "context": thing({**_TYPE, "elements": many(_IN_CONTEXT, 10)}, _ID_ONLY),
    "actions": thing(
        {**_TYPE, "elements": many(by_type({**_PRESSED, **_SINGLE_CHOICE, **_MANY_CHOICES}), 25)}, _ID_ONLY
    ),
    "image": both(
        thing(
            {**_TYPE, "alt_text": string(2000, least=1)},
            {**_ID_ONLY, "image_url": _URL, "slack_file": anything, "title": plain(2000)},
        ),
        _one_image,
    ),
    "rich_text": thing({**_TYPE, "elements": many(_RICH_PARTS, 1000, least=0)}, _ID_ONLY),
    "input": thing(
        {**_TYPE, "label": plain(2000), "element": by_type({**_WRITTEN, **_SINGLE_CHOICE, **_MANY_CHOICES})},
        {**_ID_ONLY, "hint": plain(2000), "optional": flag, "dispatch_action": flag},
    ),
}
MESSAGES_ONLY: Mapping[str, Rule] = {"markdown": thing({**_TYPE, "text": string(12_000, least=1)}, _ID_ONLY)}


def with_ids(blocks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Blocks as Slack keeps them: whatever has no id gets one."""
    return [{"block_id": _new_id(), **_with_action_ids(block)} for block in blocks]


def _with_action_ids(block: Mapping[str, Any]) -> dict[str, Any]:
    found = copy.deepcopy(dict(block))
    if found["type"] == "actions":
        found["elements"] = [{"action_id": _new_id(), **element} for element in found["elements"]]
    for name in ("accessory", "element"):
        if name in found and found[name]["type"] != "image":
            found[name] = {"action_id": _new_id(), **found[name]}
    return found


def _new_id() -> str:
    return secrets.token_urlsafe(4)
