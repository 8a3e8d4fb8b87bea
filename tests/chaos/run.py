"""One run: a workspace, a fleet on one database, a plan walked through, and an end in peace."""

import asyncio
import socket
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from bot.sandbox.forms import NotThereError
from bot.sandbox.records import Refusal
from bot.sandbox.stand_in import StandIn
from bot.settings import Transport
from bot.startup import Bot, opened, serving_http
from handlers.manifest import manifest
from handlers.web import SLACK_PATH
from tests.chaos.clock import HurriedClock
from tests.chaos.door import Door
from tests.chaos.fleet import Fleet, Post, Replica, waits_at_the_gate
from tests.chaos.plan import Act, Death, Deed, End, Fault, Options, Plan, draw
from tests.chaos.replica import InlineParser, Orders
from tests.newsroom import OUTLETS, Newsroom
from tests.opening import ASKS_NOBODY, secrets_of, settings_for
from tests.press import Press

_T = TypeVar("_T")

_RATE = 12
_START = datetime(2021, 1, 13, 21, 54, tzinfo=UTC)
"""Six minutes before the draft and the sections' reminder of No. 18 are due; the members' reminder is late already."""

_TICK_S = 0.05
_PATIENCE_S = 2.0
_MET_WITHIN_S = 1.2
_STOPPED_FOR_S = 75 / _RATE
"""A quarter longer than a lease of the inbox, of a page or of the outbox."""

_LAGS_S = 8
"""How many seconds history hides a message: less than the sender waits before it looks."""

_FILE_OTHER = "file_other"


