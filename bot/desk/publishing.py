"""Editors publish an issue: what it is made of is kept, and none of it changes any more."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.desk.base import DeskBase, show_cards_in_turn
from bot.desk.drafts import ask_for_draft, ask_for_looks, draft_key
from bot.desk.editions import edition_of, findings_in, waivers_of
from bot.desk.errors import GateClosedError, IssuePublishedError
from bot.editorial.edition import Edition
from bot.editorial.issue import IssueState
from bot.editorial.outlet import Verdict, verdict
from bot.editorial.passages import written
from bot.editorial.role import Act
from bot.editorial.rundown import assemble
from bot.editorial.waiver import Waiver
from bot.export.manifest import Manifest, as_published, manifest_of
from bot.ports import Change, DeskRecord, LeaseLostError, Publication, UnitOfWork

_TRIES = 3
"""An issue that changes while its files are made is made again, so often at most."""


class Publishing(DeskBase):
    async def publish(self, issue_id: int, *, workspace: str, by: str, now: datetime) -> Edition:
        """Publish an issue, open or past its freeze; where it is the open one, the next opens.

        Raises:
            GateClosedError: something blocks it, or there is nothing in it.
            IssuePublishedError: it is published already.
            LeaseLostError: it changes all the time.
        """
        async with self._unit_of_work() as work:
            _, desk = await self._issue_and_desk(work, workspace, issue_id)
        await self._editor(desk, by, now, Act.PUBLISH)
        async with self._unit_of_work() as work:
            await ask_for_looks(work, await work.issues.get(issue_id), now)
        for _ in range(_TRIES):
            async with self._unit_of_work() as work:
                seen = await self._as_it_stands(work, desk, issue_id)
            # The gate takes a while for a large issue, Word and PDF take seconds: nobody else's work waits for them.
            frozen, manifest = await asyncio.to_thread(self._made, *seen, now)
            async with self._unit_of_work() as work:
                await work.desks.hold(desk.id)
                if await self._as_it_stands(work, desk, issue_id) == seen:
                    await self._freeze(work, desk, seen[0], manifest, by, now)
                    await self._keep_words(work, desk, frozen, by, now)
                    return frozen
        raise LeaseLostError(f"No. {seen[0].issue.number} changed while it was published.")

    async def _as_it_stands(
        self, work: UnitOfWork, desk: DeskRecord, issue_id: int
    ) -> tuple[Edition, Mapping[str, Waiver]]:
        """The edition of an issue that is not published yet, and what editors let pass of it."""
        issue = await work.issues.get(issue_id)
        if issue.state is IssueState.PUBLISHED:
            raise IssuePublishedError(issue.number)
        return await edition_of(work, self.house_of(desk), issue), await waivers_of(work, desk, issue_id)

    def _made(self, edition: Edition, waivers: Mapping[str, Waiver], now: datetime) -> tuple[Edition, Manifest]:
        """The edition as it will be, and what it is made of, where nothing keeps it from being published."""
        findings = findings_in(edition, waivers, now)
        blocking = tuple(finding for finding in findings if finding.blocking)
        if blocking or not edition.rundown.filed:
            raise GateClosedError(edition.issue.number, blocking)
        frozen = _frozen(edition, now)
        waived = [finding.waiver for finding in findings if finding.waiver is not None]
        return frozen, manifest_of(frozen, self._renderer, number=1, note="", at=now, waivers=waived)

    async def _freeze(
        self, work: UnitOfWork, desk: DeskRecord, edition: Edition, manifest: Manifest, by: str, now: datetime
    ) -> None:
        """Put a publication on record, with what was decided of each item's outlet."""
        issue = edition.issue
        if issue.state is IssueState.OPEN:
            await self._close(work, desk, issue, by=by, now=now)
        else:
            await self._carry_over(work, desk, issue, await self._open_issue_of(work, desk, now), now)
        published = await work.issues.change(
            issue.id,
            expect={"state": IssueState.CLOSED.value},
            values={"state": IssueState.PUBLISHED.value, "published_at": now},
        )
        if published is None:
            raise LeaseLostError(f"No. {issue.number} was published by somebody else.")
        ruled = defaultdict[Verdict, list[int]](list)
        for item in edition.rundown.filed:
            ruled[verdict(item.outlet, self.house_of(desk).state_media.watched)].append(item.id)
        for ruling, items in ruled.items():
            await work.items.freeze(items, ruling)
        await work.publications.add(desk, issue, Publication(1, now, by, "", manifest))
        counted = {"state": edition.tally.state, "total": edition.tally.total}
        after = {"number": issue.number, "items": len(edition.items), **counted}
        await work.changes.add(Change("published", by, now, desk, issue.id, after=after))
        about = {"published": issue.number, "items": len(edition.items), **counted}
        await self._announce(work, desk, f"published:{issue.id}", about, now)
        await show_cards_in_turn(work, desk, await work.items.of_issue(issue.id), now)
        if await work.outbox.asked_at(desk.workspace, draft_key(issue)) is not None:
            await ask_for_draft(work, desk, published, now)

    async def _keep_words(self, work: UnitOfWork, desk: DeskRecord, frozen: Edition, by: str, now: datetime) -> None:
        """Write what the house said in an issue into it: the house may say something else some day."""
        stands = await work.passages.of_issue(frozen.issue.id)
        for name, value in written(frozen.writing).items():
            known = stands.get(name)
            if known is None or known.value != value:
                over = known.version if known is not None else 0
                await work.passages.write(desk, frozen.issue, name, value, over=over, by=by, at=now)


def _frozen(edition: Edition, now: datetime) -> Edition:
    """An edition as it will be when it is published: the words of the house become its own."""
    issue = replace(edition.issue, state=IssueState.PUBLISHED, published_at=now)
    items = [as_published(item, edition.house) for item in edition.rundown.filed]
    heading = edition.releases_heading if edition.writing.releases else ""
    writing = replace(edition.writing, disclaimer=edition.disclaimer, releases_heading=heading)
    return replace(edition, issue=issue, writing=writing, rundown=assemble(edition.house, issue, items))
