"""A workspace's registry goes out as a file and comes in from one, without anybody in Slack."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.desk.affected import Affected, affected_by
from bot.desk.registry import facts_of
from bot.editorial.houses import Houses
from bot.editorial.outlet import Entry, Outlet, Verdict, verdict
from bot.ports import NOBODYS, Change, UnitOfWork, UnitOfWorkFactory


class NoRegistryError(Exception):
    """It is not clear whose registry is meant; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file changed: each outlet before and after, how many it left alone, and what that did to issues."""

    changed: tuple[tuple[Outlet | None, Outlet], ...]
    same: int
    affected: tuple[Affected, ...]


class RegistryFiles:
    """Asks no network and no person."""

    def __init__(self, *, houses: Houses, unit_of_work: UnitOfWorkFactory) -> None:
        self._houses = houses
        self._unit_of_work = unit_of_work

    async def known(self) -> tuple[Sequence[Entry], dict[str, str]]:
        """All outlets as they count, and the names of those who decided about them.

        Raises:
            NoRegistryError: there are several workspaces.
        """
        async with self._unit_of_work() as work:
            workspace = await self._workspace(work)
            entries = await work.outlets.entries(workspace)
            deciders = {entry.decided.by for entry in entries if entry.decided is not None}
            return entries, dict(await work.people.names(workspace, sorted(deciders)))

    async def take_over(self, outlets: Sequence[Outlet], *, now: datetime) -> Imported:
        """Write what differs in a file, all of it or nothing; outlets that it does not name stay as they are.

        Raises:
            NoRegistryError: there is no desk yet, or there are several workspaces.
        """
        async with self._unit_of_work() as work:
            workspace = await self._workspace(work)
            if workspace == NOBODYS:
                raise NoRegistryError("There is no desk yet whose registry that could be. Invite the bot first.")
            (desk, *_) = await work.desks.all(workspace)
            await work.desks.hold(desk.id)
            known = {entry.outlet.domain: entry.outlet for entry in await work.outlets.entries(workspace)}
            changed = tuple(
                (known.get(outlet.domain), outlet) for outlet in outlets if known.get(outlet.domain) != outlet
            )
            writing = _write(work, workspace, changed, now)
            affected = await affected_by(work, self._houses, workspace, writing, now)
            for before, after in changed:
                told = facts_of(before) if before is not None else {}, facts_of(after)
                await work.changes.add(Change("outlet imported", "", now, desk, None, None, *told))
            return Imported(changed, len(outlets) - len(changed), affected)

    def counts_as(self, outlet: Outlet | None) -> Verdict:
        return verdict(outlet, self._houses.default.state_media.watched)

    async def _workspace(self, work: UnitOfWork) -> str:
        workspaces = {desk.workspace for desk in await work.desks.all()}
        if len(workspaces) > 1:
            raise NoRegistryError("There are several workspaces here, and whose registry is meant is not clear.")
        return next(iter(workspaces), NOBODYS)


async def _write(
    work: UnitOfWork, workspace: str, changed: Sequence[tuple[Outlet | None, Outlet]], now: datetime
) -> None:
    for before, after in changed:
        facts = replace(before or Outlet(after.domain, ""), ruling=None)
        if after.ruling is not None and facts == replace(after, ruling=None):
            await work.outlets.rule(workspace, after.domain, after.ruling, "", now)  # its facts stay the registry's
        else:
            await work.outlets.write(workspace, after, "", "", now)
