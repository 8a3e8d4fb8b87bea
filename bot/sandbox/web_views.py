"""The methods `views.*`."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.sandbox.modals import Modals
from bot.sandbox.records import Refusal
from bot.sandbox.web_access import Access, Answer


class Views:
    def __init__(self, modals: Modals, access: Access, *, has_home: bool) -> None:
        self._modals = modals
        self._access = access
        self._has_home = has_home

    def methods(self) -> Mapping[str, Callable[[Mapping[str, Any]], Answer]]:
        return {
            "views.open": self.open,
            "views.push": self.push,
            "views.update": self.update,
            "views.publish": self.publish,
        }

    def open(self, args: Mapping[str, Any]) -> Answer:
        return {"view": self._modals.open(_trigger(args), _view(args))}

    def push(self, args: Mapping[str, Any]) -> Answer:
        return {"view": self._modals.push(_trigger(args), _view(args))}

    def update(self, args: Mapping[str, Any]) -> Answer:
        view_id, external_id = args.get("view_id"), args.get("external_id")
        if not view_id and not external_id:
            raise Refusal("not_found")
        known = args.get("hash") or None
        return {"view": self._modals.update(_view(args), view_id=view_id, external_id=external_id, known=known)}

    def publish(self, args: Mapping[str, Any]) -> Answer:
        if not self._has_home:
            raise Refusal("not_enabled")
        user = self._access.user(str(args["user_id"]))
        return {"view": self._modals.publish(user.id, _view(args), known=args.get("hash") or None)}


def _trigger(args: Mapping[str, Any]) -> str:
    trigger = args.get("trigger_id") or args.get("interactivity_pointer")
    if not trigger:
        messages = ["[ERROR] missing required field: trigger_id"]
        raise Refusal("invalid_arguments", {"response_metadata": {"messages": messages}})
    return str(trigger)


def _view(args: Mapping[str, Any]) -> Mapping[str, Any]:
    view = args["view"]
    if not isinstance(view, Mapping):
        messages = ["[ERROR] must be an object [json-pointer:/view]"]
        raise Refusal("invalid_arguments", {"response_metadata": {"messages": messages}})
    return view
