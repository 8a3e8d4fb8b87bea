"""The registry of outlets, and what each workspace decided about them."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.editorial.outlet import Control, Outlet, Verdict
from bot.extract.outlets import lookup_hosts
from bot.ports import Habit
from db.models import HabitRow, OutletRow, RulingRow
from db.repositories.statements import insert_or_update


class OutletRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._found: dict[tuple[str, str], Outlet | None] = {}

    async def find(self, workspace: str, host: str) -> Outlet | None:
        return (await self.of_hosts(workspace, [host])).get(host)

    async def named(self, workspace: str, name: str) -> Outlet | None:
        """The outlet that is cited by a name; None where none is, or several are."""
        query = select(OutletRow.domain).where(func.lower(OutletRow.name) == name.lower()).limit(2)
        domains = (await self._session.scalars(query)).all()
        return await self.find(workspace, domains[0]) if len(domains) == 1 else None

    async def of_hosts(self, workspace: str, hosts: Iterable[str]) -> Mapping[str, Outlet]:
        """The outlet of each host: its own row or that of the nearest parent; a ruling of the workspace comes first.

        A unit of work asks once for each.
        """
        asked = set(hosts)
        await self._look_up(workspace, [host for host in asked if (workspace, host) not in self._found])
        known = {host: self._found[workspace, host] for host in asked}
        return {host: outlet for host, outlet in known.items() if outlet is not None}

    async def _look_up(self, workspace: str, hosts: Collection[str]) -> None:
        if not hosts:
            return
        candidates = {host: lookup_hosts(host) for host in hosts}
        domains = {domain for found in candidates.values() for domain in found}
        rows = {
            row.domain: row
            for row in await self._session.scalars(select(OutletRow).where(OutletRow.domain.in_(domains)))
        }
        rulings = {
            row.domain: Verdict(row.ruling)
            for row in await self._session.scalars(
                select(RulingRow).where(RulingRow.workspace == workspace, RulingRow.domain.in_(domains))
            )
        }
        self._found |= {(workspace, host): _nearest(found, rows, rulings) for host, found in candidates.items()}

    async def rule(self, workspace: str, domain: str, ruling: Verdict, by: str, at: datetime) -> None:
        """Keep what somebody decided about an outlet, in place of an earlier decision."""
        self._found.clear()
        decided = {"ruling": ruling.value, "by": by, "at": at}
        await self._session.execute(
            insert_or_update(
                self._session,
                RulingRow,
                keys=("workspace", "domain"),
                values={"workspace": workspace, "domain": domain} | decided,
                update=decided,
            )
        )

    async def habits(self, workspace: str, place: str) -> Mapping[Habit, str]:
        """What people of a workspace said of a host, or of a part of one."""
        query = select(HabitRow.kind, HabitRow.value).where(HabitRow.workspace == workspace, HabitRow.place == place)
        return {Habit(kind): value for kind, value in await self._session.execute(query) if value is not None}

    async def learn(self, workspace: str, place: str, habit: Habit, value: str | None, by: str, at: datetime) -> None:
        """Keep what somebody said of a place, instead of what was said before; None takes it back."""
        said = {"value": value, "by": by, "at": at}
        await self._session.execute(
            insert_or_update(
                self._session,
                HabitRow,
                keys=("workspace", "place", "kind"),
                values={"workspace": workspace, "place": place, "kind": habit.value} | said,
                update=said,
            )
        )

    async def count(self) -> int:
        return await self._session.scalar(select(func.count()).select_from(OutletRow)) or 0

    async def load(self, outlets: Iterable[Outlet]) -> int:
        """Bring the registry's rows up to date; returns how many there were. Rulings stay as they are."""
        self._found.clear()
        count = 0
        for outlet in outlets:
            facts = {
                "name": outlet.name,
                "country": outlet.country,
                "control": outlet.control.value,
                "ruling": outlet.ruling and outlet.ruling.value,
                "evidence": outlet.evidence,
            }
            await self._session.execute(
                insert_or_update(
                    self._session,
                    OutletRow,
                    keys=("domain",),
                    values={"domain": outlet.domain} | facts,
                    update=facts,
                )
            )
            count += 1
        return count


def _nearest(domains: Iterable[str], rows: Mapping[str, OutletRow], rulings: Mapping[str, Verdict]) -> Outlet | None:
    for domain in domains:
        row, ruling = rows.get(domain), rulings.get(domain)
        if row is not None:
            return Outlet(
                domain=row.domain,
                name=row.name,
                country=row.country,
                control=Control(row.control),
                ruling=ruling or (Verdict(row.ruling) if row.ruling else None),
                evidence=row.evidence,
            )
        if ruling is not None:
            return Outlet(domain=domain, name="", ruling=ruling)
    return None
