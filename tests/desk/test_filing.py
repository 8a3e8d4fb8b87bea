"""Items are filed, moved, spiked and brought back, and each step can be taken back."""

from datetime import timedelta

import pytest

from bot.desk import Desk
from bot.desk.editing import Words
from bot.desk.errors import (
    IssueClosedError,
    IssuePublishedError,
    ItemUnknownError,
    NothingToUndoError,
    NotOfThisDeskError,
    SectionUnknownError,
    SomebodyWasFasterError,
)
from bot.editorial.item import Item, ItemState
from bot.editorial.outlet import Verdict
from bot.ports import PageAlreadyThereError
from db.database import Database
from tests.desk.staff import (
    ANA,
    BEN,
    EVA,
    GUS,
    MORNING,
    TANKERS,
    TEAM,
    desk_record,
    dropped,
    item_of,
    wishes,
    without,
)


async def undo(desk: Desk, item: Item) -> Item:
    return await desk.undo(item.id, workspace=TEAM, by=ANA.id, now=MORNING)


async def completed(desk: Desk, item: Item) -> Item:
    """Have an editor write all that an item must have to be published."""
    words = Words("Iran sends tankers", "Reuters", MORNING.date(), "en", None, None)
    marks = Words.of(item).marks()
    return await desk.edit(item.id, words, opened_with=marks, workspace=TEAM, by=EVA.id, now=MORNING)


async def test_undo_goes_back_step_by_step_to_how_the_item_came(desk: Desk) -> None:
    item = await dropped(desk)
    await desk.file(item.id, "iran", workspace=TEAM, by=ANA.id, now=MORNING)
    await desk.move(item.id, "hezbollah", moved_from="iran", workspace=TEAM, by=BEN.id, now=MORNING)
    await desk.move(item.id, "turkey", moved_from="hezbollah", workspace=TEAM, by=BEN.id, now=MORNING)

    steps = [await undo(desk, item) for _ in range(3)]

    assert [(step.state.value, step.section, step.moved_from, step.filed_by) for step in steps] == [
        ("filed", "hezbollah", "iran", "U_ANA"),
        ("filed", "iran", None, "U_ANA"),
        ("pending", None, None, None),
    ]
    assert steps[1].filed_at == MORNING
    assert [step.version for step in steps] == [item.version + 4, item.version + 5, item.version + 6]
    with pytest.raises(NothingToUndoError):
        await undo(desk, item)


async def test_a_step_that_was_taken_back_does_not_come_back_with_the_next(desk: Desk) -> None:
    item = await dropped(desk)
    await desk.file(item.id, "iran", workspace=TEAM, by=ANA.id, now=MORNING)
    await undo(desk, item)
    await desk.file(item.id, "turkey", workspace=TEAM, by=BEN.id, now=MORNING)
    await desk.spike(item.id, workspace=TEAM, by=BEN.id, now=MORNING)

    steps = [await undo(desk, item), await undo(desk, item)]

    assert [(step.state.value, step.section) for step in steps] == [("filed", "turkey"), ("pending", None)]


async def test_a_spiked_item_keeps_its_place_on_record_and_returns_to_it(desk: Desk) -> None:
    item = await dropped(desk)
    filed = await desk.file(item.id, "iran", workspace=TEAM, by=ANA.id, now=MORNING)

    spiked = await desk.spike(item.id, workspace=TEAM, by=BEN.id, now=MORNING)
    back = await undo(desk, item)

    assert (spiked.state, spiked.section) == (ItemState.SPIKED, "iran")
    assert (back.state, back.section, back.filed_by) == (ItemState.FILED, "iran", filed.filed_by)


async def test_a_withdrawn_link_is_restored(desk: Desk) -> None:
    item = await dropped(desk)
    await desk.take_in(without(TANKERS), now=MORNING)

    back = await undo(desk, item)

    assert back.state is ItemState.PENDING


@pytest.mark.parametrize("gone", ["spiked", "withdrawn"])
async def test_a_page_that_came_in_again_cannot_be_brought_back(desk: Desk, database: Database, gone: str) -> None:
    item = await dropped(desk)
    if gone == "spiked":
        await desk.spike(item.id, workspace=TEAM, by=ANA.id, now=MORNING)
    else:
        await desk.take_in(without(TANKERS), now=MORNING)
    again = await dropped(desk, message="2.0")

    with pytest.raises(PageAlreadyThereError):
        await undo(desk, item)

    assert (await item_of(database, item.id)).state.value == gone
    assert (await item_of(database, again.id)).state is ItemState.PENDING


async def test_whoever_filed_an_item_is_told_when_somebody_else_moves_it(desk: Desk, database: Database) -> None:
    item = await dropped(desk)
    await desk.file(item.id, "iran", workspace=TEAM, by=ANA.id, now=MORNING)

    await desk.move(item.id, "hezbollah", moved_from="iran", workspace=TEAM, by=ANA.id, now=MORNING)
    await desk.move(item.id, "turkey", moved_from="hezbollah", workspace=TEAM, by=BEN.id, now=MORNING)

    (told,) = await wishes(database, "moved")
    assert told.subject == {"item": item.id, "from": "hezbollah", "to": "turkey", "by": "U_BEN", "filed_by": "U_ANA"}


