"""What is known of outlets: members answer what the registry does not know, editors change what it says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from bot.desk.affected import Affected, affected_by
from bot.desk.base import DeskBase
from bot.desk.editing import mark
from bot.desk.errors import AlreadyWrittenError
from bot.desk.fields import FieldRefusal, FieldsRefusedError, FieldTrouble
from bot.editorial.country import country_named
from bot.editorial.house import House
from bot.editorial.item import Item
from bot.editorial.link import NotALink, read_link
from bot.editorial.outlet import Control, Entry, Outlet, Verdict, verdict
from bot.editorial.role import Act
from bot.extract.outlets import registry_date
from bot.ports import Change, DeskRecord, UnitOfWork

FOUND_MOST = 15


@dataclass(frozen=True, slots=True)
class Row:
    """What somebody writes of an outlet in a form; `country` as they typed it."""

    name: str
    country: str
    control: Control
    words: str


@dataclass(frozen=True, slots=True)
class Why:
    """What an outlet counts as and whose word that is; `entry` is None where nobody knows it."""

    house: House
    asked: str
    entry: Entry | None
    verdict: Verdict
    registry_of: date
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """An outlet as an editor wrote it, what it counts as now, and what that changed."""

    house: House
    entry: Entry
    verdict: Verdict
    affected: tuple[Affected, ...]


@dataclass(frozen=True, slots=True)
class OutletsFound:
    """What the registry has for what an editor looked for; `domain` where that is one that it does not have."""

    house: House
    asked: str
    entries: tuple[Entry, ...]
    domain: str | None


class Registering(DeskBase):
    async def rule_on_outlet(
        self, item_id: int, ruling: Verdict, *, workspace: str, by: str, now: datetime
    ) -> Sequence[Item]:
        """Keep a member's word on who controls the outlet of an item; every card that it touches is shown again.

        Raises:
            AlreadyWrittenError: somebody else answered meanwhile.
        """
        await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            item, desk, issue = await self._changeable_item(work, workspace, item_id, by)
            domain = item.outlet.domain if item.outlet is not None else item.host
            await self._must_be_open(work, desk, item, domain, by)
            writing = work.outlets.rule(workspace, domain, ruling, by, now)
            affected = await affected_by(work, self.houses, workspace, writing, now)
            before = item.outlet.ruling.value if item.outlet is not None and item.outlet.ruling else None
            told = {"domain": domain, "ruling": before}, {"domain": domain, "ruling": ruling.value}
            await work.changes.add(Change("outlet ruled", by, now, desk, issue.id, item.id, *told))
            return [each for one in affected if one.issue.id == issue.id for each in one.items]

    async def say_control(self, item_id: int, row: Row, *, workspace: str, by: str, now: datetime) -> Rewritten:
        """Keep what a member knows of the outlet of an item that the registry does not know; its words are evidence.

        Raises:
            AlreadyWrittenError: somebody else answered meanwhile.
            FieldsRefusedError: by field, what cannot be stored.
        """
        await self._member(workspace, by, now)
        country = _read(row, FieldTrouble.EVIDENCE_EMPTY)
        async with self._unit_of_work() as work:
            item, desk, _ = await self._changeable_item(work, workspace, item_id, by)
            domain = item.outlet.domain if item.outlet is not None else item.host
            await self._must_be_open(work, desk, item, domain, by)
            outlet = Outlet(domain, _one_line(row.name), country, row.control, evidence=_one_line(row.words))
            return await self._rewritten(work, desk, outlet, "", by, now, item=item)

    async def why(self, desk: DeskRecord, asked: str, *, by: str, now: datetime) -> Why:
        """Say why an outlet counts as what it counts as: it is named by its domain, an address of it, or its name."""
        await self._member(desk.workspace, by, now)
        async with self._unit_of_work() as work:
            entry = await _named(work, desk.workspace, asked)
        return await self._why(asked, entry, desk, now)

    async def why_item(self, item_id: int, *, workspace: str, by: str, now: datetime) -> Why:
        """Say why the outlet of an item counts as what it counts as."""
        await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            item, desk, _ = await self._changeable_item(work, workspace, item_id, by)
            entry = await work.outlets.entry(workspace, item.host)
        return await self._why(item.host, entry, desk, now)

    async def find_outlets(self, desk: DeskRecord, asked: str, *, by: str, now: datetime) -> OutletsFound:
        """Look an outlet up for an editor, by a part of its name or by its domain."""
        await self._editor(desk, by, now, Act.REGISTRY)
        said = _one_line(asked)
        async with self._unit_of_work() as work:
            known = await _named(work, desk.workspace, said) if said else None
            found = list(await work.outlets.search(desk.workspace, said, FOUND_MOST)) if said else []
        if known is not None:
            found = [known, *(entry for entry in found if entry.outlet.domain != known.outlet.domain)][:FOUND_MOST]
        host = _host(said)
        is_new = host is not None and all(entry.outlet.domain != host for entry in found)
        return OutletsFound(self.house_of(desk), said, tuple(found), host if is_new else None)

    async def outlet(self, desk: DeskRecord, domain: str, *, by: str, now: datetime) -> Entry:
        """An outlet as an editor is to write it anew; one that nobody knows has no name yet."""
        await self._editor(desk, by, now, Act.REGISTRY)
        async with self._unit_of_work() as work:
            known = await work.outlets.entry(desk.workspace, domain)
        return known if known is not None and known.outlet.domain == domain else Entry(Outlet(domain, ""))

    async def outlet_of(self, item_id: int, *, workspace: str, by: str, now: datetime) -> tuple[DeskRecord, Entry]:
        """The outlet of an item as an editor is to write it anew, and the item's desk."""
        await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            item, desk, _ = await self._changeable_item(work, workspace, item_id, by)
        domain = item.outlet.domain if item.outlet is not None else item.host
        return desk, await self.outlet(desk, domain, by=by, now=now)

    async def write_outlet(
        self, desk: DeskRecord, domain: str, row: Row, *, seen: str, by: str, now: datetime
    ) -> Rewritten:
        """Write an outlet anew in the name of an editor, whose words are the reason; issues that are open follow.

        What it counts as is what its control and country say: an earlier ruling is taken back. `seen` is the mark of
        what the form showed.

        Raises:
            FieldsRefusedError: by field, what cannot be stored, and that somebody else wrote it meanwhile.
        """
        await self._editor(desk, by, now, Act.REGISTRY)
        country = _read(row, FieldTrouble.REASON_EMPTY)
        async with self._unit_of_work() as work:
            await work.desks.hold(desk.id)
            known = await work.outlets.entry(desk.workspace, domain)
            stands = known if known is not None and known.outlet.domain == domain else Entry(Outlet(domain, ""))
            if mark_of(stands) != seen:
                theirs = stands.outlet.control.value
                raise FieldsRefusedError({"control": FieldRefusal(FieldTrouble.CHANGED_MEANWHILE, theirs)})
            outlet = replace(stands.outlet, name=_one_line(row.name), country=country, control=row.control, ruling=None)
            return await self._rewritten(work, desk, outlet, _one_line(row.words), by, now)

    async def _must_be_open(self, work: UnitOfWork, desk: DeskRecord, item: Item, domain: str, by: str) -> None:
        """Refuse an answer where somebody else gave one: what is asked again is asked of editors."""
        entry = await work.outlets.entry(desk.workspace, domain)
        decided = entry.decided if entry is not None and entry.outlet.domain == domain else None
        if entry is None or decided is None or decided.by in {"", by}:
            return
        if verdict(entry.outlet, self.house_of(desk).state_media.watched) is not Verdict.UNDECIDED:
            name = (await work.people.names(desk.workspace, [decided.by])).get(decided.by, decided.by)
            raise AlreadyWrittenError(item, "outlet", name)

    async def _rewritten(
        self,
        work: UnitOfWork,
        desk: DeskRecord,
        outlet: Outlet,
        reason: str,
        by: str,
        now: datetime,
        *,
        item: Item | None = None,
    ) -> Rewritten:
        before = await work.outlets.entry(desk.workspace, outlet.domain)
        writing = work.outlets.write(desk.workspace, outlet, reason, by, now)
        affected = await affected_by(work, self.houses, desk.workspace, writing, now)
        told = facts_of(before.outlet) if before is not None else {}, facts_of(outlet) | {"reason": reason}
        issue, about = (item.issue_id, item.id) if item is not None else (None, None)
        await work.changes.add(Change("outlet written", by, now, desk, issue, about, *told))
        entry = await work.outlets.entry(desk.workspace, outlet.domain)
        ruled = verdict(outlet, self.house_of(desk).state_media.watched)
        return Rewritten(self.house_of(desk), entry or Entry(outlet), ruled, affected)

    async def _why(self, asked: str, entry: Entry | None, desk: DeskRecord, now: datetime) -> Why:
        decided = entry.decided if entry is not None else None
        names = await self._names(desk.workspace, [decided.by] if decided is not None else [], now)
        ruled = verdict(entry.outlet if entry is not None else None, self.house_of(desk).state_media.watched)
        return Why(self.house_of(desk), _one_line(asked), entry, ruled, registry_date(), names)


