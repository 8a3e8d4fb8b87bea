"""Numbers what changes, and wakes those who wait for the next change."""

import asyncio


class Changes:
    """A revision that only grows; whoever waits for a newer one is woken, never polled."""

    def __init__(self) -> None:
        self.revision = 0
        self._ended = False
        self._waiting: set[asyncio.Event] = set()

    def tell(self) -> int:
        """Note one change; returns its revision."""
        self.revision += 1
        self._wake()
        return self.revision

    def end(self) -> None:
        """Let everybody who waits go: there will be no more changes."""
        self._ended = True
        self._wake()

    async def after(self, known: int) -> int | None:
        """Wait for a revision other than the one that is known; None when there will be none."""
        while self.revision == known and not self._ended:
            woken = asyncio.Event()
            self._waiting.add(woken)
            try:
                await woken.wait()
            finally:
                self._waiting.discard(woken)
        return None if self._ended else self.revision

    def _wake(self) -> None:
        for woken in self._waiting:
            woken.set()
