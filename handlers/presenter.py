"""From an outbox row to the messages that show it, as things stand at this moment."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import structlog

from bot.desk import Desk
from bot.editorial.reminder import promise_holds
from bot.ports import Clock, Queue, Show, Showing, ShowingKind
from bot.render import Renderer, without_emphasis
from handlers.blocks.appeal import appeal_blocks
from handlers.blocks.calendar import still_to_come
from handlers.blocks.card import card_blocks
from handlers.blocks.draft import draft_parts
from handlers.blocks.duplicate import duplicate_blocks
from handlers.blocks.holding import question_blocks
from handlers.blocks.home import home_view, home_without_desk
from handlers.blocks.late import asked_blocks
from handlers.blocks.reminder import editor_reminder_blocks, member_reminder_blocks, section_reminder_blocks
from handlers.blocks.removed import deleted_blocks, removed_blocks
from handlers.blocks.status import mention_blocks
from handlers.blocks.text_file import text_file_blocks
from handlers.blocks.which_desk import which_desk_blocks
from handlers.blocks.whole_text import whole_text
from handlers.blocks.words import pages, sections
from handlers.delivery import Part
from handlers.permalinks import Permalinks
from handlers.tongues import Tongues, reader_of

log = structlog.get_logger()


class Presenter:
    """Asks the desk for the view that a row names, and a builder for its blocks."""

    def __init__(self, *, desk: Desk, render: Renderer, clock: Clock, permalinks: Permalinks, tongues: Tongues) -> None:
        self._tongues = tongues
        self._desk = desk
        self._render = render
        self._clock = clock
        self._permalinks = permalinks

    async def __call__(self, showing: Showing) -> Sequence[Part]:
        """The parts of a showing in its reader's language, each within what Slack takes as one message.

        Whoever left is told nothing more: Slack refuses to open a conversation with them.
        """
        if await self._is_for_nobody(showing.show):
            return []
        with await self._tongues.for_show(showing.show):
            parts = await self._parts(showing)
            return [replace(part, text=whole_text(part.text, part.blocks, self._render)) for part in parts]

    async def _is_for_nobody(self, show: Show) -> bool:
        reader = reader_of(show)
        return bool(reader) and await self._desk.has_left(show.workspace, reader, now=self._clock())

    async def _parts(self, showing: Showing) -> Sequence[Part]:
        match showing.show.kind:
            case ShowingKind.CARD:
                return await self._card(showing)
            case ShowingKind.DRAFT:
                return await self._draft(showing)
            case ShowingKind.DUPLICATE | ShowingKind.LINK_REMOVED | ShowingKind.SOURCE_DELETED | ShowingKind.APPEAL:
                return _split(await self._about_items(showing))
            case ShowingKind.HOME:
                return await self._home(showing)
            case ShowingKind.MEMBER_REMINDER | ShowingKind.EDITOR_REMINDER:
                return await self._reminder(showing)
            case kind:
                asked = {
                    ShowingKind.STATUS: self._status,
                    ShowingKind.SECTION_REMINDER: self._status,
                    ShowingKind.TEXT_FILE: self._text_file,
                    ShowingKind.LATE_ASKED: self._late_asked,
                    ShowingKind.WHICH_DESK: self._which_desk,
                    ShowingKind.THANKS: self._thanks,
                    ShowingKind.TEAM_NEWS: self._team_news,
                    ShowingKind.OWNERLESS: self._ownerless,
                }
                return _split(await asked.get(kind, self._words)(showing))

    async def _card(self, showing: Showing) -> Sequence[Part]:
        desk_id, message = showing.show.subject["desk"], showing.show.subject["message"]
        card = await self._desk.card(desk_id, message, now=self._clock())
        if card is None:
            return []
        await asyncio.sleep(0)  # to read a card and to render it take milliseconds each, and others go in between
        text, blocks = card_blocks(card, self._render, desk_id=desk_id)
        return [Part("", text, blocks, showing.show.thread)]

    async def _draft(self, showing: Showing) -> Sequence[Part]:
        since = showing.show.subject["since"]
        drafted = since and datetime.fromisoformat(since)
        draft = await self._desk.draft_of(showing.show.subject["issue"], drafted, now=self._clock())
        replies = draft_parts(draft, self._render)
        parts = [Part(reply.name, reply.text, reply.blocks, after_first=bool(reply.name)) for reply in replies]
        # A reply whose section became empty says so: what was posted is not left standing as if it were true.
        gone = showing.posted.keys() - {part.name for part in parts}
        empty = self._render.message("draft_section_empty")
        return [*parts, *(Part(name, empty, sections(empty), after_first=True) for name in sorted(gone))]

    async def _text_file(self, showing: Showing) -> Sequence[Part]:
        refused = showing.show.subject.get("refused")
        if refused is not None:
            words = self._render.message("text_file_refused", **refused)
            return [Part("", without_emphasis(words), sections(words))]
        text = await self._desk.text_file(showing.show.subject["text"], now=self._clock())
        return [Part("", *text_file_blocks(text, self._render))]

    async def _late_asked(self, showing: Showing) -> Sequence[Part]:
        asked = await self._desk.late_request(showing.show.subject["request"], now=self._clock())
        return [Part("", *asked_blocks(asked, self._render))]

    async def _which_desk(self, showing: Showing) -> Sequence[Part]:
        show = showing.show
        links = await self._desk.direct_links(show.workspace, show.channel, show.subject["message"])
        return [Part("", *which_desk_blocks(links, self._render), show.thread)]

    async def _thanks(self, showing: Showing) -> Sequence[Part]:
        return _said(self._render.message("thanks"), showing)

    async def _team_news(self, showing: Showing) -> Sequence[Part]:
        """The role that somebody has now; a guest whom their user group would make an editor is told of none."""
        show, now = showing.show, self._clock()
        if not await self._desk.is_of_desks(show.workspace, show.channel, now=now):
            return []
        desk, role = await self._desk.desk(show.subject["desk"]), show.subject["role"]
        by = await self._desk.person(show.workspace, show.subject["by"], now) if show.subject["by"] else None
        words = self._render.message("team_news", channel=desk.channel, role=role, by=by and by.name)
        return _said(words, showing)

    async def _ownerless(self, showing: Showing) -> Sequence[Part]:
        subject = showing.show.subject
        channel = (await self._desk.desk(subject["desk"])).channel
        owner, is_gone = subject["owner"], subject["is_gone"]
        return _said(self._render.message("ownerless", channel=channel, owner=owner, is_gone=is_gone), showing)

    async def _about_items(self, showing: Showing) -> Sequence[Part]:
        now = self._clock()
        held = [await self._desk.item_and_issue(item, now=now) for item in showing.show.subject["items"]]
        build = {
            ShowingKind.DUPLICATE: duplicate_blocks,
            ShowingKind.LINK_REMOVED: removed_blocks,
            ShowingKind.SOURCE_DELETED: deleted_blocks,
            ShowingKind.APPEAL: appeal_blocks,
        }[showing.show.kind]
        text, blocks = build(held, self._render)
        return [Part("", text, blocks, showing.show.thread)]

    async def _home(self, showing: Showing) -> Sequence[Part]:
        show = showing.show
        page = await self._desk.home_of(show.workspace, show.channel, now=self._clock())
        if page is None:
            desks = await self._desk.count_desks(show.workspace)
            return [Part("", "", view=home_without_desk(desks, self._render))]
        links = await self._permalinks.of_cards(page)
        return [Part("", "", view=home_view(page, links, self._render))]

    async def _status(self, showing: Showing) -> Sequence[Part]:
        show = showing.show
        desk = await self._desk.desk(show.subject["desk"])
        status = await self._desk.status(desk, show.recipient or show.channel, now=self._clock())
        if show.subject.get("issue", status.issue.id) != status.issue.id:
            log.info("skipped: its issue closed before it could be posted", key=show.key)
            return []
        if show.kind is ShowingKind.STATUS:
            return [Part("", *mention_blocks(status, self._render))]
        if not showing.posted and not status.shortfalls and promise_holds(status.tally, status.house):
            log.info("skipped: nothing is short any more", key=show.key)
            return []
        return [Part("", *section_reminder_blocks(status, self._render))]

    async def _reminder(self, showing: Showing) -> Sequence[Part]:
        """What one person is reminded of; nothing where it is not to be sent any more."""
        show, was_posted, now = showing.show, bool(showing.posted), self._clock()
        issue = show.subject["issue"]
        shown = None
        if show.kind is ShowingKind.EDITOR_REMINDER:
            waits = await self._desk.editor_reminder(issue, show.channel, was_posted=was_posted, now=now)
            if waits is not None:
                shown = editor_reminder_blocks(waits, self._render)
        else:
            own = await self._desk.reminder(issue, show.channel, show.key, was_posted=was_posted, now=now)
            if own is not None:
                shown = member_reminder_blocks(own, self._render)
        if shown is None:
            log.info("skipped: there is nothing to remind of any more", key=show.key)
            return []
        return [Part("", *shown)]

    async def _words(self, showing: Showing) -> Sequence[Part]:
        """Messages that are a sentence or two."""
        show, now = showing.show, self._clock()
        match show.kind:
            case ShowingKind.REFUSED_LINKS:
                words = self._render.message("refused_links", links=show.subject["links"])
            case ShowingKind.UNREACHABLE:
                words = self._render.message("unreachable", **show.subject)
            case ShowingKind.DIRECT:
                words = self._render.message(
                    "direct", desks=show.subject["desks"], is_lost=show.subject.get("is_lost", False)
                )
            case ShowingKind.ALERT:
                count = await self._desk.count_given_up(Queue(show.subject["queue"]), show.subject["reason"])
                words = self._render.message("alert", count=count, **show.subject)
            case ShowingKind.HELD_QUESTION:
                held = await self._desk.held_item(show.subject["item"], now=now)
                return [Part("", *question_blocks(held, self._render))]
            case ShowingKind.HELD_NEWS:
                held = await self._desk.held_item(show.subject["item"], now=now)
                by = await self._desk.person(show.workspace, show.subject["by"], now) if "by" in show.subject else None
                known = {"item": held.item, "section": held.section, "issue": held.issue, "by": by and by.name}
                words = self._render.message("held_news", **{"number": None, **show.subject, **known})
            case ShowingKind.MOVED:
                about = await self._desk.item_and_issue(show.subject["item"], now=now)
                by = await self._desk.person(show.workspace, show.subject["by"], now)
                words = self._render.message(
                    "moved",
                    item=about.item,
                    filed_by=show.subject["filed_by"],
                    by=by.name,
                    left=about.house.section(show.subject["from"]),
                    entered=about.house.section(show.subject["to"]),
                )
            case ShowingKind.LATE_TOLD:
                asked = await self._desk.late_request(show.subject["request"], now=now)
                words = self._render.message("late_told", asked=asked)
            case ShowingKind.WELCOME:
                desk = await self._desk.desk(show.subject["desk"])
                issue = await self._desk.current_issue(desk, now=now)
                kept = self._render.message("kept", kept=await self._desk.kept(desk), in_home=False)
                words = self._render.message("welcome", house=self._desk.house_of(desk), issue=issue, kept=kept)
            case _:
                desk = await self._desk.desk(show.subject["desk"])
                issue = await self._desk.current_issue(desk, now=now)
                planned = await self._desk.planned(desk, now=now) if show.subject.get("deadline") else None
                words = self._render.message(
                    "issue_changed",
                    issue=issue,
                    ahead=still_to_come(planned, now, self._render) if planned is not None else (),
                    zone=self._desk.house_of(desk).calendar.zone,
                    closed=show.subject.get("closed"),
                    carried=show.subject.get("carried"),
                    deadline=show.subject.get("deadline"),
                    published=show.subject.get("published"),
                    corrected=show.subject.get("corrected"),
                    version=show.subject.get("version"),
                    note=show.subject.get("note"),
                    items=show.subject.get("items"),
                    state=show.subject.get("state"),
                    total=show.subject.get("total"),
                )
        return _said(words, showing)


def _said(words: str, showing: Showing) -> Sequence[Part]:
    return [Part("", without_emphasis(words), sections(words), showing.show.thread)]


def _split(parts: Sequence[Part]) -> Sequence[Part]:
    """A message that is too long goes on in keyed parts: in its own thread, or below the first of them."""
    found: list[Part] = []
    for part in parts:
        for number, blocks in enumerate(pages(part.blocks), start=1):
            if number == 1:
                found.append(replace(part, blocks=blocks))
            else:
                below = part.after_first or part.thread is None
                found.append(replace(part, name=f"{part.name}:{number}", blocks=blocks, after_first=below))
    return found
