"""What must hold whenever the desk has settled, whatever was done to it."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from bot.ports import Showing, ShowingKind
from bot.render import Renderer
from bot.sandbox.records import Message
from bot.sandbox.text import elements_of, options_of, visible
from db.base import Base
from handlers.permalinks import Permalinks
from handlers.presenter import Presenter
from handlers.tongues import Tongues
from tests.moments import timeless
from tests.newsroom import Newsroom
from tests.sequences.on_record import Rows, broken_logs, held_twice, left_over, of_guests, page_of, stands
from tests.sequences.pages import Sort
from tests.sequences.play import BOT, Play
from tests.sequences.said import Said
from tests.sequences.steps import QUIET, WRITING

_TABLES = ("items", "changes", "issues", "inbox", "outbox", "messages")
_WAITS = frozenset({"pending", "held", "held over"})
_INTERNAL = frozenset({"127.0.0.1", "localhost", "10.0.0.8", "169.254.169.254"})


class Verdict:
    """Looks at everything that is on record and shown, and remembers it until it looks again."""

    def __init__(self, play: Play) -> None:
        self._play = play
        self._placings: dict[int, Mapping[str, Any]] = {}
        self._texts: dict[str, frozenset[str]] = {}
        self._posted: set[str] = set()
        self._asked: dict[str, tuple[int, datetime]] = {}

    async def findings(self) -> list[str]:
        """Everything that does not hold, a sentence each."""
        rows = {name: await self._rows(name) for name in _TABLES}
        workspace = self._newsroom.stand_in.workspace
        found = [
            *self._lost(rows),
            *self._from_nowhere(rows["items"]),
            *self._let_go(rows),
            *held_twice(rows["items"]),
            *broken_logs(rows),
            *of_guests(rows, guest=workspace.user("gus").id, editor=workspace.user("ana").id),
            *left_over(rows),
            *self._said_twice(),
            *self._fetched(),
            *self._unanswered(),
            *self._unasked(rows["items"]),
            *[each async for each in self._unlike(rows)],
        ]
        self._placings = {item.id: stands(item) for item in rows["items"]}
        self._texts = {said.ts: frozenset(said.pages) for said in self._play.said.values()}
        self._posted = {message.ts for message in self._posts}
        self._play.since.clear()
        return found

    @property
    def _newsroom(self) -> Newsroom:
        return self._play.newsroom

    @property
    def _posts(self) -> list[Message]:
        """What the bot said, to everybody or to one person alone."""
        return [m for log in self._newsroom.stand_in.workspace.log.values() for m in log if m.bot_id == BOT]

    async def _rows(self, name: str) -> Sequence[Row[Any]]:
        table = Base.metadata.tables[name]
        async with self._newsroom.bot.database.connection() as connection:
            return (await connection.execute(select(table).order_by(*table.primary_key.columns))).all()

    def _lost(self, rows: Rows) -> Iterator[str]:
        """A link that stands in a message is an item of it, or one of its page that was there before it."""
        told = [change for change in rows["changes"] if change.verb == "dropped again"]
        again = {(change.item_id, change.after["message"]) for change in told}
        captured = {change.item_id for change in rows["changes"] if change.verb == "capture taken back"}
        for said in self._play.said.values():
            for page in said.pages if said.who != "stray" else ():
                here = [item for item in rows["items"] if (item.message, page_of(item)) == (said.ts, page)]
                there = [item for item in rows["items"] if page_of(item) == page]
                if not here and not any((item.id, self._named(said)) in again for item in there):
                    yield f"lost: {page} of the message {said.ts}"
                standing = {item.state for item in there if item.id not in captured}
                if standing == {"withdrawn"}:
                    yield f"withdrawn, and it stands in the message {said.ts}: {page}"

    def _from_nowhere(self, items: Sequence[Row[Any]]) -> Iterator[str]:
        """An item is of a link that somebody wrote; what is no news is one only where somebody insisted."""
        written = {(said.ts, link.page): link for said in self._play.said.values() for link in said.was}
        for item in items:
            link = written.get((item.message, page_of(item)))
            if link is None and not item.message.startswith("added:"):
                yield f"from nowhere: item {item.id}, {item.key}"
            if link is not None and link.sort is Sort.NO_NEWS and item.added_by is None:
                yield f"no news, and nobody asked for it: item {item.id}, {item.key}"

    def _named(self, said: Said) -> str:
        """The name of a message at its desk."""
        workspace = self._newsroom.stand_in.workspace
        if said.place.startswith("#"):
            return said.ts
        return f"{workspace.conversation_with(workspace.user(said.who).id).id}/{said.ts}"

    def _let_go(self, rows: Rows) -> Iterator[str]:
        """A link that was taken out of its message is withdrawn where it waited, and stays where it was filed."""
        if not self._play.since <= WRITING:
            return
        open_issues = {issue.id for issue in rows["issues"] if issue.state == "open"}
        for item in rows["items"]:
            said, was = self._play.said.get(item.message), self._placings.get(item.id)
            if said is None or was is None or item.issue_id not in open_issues:
                continue
            page = page_of(item)
            if page in said.pages or page not in self._texts.get(said.ts, ()):
                continue
            if was["state"] in _WAITS and item.state in _WAITS and item.added_by is None:
                yield f"item {item.id} is {item.state}, and its link is in the message {said.ts} no more"
            if was["state"] == "filed" and item.state != "filed":
                yield f"item {item.id} was filed and is {item.state} because its link was taken out"

    def _said_twice(self) -> Iterator[str]:
        payloads = [message.metadata["event_payload"] for message in self._posts if message.metadata]
        said = Counter((each["key"], each["part"]) for each in payloads)
        yield from (f"said {count} times: {key} {part}".rstrip() for (key, part), count in said.items() if count > 1)

    def _fetched(self) -> Iterator[str]:
        """Nobody's own network is looked into."""
        hosts = {asked.partition("/")[0] for asked in self._newsroom.press.asked}
        yield from (f"fetched from {host}" for host in sorted(hosts & _INTERNAL))

    def _unanswered(self) -> Iterator[str]:
        """Slack told nobody that the app is silent."""
        notices = self._newsroom.stand_in.workspace.notices
        yield from (f"Slack said: {notice['text']}" for notice in notices)
        notices.clear()

    def _unasked(self, items: Sequence[Row[Any]]) -> Iterator[str]:
        """Where nobody asked for anything, nothing changed and nothing was said."""
        if not self._play.since <= QUIET:
            return
        for item in items:
            was = self._placings.get(item.id)
            if stands(item) != was:
                yield f"item {item.id} became {stands(item)} without being asked, from {was}"
        yield from (f"said without being asked: {m.text!r}" for m in self._posts if m.ts not in self._posted)

    async def _unlike(self, rows: Rows) -> AsyncIterator[str]:
        """Every item has its card, and every card shows how its items stand: titles, places, people, what to press."""
        there = {message.ts for log in self._newsroom.stand_in.workspace.log.values() for message in log}
        cards = {row.key: row for row in rows["outbox"] if row.kind == ShowingKind.CARD}
        for item in rows["items"]:
            key = item.shown_in or f"card:{item.channel}:{item.message}"
            if key not in cards:
                yield f"item {item.id} is shown nowhere: there is no {key}"
        said = {m.metadata["event_payload"]["key"]: m for m in self._posts if m.metadata}
        for row in cards.values():
            if row.thread is not None and row.thread not in there:
                continue  # its message was deleted before anything answered it
            async with self._newsroom.bot.database.unit_of_work() as work:
                showing = await work.outbox.find(row.workspace, row.key)
            message = said.get(row.key)
            if showing is None or message is None:
                if row.key not in self._play.taken_away:
                    yield f"{row.key} was never said"
                continue
            (part,) = await self._presenter(showing)(showing)
            fresh = {"text": part.text, "blocks": part.content["blocks"]}
            shown = {"text": message.text, "blocks": message.blocks}
            for look in (_words, _offers):
                if look(fresh) != look(shown):
                    yield f"{row.key} shows {look(shown)!r}, and {look(fresh)!r} is so"

    def _presenter(self, showing: Showing) -> Presenter:
        """Shows things as they stand, at the moment at which they were last asked for: days go by without a word."""
        wanted, moment = self._asked.get(showing.show.key, (0, self._newsroom.clock()))
        if wanted != showing.wanted:
            moment = self._newsroom.clock()
            self._asked[showing.show.key] = (showing.wanted, moment)
        bot = self._newsroom.bot
        return Presenter(
            desk=bot.desk,
            render=Renderer(),
            clock=lambda: moment,
            permalinks=Permalinks(bot.edge.app.client),
            tongues=Tongues(desk=bot.desk, clock=lambda: moment),
        )


def _words(message: Mapping[str, Any]) -> str:
    return timeless(f"{message['text']}\n{visible(message)}")


def _offers(message: Mapping[str, Any]) -> list[Any]:
    """What can be pressed and chosen, by place and value."""
    return [
        (element["action_id"], element.get("value"), [option["value"] for option in options_of(element)])
        for _, element in elements_of(message)
    ]
