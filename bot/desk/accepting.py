"""Members accept an item of state media: they file it with their word on it, in one step."""

from dataclasses import dataclass
from datetime import datetime

from bot.desk.errors import FieldRefusal, FieldsRefusedError, FieldTrouble, OpinionBarredError
from bot.desk.filing import Filing, must_be_new, must_exist, must_fit
from bot.editorial.acceptance import asks_for_word, is_barred
from bot.editorial.house import House, Section
from bot.editorial.item import Attestation, Item, ItemState
from bot.editorial.kept import kept
from bot.editorial.suggest import suggest


@dataclass(frozen=True, slots=True)
class Acceptance:
    """An item of state media that is about to be filed; `section` is where it would go, None where nothing says."""

    house: House
    item: Item
    section: Section | None


class Accepting(Filing):
    async def acceptance(
        self, item_id: int, section: str | None, *, workspace: str, by: str, now: datetime
    ) -> Acceptance:
        """What a member is asked who files an item of state media: under this section, else under the likeliest.

        Raises:
            OpinionBarredError: it is an opinion.
            ReasonNeededError: an earlier issue had it, and nobody has said why it is used again.
            SomebodyWasFasterError: it does not wait for a section any more.
        """
        await self._member(workspace, by, now)
        house = await self._must_be_released_by(item_id, workspace=workspace, by=by, now=now)
        async with self._unit_of_work() as work:
            item, _, _ = await self._changeable_item(work, workspace, item_id, by)
            if item.state is not ItemState.PENDING:
                raise await self._faster(work, item)
        must_be_new(item)
        if is_barred(item, house.state_media):
            raise OpinionBarredError(item)
        if section is not None:
            must_exist(section, house)
            return Acceptance(house, item, house.section(section))
        likeliest = suggest(house, " ".join(filter(None, (item.title, item.summary))))
        return Acceptance(house, item, next(iter(likeliest), None))

    async def accept(
        self, item_id: int, section: str, topic: str, *, is_checked: bool, workspace: str, by: str, now: datetime
    ) -> Item:
        """File an item of state media with a member's word on it; to undo the filing takes the word back, too.

        Where nobody says any more that it is of state media, it is filed as any other.

        Raises:
            FieldsRefusedError: the house knows no such topic, or it was not checked who else reports it.
            OpinionBarredError: it is an opinion.
            ReasonNeededError: an earlier issue had it, and nobody has said why it is used again.
            SomebodyWasFasterError: it does not wait for a section any more.
        """
        await self._member(workspace, by, now)
        house = await self._must_be_released_by(item_id, workspace=workspace, by=by, now=now)
        must_exist(section, house)
        must_be_given(topic, house, is_checked=is_checked)
        async with self._unit_of_work() as work:
            item, desk, _ = await self._changeable_item(work, workspace, item_id, by)
            must_fit(item, section, house)
            must_be_new(item)
            if is_barred(item, house.state_media):
                raise OpinionBarredError(item)
            values = {"state": ItemState.FILED.value, "section": section, "filed_by": by, "filed_at": now}
            expect = {"state": ItemState.PENDING.value}
            if not asks_for_word(item, house.state_media):
                return await self._swap(work, desk, item, "filed", expect, values, by, now)
            word = kept(Attestation(topic, by, now))
            before = {"attestation": kept(item.attestation) if item.attestation is not None else None}
            return await self._swap(
                work, desk, item, "filed", expect, values | {"attestation": word}, by, now, also=before
            )


def must_be_given(topic: str, house: House, *, is_checked: bool) -> None:
    """Refuse what is no word on an item."""
    refused = {}
    if topic not in house.state_media.topics:
        refused["topic"] = FieldRefusal(FieldTrouble.TOPIC_UNKNOWN)
    if not is_checked:
        refused["checks"] = FieldRefusal(FieldTrouble.NOT_CHECKED)
    if refused:
        raise FieldsRefusedError(refused)
