"""What admins of the workspace do to people and user groups; the app hears of it as Slack tells."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from bot.sandbox import events
from bot.sandbox.records import Group
from bot.sandbox.response_urls import Echo
from bot.sandbox.workspace import Workspace


class Administration:
    def __init__(self, workspace: Workspace, emit: Echo, settled: Callable[[], Awaitable[None]]) -> None:
        self._workspace = workspace
        self._emit = emit
        self._settled = settled

    async def changes_person(self, name: str, **marks: Any) -> None:  # noqa: ANN401 - fields of User
        """Somebody becomes an admin, a guest, or calls themselves something else."""
        user = self._workspace.user(name)
        for mark, value in marks.items():
            setattr(user, mark, value)
        self._workspace.changed()
        self._emit("user_change", events.user_changed(user, self._workspace))
        await self._settled()

    async def deactivates(self, name: str) -> None:
        """Somebody leaves for good: they are in no channel any more, and nobody can write to them."""
        user = self._workspace.user(name)
        for channel in self._workspace.channels.values():
            if not channel.is_im:
                channel.members.discard(user.id)
        await self.changes_person(name, deleted=True)

    def makes_group(self, name: str, members: Sequence[str] = ()) -> Group:
        """Make a user group of people by name."""
        return self._workspace.add_group(name, [self._workspace.user(member).id for member in members])

    async def fills_group(self, group: Group, members: Sequence[str]) -> None:
        """These people by name are in a user group from now on, and nobody else."""
        before, group.members = group.members, [self._workspace.user(member).id for member in members]
        self._workspace.changed()
        ts = self._workspace.next_ts()
        self._emit("subteam_members_changed", events.group_members_changed(group, before, ts))
        await self._settled()

    async def switches_group(self, group: Group, *, off: bool) -> None:
        """Switch a user group off, or on again; its members stay on record."""
        ts = self._workspace.next_ts()
        group.deleted_at = int(float(ts)) if off else 0
        self._workspace.changed()
        self._emit("subteam_updated", events.group_updated(group, ts))
        await self._settled()
