"""The vocabulary of the stories: a desk at work in the stand-in workspace, on a clock that the story moves."""

import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.editorial.outlet import Control, Outlet
from bot.extract.worker import Parser
from bot.sandbox.clock import MovableClock
from bot.sandbox.member import Member
from bot.sandbox.stand_in import StandIn
from bot.sandbox.workspace import Message
from bot.settings import Settings, Transport, read_settings
from bot.startup import Bot, opened, serving_http, serving_socket
from handlers.manifest import manifest
from handlers.web import SLACK_PATH
from tests.press import Press

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

    def __init__(self, *, stand_in: StandIn, bot: Bot, clock: MovableClock, press: Press) -> None:
        self.stand_in = stand_in
        self.bot = bot
        self.clock = clock
        self.press = press
        self.ana = stand_in.member("ana")
        self.ben = stand_in.member("ben")

    async def opens_desk(self, number: int = 18) -> None:
        """The bot is invited, and the open issue gets its number."""
        await self.stand_in.invites_bot("#vric")
        await self.settles()
        await self.ana.commands("#vric", f"/vric issue open {number}")
        await self.settles()

    async def settles(self, *, patience: timedelta = _PATIENCE) -> None:
        """Work through inbox, pages, clock and outbox until nothing is left to do within a while."""
        waited = timedelta(0)
        while True:
            await self.stand_in.settled()
            await self.bot.edge.in_flight.wait()
            if await self._works():
                continue
            wait = await self._next_due()
            if wait is None or waited + wait > patience:
                return
            waited += wait
            self.clock.advance(wait)

    async def drops(self, member: Member, text: str, *, thread_ts: str | None = None) -> str:
        """A member posts a message, and everything that follows from it happens."""
        ts = await member.posts("#vric", text, thread_ts=thread_ts)
        await self.settles()
        return ts

    async def beats(self, moment: datetime) -> None:
        """The clock reaches a moment, and what is due is done."""
        self.clock.advance(moment - self.clock())
        await self.bot.edge.heartbeat.beat()
        await self.settles()

    def card(self, ts: str) -> Message:
        """The one card in the thread of a message."""
        cards = self.stand_in.thread("#vric", ts)
        assert len(cards) == 1, [card.words for card in cards]
        return cards[0]

    def channel_posts(self) -> list[Message]:
        """What the bot said in the channel itself."""
        return [message for message in self.stand_in.messages("#vric") if message.bot_id]

    async def clicks(self, member: Member, ts: str, label: str, *, nth: int = 0) -> None:
        """A member presses a button of the card of a message."""
        await member.clicks("#vric", self.card(ts).ts, label, nth=nth)
        await self.settles()

    async def selects(self, member: Member, ts: str, option: str, *, nth: int = 0) -> None:
        await member.selects("#vric", self.card(ts).ts, option, nth=nth)
        await self.settles()

    async def commands(self, member: Member, text: str) -> str:
        """A member types a command; gives what only they see next."""
        before = len(member.whispers("#vric"))
        await member.commands("#vric", text)
        await self.settles()
        return "\n".join(message.words for message in member.whispers("#vric")[before:])

    def was_told(self, member: Member, words: str) -> bool:
        """Whether only this member was told something."""
        return any(words in message.words for message in member.whispers("#vric"))

    async def _works(self) -> bool:
        worked = [await step() for step in self.bot.steps]
        return any(worked)

    async def _next_due(self) -> timedelta | None:
        async with self.bot.database.unit_of_work() as work:
            moments = [
                await work.inbox.next_due_at(),
                await work.outbox.next_due_at(),
                await work.items.next_unread_at(),
            ]
        ahead = [moment - self.clock() for moment in moments if moment is not None]
        return max(min(ahead), timedelta(milliseconds=1)) if ahead else None


def settings_for(stand_in: StandIn, database_url: str) -> Settings:
    return read_settings(
        _env_file=None,
        slack_bot_token=stand_in.bot_token,
        slack_app_token=stand_in.app_token,
        slack_signing_secret=stand_in.signing_secret,
        slack_api_url=stand_in.api_url,
        database_url=database_url,
    )


@asynccontextmanager
async def open_newsroom(
    database_url: str,
    transport: Transport,
    parser: Parser,
    *,
    record_to: Path | None = None,
    start: datetime = MONDAY_MORNING,
) -> AsyncIterator[Newsroom]:
    """Open the stand-in, the press and the bot; close them in reverse."""
    clock = MovableClock(start)
    async with AsyncExitStack() as stack:
        stand_in = await stack.enter_async_context(StandIn(manifest(), clock=clock))
        if record_to is not None:
            stand_in.record_to(record_to)
        press = await stack.enter_async_context(Press())
        bot = await stack.enter_async_context(
            open_bot(stand_in, database_url, transport, parser, press=press, clock=clock)
        )
        async with bot.database.unit_of_work() as work:
            await work.outlets.load(OUTLETS)
        yield Newsroom(stand_in=stand_in, bot=bot, clock=clock, press=press)


@asynccontextmanager
async def open_bot(
    stand_in: StandIn,
    database_url: str,
    transport: Transport,
    parser: Parser,
    *,
    press: Press,
    clock: MovableClock,
) -> AsyncIterator[Bot]:
    """The real bot, reachable by the stand-in over a transport; its workers are left to the story."""
    settings = settings_for(stand_in, database_url)
    async with (
        opened(settings, transport, clock=clock, allowed_pages=press.places, parser=parser) as bot,
        AsyncExitStack() as stack,
    ):
        if transport is Transport.HTTP:
            listener = socket.create_server(("127.0.0.1", 0))
            await stack.enter_async_context(serving_http(bot, listener))
            stand_in.request_url = f"http://127.0.0.1:{listener.getsockname()[1]}{SLACK_PATH}"
        else:
            await stack.enter_async_context(serving_socket(bot))
            await stand_in.deliverer.connected()
        yield bot
