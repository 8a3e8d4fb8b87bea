"""Links that members send to the bot alone: each goes to their desk, and where they have several they say to which."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.desk.drops import Drop
from bot.desk.errors import ItemUnknownError, NotInChannelError
from bot.desk.intake import Intake
from bot.desk.rosters import Rosters
from bot.editorial.revision import Revision
from bot.ports import DeskRecord, DirectLinks, OfferedDesk, Receipt, Show, ShowingKind, UnitOfWork


class Conversing(Rosters, Intake):
    """The card of such a link stands in the conversation; the item is one of the desk as any other."""

    async def take_in_directly(self, drop: Drop, *, now: datetime, receipt: Receipt | None = None) -> None:
        """Take the links of a direct message for the only desk in whose channel its sender is, or ask which it is.

        The workspace is asked before anything is changed. What the message says later goes to the same desk, and
        links that wait for their desk are those of its newest revision.
        """
        known = await self._desk_of(drop)
        is_asked_about = known is None and await self._is_asked_about(drop)
        desks: Sequence[DeskRecord] = ()
        if known is None and not is_asked_about and (drop.links or drop.before):
            desks = await self.desks_of(drop.workspace, drop.member, now)
        if known is not None or len(desks) == 1:
            desk_id = known if known is not None else desks[0].id
            await self.take_in(replace(drop, desk=desk_id), now=now, receipt=receipt)
            return
        offered = [OfferedDesk(desk.id, desk.channel, name) for desk, name in (await self._named(desks)).items()]
        async with self._unit_of_work() as work:
            if is_asked_about:
                await self._revise(work, drop, now)
            elif offered:
                await self._ask(work, drop, offered, now)
            elif drop.links:
                there = [desk.channel for desk in await work.desks.all(drop.workspace)]
                about = {"desks": there, "is_lost": True, "reader": drop.member}
                key = f"{ShowingKind.DIRECT.value}:{drop.channel}:{drop.message}"
                wish = Show(key, ShowingKind.DIRECT, drop.workspace, drop.channel, drop.thread, subject=about)
                await work.outbox.show(wish, at=now)
            if receipt is not None:
                await work.inbox.finish(receipt)

    async def send_to_desk(
        self, channel: str, message: str, desk_id: int, *, workspace: str, by: str, now: datetime
    ) -> None:
        """Take the links of a direct message for one of the desks that were offered; what was said once stays.

        Raises:
            ItemUnknownError: nothing of this person's waits there.
            NotInChannelError: they are in the channel of that desk no more.
        """
        async with self._unit_of_work() as work:
            links = await work.direct.find(workspace, channel, message)
        if links is None or links.person != by:
            raise ItemUnknownError(message)
        if desk_id not in {desk.id for desk in await self.desks_of(workspace, by, now)}:
            raise NotInChannelError(by)
        async with self._unit_of_work() as work:
            chosen = await work.direct.choose(links, desk_id)
            if chosen is None:
                return  # they clicked twice
            says = chosen.newest
            drop = Drop(workspace, channel, message, links.thread, by, says.links, revision=says.order, desk=desk_id)
            await self._taken_in(work, replace(drop, deleted=says.deleted), now)
            await work.outbox.show(_asking(chosen), at=now)

    async def direct_links(self, workspace: str, channel: str, message: str) -> DirectLinks:
        """Links of a direct message that were asked about, as they stand."""
        async with self._unit_of_work() as work:
            links = await work.direct.find(workspace, channel, message)
        if links is None:
            raise ItemUnknownError(message)
        return links

    async def _desk_of(self, drop: Drop) -> int | None:
        """The desk that has the links of a message already, or for which they are by the word of their sender."""
        async with self._unit_of_work() as work:
            here = await work.items.of_message(drop.workspace, drop.channel, drop.message)
            if here:
                return (await work.items.desk_of(here[0].id)).id
            links = await work.direct.find(drop.workspace, drop.channel, drop.message)
            return links.desk_id if links is not None else None

    async def _is_asked_about(self, drop: Drop) -> bool:
        async with self._unit_of_work() as work:
            return await work.direct.find(drop.workspace, drop.channel, drop.message) is not None

    async def _ask(self, work: UnitOfWork, drop: Drop, offered: Sequence[OfferedDesk], now: datetime) -> None:
        newest = Revision(drop.revision, drop.links, deleted=drop.deleted)
        links = DirectLinks(
            drop.workspace, drop.channel, drop.message, drop.thread, drop.member, newest, tuple(offered)
        )
        await work.direct.add(links, now)
        await work.outbox.show(_asking(links), at=now)

    async def _revise(self, work: UnitOfWork, drop: Drop, now: datetime) -> None:
        links = await work.direct.find(drop.workspace, drop.channel, drop.message)
        newest = Revision(drop.revision, drop.links, deleted=drop.deleted)
        if links is not None and newest.is_newer_than(links.newest):
            await work.direct.revise(links, newest)
            await work.outbox.show(_asking(links), at=now)


def _asking(links: DirectLinks) -> Show:
    """The question in the thread of the message, kept up to date."""
    about = {"message": links.message, "reader": links.person}
    key = f"{ShowingKind.WHICH_DESK.value}:{links.channel}:{links.message}"
    return Show(key, ShowingKind.WHICH_DESK, links.workspace, links.channel, links.thread, subject=about)
