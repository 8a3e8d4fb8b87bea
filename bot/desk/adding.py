"""Members add links by name: those of a message that anybody wrote, however long ago, and those that they type."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.desk.capturing import ADDED, Capturing
from bot.desk.drops import Drop
from bot.desk.editing import Editing, signed
from bot.desk.errors import NoDeskError, NotInChannelError
from bot.desk.fields import FieldRefusal, FieldsRefusedError, FieldTrouble
from bot.desk.link_errors import LinksRefusedError
from bot.desk.rosters import Rosters
from bot.editorial.issue import Issue
from bot.editorial.item import Item
from bot.editorial.link import NotALink, read_link, readable
from bot.editorial.off_topic import OffTopic
from bot.ports import Change, DeskRecord, OfferedDesk, Person, UnitOfWork


@dataclass(frozen=True, slots=True)
class Addition:
    """Links that a member adds: `links` are all of them, `said` is the message in which they did it.

    Without a message there are only typed ones. Those of the message are found by whoever wrote it. `desk` is the one
    that they chose, None where the message stands in a desk's channel; `ticket` is unique to what they sent.
    """

    workspace: str
    by: str
    ticket: str
    links: tuple[str, ...]
    said: Drop | None = None
    desk: int | None = None
    note: str = ""
    anyway: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What has to be said before anything is added: nothing was changed.

    `desks` are those to choose from, where the message does not stand in a desk's channel (`elsewhere`), and `known`
    the channels of all desks of the workspace. `looks_like` is what the first link looks like that is no news.
    """

    elsewhere: bool = False
    desks: tuple[OfferedDesk, ...] = ()
    known: tuple[str, ...] = ()
    has_links: bool = True
    looks_like: OffTopic | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """What became of links: `items` are on record for this issue now, `there` were on record before.

    `refused` are those of a message that nobody can read, each with the reason.
    """

    desk: DeskRecord
    issue: Issue
    items: tuple[Item, ...]
    there: tuple[Item, ...]
    refused: Mapping[str, str]


