"""Members decide what the bot cannot: whether a page is an item at all, and who published it first."""

from datetime import datetime
from typing import Any

from bot.desk.base import DeskBase, show_cards_of
from bot.desk.errors import AlreadyWrittenError, NoArchivedCopyError, SomebodyWasFasterError
from bot.desk.fields import FieldRefusal, FieldsRefusedError, FieldTrouble
from bot.desk.snapshot import plain
from bot.editorial.item import Item, ItemState, Reading
from bot.editorial.kind import Kind
from bot.editorial.link import NotALink, read_link
from bot.ports import Change, DeskRecord, UnitOfWork


class Deciding(DeskBase):
    async def keep(self, item_id: int, *, workspace: str, by: str, now: datetime) -> Item:
        """Take a page for an item although it does not look like one; what a member decided is not decided again."""
        await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            item, desk, _ = await self._changeable_item(work, workspace, item_id, by)
            if item.kind is None or not item.kind.must_be_kept:
                return item
            values = {"kind": Kind.NEWS.value, "edited": dict(item.edited) | {"kind": by}}
            return await self._decided(work, desk, item, "kept", values, by, now)

    async def use_archived(self, item_id: int, *, workspace: str, by: str, now: datetime) -> Item:
        """Read and cite the copy that an archive has of a page that is gone.

        Raises:
            NoArchivedCopyError: none is known.
        """
        await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            item, desk, _ = await self._changeable_item(work, workspace, item_id, by)
            if item.archived_url is None:
                raise NoArchivedCopyError(item_id)
            values = {
                "url": item.archived_url,
                "kind": Kind.NEWS.value,
                "edited": dict(item.edited) | {"kind": by},
                "reading": Reading.WAITING.value,
                "read_attempts": 0,
                "read_at": now,
                "trouble": None,
            }
            return await self._decided(work, desk, item, "archived copy used", values, by, now)

    async def name_publisher(self, item_id: int, name: str | None, *, workspace: str, by: str, now: datetime) -> Item:
        """Say who published first what an aggregator shows; None where it is the aggregator's own.

        The registry knows outlets by name and by domain; of one that it does not know the desk asks who controls it.

        Raises:
            AlreadyWrittenError: somebody else said it meanwhile.
            FieldsRefusedError: nothing was named.
        """
        await self._member(workspace, by, now)
        if name is not None and not name.strip():
            raise FieldsRefusedError({"publisher": FieldRefusal(FieldTrouble.PUBLISHER_EMPTY)})
        async with self._unit_of_work() as work:
            item, desk, _ = await self._changeable_item(work, workspace, item_id, by)
            if item.edited.get("publisher", by) != by:
                writer = item.edited["publisher"]
                names = await work.people.names(workspace, [writer])
                raise AlreadyWrittenError(item, "publisher", names.get(writer, writer))
            if name is None:
                values: dict[str, Any] = {"edited": dict(item.edited) | {"publisher": by}}
            else:
                said = " ".join(name.split())
                outlet = await work.outlets.named(workspace, said) or await work.outlets.find(workspace, _domain(said))
                values = {
                    "publisher": outlet.name if outlet is not None else said,
                    "source": outlet.name if outlet is not None else said,
                    "host": outlet.domain if outlet is not None else _domain(said),
                    "edited": dict(item.edited) | {"publisher": by, "source": by},
                }
            return await self._decided(work, desk, item, "publisher named", values, by, now)

    async def _decided(
        self, work: UnitOfWork, desk: DeskRecord, item: Item, verb: str, values: dict[str, Any], by: str, now: datetime
    ) -> Item:
        expect = {"version": item.version, "state": item.state.value}
        changed = await work.items.change(item.id, expect=expect, values=values)
        if changed is None or item.state not in {ItemState.PENDING, ItemState.FILED}:
            raise SomebodyWasFasterError(item, None, None, None)
        names = [name for name in values if hasattr(item, name) and name not in {"edited", "reading"}]
        before = {name: plain(getattr(item, name)) for name in names}
        after = {name: plain(getattr(changed, name)) for name in names}
        await work.changes.add(Change(verb, by, now, desk, item.issue_id, item.id, before, after))
        await show_cards_of(work, desk, [item], now)
        return changed


def _domain(said: str) -> str:
    """What was named as a host; a name that is none stands for itself, so that its control can be asked about."""
    try:
        return read_link(said if "://" in said else f"https://{said}").host if "." in said else said.casefold()
    except NotALink:
        return said.casefold()
