"""A page goes on with the next message that holds it, when the one that it came with lets it go."""

from datetime import datetime

from bot.desk.base import show_cards_of
from bot.desk.drops import Drop
from bot.desk.earlier import recognised
from bot.desk.intake import Intake
from bot.desk.places import message_at
from bot.editorial.item import Item, ItemState
from bot.editorial.link import readable
from bot.ports import Change, DeskRecord, UnitOfWork

_LET_GO = frozenset({"withdrawn", "capture taken back"})
_AGAIN = ("dropped again",)


class Succeeding(Intake):
    """Whoever dropped a page that was there already was told so: it is not lost to them when the first one goes.

    A transaction that takes a link back ends with the item of the next message that holds it, as if that had been
    the only one.
    """

    async def _follow_up(self, work: UnitOfWork) -> None:
        for change in tuple(work.changes.added):
            item = await work.items.get(change.item_id) if change.item_id and change.verb in _LET_GO else None
            if item is not None and item.state is ItemState.WITHDRAWN:
                await self._pass_on(work, change.desk, item, change.at)
        await super()._follow_up(work)

    async def _pass_on(self, work: UnitOfWork, desk: DeskRecord, item: Item, now: datetime) -> None:
        issue = await work.issues.get(item.issue_id)
        same = [each.id for each in await work.items.of_issue(issue.id) if each.key == item.key]
        told = await work.changes.of_items(same, _AGAIN)
        for again in sorted((change for changes in told.values() for change in changes), key=lambda each: each.id):
            drop = await self._holding(work, desk, item, again)
            if drop is None:
                continue
            placed = await self._placed(work, desk, drop, now)
            taken = await self._record(work, desk, issue, placed, now, anyway=True)
            if taken.items:
                await show_cards_of(work, desk, await recognised(work, desk, self.house_of(desk), taken.items), now)
                return

    async def _holding(self, work: UnitOfWork, desk: DeskRecord, item: Item, again: Change) -> Drop | None:
        """The link to a page in the message that it was dropped again with, where it still stands there."""
        channel, message = message_at(desk, str(again.after["message"]))
        says = await work.messages.find(desk.workspace, channel, message)
        links = says.links if says is not None and not says.deleted else ()
        link = next((link.dropped for link in readable(links) if link.key == item.key), None)
        if link is None:
            return None
        return Drop(
            workspace=desk.workspace,
            channel=channel,
            message=message,
            thread=again.after.get("thread", message),
            member=again.after.get("found_by", again.by),
            links=(link,),
            added_by=again.after.get("added_by"),
            desk=desk.id if channel != desk.channel else None,
        )
