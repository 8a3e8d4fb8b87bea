"""Editors bring narratives as text files: what nobody wrote yet is stored, what would be replaced is asked about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.desk.errors import DeskError, ItemUnknownError, PassageUnknownError
from bot.desk.views import TextFile, TextFilePart
from bot.desk.writing import PassageWriting
from bot.editorial.house import Chapter, House
from bot.editorial.issue import Issue, IssueState
from bot.editorial.narrative_file import (
    SUFFIXES,
    FileRefusedError,
    FileTrouble,
    narratives_in,
    text_in,
)
from bot.editorial.passages import narrative_of
from bot.ports import BroughtText, DeskRecord, Passage, Receipt, Show, ShowingKind, TextPart, UnitOfWork


@dataclass(frozen=True, slots=True)
class SharedText:
    """A file that somebody shared with the bot: its bytes, or why there are none."""

    workspace: str
    channel: str
    message: str
    member: str
    file: str
    name: str
    content: bytes = b""
    trouble: FileTrouble | None = None

    @property
    def is_text(self) -> bool:
        """Whether its name is that of a text."""
        return self.name.casefold().endswith(SUFFIXES)


class Narrating(PassageWriting):
    async def writes_for(self, workspace: str, by: str, now: datetime) -> Sequence[tuple[DeskRecord, Issue]]:
        """The issues whose narratives somebody writes: of each of their desks the open one, and one that closed before.

        One that was published is written no more.
        """
        async with self._unit_of_work() as work:
            desks = await work.desks.all(workspace)
        found = list[tuple[DeskRecord, Issue]]()
        for desk in desks:
            try:
                await self._editor(desk, by, now)
            except DeskError:
                continue
            async with self._unit_of_work() as work:
                current = await self._open_issue_of(work, desk, now)
                before = await work.issues.before(current)
            if before is not None and before.state is IssueState.CLOSED:
                found.append((desk, before))
            found.append((desk, current))
        return found

    async def take_files(self, files: Sequence[SharedText], *, now: datetime, receipt: Receipt) -> None:
        """Take what text files tell, in the transaction that finishes the event; nothing of one that is refused."""
        issues = await self.writes_for(files[0].workspace, files[0].member, now)
        houses = [self.house_of(desk) for desk, _ in issues]
        async with self._unit_of_work() as work:
            for shared in files:
                try:
                    parts = _told(shared, houses)
                except FileRefusedError as refused:
                    titles = [chapter.title for chapter in _chapters(houses)]
                    about = {"file": shared.name, "trouble": refused.trouble.value, "about": refused.about}
                    await work.outbox.show(_shown(shared, {"refused": {**about, "chapters": titles}}), at=now)
                    continue
                text = await work.texts.add(
                    workspace=shared.workspace,
                    channel=shared.channel,
                    person=shared.member,
                    name=shared.name,
                    key=_key(shared),
                    issue_id=issues[0][1].id if len(issues) == 1 else None,
                    parts=parts,
                    at=now,
                )
                await self._settle(work, text, shared.member, now)
            await work.inbox.finish(receipt)

    async def explain_direct(
        self, workspace: str, channel: str, message: str, member: str, *, now: datetime, receipt: Receipt
    ) -> None:
        """Say what can be brought in a direct message."""
        async with self._unit_of_work() as work:
            about = {"desks": [desk.channel for desk in await work.desks.all(workspace)], "reader": member}
            wish = Show(f"direct:{channel}:{message}", ShowingKind.DIRECT, workspace, channel, subject=about)
            await work.outbox.show(wish, at=now)
            await work.inbox.finish(receipt)

    async def text_file(self, text_id: int, *, now: datetime) -> TextFile:
        """A text file and what became of its parts."""
        async with self._unit_of_work() as work:
            text = await work.texts.get(text_id)
            if text is None:
                raise ItemUnknownError(text_id)
            issue = await work.issues.get(text.issue_id) if text.issue_id is not None else None
            stands = await work.passages.of_issue(issue.id) if issue is not None else {}
            house = self.house_of(await work.desks.get(issue.desk_id)) if issue is not None else self.houses.default
        issues = await self.writes_for(text.workspace, text.person, now) if issue is None else ()
        writers = [each.by for each in stands.values()]
        names = await self._names(text.workspace, writers, now)
        return TextFile(
            house=house,
            id=text.id,
            name=text.name,
            issue=issue,
            issues=tuple(each for _, each in issues),
            parts=tuple(_part(part, house, stands, names) for part in text.parts),
        )

    async def text_for_issue(self, text_id: int, issue_id: int, *, workspace: str, by: str, now: datetime) -> None:
        """Say which issue a text file is for; once it is said it stays."""
        await self._editor_of(issue_id, workspace, by, now)
        async with self._unit_of_work() as work:
            text = await self._text(work, workspace, text_id)
            if text.issue_id is None:
                text = replace(text, issue_id=issue_id)
            await self._settle(work, text, by, now)

    async def text_for_chapter(
        self, text_id: int, place: int, chapter: str, *, workspace: str, by: str, now: datetime
    ) -> None:
        """Say which chapter a part of a text file tells of; what is stored or left already stays so."""
        desk = await self._editor_of_text(text_id, workspace, by, now)
        if chapter not in {each.key for each in self.house_of(desk).chapters}:
            raise PassageUnknownError(chapter)
        async with self._unit_of_work() as work:
            text = await self._text(work, workspace, text_id)
            part = text.parts[place]
            if not part.outcome:
                text = text.with_part(place, replace(part, chapter=chapter, changed=False))
            await self._settle(work, text, by, now)

    async def replace_narrative(
        self, text_id: int, place: int, *, over: int, workspace: str, by: str, now: datetime
    ) -> None:
        """Store a part of a text file over the version of the narrative that was shown; a newer one is shown first."""
        await self._editor_of_text(text_id, workspace, by, now)
        async with self._unit_of_work() as work:
            text = await self._text(work, workspace, text_id)
            await self._settle(work, text, by, now, replacing=(place, over))

    async def leave_narrative(self, text_id: int, place: int, *, workspace: str, by: str, now: datetime) -> None:
        """Leave a narrative as it stands."""
        await self._editor_of_text(text_id, workspace, by, now)
        async with self._unit_of_work() as work:
            text = await self._text(work, workspace, text_id)
            part = text.parts[place]
            if not part.outcome:
                text = text.with_part(place, replace(part, outcome="left"))
            await self._settle(work, text, by, now)

    async def _editor_of_text(self, text_id: int, workspace: str, by: str, now: datetime) -> DeskRecord:
        async with self._unit_of_work() as work:
            text = await self._text(work, workspace, text_id)
        return await self._editor_of(self._issue_of(text), workspace, by, now)

    async def _settle(
        self,
        work: UnitOfWork,
        text: BroughtText,
        by: str,
        now: datetime,
        *,
        replacing: tuple[int, int] | None = None,
    ) -> None:
        """Store what takes nobody's narrative away, and what an editor replaces as they saw it; show what is open."""
        if text.issue_id is not None and any(part.chapter and not part.outcome for part in text.parts):
            desk = await work.desks.get((await work.issues.get(text.issue_id)).desk_id)
            await work.desks.hold(desk.id)
            issue, _ = await self._changeable(work, text.workspace, text.issue_id)
            for place, part in enumerate(text.parts):
                if part.chapter is None or part.outcome:
                    continue
                over = replacing[1] if replacing is not None and replacing[0] == place else None
                text = text.with_part(place, await self._stored(work, desk, issue, part, over, by, now))
        await work.texts.keep(text)
        shown = Show(
            text.key,
            ShowingKind.TEXT_FILE,
            text.workspace,
            text.channel,
            subject={"text": text.id, "reader": text.person},
        )
        await work.outbox.show(shown, at=now)

    async def _stored(
        self,
        work: UnitOfWork,
        desk: DeskRecord,
        issue: Issue,
        part: TextPart,
        over: int | None,
        by: str,
        now: datetime,
    ) -> TextPart:
        """A part after it was stored, or as it was where it would replace what nobody agreed to replace."""
        name = narrative_of(str(part.chapter))
        known = (await work.passages.of_issue(issue.id)).get(name)
        there, told = known.value["paragraphs"] if known is not None else [], list(part.paragraphs)
        if known is not None and there and told != there and over != known.version:
            return replace(part, changed=over is not None)
        if told != there:
            await self._store(work, desk, issue, name, {"paragraphs": told}, known, by, now)
        return replace(part, outcome="stored")

    async def _text(self, work: UnitOfWork, workspace: str, text_id: int) -> BroughtText:
        text = await work.texts.get(text_id)
        if text is None or text.workspace != workspace:
            raise ItemUnknownError(text_id)
        return text

    def _issue_of(self, text: BroughtText) -> int:
        if text.issue_id is None:
            raise ItemUnknownError(text.id)
        return text.issue_id


