"""Editors write what stands around the items: passage by passage, nothing over what somebody else wrote meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.desk.drafts import ask_for_draft, draft_key
from bot.desk.errors import (
    IssuePublishedError,
    NothingToUndoError,
    PassageChangedError,
    PassageRefusedError,
    PassageUnknownError,
)
from bot.desk.views import PassageForm, Starred
from bot.desk.voting import Voting
from bot.editorial.edition import MustRead, Writing
from bot.editorial.issue import Issue, IssueState
from bot.editorial.passages import Value, chapter_of, passages_of, read
from bot.editorial.wording import MUST_READS, UnreadableTextError, is_passage, texts_of, value_of
from bot.ports import Change, DeskRecord, Passage, UnitOfWork

_VERB = "written"
_EVER = datetime.min.replace(tzinfo=UTC)


class PassageWriting(Voting):
    async def passage(self, issue_id: int, name: str, *, workspace: str, by: str, now: datetime) -> PassageForm:
        """A passage as its texts, for an editor who may change it."""
        desk = await self._issue_for(issue_id, name, workspace, by, now)
        async with self._unit_of_work() as work:
            issue, _ = await self._issue_and_desk(work, workspace, issue_id)
            return await self._form(work, desk, issue, name)

    async def write_passage(
        self, issue_id: int, name: str, texts: Sequence[str], *, over: int, workspace: str, by: str, now: datetime
    ) -> None:
        """Write a passage over the version that its writer saw, 0 where there was none.

        Raises:
            PassageRefusedError: a text cannot be read; nothing is stored.
            PassageChangedError: somebody else wrote it meanwhile; it carries how it stands, and nothing is stored.
            IssuePublishedError: a published issue does not change.
        """
        desk = await self._issue_for(issue_id, name, workspace, by, now)
        async with self._unit_of_work() as work:
            await work.desks.hold(desk.id)
            issue, stands = await self._changeable(work, workspace, issue_id)
            before = read({each: passage.value for each, passage in stands.items()})
            try:
                value = value_of(name, texts, language=self.house_of(desk).citation.language, before=before)
            except UnreadableTextError as unreadable:
                raise PassageRefusedError(unreadable.place, unreadable.needs) from None
            known = stands.get(name)
            if (known.value if known is not None else _empty(name)) == value:
                return
            if (known.version if known is not None else 0) != over:
                raise PassageChangedError(await self._form(work, desk, issue, name))
            await self._store(work, desk, issue, name, value, known, by, now)

    async def undo_passage(
        self, issue_id: int, name: str, *, over: int, workspace: str, by: str, now: datetime
    ) -> PassageForm:
        """Give a passage back what it said before its last change; returns how it stands then.

        Raises:
            NothingToUndoError: it was never changed.
            PassageChangedError: somebody changed it since it was shown.
        """
        desk = await self._issue_for(issue_id, name, workspace, by, now)
        async with self._unit_of_work() as work:
            await work.desks.hold(desk.id)
            issue, stands = await self._changeable(work, workspace, issue_id)
            known = stands.get(name)
            if known is not None and known.version != over:
                raise PassageChangedError(await self._form(work, desk, issue, name))
            await self._restore(work, desk, issue, name, known, by, now)
            return await self._form(work, desk, issue, name)

    async def recommend(self, item_id: int, *, workspace: str, by: str, now: datetime) -> MustRead:
        """Make an item a must read, behind those that there are; one that is one already stays as it is."""
        async with self._unit_of_work() as work:
            item, desk, issue = await self._changeable_item(work, workspace, item_id, by)
        await self._editor(desk, by, now)
        entry = MustRead(
            title=item.title or item.url,
            language=item.language or self.house_of(desk).citation.language,
            byline=item.author or "",
            outlet=item.source or "",
            url=item.url,
        )
        async with self._unit_of_work() as work:
            await work.desks.hold(desk.id)
            issue, stands = await self._changeable(work, workspace, issue.id)
            writing = read({each: passage.value for each, passage in stands.items()})
            if all(each.url != entry.url for each in writing.must_reads):
                value = passages_of(replace(writing, must_reads=(*writing.must_reads, entry)))[MUST_READS]
                await self._store(work, desk, issue, MUST_READS, value, stands.get(MUST_READS), by, now)
        return entry

    async def _issue_for(self, issue_id: int, name: str, workspace: str, by: str, now: datetime) -> DeskRecord:
        """The desk of an issue of which an editor writes a passage."""
        desk = await self._editor_of(issue_id, workspace, by, now)
        if not is_passage(name, [chapter.key for chapter in self.house_of(desk).chapters]):
            raise PassageUnknownError(name)
        return desk

    async def _editor_of(self, issue_id: int, workspace: str, by: str, now: datetime) -> DeskRecord:
        """The desk of an issue that an editor changes."""
        async with self._unit_of_work() as work:
            _, desk = await self._issue_and_desk(work, workspace, issue_id)
        await self._editor(desk, by, now)
        return desk

    async def _changeable(self, work: UnitOfWork, workspace: str, issue_id: int) -> tuple[Issue, Mapping[str, Passage]]:
        issue, _ = await self._issue_and_desk(work, workspace, issue_id)
        if issue.state is IssueState.PUBLISHED:
            raise IssuePublishedError(issue.number)
        return issue, await work.passages.of_issue(issue_id)

    async def _form(self, work: UnitOfWork, desk: DeskRecord, issue: Issue, name: str) -> PassageForm:
        stands = await work.passages.of_issue(issue.id)
        known = stands.get(name)
        writing = read({each: passage.value for each, passage in stands.items()})
        names = await work.people.names(desk.workspace, [known.by]) if known is not None else {}
        votes: tuple[int, ...] = ()
        starred: tuple[Starred, ...] = ()
        if name == MUST_READS:
            votes, starred = await self._votes(work, desk, issue, [each.url for each in writing.must_reads])
        return PassageForm(
            house=self.house_of(desk),
            issue=issue,
            name=name,
            texts=texts_of(name, writing, language=self.house_of(desk).citation.language),
            version=known.version if known is not None else 0,
            by=names.get(known.by, known.by) if known is not None else None,
            at=known.at if known is not None else None,
            votes=votes,
            starred=starred,
        )

    async def _restore(
        self,
        work: UnitOfWork,
        desk: DeskRecord,
        issue: Issue,
        name: str,
        known: Passage | None,
        by: str,
        now: datetime,
    ) -> None:
        """Write what a passage of a desk that is held said before its last change."""
        changes = [
            change
            for change in await work.changes.of_issue(issue.id, _EVER, [_VERB])
            if change.after["passage"] == name
        ]
        if not changes or known is None:
            raise NothingToUndoError
        await self._store(work, desk, issue, name, changes[-1].before["value"], known, by, now)

    async def _store(
        self,
        work: UnitOfWork,
        desk: DeskRecord,
        issue: Issue,
        name: str,
        value: Value,
        known: Passage | None,
        by: str,
        now: datetime,
    ) -> None:
        """Write a passage of a desk that is held, and have the draft shown again."""
        over = known.version if known is not None else 0
        await work.passages.write(desk, issue, name, value, over=over, by=by, at=now)
        before = {"passage": name, "value": known.value if known is not None else _empty(name)}
        after = {"passage": name, "value": value}
        await work.changes.add(Change(_VERB, by, now, desk, issue.id, None, before, after))
        await self._draft_again(work, desk, issue, now)

    async def _draft_again(self, work: UnitOfWork, desk: DeskRecord, issue: Issue, now: datetime) -> None:
        """Have the draft of an issue shown again where one was posted."""
        if await work.outbox.asked_at(desk.workspace, draft_key(issue)) is not None:
            await ask_for_draft(work, desk, issue, now)


def _empty(name: str) -> Value:
    """What a passage holds that nobody has written."""
    chapter = chapter_of(name)
    return passages_of(Writing(narratives={chapter: ()} if chapter is not None else {}))[name]