class Adding(Rosters, Capturing, Editing):
    async def ask_for_links(self, workspace: str, by: str, *, now: datetime) -> Asked:
        """Say for which desks a member can type links: those in whose channels they are.

        Raises:
            NotOfThisDeskError: they are a guest.
        """
        await self._member(workspace, by, now)
        return await self._asked_elsewhere(workspace, by, now)

    async def add_message(self, said: Drop, *, by: str, ticket: str, now: datetime) -> Added | Asked:
        """Add the links of a message, or say what has to be known before.

        Raises:
            NotOfThisDeskError: whoever adds them is a guest.
        """
        person = await self._member(said.workspace, by, now)
        async with self._unit_of_work() as work:
            desk = await work.desks.find(said.workspace, said.channel)
        if desk is None:
            return replace(await self._asked_elsewhere(said.workspace, by, now), has_links=bool(said.links))
        if not said.links:
            return Asked(has_links=False)
        return await self._add_all(Addition(said.workspace, by, ticket, said.links, said), person, now)

    async def add_links(self, addition: Addition, *, now: datetime) -> Added | Asked:
        """Add links to the open issue of a desk, all of them or none.

        What looks like no news is asked about first, unless the member said that it is added `anyway`. A link that is
        on record stays as it is. Sending the same twice changes nothing.

        Raises:
            FieldsRefusedError: there is no link.
            LinksRefusedError: some cannot be read.
            NoDeskError: the channel of the message is none any more.
            NotInChannelError: the member is not in the channel of the desk that they chose.
        """
        person = await self._member(addition.workspace, addition.by, now)
        _must_be_read(addition.links)
        if addition.desk is not None and addition.desk not in {
            desk.id for desk in await self.desks_of(addition.workspace, addition.by, now)
        }:
            raise NotInChannelError(addition.by)
        return await self._add_all(addition, person, now)

    async def _add_all(self, addition: Addition, person: Person, now: datetime) -> Added | Asked:
        async with self._unit_of_work() as work:
            desk = await self._desk_for(work, addition)
            looks_like = next(filter(None, (self.unlike_news(desk, link) for link in addition.links)), None)
            if looks_like is not None and not addition.anyway:
                return Asked(looks_like=looks_like)
            issue = await self._open_issue_of(work, desk, now)
            drops = [await self._found_in(work, desk, addition), _typed(desk, addition)]
            parts = [await self._added(work, desk, issue, drop, now) for drop in drops if drop is not None]
            new = {item.id: item for part in parts for item in part.items}
            held = {item.id: item for part in parts for item in part.there if item.id not in new}
            added = Added(
                desk,
                issue,
                items=tuple(new.values()),
                there=tuple(held.values()),
                refused={text: reason for part in parts for text, reason in part.refused.items()},
            )
            if addition.note.strip():
                await self._note_all(work, added, addition.note, person, now)
        return added

    async def _asked_elsewhere(self, workspace: str, by: str, now: datetime) -> Asked:
        desks = await self.desks_of(workspace, by, now)
        offered = [OfferedDesk(desk.id, desk.channel, name) for desk, name in (await self._named(desks)).items()]
        async with self._unit_of_work() as work:
            known = [desk.channel for desk in await work.desks.all(workspace)]
        return Asked(elsewhere=True, desks=tuple(offered), known=tuple(known))

    async def _desk_for(self, work: UnitOfWork, addition: Addition) -> DeskRecord:
        if addition.desk is not None:
            return await work.desks.get(addition.desk)
        channel = addition.said.channel if addition.said is not None else ""
        desk = await work.desks.find(addition.workspace, channel)
        if desk is None:
            raise NoDeskError(channel)
        return desk

    async def _found_in(self, work: UnitOfWork, desk: DeskRecord, addition: Addition) -> Drop | None:
        """The links of the message among those that are added, as that message says them.

        Where it stands in no desk's channel, nobody can be shown a card there: it stands in the channel of the desk.
        """
        said = addition.said
        links = tuple(link for link in addition.links if said is not None and link in said.links)
        if said is None or not links:
            return None
        drop = await self._credited(work, replace(said, links=links), addition.by)
        if said.channel == desk.channel:
            return drop
        return replace(drop, channel=desk.channel, message=f"added:{said.channel}:{said.message}", thread=None)

    async def _added(self, work: UnitOfWork, desk: DeskRecord, issue: Issue, drop: Drop, now: datetime) -> Added:
        """Put links on record; no emoji that is taken back takes away any more what the message has."""
        taken = await self._record_credited(work, desk, issue, drop, now)
        here = {item.key: item for item in await work.items.of_message(drop.workspace, drop.channel, drop.message)}
        new = {item.key for item in taken.items}
        keys = [link.key for link in readable(drop.links) if link.key not in new]
        held = [await work.items.holding(issue.id, key) or here.get(key) for key in keys]
        said = await work.changes.of_items([item.id for item in here.values()], (ADDED,))
        for item in here.values():
            if drop.added_by is not None and item.added_by is not None and not said[item.id]:
                await work.changes.add(Change(ADDED, drop.brought_by, now, desk, item.issue_id, item.id))
        return Added(desk, issue, taken.items, tuple(item for item in held if item is not None), taken.refused)

    async def _note_all(self, work: UnitOfWork, added: Added, note: str, person: Person, now: datetime) -> None:
        """Note something of the items of the open issue, once; what an earlier one has is not written on."""
        for item in (*added.items, *added.there):
            current = await work.items.get(item.id)
            if current is None or current.issue_id != added.issue.id:
                continue
            if signed(note, person) not in (current.note or "").split("\n"):
                await self._noted(work, added.desk, current, note, person, now)


def _must_be_read(links: Sequence[str]) -> None:
    if not links:
        raise FieldsRefusedError({"links": FieldRefusal(FieldTrouble.LINKS_EMPTY)})
    reasons = {}
    for link in links:
        try:
            read_link(link)
        except NotALink as reason:
            reasons[link[:200]] = str(reason)
    if reasons:
        raise LinksRefusedError(reasons)


def _typed(desk: DeskRecord, addition: Addition) -> Drop | None:
    """The links that the member typed, in the thread of the message where it stands in the channel of the desk."""
    said = addition.said
    links = tuple(link for link in addition.links if said is None or link not in said.links)
    thread = said.thread if said is not None and said.channel == desk.channel else None
    message = f"added:{addition.ticket}"
    return Drop(addition.workspace, desk.channel, message, thread, addition.by, links) if links else None