def mark_of(entry: Entry) -> str:
    """A short mark of what is known of an outlet."""
    return mark(repr(facts_of(entry.outlet)))


def facts_of(outlet: Outlet) -> dict[str, Any]:
    """An outlet as the event log keeps it."""
    return {
        "domain": outlet.domain,
        "name": outlet.name,
        "country": outlet.country,
        "control": outlet.control.value,
        "ruling": outlet.ruling and outlet.ruling.value,
        "evidence": outlet.evidence,
    }


def _read(row: Row, trouble: FieldTrouble) -> str | None:
    """The country of what somebody wrote; refuses what cannot be stored, and empty words as `trouble`."""
    refused = {}
    if not row.name.strip():
        refused["name"] = FieldRefusal(FieldTrouble.NAME_EMPTY)
    country = country_named(row.country)
    if country is None and row.country.strip():
        refused["country"] = FieldRefusal(FieldTrouble.COUNTRY_UNKNOWN)
    if country is None and not row.country.strip() and row.control is not Control.INDEPENDENT:
        refused["country"] = FieldRefusal(FieldTrouble.COUNTRY_EMPTY)
    if not row.words.strip():
        refused["words"] = FieldRefusal(trouble)
    if refused:
        raise FieldsRefusedError(refused)
    return country


async def _named(work: UnitOfWork, workspace: str, asked: str) -> Entry | None:
    """The outlet of a domain, of an address, or of a name that is one outlet's alone."""
    host = _host(asked)
    if host is not None and (found := await work.outlets.entry(workspace, host)) is not None:
        return found
    named = await work.outlets.named(workspace, _one_line(asked))
    return await work.outlets.entry(workspace, named.domain) if named is not None else None


def _host(asked: str) -> str | None:
    """What was typed as a host, as Slack may have made a link of it; None where it is none."""
    said = asked.strip().strip("<>").partition("|")[0]
    if "." not in said or " " in said:
        return None
    try:
        return read_link(said if "://" in said else f"https://{said}").host
    except NotALink:
        return None


def _one_line(words: str) -> str:
    return " ".join(words.split())
