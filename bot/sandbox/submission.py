"""What becomes of a form that was sent, by the app's answer."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.modals import Modals
from bot.sandbox.records import Refusal


def answered(modals: Modals, user: str, view: Mapping[str, Any], answer: object) -> dict[str, str]:
    """Close, replace or cover the form as the app answered; returns the errors to show in it, by block.

    Raises:
        Refusal: the answer is not one that Slack would take.
    """
    answer = answer if isinstance(answer, Mapping) else {}
    match answer.get("response_action"):
        case None:
            modals.close(user, str(view["id"]))
        case "clear":
            modals.clear(user)
        case "update":
            modals.update(_view(answer), view_id=str(view["id"]), external_id=None, known=None)
        case "push":
            modals.lay_over(user, _view(answer))
        case "errors":
            return _errors(view, answer.get("errors"))
        case _:
            raise Refusal("invalid_response_action")
    return {}


def _view(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    view = answer.get("view")
    if not isinstance(view, Mapping):
        raise Refusal("invalid_view")
    return view


def _errors(view: Mapping[str, Any], errors: object) -> dict[str, str]:
    inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    if not isinstance(errors, Mapping) or not errors or errors.keys() - inputs:
        raise Refusal("invalid_errors")
    return {str(block): str(words) for block, words in errors.items()}
