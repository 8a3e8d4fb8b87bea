"""Reads the state that a message shows, at the moment at which it is sent."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.desk.base import DeskBase, card_of, is_summary
from bot.desk.company import company_of
from bot.desk.counting import tally_of
from bot.desk.editions import edition_of, findings_in, waivers_of, writing_of
from bot.desk.errors import ItemUnknownError, NoDeskError
from bot.desk.filing import UNDOABLE
from bot.desk.lane import lanes_of
from bot.desk.places import message_at
from bot.desk.views import Card, CardItem, Draft, ItemAndIssue, Status
from bot.editorial.edition import Edition
from bot.editorial.future import latest_day
from bot.editorial.gate import Finding
from bot.editorial.house import House
from bot.editorial.issue import Issue
from bot.editorial.item import Item, ItemState
from bot.editorial.link import readable
from bot.editorial.outlet import verdict
from bot.editorial.quota import Tally, remedies, shortfalls
from bot.editorial.room import crowded
from bot.editorial.waiver import Waiver
from bot.export.mail import is_cut
from bot.ports import Census, Change, DeskRecord, Queue

NEWS = ("filed", "moved", "spiked", "replaced", "edited")
_PLACINGS = (*UNDOABLE, "undone", "returned")
_AGAIN = ("dropped again",)


@dataclass(frozen=True, slots=True)
class _Standing:
    """How an issue stands: what counts of it, how many items each section has, and which issue comes next."""

    issue: Issue
    tally: Tally
    filed: Mapping[str, int]
    following: int


class Viewing(DeskBase):
    async def desk(self, desk_id: int) -> DeskRecord:
        async with self._unit_of_work() as work:
            return await work.desks.get(desk_id)

    async def desk_numbered(self, desk_id: int, *, workspace: str) -> DeskRecord:
        """A desk by its id, as a button names it.

        Raises:
            NoDeskError: it is none of this workspace.
        """
        async with self._unit_of_work() as work:
            desk = await work.desks.get(desk_id)
        if desk.workspace != workspace:
            raise NoDeskError(str(desk_id))
        return desk

    async def only_desk(self, workspace: str) -> DeskRecord | None:
        """The desk of a workspace, where it is clear which one is meant."""
        async with self._unit_of_work() as work:
            desks = await work.desks.all(workspace)
        return desks[0] if len(desks) == 1 else None

    async def house_at(self, workspace: str, channel: str) -> House:
        """How the desk of a channel edits; elsewhere the default house."""
        async with self._unit_of_work() as work:
            desk = await work.desks.find(workspace, channel)
        return self.house_of(desk) if desk is not None else self.houses.default

    async def count_desks(self, workspace: str) -> int:
        async with self._unit_of_work() as work:
            return len(await work.desks.all(workspace))

    async def count_given_up(self, queue: Queue, reason: str) -> int:
        """How many rows of a queue are parked for a reason at this moment."""
        async with self._unit_of_work() as work:
            return await work.queues.count_parked(queue, reason)

    async def card(self, desk_id: int, message: str, *, now: datetime) -> Card | None:
        """The card of a message; None where the message holds no item."""
        async with self._unit_of_work() as work:
            desk = await work.desks.get(desk_id)
            if is_summary(message):
                items = await work.items.in_summary(desk.id, message)
            else:
                items = await work.items.of_message(desk.workspace, *message_at(desk, message))
            if not items:
                return None
            placings = await work.changes.of_items([item.id for item in items], _PLACINGS)
            said = await work.messages.find(desk.workspace, *message_at(desk, message))
            following = (await work.issues.last_number(desk.id) or 0) + 1
            company = await company_of(work, items)
            own = {item.key for item in items}
            elsewhere = await work.items.held_elsewhere(desk, own)
            issues, filed, around, again = {}, {}, {}, 0
            for issue_id in {item.issue_id for item in items}:  # one, unless some were carried over into the next
                issues[issue_id] = await work.issues.get(issue_id)
                filed[issue_id] = await work.items.census(issue_id)
                around[issue_id] = await writing_of(work, self.house_of(desk), issue_id)
                told = await work.changes.of_issue(issue_id, items[0].created_at, _AGAIN)
                known = [change.after["url"] for change in told if change.after.get("message") == message]
                again += sum(_page(url) not in own for url in known)
            lanes = await lanes_of(work, self.house_of(desk), items, issues, now)
        last = {item: changes[-1] if changes else None for item, changes in placings.items()}
        standings = {
            issue_id: _standing(
                issue, tally_of(self.house_of(desk), filed[issue_id], around[issue_id]), filed[issue_id], following
            )
            for issue_id, issue in issues.items()
        }
        finders = {item.found_by for item in items}
        guests = {person for person in finders if await self._is_guest(desk.workspace, person, now)}
        found = (
            _card_item(
                self.house_of(desk),
                item,
                standings[item.issue_id],
                last[item.id],
                now,
                source_deleted=said is not None and said.deleted,
            )
            for item in items
        )
        rows = tuple(
            replace(
                row,
                waits_for_editor=row.item.found_by in guests,
                company=company[row.item.id],
                lane=lanes.get(row.item.id),
                is_direct=row.item.channel != desk.channel,
                is_elsewhere=row.item.key in elsewhere,
            )
            for row in found
        )
        people = [
            person for item in items for person in (item.found_by, item.added_by, item.filed_by, *item.edited.values())
        ]
        people += [item.attestation.by for item in items if item.attestation is not None]
        people += [item.appeal.by for item in items if item.appeal is not None]
        people += [change.by for change in last.values() if change is not None]
        people += [who for item in items if item.asked is not None for who in (item.asked.by, item.asked.answered_by)]
        people += [item.earlier.found_by for item in items if item.earlier is not None]
        requests = [lane.request for lane in lanes.values() if lane.request is not None]
        people += [person for request in requests for person in (request.asked_by, request.by)]
        return Card(
            place=message,
            house=self.house_of(desk),
            items=rows,
            names=await self._names(desk.workspace, people, now),
            already_there=again,
        )

    async def item_and_issue(self, item_id: int, *, now: datetime) -> ItemAndIssue:
        """An item, and where its card is."""
        async with self._unit_of_work() as work:
            item = await work.items.get(item_id)
            if item is None:
                raise ItemUnknownError(item_id)
            desk = await work.items.desk_of(item_id)
            issue = await work.issues.get(item.issue_id)
            shown = await work.outbox.find(desk.workspace, card_of(item, desk).key)
        section = self.house_of(desk).section(item.section) if item.section else None
        asker = item.appeal.by if item.appeal is not None else None
        names = await self._names(desk.workspace, [item.found_by, item.filed_by, asker], now)
        posted = next(iter(shown.posted.values()), None) if shown is not None else None
        card = (posted.channel, posted.ts) if posted is not None else None
        return ItemAndIssue(self.house_of(desk), desk, issue, item, section, names, card)

    async def status(self, desk: DeskRecord, member: str, *, now: datetime) -> Status:
        """How the open issue stands, and what this member brought."""
        async with self._unit_of_work() as work:
            issue = await self._open_issue_of(work, desk, now)
            items = await work.items.of_issue(issue.id, ItemState.PENDING, ItemState.FILED, ItemState.HELD)
            writing = await writing_of(work, self.house_of(desk), issue.id)
            is_editor = await self._is_known_editor(work, desk, member)
        filed = [item for item in items if item.state is ItemState.FILED]
        states = Counter(item.state for item in items)
        return Status(
            house=self.house_of(desk),
            desk=desk,
            issue=issue,
            now=now,
            tally=writing.tally(filed, self.house_of(desk).state_media),
            crowded=crowded(filed, self.house_of(desk)),
            shortfalls=shortfalls(filed, self.house_of(desk)),
            filed=Counter(item.section for item in filed if item.section),
            pending=states[ItemState.PENDING],
            held=states[ItemState.HELD],
            releases=len(writing.releases),
            mine=tuple(item for item in items if item.found_by == member),
            is_editor=is_editor,
        )

    async def draft_of(self, issue_id: int, since: datetime | None, *, now: datetime) -> Draft:
        """The rundown of an issue with its figures, its findings, and what happened after the last draft."""
        async with self._unit_of_work() as work:
            issue = await work.issues.get(issue_id)
            desk = await work.desks.get(issue.desk_id)
            items = await work.items.of_issue(issue.id, ItemState.PENDING, ItemState.FILED)
            changes = await work.changes.of_issue(issue_id, since, NEWS) if since is not None else ()
            filed = [item for item in items if item.state is ItemState.FILED]
            edition = await edition_of(work, self.house_of(desk), issue, filed)
            waivers = await waivers_of(work, desk, issue.id)
        findings = await asyncio.to_thread(self._findings, edition, waivers, now)
        whole = edition.tally
        return Draft(
            house=self.house_of(desk),
            desk=desk,
            issue=issue,
            edition=edition,
            remedies=remedies(whole, self.house_of(desk).state_media.limit),
            findings=findings,
            pending=len(items) - len(filed),
            since=since,
            news=Counter(change.verb for change in changes),
        )

    def _findings(self, edition: Edition, waivers: Mapping[str, Waiver], now: datetime) -> tuple[Finding, ...]:
        return findings_in(edition, waivers, now, mail_is_cut=is_cut(edition, self._renderer))


def _standing(issue: Issue, tally: Tally, filed: Sequence[Census], following: int) -> "_Standing":
    sections = Counter[str]()
    for each in filed:
        sections[each.section or ""] += each.count
    return _Standing(issue, tally, sections, following)


def _card_item(
    house: House, item: Item, standing: "_Standing", last: Change | None, now: datetime, *, source_deleted: bool
) -> CardItem:
    ruled = verdict(item.outlet, house.state_media.watched)
    if_filed = standing.tally if item.state is ItemState.FILED else standing.tally.plus(ruled)
    return CardItem(
        house=house,
        item=item,
        issue=standing.issue,
        verdict=ruled,
        section=house.section(item.section) if item.section else None,
        moved_from=house.section(item.moved_from) if item.moved_from else None,
        if_filed=if_filed,
        filed_there=standing.filed.get(item.section or "", 0),
        last_verb=last.verb if last is not None else None,
        last_by=last.by if last is not None else None,
        source_deleted=source_deleted,
        following=standing.following,
        latest=latest_day(now, house.calendar.zone),
    )


def _page(url: str) -> str:
    """What links to one page share; a link that cannot be read stands for itself."""
    return next((link.key for link in readable([url])), url)
