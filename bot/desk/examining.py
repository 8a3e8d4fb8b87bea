"""Whether the desk's bot is well: what Slack refuses, what was given up, and whether the clock beats."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.desk.base import DeskBase
from bot.desk.errors import EditorsOnlyError
from bot.ports import DeskRecord, Queue, Refused, UnitOfWork, Unread


class DoctorForEditorsError(EditorsOnlyError):
    """A member asked how the bot is, which `editors` see."""

    def __init__(self, person: str, editors: Sequence[str]) -> None:
        super().__init__(person)
        self.editors = editors


@dataclass(frozen=True, slots=True)
class Health:
    """What is known of the bot's work from its records alone."""

    refused: Sequence[Refused]
    unread: Unread
    beat_at: datetime | None

    @property
    def posts(self) -> Sequence[Refused]:
        """What could not be shown."""
        return [each for each in self.refused if each.queue is Queue.OUTBOX]

    @property
    def events(self) -> Sequence[Refused]:
        """What came in and could not be worked on."""
        return [each for each in self.refused if each.queue is Queue.INBOX]


async def health_of(work: UnitOfWork, workspace: str | None = None) -> Health:
    """Look into the records of a workspace, or of all."""
    return Health(
        refused=await work.queues.refused(workspace),
        unread=await work.queues.unread(workspace),
        beat_at=await work.claims.beat_at(),
    )


class Examining(DeskBase):
    async def note_beat(self, *, now: datetime) -> None:
        """Put on record that the clock beats."""
        async with self._unit_of_work() as work:
            await work.claims.beat(now)

    async def health(self, desk: DeskRecord, *, by: str, now: datetime) -> Health:
        """Tell an editor how the bot's work in their workspace goes.

        Raises:
            DoctorForEditorsError: whoever asks is none; says who is.
        """
        try:
            await self._editor(desk, by, now)
        except EditorsOnlyError:
            async with self._unit_of_work() as work:
                raise DoctorForEditorsError(by, await work.desks.editors(desk)) from None
        async with self._unit_of_work() as work:
            return await health_of(work, desk.workspace)

    async def try_again(self, desk: DeskRecord, *, by: str, now: datetime) -> int:
        """Show what was given up, now that an editor says that its reason is gone; gives how much that is."""
        await self._editor(desk, by, now)
        async with self._unit_of_work() as work:
            given_up = {each.channel for each in (await health_of(work, desk.workspace)).posts if each.parked}
            return sum([await work.outbox.release(desk.workspace, channel, now) for channel in sorted(given_up)])