@dataclass(slots=True)
class Run:
    """What a run holds while it goes, and what is known of it at the end."""

    plan: Plan
    clock: HurriedClock
    stand_in: StandIn
    press: Press
    fleet: Fleet
    door: Door
    restart_database: Callable[[], None] | None
    count: Counter[str]
    posts: list[Post]
    deaths: Counter[str] = field(default_factory=Counter)
    links: dict[int, str] = field(default_factory=dict)
    _doing: set[asyncio.Task[None]] = field(default_factory=set)

    async def walk(self) -> None:
        """Go through the plan; deeds overlap, and so do deaths with what they interrupt."""
        bringing: asyncio.Task[None] = asyncio.create_task(_nothing())
        for step in self.plan.steps:
            await asyncio.sleep(step.pause_s)
            match step.what:
                case Act() as act:
                    self._begin(self._act(act))
                case Fault() as fault:
                    self.count[f"call {fault.kind}"] += fault.times
                    self.stand_in.fault(fault.method, fault.kind, times=fault.times, retry_after=fault.retry_after)
                case End() as end:
                    await bringing  # members go on while a death is on its way; the next one waits for it
                    bringing = asyncio.create_task(self._bring(end))
        await bringing
        await asyncio.gather(*self._doing)

    def _begin(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._doing.add(task)
        task.add_done_callback(self._doing.discard)

    async def _bring(self, end: End) -> None:
        """Bring about a death; one that is not met in time is a plain kill."""
        death = end.death
        if death is Death.DATABASE:
            if self.restart_database is not None:
                self.deaths[death] += 1
                await asyncio.to_thread(self.restart_database)
            return
        replica = await self.fleet.one(lambda found: found[int(end.dice * len(found))])
        if death is Death.STOPPED:
            self.deaths[death] += 1
            replica.stop()
            self._begin(self._wake(replica))
            return
        met = replica.gone
        if waits_at_the_gate(death):
            met = replica.expect(death)
        elif death is not Death.KILLED:
            replica.light(death, end.commits)
        if death is not Death.KILLED and await _within(met, _MET_WITHIN_S):
            self.deaths[death] += 1
            if death is Death.STOPPED_IN_POST:
                self._begin(self._wake(replica))
                return
        elif not replica.gone.is_set():
            replica.spare()
            self.deaths[Death.KILLED] += 1
            replica.kill()
        await _within(replica.gone, _MET_WITHIN_S)

    async def _wake(self, replica: Replica) -> None:
        await asyncio.sleep(_STOPPED_FOR_S)
        replica.go_on()
        await self.fleet.tell()

    async def _act(self, act: Act) -> None:
        """A member does what the plan says, if there is anything to do it to."""
        member = self.stand_in.member(act.member)
        self.count[act.deed] += 1
        try:
            match act.deed:
                case Deed.DROP:
                    self.count["links"] += len(act.links)
                    await member.posts("#vric", self._text(act))
                case Deed.STATUS:
                    await member.commands("#vric", "/vric status")
                case Deed.EDIT | Deed.DELETE:
                    own = [m for m in self.stand_in.messages("#vric") if m.user == member.user.id and m.links]
                    message = _chosen(own, act.dice)
                    if act.deed is Deed.DELETE:
                        await member.deletes("#vric", message.ts)
                    else:
                        await member.edits("#vric", message.ts, self._text(act))
                case _:
                    await self._click(act)
        except (NotThereError, Refusal):
            self.count["nothing to click"] += 1

    async def _click(self, act: Act) -> None:
        member = self.stand_in.member(act.member)
        cards = [m for m in self.stand_in.workspace.log[self.stand_in.workspace.channel("#vric").id] if m.metadata]
        wanted = {Deed.FILE: "File in", Deed.SELECT: "File in", Deed.UNDO: "Undo"}[act.deed]
        card = _chosen([m for m in cards if any(wanted in button for button in m.buttons)], act.dice)
        labels = [button for button in card.buttons if wanted in button]
        if act.deed is Deed.SELECT:
            option = _chosen([option for option in card.options if option != "Spike"][:20], act.dice)
            await member.selects("#vric", card.ts, option, action_id=_FILE_OTHER)
        else:
            await member.clicks("#vric", card.ts, _chosen(labels, act.dice))

    def _text(self, act: Act) -> str:
        found = []
        for page, tagged in act.links:
            if page not in self.links:
                host = ("reuters.example", "infobae.example", "telesur.example")[page % 3]
                self.links[page] = self.press.prints(f"{host}/p{page}", f"Tankers sail for port {page} & wait")
            found.append(self.links[page] + ("?utm_source=feed" if tagged else ""))
        return " and ".join(found)


@asynccontextmanager
async def open_run(
    options: Options, database_url: str, folder: Path, restart_database: Callable[[], None] | None = None
) -> AsyncIterator[Run]:
    """Open the workspace, put a desk into it, and leave the rest to the fleet."""
    clock = HurriedClock(_START, _RATE)
    count: Counter[str] = Counter()
    posts: list[Post] = []
    plan = draw(options)
    async with AsyncExitStack() as stack:
        stand_in = await stack.enter_async_context(StandIn(manifest(), clock=clock, patience_s=_PATIENCE_S))
        press = await stack.enter_async_context(Press())
        async with _newsroom(stand_in, press, clock, database_url) as newsroom:
            async with newsroom.bot.database.unit_of_work() as work:
                await work.outlets.load(OUTLETS)
            await newsroom.opens_desk()
        orders = Orders(
            secrets_of(stand_in) | ASKS_NOBODY | {"database_url": database_url},
            tuple(press.places),
            clock.pace,
            folder / "replicas.log",
        )
        api_port = int(stand_in.url.rpartition(":")[2])
        replicas = [Replica(orders, api_port, count, stand_in.api_url, posts) for _ in range(options.replicas)]
        fleet = Fleet(replicas, count)
        door = Door(fleet, plan.whims(), count)
        yield Run(plan, clock, stand_in, press, fleet, door, restart_database, count, posts)


@asynccontextmanager
async def in_trouble(run: Run) -> AsyncIterator[None]:
    """The fleet lives and the workspace speaks with it through the door; afterwards all of it is dead."""
    await run.fleet.open()
    await run.door.open()
    run.stand_in.request_url = f"http://127.0.0.1:{run.door.port}{SLACK_PATH}"
    run.stand_in.lags(_LAGS_S)
    ticking = asyncio.create_task(_tick(run.clock))
    try:
        yield
    finally:
        ticking.cancel()
        await run.fleet.end()
        await run.stand_in.settled()
        await run.door.close()
        run.stand_in.calm()


@asynccontextmanager
async def in_peace(run: Run, database_url: str) -> AsyncIterator[Newsroom]:
    """One healthy bot works off what the others left, until long after the last lease and the last retry."""
    async with _newsroom(run.stand_in, run.press, run.clock, database_url) as newsroom:
        await newsroom.settles(patience=timedelta(minutes=3))
        for _ in range(3):
            await newsroom.passes(minutes=6)
            await newsroom.bot.edge.heartbeat.beat()
            await newsroom.settles(patience=timedelta(minutes=10))
        yield newsroom


@asynccontextmanager
async def _newsroom(stand_in: StandIn, press: Press, clock: HurriedClock, database_url: str) -> AsyncIterator[Newsroom]:
    async def never() -> Bot:
        raise NotImplementedError

    settings = settings_for(stand_in, database_url)
    async with opened(settings, Transport.HTTP, clock=clock, allowed_pages=press.places, parser=InlineParser()) as bot:
        listener = socket.create_server(("127.0.0.1", 0))
        async with serving_http(bot, listener):
            stand_in.request_url = f"http://127.0.0.1:{listener.getsockname()[1]}{SLACK_PATH}"
            yield Newsroom(stand_in=stand_in, bot=bot, clock=clock, press=press, restart=never)


async def _tick(clock: HurriedClock) -> None:
    while True:
        await asyncio.sleep(_TICK_S)
        clock.ticks()


async def _nothing() -> None:
    """What comes before the first death."""


async def _within(event: asyncio.Event, seconds: float) -> bool:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return False
    return True


def _chosen(found: list[_T], dice: float) -> _T:
    if not found:
        raise NotThereError("There is none.")
    return found[int(dice * len(found))]
