"""The user groups of the workspace, as the app may read them."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.sandbox.records import Refusal
from bot.sandbox.web_access import Answer
from bot.sandbox.workspace import Workspace


class Groups:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def methods(self) -> Mapping[str, Callable[[Mapping[str, Any]], Answer]]:
        return {"usergroups.list": self.all, "usergroups.users.list": self.members}

    def all(self, args: Mapping[str, Any]) -> Answer:
        """The groups, without those that were switched off unless they are asked for."""
        shown = [
            group for group in self._workspace.groups.values() if not group.deleted_at or args.get("include_disabled")
        ]
        with_users, with_count = bool(args.get("include_users")), bool(args.get("include_count"))
        return {"usergroups": [group.as_slack(with_users=with_users, with_count=with_count) for group in shown]}

    def members(self, args: Mapping[str, Any]) -> Answer:
        group = self._workspace.groups.get(str(args["usergroup"]))
        if group is None or (group.deleted_at and not args.get("include_disabled")):
            raise Refusal("no_such_subteam")
        return {"users": list(group.members)}
