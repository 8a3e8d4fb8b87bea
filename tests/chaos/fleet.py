"""Replicas that are started again whenever they die, each behind a gate of its own to the workspace's API."""

import asyncio
import json
import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from tests.chaos.plan import Death
from tests.chaos.replica import Orders, start_process
from tests.chaos.wire import Letter, Relay, forward

_POST = "/api/chat.postMessage"
_START_S = 30
_WAKES_FOR_S = 2
"""So long after a process went on the calls may come that it was about to make; it has several senders."""
_AT_THE_GATE = frozenset({Death.BEFORE_POST, Death.AFTER_POST, Death.STOPPED_IN_POST})


@dataclass(frozen=True, slots=True)
class Post:
    """A post as it came to a gate.

    `at` is monotonic time; `held` is from when to when its process was stopped, where it went on just before.
    """

    key: str
    part: str
    at: float
    held: tuple[float, float] | None


class Replica:
    """A place for one process at a time."""

    def __init__(self, orders: Orders, api_port: int, count: Counter[str], api: str, posts: list[Post]) -> None:
        self._posts = posts
        self._stopped_at = 0.0
        self._held: tuple[float, float] | None = None
        self._api_port = api_port
        self._count = count
        self._gate = Relay(self._pass_on)
        self._orders = orders
        self._api = api
        self._process: BaseProcess | None = None
        self._orders_to: Connection | None = None
        self._fate: Death | None = None
        self._met = asyncio.Event()
        self.gone = asyncio.Event()
        self.up = asyncio.Event()
        self.is_stopped = False
        self.port = 0

    async def open(self) -> None:
        await self._gate.open()
        url = self._api.replace(f":{self._api_port}/", f":{self._gate.port}/")
        self._orders = replace(self._orders, settings=self._orders.settings | {"slack_api_url": url})

    async def close(self) -> None:
        self.kill()
        await self._gate.close()

    async def start(self) -> bool:
        """Start a process; whether it came up, which it does not while its database is away."""
        self.gone.clear()
        self._met.clear()
        self._fate, self.is_stopped, self._held = None, False, None
        process, orders_to = await asyncio.to_thread(start_process, self._orders)
        self._process, self._orders_to = process, orders_to
        loop, ready = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(process.sentinel, self._died)
        loop.add_reader(orders_to.fileno(), ready.set)
        try:
            async with asyncio.timeout(_START_S):
                await ready.wait()
            self.port = orders_to.recv()
        except (EOFError, TimeoutError):
            self.kill()
            await self.gone.wait()
            return False
        finally:
            loop.remove_reader(orders_to.fileno())
        self.up.set()
        return True

    async def bury(self) -> None:
        """Take leave of a process that is gone."""
        process, self._process = self._process, None
        if process is not None:
            await asyncio.to_thread(process.join)
            # The loop outlives the run: left with a closed file, it would fail whoever is given its number next.
            asyncio.get_running_loop().remove_reader(process.sentinel)
            process.close()
        if self._orders_to is not None:
            self._orders_to.close()
            self._orders_to = None

    def light(self, side: Death, commits: int) -> None:
        """Let the process die by itself at a commit to come."""
        if self._orders_to is not None:
            with suppress(OSError):
                self._orders_to.send((side.value, commits))

    def expect(self, fate: Death) -> asyncio.Event:
        """Let the next post be the last, or find the process stopped; gives what is set when that happened."""
        self._fate = fate
        self._met.clear()
        return self._met

    def spare(self) -> None:
        self._fate = None

    def kill(self) -> None:
        self._signal(signal.SIGKILL)

    def stop(self) -> None:
        self.is_stopped, self._stopped_at = True, time.monotonic()
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self.is_stopped, self._held = False, (self._stopped_at, time.monotonic())
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.pid is not None and not self.gone.is_set():
            with suppress(ProcessLookupError):
                os.kill(self._process.pid, number)

    def _died(self) -> None:
        if self._process is not None:
            asyncio.get_running_loop().remove_reader(self._process.sentinel)
        self.up.clear()
        self.gone.set()

    def _note(self, letter: Letter) -> None:
        said = json.loads(letter.body)["metadata"]["event_payload"]
        now = time.monotonic()
        held = self._held if self._held is not None and now - self._held[1] < _WAKES_FOR_S else None
        self._posts.append(Post(said["key"], said["part"], now, held))

    async def _pass_on(self, letter: Letter) -> bytes:
        """A call of the API; the fate of a process may wait on either side of a post."""
        self._count["API calls"] += 1
        if letter.path == _POST:
            self._note(letter)
        fate = self._fate if letter.path == _POST else None
        if fate is None:
            return await forward(letter, self._api_port)
        self._fate = None
        if fate is Death.BEFORE_POST:
            self.kill()
            self._met.set()
            return b""
        if fate is Death.STOPPED_IN_POST:
            self.stop()
        answer = await forward(letter, self._api_port)
        if fate is Death.AFTER_POST:
            self.kill()
        self._met.set()
        return answer


class Fleet:
    """Keeps its replicas alive until it is told to end."""

    def __init__(self, replicas: list[Replica], count: Counter[str]) -> None:
        self.replicas = replicas
        self._count = count
        self._keepers: list[asyncio.Task[None]] = []
        self._changed = asyncio.Condition()

    @property
    def living(self) -> list[Replica]:
        return [each for each in self.replicas if each.up.is_set()]

    async def open(self) -> None:
        for each in self.replicas:
            await each.open()
        self._keepers = [asyncio.create_task(self._keep(each)) for each in self.replicas]
        await self.one(lambda found: found[0])

    async def end(self) -> None:
        """Kill them all."""
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)
        for each in self.replicas:
            await each.close()
            await each.bury()

    async def tell(self) -> None:
        """Say that a replica may have come up, or run on."""
        async with self._changed:
            self._changed.notify_all()

    async def one(self, choose: Callable[[list[Replica]], Replica]) -> Replica:
        """One of those that live and run, once none is missing: who dies at its start only never does harm."""

        def found() -> list[Replica]:
            return [each for each in self.living if not each.is_stopped]

        async with self._changed:
            await self._changed.wait_for(lambda: len(self.living) == len(self.replicas) and found())
        return choose(found())

    async def _keep(self, replica: Replica) -> None:
        while True:
            if await replica.start():
                self._count["starts"] += 1
            await self.tell()
            await replica.gone.wait()
            await replica.bury()


def waits_at_the_gate(death: Death) -> bool:
    return death in _AT_THE_GATE
