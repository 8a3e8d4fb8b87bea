"""Whose turn it is where one at a time can go."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

_Line = deque[asyncio.Future[None]]


class Turns:
    """One at a time, in the order of asking, except that whoever is in a hurry goes before the others.

    After one in a hurry it is one of the others' turn: a line of people in a hurry that never ends would else keep
    the others waiting for ever.
    """

    def __init__(self) -> None:
        self._taken = False
        self._was_hurried = False
        self._hurried: _Line = deque()
        self._others: _Line = deque()

    @asynccontextmanager
    async def turn(self, *, hurried: bool, within_s: float) -> AsyncIterator[None]:
        """Wait for a turn, and have it for the length of the block.

        Raises:
            TimeoutError: it did not come in time.
        """
        async with asyncio.timeout(within_s):
            await self._take(hurried=hurried)
        try:
            yield
        finally:
            self._pass_on()

    async def _take(self, *, hurried: bool) -> None:
        if not self._taken:
            self._taken, self._was_hurried = True, hurried
            return
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        (self._hurried if hurried else self._others).append(mine)
        try:
            await mine
        except asyncio.CancelledError:
            if mine.done() and not mine.cancelled():  # the turn came at the moment of leaving
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        lines = (self._others, self._hurried) if self._was_hurried else (self._hurried, self._others)
        for line in lines:
            while line:
                following = line.popleft()
                if not following.done():  # whoever left is skipped
                    self._was_hurried = line is self._hurried
                    following.set_result(None)
                    return
        self._taken = False
