"""Events go on record before Slack is answered; those that come at the same time share a transaction."""

import asyncio
from collections.abc import Callable, Sequence

from bot.ports import RawEvent, UnitOfWorkFactory

_MOST = 200
"""Events of one transaction: a longer one would keep the first of them waiting."""

Waiting = tuple[RawEvent, asyncio.Future[bool]]


class Acceptance:
    """Writes what has gathered while the last transaction was under way.

    A commit that reaches the disk costs the same for one event as for many, and it is what the answer waits for.
    """

    def __init__(self, unit_of_work: UnitOfWorkFactory, *, is_outage: Callable[[BaseException], bool]) -> None:
        self._unit_of_work = unit_of_work
        self._is_outage = is_outage
        self._waiting: list[Waiting] = []
        self._writer: asyncio.Task[None] | None = None

    async def accept(self, event: RawEvent) -> bool:
        """Put an event on record; False where it was delivered before. Whatever the database refuses is raised here."""
        recorded: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((event, recorded))
        if self._writer is None:
            self._writer = asyncio.create_task(self._write())
        return await recorded

    async def _write(self) -> None:
        try:
            while self._waiting:
                together, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
                await self._record(together)
        finally:
            self._writer = None

    async def _record(self, together: Sequence[Waiting], *, again: bool = True) -> None:
        """Record events in one transaction, and one by one where that fails: one that is refused refuses no other.

        That the server closed a connection shows when it is used: where one was lost, another one is tried, once.
        """
        wanted = [(event, recorded) for event, recorded in together if not recorded.done()]
        if not wanted:
            return
        try:
            async with self._unit_of_work() as work:
                new = set(await work.inbox.add([event for event, _ in wanted]))
        except Exception as refusal:  # noqa: BLE001 - it is raised where the event was handed in
            if again and self._is_outage(refusal):
                await self._record(wanted, again=False)
            elif len(wanted) == 1:
                _settle(wanted[0][1], refusal)
            else:
                for each in wanted:
                    await self._record([each], again=again)
            return
        for event, recorded in wanted:
            _settle(recorded, event.event_id in new)
            new.discard(event.event_id)


def _settle(recorded: asyncio.Future[bool], outcome: bool | Exception) -> None:  # noqa: FBT001 - whether it was new
    """Tell whoever waits, unless they gave up."""
    if recorded.done():
        return
    if isinstance(outcome, Exception):
        recorded.set_exception(outcome)
    else:
        recorded.set_result(outcome)
