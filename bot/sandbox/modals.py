"""What the app opened in front of people: their stacks of forms, their homes, and the triggers that allow it."""

import copy
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.sandbox.block_kit import with_ids
from bot.sandbox.limits import is_too_large, view_refusals
from bot.sandbox.records import TEAM, Refusal
from bot.sandbox.workspace import Workspace

View = dict[str, Any]
STACK = 3
TRIGGER_LIFE = timedelta(seconds=3)


class Modals:
    """Every view is checked as Slack checks it, and kept as Slack keeps it: with ids, a hash and a state."""

    def __init__(self, workspace: Workspace, clock: Callable[[], datetime]) -> None:
        self._workspace = workspace
        self._clock = clock
        self._stacks: dict[str, list[View]] = {}
        self._homes: dict[str, View] = {}
        self._triggers: dict[str, tuple[datetime, str]] = {}
        self._used: set[str] = set()

    def new_trigger(self, user: str) -> str:
        """A trigger that opens one view within three seconds."""
        trigger = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._triggers[trigger] = (self._clock(), user)
        return trigger

    def stack(self, user: str) -> list[View]:
        """The forms of a person, the one in front last."""
        return self._stacks.setdefault(user, [])

    def top(self, user: str) -> View | None:
        stack = self._stacks.get(user)
        return stack[-1] if stack else None

    def home(self, user: str) -> View | None:
        return self._homes.get(user)

    def shown(self, user: str, view_id: str) -> View:
        """The form in front or the home of a person by its id; raises Refusal where they see no such view."""
        for view in (self.top(user), self.home(user)):
            if view is not None and view["id"] == view_id:
                return view
        raise Refusal("not_found")

    def open(self, trigger: str, view: Mapping[str, Any]) -> View:
        user = self._pull(trigger)
        opened = self._kept(view, "modal")
        self._stacks[user] = [opened]
        self._workspace.changed()
        return opened

    def push(self, trigger: str, view: Mapping[str, Any]) -> View:
        """Lay a form over the one in front of whoever pulled the trigger."""
        user = self._pull(trigger)
        if not self.stack(user):
            raise Refusal("not_found")
        return self.lay_over(user, view)

    def lay_over(self, user: str, view: Mapping[str, Any]) -> View:
        stack = self.stack(user)
        if len(stack) >= STACK:
            raise Refusal("push_limit_reached")
        laid = self._kept(view, "modal")
        laid |= {"previous_view_id": stack[-1]["id"], "root_view_id": stack[-1]["root_view_id"]}
        stack.append(laid)
        self._workspace.changed()
        return laid

    def update(
        self, view: Mapping[str, Any], *, view_id: str | None, external_id: str | None, known: str | None
    ) -> View:
        """Replace an open form in place; a form that changed since it was `known` is left alone."""
        for stack in self._stacks.values():
            for place, old in enumerate(stack):
                if (view_id and old["id"] == view_id) or (external_id and old["external_id"] == external_id):
                    stack[place] = self._renewed(old, view, known)
                    self._workspace.changed()
                    return stack[place]
        raise Refusal("not_found")

    def publish(self, user: str, view: Mapping[str, Any], *, known: str | None) -> View:
        old = self._homes.get(user)
        found = self._kept(view, "home") if old is None else self._renewed(old, view, known)
        self._homes[user] = found
        self._workspace.changed()
        return found

    def close(self, user: str, view_id: str) -> None:
        """Take one form off the stack; what lay under it is in front again."""
        self._stacks[user] = [view for view in self.stack(user) if view["id"] != view_id]
        self._workspace.changed()

    def clear(self, user: str) -> None:
        self._stacks[user] = []
        self._workspace.changed()

    def _renewed(self, old: View, view: Mapping[str, Any], known: str | None) -> View:
        if known and known != old["hash"]:
            raise Refusal("hash_conflict")
        kept = ("id", "root_view_id", "previous_view_id")
        return self._kept(view, old["type"], instead_of=old) | {name: old[name] for name in kept}

    def _pull(self, trigger: str) -> str:
        if trigger in self._used:
            raise Refusal("exchanged_trigger_id")
        if trigger not in self._triggers:
            raise Refusal("invalid_trigger_id")
        issued, user = self._triggers[trigger]
        if self._clock() - issued > TRIGGER_LIFE:
            raise Refusal("expired_trigger_id")
        self._used.add(trigger)
        return user

    def _kept(self, view: Mapping[str, Any], kind: str, *, instead_of: View | None = None) -> View:
        refusals = view_refusals(view)
        if view.get("type") != kind:
            refusals.append(f"must be a valid enum value: {kind} [json-pointer:/view/type]")
        if refusals:
            messages = [f"[ERROR] {reason}" for reason in refusals]
            raise Refusal("invalid_arguments", {"response_metadata": {"messages": messages}})
        if is_too_large(view):
            raise Refusal("view_too_large")
        external = view.get("external_id")
        if external and any(each["external_id"] == external and each is not instead_of for each in self._all()):
            raise Refusal("duplicate_external_id")
        view_id = f"V{secrets.token_hex(5).upper()}"
        return {
            "id": view_id,
            "team_id": TEAM,
            "app_id": self._workspace.app_id,
            "app_installed_team_id": TEAM,
            "bot_id": self._workspace.bot_id,
            "title": {"type": "plain_text", "text": "View Title", "emoji": True},
            "callback_id": "",
            "external_id": "",
            "private_metadata": "",
            "submit": None,
            "close": None,
            "clear_on_close": False,
            "notify_on_close": False,
            **copy.deepcopy(dict(view)),
            "blocks": with_ids(view["blocks"]),
            "hash": f"{self._clock().timestamp():.0f}.{secrets.token_hex(4)}",
            "root_view_id": view_id,
            "previous_view_id": None,
            "state": {"values": {}},
        }

    def _all(self) -> list[View]:
        return [*self._homes.values(), *(view for stack in self._stacks.values() for view in stack)]
