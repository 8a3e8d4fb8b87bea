"""The registry of outlets, and what each workspace decided about them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.editorial.outlet import Control, Decision, Entry, Outlet, Verdict
from bot.extract.outlets import lookup_hosts
from bot.ports import Habit
from db.models import HabitRow, OutletRow, OwnOutletRow, RulingRow
from db.repositories.statements import insert_or_update

_AT_ONCE = 500
"""Domains that one statement names: databases bound how many values they take."""


class OutletRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._found: dict[tuple[str, str], Outlet | None] = {}

    async def find(self, workspace: str, host: str) -> Outlet | None:
        return (await self.of_hosts(workspace, [host])).get(host)

    async def named(self, workspace: str, name: str) -> Outlet | None:
        """The outlet that is cited by a name; None where none is, or several are."""
        own = select(OwnOutletRow.domain).where(
            OwnOutletRow.workspace == workspace, func.lower(OwnOutletRow.name) == name.lower()
        )
        shipped = select(OutletRow.domain).where(func.lower(OutletRow.name) == name.lower())
        for query in (own, shipped):
            domains = (await self._session.scalars(query.limit(2))).all()
            if len(domains) == 1:
                return await self.find(workspace, domains[0])
        return None

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
        entries = await self._entries(workspace, domains)
        for host, found in candidates.items():
            nearest = next((entries[domain] for domain in found if domain in entries), None)
            self._found[workspace, host] = nearest.outlet if nearest is not None else None

    async def entry(self, workspace: str, host: str) -> Entry | None:
        """What is known of the outlet of a host, and whose word that is."""
        domains = lookup_hosts(host)
        entries = await self._entries(workspace, domains)
        return next((entries[domain] for domain in domains if domain in entries), None)

    async def entries(self, workspace: str) -> Sequence[Entry]:
        """All that a workspace knows, by domain."""
        known = [*await self._session.scalars(select(OutletRow.domain))]
        for table in (OwnOutletRow, RulingRow):
            known += await self._session.scalars(select(table.domain).where(table.workspace == workspace))
        domains = sorted(set(known))
        found: dict[str, Entry] = {}
        for start in range(0, len(domains), _AT_ONCE):
            found |= await self._entries(workspace, domains[start : start + _AT_ONCE])
        return [found[domain] for domain in domains]

    async def search(self, workspace: str, words: str, limit: int) -> Sequence[Entry]:
        """What is found by a part of its name or domain, the shortest names first."""
        found = set[str]()
        for table in (OutletRow, OwnOutletRow):
            name = func.lower(table.name)
            fits = name.contains(words.lower(), autoescape=True) | table.domain.contains(words.lower(), autoescape=True)
            query = select(table.domain).where(fits).order_by(func.length(table.name), table.domain).limit(limit)
            if table is OwnOutletRow:
                query = query.where(OwnOutletRow.workspace == workspace)
            found |= set(await self._session.scalars(query))
        entries = await self._entries(workspace, found)
        return sorted(entries.values(), key=lambda entry: (len(entry.outlet.name), entry.outlet.domain))[:limit]

    async def _entries(self, workspace: str, domains: Collection[str]) -> dict[str, Entry]:
        """What is known of these very domains: the workspace's row before the shipped, its ruling before both."""
        shipped = select(OutletRow).where(OutletRow.domain.in_(domains))
        own = select(OwnOutletRow).where(OwnOutletRow.workspace == workspace, OwnOutletRow.domain.in_(domains))
        ruled = select(RulingRow).where(RulingRow.workspace == workspace, RulingRow.domain.in_(domains))
        rows = {row.domain: row for row in await self._session.scalars(shipped)}
        owns = {row.domain: row for row in await self._session.scalars(own)}
        rulings = {row.domain: row for row in await self._session.scalars(ruled)}
        known = {*rows, *owns, *rulings}
        return {domain: _entry(domain, rows.get(domain), owns.get(domain), rulings.get(domain)) for domain in known}

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

    async def write(self, workspace: str, outlet: Outlet, reason: str, by: str, at: datetime) -> None:
        """Keep a workspace's own row of an outlet, with its ruling, in place of all that was said before."""
        self._found.clear()
        facts = {
            "name": outlet.name,
            "country": outlet.country,
            "control": outlet.control.value,
            "evidence": outlet.evidence,
        }
        written = {**facts, "reason": reason, "by": by, "at": at}
        await self._session.execute(
            insert_or_update(
                self._session,
                OwnOutletRow,
                keys=("workspace", "domain"),
                values={"workspace": workspace, "domain": outlet.domain} | written,
                update=written,
            )
        )
        if outlet.ruling is not None:
            await self.rule(workspace, outlet.domain, outlet.ruling, by, at)
        else:
            here = delete(RulingRow).where(RulingRow.workspace == workspace, RulingRow.domain == outlet.domain)
            await self._session.execute(here)

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


def _entry(domain: str, shipped: OutletRow | None, own: OwnOutletRow | None, ruling: RulingRow | None) -> Entry:
    facts = own or shipped
    outlet = Outlet(domain, "")
    if facts is not None:
        outlet = Outlet(domain, facts.name, facts.country, Control(facts.control), evidence=facts.evidence)
    said = ruling.ruling if ruling is not None else shipped.ruling if shipped is not None and own is None else None
    return Entry(
        replace(outlet, ruling=Verdict(said) if said else None),
        Decision(own.by, own.at, own.reason) if own is not None else None,
        Decision(ruling.by, ruling.at) if ruling is not None else None,
    )
