"""Who is in the channels of desks, asked of the workspace no more often than it helps."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.desk.base import DeskBase
from bot.ports import ChannelOutOfReachError, DeskRecord

_GOOD_FOR = timedelta(minutes=10)
"""Who left so lately still drops links; who came is asked about anew, since memory does not have them."""

_FRESH = timedelta(seconds=30)


class Rosters(DeskBase):
    async def desks_of(self, workspace: str, person: str, now: datetime) -> Sequence[DeskRecord]:
        """The desks in whose channels somebody is; those whose channels nobody can ask about are left out."""
        async with self._unit_of_work() as work:
            desks = await work.desks.all(workspace)
        return [desk for desk in desks if await self._is_in(desk, person, now)]

    async def _named(self, desks: Sequence[DeskRecord]) -> Mapping[DeskRecord, str]:
        """Desks with the names of their channels; where the workspace does not say one, with its id."""
        return {desk: await self._people.channel_name(desk.workspace, desk.channel) or desk.channel for desk in desks}

    async def _is_in(self, desk: DeskRecord, person: str, now: datetime) -> bool:
        try:
            return person in await self._roster(desk, now, within=_GOOD_FOR) or (
                person in await self._roster(desk, now, within=_FRESH)
            )
        except ChannelOutOfReachError:
            return False

    async def _roster(self, desk: DeskRecord, now: datetime, *, within: timedelta) -> Sequence[str]:
        """Who is in the channel of a desk: from memory for a while, then from the workspace."""
        async with self._unit_of_work() as work:
            known = await work.desks.roster(desk)
        if known is not None and now - known[1] < within:
            return known[0]
        found = await self._people.present(desk.workspace, desk.channel)
        async with self._unit_of_work() as work:
            await work.desks.keep_roster(desk, found, now)
        return found