async def test_a_move_from_where_the_item_no_longer_stands_is_refused(desk: Desk) -> None:
    item = await dropped(desk)
    await desk.file(item.id, "iran", workspace=TEAM, by=ANA.id, now=MORNING)
    await desk.move(item.id, "turkey", moved_from="iran", workspace=TEAM, by=BEN.id, now=MORNING)

    with pytest.raises(SomebodyWasFasterError) as refusal:
        await desk.move(item.id, "hezbollah", moved_from="iran", workspace=TEAM, by=ANA.id, now=MORNING)

    assert (refusal.value.by, refusal.value.section) == ("Ben Okafor", "Turkey")


async def test_what_is_not_on_the_list_cannot_be_spiked(desk: Desk) -> None:
    item = await dropped(desk)
    await desk.spike(item.id, workspace=TEAM, by=BEN.id, now=MORNING)

    with pytest.raises(SomebodyWasFasterError) as refusal:
        await desk.spike(item.id, workspace=TEAM, by=ANA.id, now=MORNING)

    assert refusal.value.by == "Ben Okafor"


async def test_guests_strangers_to_the_workspace_and_unknown_sections_are_refused(
    desk: Desk, database: Database
) -> None:
    item = await dropped(desk)

    with pytest.raises(NotOfThisDeskError):
        await desk.file(item.id, "iran", workspace=TEAM, by=GUS.id, now=MORNING)
    with pytest.raises(SectionUnknownError):
        await desk.file(item.id, "atlantis", workspace=TEAM, by=ANA.id, now=MORNING)
    with pytest.raises(ItemUnknownError):
        await desk.file(item.id + 1, "iran", workspace=TEAM, by=ANA.id, now=MORNING)

    assert await item_of(database, item.id) == item


async def test_members_change_an_item_of_a_closed_issue_no_longer(desk: Desk, database: Database) -> None:
    dropped_once = await dropped(desk)
    item = await desk.file(dropped_once.id, "iran", workspace=TEAM, by=ANA.id, now=MORNING)
    await desk.close_issue(await desk_record(database), by=EVA.id, now=MORNING)

    with pytest.raises(IssueClosedError, match=r"No\. 18"):
        await desk.move(item.id, "russia", moved_from="iran", workspace=TEAM, by=ANA.id, now=MORNING)
    assert (await desk.take_in(without(TANKERS), now=MORNING)).withdrawn == ()

    assert await item_of(database, item.id) == item


async def test_editors_mend_a_closed_issue_until_it_is_published(desk: Desk, database: Database) -> None:
    dropped_once = await dropped(desk)
    item = await desk.file(dropped_once.id, "iran", workspace=TEAM, by=ANA.id, now=MORNING)
    await desk.close_issue(await desk_record(database), by=EVA.id, now=MORNING)

    moved = await desk.move(item.id, "russia", moved_from="iran", workspace=TEAM, by=EVA.id, now=MORNING)
    await completed(desk, moved)
    await desk.publish(item.issue_id, workspace=TEAM, by=EVA.id, now=MORNING)

    assert moved.section == "russia"
    with pytest.raises(IssuePublishedError, match=r"No\. 18"):
        await desk.move(item.id, "iran", moved_from="russia", workspace=TEAM, by=EVA.id, now=MORNING)


async def test_what_waits_again_when_a_closed_issue_is_published_goes_on_into_the_open_one(
    desk: Desk, database: Database
) -> None:
    first, second = await dropped(desk), await dropped(desk, f"{TANKERS}-again", message="1610377200.000200")
    for item in (first, second):
        await desk.file(item.id, "iran", workspace=TEAM, by=ANA.id, now=MORNING)
    await desk.close_issue(await desk_record(database), by=EVA.id, now=MORNING)
    await completed(desk, first)
    back = await desk.undo(second.id, workspace=TEAM, by=EVA.id, now=MORNING)

    await desk.publish(first.issue_id, workspace=TEAM, by=EVA.id, now=MORNING)

    carried = await item_of(database, second.id)
    assert back.issue_id == first.issue_id
    assert (carried.state, carried.issue_id) == (ItemState.PENDING, first.issue_id + 1)


async def test_a_ruling_on_an_outlet_shows_every_card_that_it_touches_again(desk: Desk, database: Database) -> None:
    items = [
        await dropped(desk, f"https://{host}/{number}", message=f"{number}.0")
        for number, host in enumerate(("unheard-of.example", "es.unheard-of.example", "also-unheard-of.example"))
    ]

    touched = await desk.rule_on_outlet(
        items[0].id, Verdict.STATE_MEDIA, workspace=TEAM, by=EVA.id, now=MORNING + timedelta(minutes=1)
    )

    assert [item.id for item in touched] == [items[0].id, items[1].id]
    assert {item.outlet and item.outlet.ruling for item in touched} == {Verdict.STATE_MEDIA}
    assert (await item_of(database, items[2].id)).outlet is None
    assert [card.wanted for card in await wishes(database, "card")] == [2, 2, 1]
