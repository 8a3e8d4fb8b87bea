"""The vocabulary of the stories: a desk at work in the stand-in workspace, on a clock that the story moves."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.desk.archive import Archive
from bot.editorial.item import Item
from bot.editorial.outlet import Control, Outlet
from bot.export.formats import render
from bot.render import Renderer
from bot.sandbox.clock import MovableClock
from bot.sandbox.delivery import Delivery
from bot.sandbox.forms import Written
from bot.sandbox.member import Member
from bot.sandbox.stand_in import StandIn
from bot.sandbox.text import visible
from bot.sandbox.workspace import Message
from bot.settings import Transport
from bot.startup import Bot
from tests.press import HeldPage, Press

MONDAY_MORNING = datetime(2021, 1, 11, 15, 0, tzinfo=UTC)
"""Three days before No. 18 closes: Thursday 14 January 2021, 17:00 in New York."""

_PATIENCE = timedelta(seconds=20)
"""How far a story lets the clock run on to see what is still to come."""

OUTLETS = (
    Outlet("reuters.example", "Reuters", "GB", Control.INDEPENDENT),
    Outlet("prensa-latina.example", "Prensa Latina", "CU", Control.STATE_OWNED),
    Outlet("telesur.example", "teleSUR", "VE", Control.STATE_OWNED),
    Outlet("infobae.example", "Infobae", "AR", Control.INDEPENDENT),
)


class Newsroom:
    """Drives the bot's workers by hand: a story waits for nothing but the work itself."""

    def __init__(
        self, *, stand_in: StandIn, bot: Bot, clock: MovableClock, press: Press, restart: Callable[[], Awaitable[Bot]]
    ) -> None:
        self.stand_in = stand_in
        self.bot = bot
        self.clock = clock
        self._restart = restart
        self.press = press
        self.ana = stand_in.member("ana")
        self.ben = stand_in.member("ben")
        self._said_before: Mapping[str, int] = {}

    async def opens_desk(self, number: int = 18) -> None:
        """The bot is invited, and the open issue gets its number."""
        await self.stand_in.invites_bot("#vric")
        await self.settles()
        await self.ana.commands("#vric", f"/vric issue open {number}")
        await self.settles()
        self._said_before = {member.user.id: len(member.whispers("#vric")) for member in (self.ana, self.ben)}

    async def restarts(self) -> None:
        """The bot is stopped and started again on its database."""
        self.bot = await self._restart()

    async def settles(self, *, patience: timedelta = _PATIENCE) -> None:
        """Work through inbox, pages, clock and outbox until nothing is left to do within a while."""
        waited = timedelta(0)
        while True:
            await self.has_heard()
            if await self._works():
                continue
            wait = await self._next_due()
            if wait is None or waited + wait > patience:
                return
            waited += wait
            self.clock.advance(wait)

    async def has_heard(self) -> None:
        """The desk has done what members asked for so far, and no card is shown again yet."""
        await self.stand_in.settled()
        await self.bot.edge.in_flight.wait()

    async def drops(self, member: Member, text: str, *, thread_ts: str | None = None) -> str:
        """A member posts a message, and everything that follows from it happens."""
        ts = await member.posts("#vric", text, thread_ts=thread_ts)
        await self.settles()
        return ts

    async def beats(self, moment: datetime) -> None:
        """The clock reaches a moment, or is past it, and what is due is done."""
        self.clock.advance(max(moment - self.clock(), timedelta(0)))
        await self.bot.edge.heartbeat.beat()
        await self.settles()

    async def passes(self, **time: float) -> None:
        """Time goes by, and what becomes due meanwhile is done; `time` is that of a timedelta."""
        self.clock.advance(timedelta(**time))
        await self.settles()

    @asynccontextmanager
    async def while_reading(self, page: HeldPage) -> AsyncIterator[None]:
        """A reader waits for a page that is held back; leaving releases it and lets everything settle."""
        await self.bot.edge.intake.take_next()
        reader = asyncio.create_task(self.bot.desk.read_next(now=self.clock()))
        await page.asked.wait()
        yield
        page.released.set()
        await reader
        await self.settles()

    async def posts_what_is_due(self) -> None:
        """The sender posts until nothing is due, and nobody waits for pages."""
        while await self.bot.edge.sender.send_next():
            self.clock.advance(timedelta(seconds=1))

    async def waits_for_card(self, ts: str) -> None:
        """Wait until a bot in another process has shown a card that says what its page says."""
        known: int | None = -1
        while known is not None:
            known = await self.stand_in.workspace.changes.after(known)
            if any("File in" in button for message in self.replies(ts) for button in message.buttons):
                return

    def replies(self, ts: str) -> list[Message]:
        """What stands in the thread of a message."""
        return self.stand_in.thread("#vric", ts)

    def card(self, ts: str) -> Message:
        """The one card in the thread of a message."""
        cards = [
            message
            for message in self.replies(ts)
            if message.bot_id and message.metadata and message.metadata["event_payload"]["key"].startswith("card:")
        ]
        assert len(cards) == 1, [card.words for card in cards]
        return cards[0]

    def draft(self) -> Message:
        """The first message of the draft's thread."""
        (found,) = [message for message in self.channel_posts() if message.words.startswith("Draft of ")]
        return found

    def deliveries_of(self, ts: str) -> list[Delivery]:
        """How the bot was told of a message, and what it answered."""
        found = [each for each in self.stand_in.deliveries if each.body.get("type") == "event_callback"]
        return [each for each in found if each.body["event"].get("ts") == ts]

    def event_of(self, ts: str) -> str:
        """The id of the event that told the bot of a message."""
        return str(self.deliveries_of(ts)[0].body["event_id"])

    def channel_posts(self) -> list[Message]:
        """What the bot said in the channel itself."""
        return [message for message in self.stand_in.messages("#vric") if message.bot_id]

    async def presses(self, member: Member, message: Message, label: str, *, nth: int = 0) -> None:
        """A member presses a button of a message."""
        await member.clicks(message.channel, message.ts, label, nth=nth)
        await self.settles()

    async def clicks(self, member: Member, ts: str, label: str, *, nth: int = 0) -> None:
        """A member presses a button of the card of a message."""
        await self.presses(member, self.card(ts), label, nth=nth)

    async def selects(self, member: Member, ts: str, option: str, *, nth: int = 0) -> None:
        await member.selects("#vric", self.card(ts).ts, option, nth=nth)
        await self.settles()

    async def accepts(self, member: Member, ts: str, *, under: str | None = None, topic: str = "Diplomatic") -> None:
        """A member files an item of state media from its card, with their word on it."""
        await self.clicks(member, ts, "Accept as state media")
        section = {"Under which section?": under} if under is not None else {}
        checked = ["Not reported by other media: I checked", "No opinion and no declaration"]
        word = {"What is it about?": topic, "What I checked": checked}
        assert await self.submits(member, {**section, **word}) == {}

    async def says_of_state(self, member: Member, ts: str, *, country: str = "Cuba") -> None:
        """A member answers on a card that a state owns the outlet."""
        await self.selects(member, ts, "Yes…")
        evidence = {"How do you know? An address, or a few words": "Its imprint names the ministry."}
        said = {"Who controls it?": "A state owns it", "Country, by name or code": country, **evidence}
        assert await self.submits(member, said) == {}

    async def presses_in_form(self, member: Member, label: str) -> None:
        """A member presses a button of the form in front."""
        await member.clicks_in_modal(label)
        await self.settles()

    async def opens_fix_list(self) -> str:
        """Ana asks for the draft and opens its fix list; gives what it says."""
        await self.commands(self.ana, "/vric draft")
        await self.presses(self.ana, self.draft(), "Fix list")
        return self.modal_words(self.ana)

    async def moves_deadline(self, when: str) -> str:
        """Ana moves the deadline and says that she means it; gives what she read before that."""
        asked = await self.commands(self.ana, f"/vric deadline {when}")
        await self.presses(self.ana, self.whispers(self.ana)[-1], "Move the deadline")
        return asked

    async def printed(self, form: str = "txt") -> str:
        """The open issue in a format, as it stands."""
        async with self.bot.database.unit_of_work() as work:
            (desk,) = await work.desks.all()
            issue = await work.issues.open_of(desk.id)
        assert issue is not None
        draft = await self.bot.desk.draft_of(issue.id, None, now=self.clock())
        return render(form, draft.edition, Renderer()).decode("utf-8-sig")

    @property
    def archive(self) -> Archive:
        return Archive(houses=self.bot.desk.houses, unit_of_work=self.bot.database.unit_of_work)

    def guest(self) -> Member:
        """Somebody in the channel who is a guest of the workspace."""
        gus = self.stand_in.workspace.add_user("gus", "Gus Haddad", is_restricted=True)
        self.stand_in.workspace.channel("#vric").members.add(gus.id)
        return self.stand_in.member("gus")

    async def submits(self, member: Member, written: Mapping[str, Written]) -> dict[str, str]:
        """A member fills in the form in front by its labels; gives what was refused, by field."""
        refused = await member.submits(written)
        await self.settles()
        return refused

    def form(self, member: Member) -> dict[str, str | None]:
        """The fields of the form in front of a member, by label, with what stands in them."""
        assert member.modal is not None
        inputs = [block for block in member.modal["blocks"] if block["type"] == "input"]
        return {block["label"]["text"]: _filled_in(block["element"]) for block in inputs}

    def modal_words(self, member: Member) -> str:
        """Everything that a member reads in the form in front."""
        assert member.modal is not None
        return visible(member.modal)

    def home_words(self, member: Member) -> str:
        """Everything that a member reads in the app's home."""
        assert member.home is not None
        return visible(member.home)

    async def items(self) -> Sequence[Item]:
        """The items of the open issue, whatever their state, in the order in which they came."""
        async with self.bot.database.unit_of_work() as work:
            (desk,) = await work.desks.all()
            issue = await work.issues.open_of(desk.id)
            return await work.items.of_issue(issue.id) if issue is not None else ()

    async def logged(self) -> list[str]:
        """The verbs of the event log about items, in order."""
        items = await self.items()
        async with self.bot.database.unit_of_work() as work:
            changes = [change for item in items for change in await work.changes.of_item(item.id)]
        return [change.verb for change in sorted(changes, key=lambda change: change.id)]

    async def commands(self, member: Member, text: str) -> str:
        """A member types a command; gives what only they see next."""
        before = len(self.whispers(member))
        await member.commands("#vric", text)
        await self.settles()
        return "\n".join(message.words for message in self.whispers(member)[before:])

    def whispers(self, member: Member) -> list[Message]:
        """What only this member saw in the channel since the desk was opened."""
        return member.whispers("#vric")[self._said_before.get(member.user.id, 0) :]

    async def _works(self) -> bool:
        worked = [await step() for step in dict.fromkeys(self.bot.steps)]  # one of each kind sees all that is due
        return any(worked)

    async def _next_due(self) -> timedelta | None:
        async with self.bot.database.unit_of_work() as work:
            moments = [
                await work.inbox.next_due_at(),
                await work.outbox.next_due_at(),
                await work.items.next_unread_at(),
                await work.gate.next_check_at(),
            ]
        ahead = [moment - self.clock() for moment in moments if moment is not None]
        return max(min(ahead), timedelta(milliseconds=1)) if ahead else None


def _filled_in(element: Mapping[str, Any]) -> str | None:
    option = element.get("initial_option")
    return option["text"]["text"] if option else element.get("initial_value") or element.get("initial_date")


def _over(*pairs: tuple[Transport, str]) -> pytest.MarkDecorator:
    """Stories of these transports and databases, each pair once."""
    ids = [f"{transport}-{database}" for transport, database in pairs]
    return pytest.mark.parametrize(("newsroom", "database_url"), pairs, indirect=True, ids=ids)


_HTTP, _SOCKET = (Transport.HTTP, "sqlite"), (Transport.SOCKET, "postgresql")

EACH_ONCE = _over(_HTTP, _SOCKET)
"""Each transport and each database once: for stories in which it makes no difference how the two come together."""

OVER_HTTP, OVER_A_SOCKET = _over(_HTTP), _over(_SOCKET)
"""One of them alone: for stories in which neither has a part; what both must do alike has stories over each."""
