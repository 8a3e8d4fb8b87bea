"""The one address that the workspace knows: hands each delivery to a living replica, and has whims of its own."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.chaos.fleet import Fleet
from tests.chaos.plan import Whim
from tests.chaos.wire import Letter, Relay, forward, status_of


class Door:
    """Keeps which events were accepted, as the workspace saw it."""

    def __init__(self, fleet: Fleet, whims: Iterator[tuple[Whim, float]], count: Counter[str]) -> None:
        self.sent: dict[str, Any] = {}
        self.accepted: set[str] = set()
        self._fleet = fleet
        self._whims = whims
        self._count = count
        self._relay = Relay(self._hand_over)
        self._copies: set[asyncio.Task[bytes]] = set()
        self._turn = 0

    @property
    def port(self) -> int:
        return self._relay.port

    async def open(self) -> None:
        await self._relay.open()

    async def close(self) -> None:
        await self._relay.close()
        await asyncio.gather(*self._copies)

    async def _hand_over(self, letter: Letter) -> bytes:
        event_id = self._event_of(letter)
        if event_id is None:
            self._count["clicks and commands delivered"] += 1
            return await self._to_a_replica(letter)
        whim, wait_s = next(self._whims)
        self._count["events delivered"] += 1
        self._count["retries"] += b"x-slack-retry-num" in letter.head.lower()
        if whim is not Whim.KEPT:
            self._count[f"delivery {whim.value}"] += 1
        if whim is Whim.LOST:
            return b""
        if whim is Whim.LATE:
            await asyncio.sleep(wait_s)
        if whim in {Whim.TWICE, Whim.AGAIN}:
            self._copy(letter, wait_s if whim is Whim.AGAIN else 0)
        answer = await self._to_a_replica(letter)
        if whim is Whim.UNANSWERED:
            return b""
        if status_of(answer) == 200:
            self.accepted.add(event_id)
        return answer

    def _event_of(self, letter: Letter) -> str | None:
        """The id of an event, which is kept; None for a click or a command."""
        if not letter.body.startswith(b"{"):
            return None
        body = json.loads(letter.body)
        event_id = str(body["event_id"])
        self.sent[event_id] = body["event"]
        return event_id

    def _copy(self, letter: Letter, after_s: float) -> None:
        async def deliver() -> bytes:
            await asyncio.sleep(5 * after_s)
            return await self._to_a_replica(letter)

        task = asyncio.create_task(deliver())
        self._copies.add(task)
        task.add_done_callback(self._copies.discard)

    async def _to_a_replica(self, letter: Letter) -> bytes:
        """Whose turn it is; a stopped one takes requests too and answers none."""
        living = self._fleet.living
        if not living:
            return b""
        self._turn += 1
        return await forward(letter, living[self._turn % len(living)].port)
