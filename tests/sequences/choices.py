"""Choosing among what is shown: buttons, options and the fields of forms."""

import random
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from bot.sandbox import forms
from bot.sandbox.forms import NotThereError
from bot.sandbox.member import Member
from bot.sandbox.text import elements_of, options_of

_T = TypeVar("_T")

_WORDS = ("Tankers of the Orinoco", "Its imprint names the ministry.", "New development", "<!channel> *bold* & more")


async def works_on(person: Member, dice: random.Random, link: str) -> str:
    """Fill in and send the form in front of somebody, press something in it, or close it; gives what was done.

    `link` is what they write where links are asked for.
    """
    view = person.modal
    if view is None:
        raise NotThereError("No form is open.")
    title, choice, can_press = view["title"]["text"], dice.random(), any(to_press(view["blocks"]))
    if choice < 0.15 or not (can_press or view.get("submit")):
        await person.closes(all_of_them=dice.random() < 0.3)
        return f"closes {title!r}"
    if can_press and (choice < 0.35 or not view.get("submit")):
        pressed, said = action(view["blocks"], dice)
        await person.acts_on_view(view, pressed)
        return f"presses {said!r} in {title!r}"
    refused = await person.submits_state(view, filled(view, dice, link))
    return f"submits {title!r}" + (f", refused: {refused}" if refused else "")


def to_press(blocks: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """What can be pressed or chosen from at once: fields of a form are filled in instead."""
    shown = {"blocks": [block for block in blocks if block["type"] != "input"]}
    found = [element for _, element in elements_of(shown)]
    return [element for element in found if element["type"] in {"button", "static_select", "overflow"}]


def action(blocks: Sequence[Mapping[str, Any]], dice: random.Random) -> tuple[dict[str, Any], str]:
    """Anything that can be done with these blocks, and how it reads."""
    shown = {"blocks": [block for block in blocks if block["type"] != "input"]}
    element = chosen(to_press(blocks), dice)
    if element["type"] == "button":
        return forms.press(shown, None, element["action_id"], _nth(shown, element)), element["text"]["text"]
    option = dice.choice(options_of(element))
    label = option["text"]["text"]
    found = [each for _, each in elements_of(shown) if each["action_id"] == element["action_id"]]
    before = found[: next(place for place, each in enumerate(found) if each is element)]
    nth = sum(o["text"]["text"] == label for each in before for o in options_of(each))
    return forms.choose(shown, label, element["action_id"], nth), label


def _nth(shown: Mapping[str, Any], element: Mapping[str, Any]) -> int:
    same = [each for _, each in elements_of(shown) if each["action_id"] == element["action_id"]]
    return next(place for place, each in enumerate(same) if each is element)


def filled(view: Mapping[str, Any], dice: random.Random, link: str) -> dict[str, Any]:
    """A form with something in each field that has to have it, and in some others."""
    state = forms.initial_state(view)
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        element = block["element"]
        part = state.setdefault(block["block_id"], {}).setdefault(element["action_id"], {"type": element["type"]})
        if dice.random() < 0.4 and any(value for name, value in part.items() if name != "type"):
            continue
        if block.get("optional") and dice.random() < 0.5:
            continue
        is_for_links = block["block_id"] == "links" and dice.random() < 0.8
        part |= {"value": link} if is_for_links else _written(element, dice)
    return state


def _written(element: Mapping[str, Any], dice: random.Random) -> dict[str, Any]:
    options = options_of(element)
    match element["type"]:
        case "static_select" | "radio_buttons":
            return {"selected_option": dice.choice(options)}
        case "checkboxes":
            return {"selected_options": options if dice.random() < 0.8 else options[:1]}
        case "datepicker":
            return {"selected_date": dice.choice(("2021-01-05", "2020-12-31", "2021-02-03"))}
        case "number_input":
            return {"value": str(dice.randint(1, 9))}
        case "plain_text_input":
            return {"value": dice.choice(_WORDS)[: element.get("max_length", 3000)]}
        case "multi_users_select" | "multi_static_select" | "multi_external_select":
            return {}  # who may do what stays as it is, so that it is known whose hand is refused
        case kind:
            raise NotImplementedError(kind)


def chosen(found: Sequence[_T], dice: random.Random) -> _T:
    if not found:
        raise NotThereError("There is none.")
    return found[dice.randrange(len(found))]
