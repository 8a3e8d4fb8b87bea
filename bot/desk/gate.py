"""The gate at work: pages are looked at again, members attest, editors let something pass and say why."""

from datetime import datetime, timedelta

from bot.desk.accepting import must_be_given
from bot.desk.base import DeskBase, show_cards_of
from bot.desk.drafts import show_draft_again
from bot.desk.editions import edition_of
from bot.desk.errors import (
    AlreadyWrittenError,
    FindingGoneError,
    IssuePublishedError,
    ReasonGivenError,
    SomebodyWasFasterError,
)
from bot.desk.fields import FieldRefusal, FieldsRefusedError, FieldTrouble
from bot.desk.reading import looked_at, not_looked_at
from bot.editorial.acceptance import name_of
from bot.editorial.future import latest_day
from bot.editorial.gate import check
from bot.editorial.issue import Issue, IssueState
from bot.editorial.item import Attestation, Item, Reason
from bot.editorial.kept import kept
from bot.editorial.role import Act
from bot.editorial.waiver import Waiver
from bot.extract.page import PageTrouble
from bot.ports import Change, DeskRecord, UnitOfWork

_LEASE = timedelta(seconds=60)


class Gate(DeskBase):
    async def look_at_next(self, *, now: datetime) -> Item | None:
        """Look at the page that has waited longest; None where none is due.

        What the item says stays. When the last page of an issue was looked at, its draft is shown again.
        """
        until = now + _LEASE
        async with self._unit_of_work() as work:
            claimed = await work.gate.claim_check(now, until)
            item = await work.items.get(claimed) if claimed is not None else None
        if item is None:
            return None
        again_at = None
        try:
            found = looked_at(await self._pages.read(item.url), item)
        except PageTrouble as trouble:
            found, again_at = not_looked_at(trouble, item, now)
        async with self._unit_of_work() as work:
            desk = await work.desks.hold_of(item.id)
            values = {"checked": kept(found), "check_at": again_at}
            if again_at is None:
                values["checked_at"] = now
            looked = await work.items.change(item.id, expect={"check_at": until, "url": item.url}, values=values)
            if looked is None or desk is None:
                return item  # its page is read anew, or somebody else looked at it
            if found != item.checked:
                before, after = kept(item.checked), kept(found)
                await work.changes.add(Change("looked at", "", now, desk, item.issue_id, item.id, before, after))
            await self._show_draft_after_the_last(work, desk, await work.issues.get(item.issue_id), now)
        return looked

    async def attest(
        self, item_id: int, topic: str, *, is_checked: bool, over: str, workspace: str, by: str, now: datetime
    ) -> Item:
        """Keep a member's word on an item of state media; `over` names the word that the form was opened for.

        Raises:
            AlreadyWrittenError: somebody else gave theirs meanwhile.
            FieldsRefusedError: the house knows no such topic, or it was not checked who else reports it.
        """
        await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            item, desk, _ = await self._changeable_item(work, workspace, item_id, by)
            must_be_given(topic, self.house_of(desk), is_checked=is_checked)
            word, stands = kept(Attestation(topic, by, now)), item.attestation
            if stands is not None and stands.by != by and name_of(stands) != over:
                name = (await work.people.names(workspace, [stands.by])).get(stands.by, stands.by)
                raise AlreadyWrittenError(item, "attestation", name)
            changed = await work.items.change(item.id, expect={"version": item.version}, values={"attestation": word})
            if changed is None:
                raise SomebodyWasFasterError(item, None, None, None)
            before = kept(item.attestation) if item.attestation is not None else {}
            await work.changes.add(Change("attested", by, now, desk, item.issue_id, item.id, before, word))
            await show_cards_of(work, desk, [item], now)
            return changed

    async def waive(self, issue_id: int, finding: str, reason: str, *, workspace: str, by: str, now: datetime) -> None:
        """Let something pass that blocks an issue, in the name of an editor; `finding` is its key.

        Raises:
            FieldsRefusedError: no reason is given.
            FindingGoneError: it does not block, or it is nothing that anybody can waive.
            ReasonGivenError: another editor let it pass meanwhile.
        """
        desk = await self._desk_of_editor(issue_id, workspace, by, now)
        said = " ".join(reason.split())
        if not said:
            raise FieldsRefusedError({"reason": FieldRefusal(FieldTrouble.REASON_EMPTY)})
        async with self._unit_of_work() as work:
            issue = await self._unpublished(work, desk, issue_id)
            edition = await edition_of(work, self.house_of(desk), issue)
            found = check(edition, latest=latest_day(now, self.house_of(desk).calendar.zone))
            if finding not in {each.key for each in found if each.can_be_waived}:
                raise FindingGoneError(finding)
            if await work.gate.waive(desk, issue, Waiver(finding, by, said, now)):
                about = {"finding": finding, "reason": said}
                await work.changes.add(Change("waived", by, now, desk, issue.id, after=about))
                return
            stands = (await work.gate.waivers(issue.id))[finding]
            if (stands.by, stands.reason) != (by, said):
                name = (await work.people.names(workspace, [stands.by])).get(stands.by, stands.by)
                raise ReasonGivenError(Reason(stands.reason, stands.by, name))

    async def take_waiver_back(self, issue_id: int, finding: str, *, workspace: str, by: str, now: datetime) -> None:
        """Let something block an issue again that an editor had let pass."""
        desk = await self._desk_of_editor(issue_id, workspace, by, now)
        async with self._unit_of_work() as work:
            issue = await self._unpublished(work, desk, issue_id)
            waiver = (await work.gate.waivers(issue_id)).get(finding)
            if waiver is not None:
                await work.gate.take_back(issue_id, finding)
                before = {"finding": finding, "reason": waiver.reason, "by": waiver.by}
                await work.changes.add(Change("waiver taken back", by, now, desk, issue.id, before=before))

    async def _desk_of_editor(self, issue_id: int, workspace: str, by: str, now: datetime) -> DeskRecord:
        async with self._unit_of_work() as work:
            _, desk = await self._issue_and_desk(work, workspace, issue_id)
        await self._editor(desk, by, now, Act.WAIVE)
        return desk

    async def _unpublished(self, work: UnitOfWork, desk: DeskRecord, issue_id: int) -> Issue:
        """An issue that may change, as it stands while its desk is held."""
        await work.desks.hold(desk.id)
        issue = await work.issues.get(issue_id)
        if issue.state is IssueState.PUBLISHED:
            raise IssuePublishedError(issue.number)
        return issue

    async def _show_draft_after_the_last(self, work: UnitOfWork, desk: DeskRecord, issue: Issue, now: datetime) -> None:
        if not await work.gate.has_checks(issue.id):
            await show_draft_again(work, desk, issue, now)