def _key(shared: SharedText) -> str:
    return f"text:{shared.channel}:{shared.message}:{shared.file}"


def _shown(shared: SharedText, subject: Mapping[str, object]) -> Show:
    about = {**subject, "reader": shared.member}
    return Show(_key(shared), ShowingKind.TEXT_FILE, shared.workspace, shared.channel, subject=about)


def _part(part: TextPart, house: House, stands: Mapping[str, Passage], names: Mapping[str, str]) -> TextFilePart:
    known = stands.get(narrative_of(part.chapter)) if part.chapter is not None else None
    titles = {each.key: each.title for each in house.chapters}
    return TextFilePart(
        title=titles.get(part.chapter, part.chapter) if part.chapter is not None else None,
        paragraphs=part.paragraphs,
        outcome=part.outcome,
        changed=part.changed,
        there=len(known.value["paragraphs"]) if known is not None else 0,
        by=names.get(known.by, known.by) if known is not None else None,
        at=known.at if known is not None else None,
        version=known.version if known is not None else 0,
    )


def _told(shared: SharedText, houses: Sequence[House]) -> tuple[TextPart, ...]:
    if not houses:
        raise FileRefusedError(FileTrouble.NOBODYS)
    if shared.trouble is not None:
        raise FileRefusedError(shared.trouble)
    told = narratives_in(text_in(shared.content), _chapters(houses))
    return tuple(TextPart(each.chapter, each.paragraphs) for each in told)


def _chapters(houses: Sequence[House]) -> tuple[Chapter, ...]:
    """The chapters that a file may tell of, each once: it is asked later which of several issues it is for."""
    return tuple({chapter.key: chapter for house in houses for chapter in house.chapters}.values())
