"""Members write what a page did not say: only what they changed is written, and nothing of anybody else's is lost."""

from dataclasses import replace
from datetime import date

import pytest

from bot.desk import Desk
from bot.desk.editing import EditOvertakenError, Words, mark
from bot.desk.errors import AlreadyWrittenError, NotOfThisDeskError
from bot.desk.fields import FieldsRefusedError
from bot.editorial.item import Item
from bot.extract.page import Extract
from bot.ports import Person
from db.database import Database
from tests.desk.staff import ANA, BEN, GUS, MORNING, TANKERS, TEAM, Press, dropped, history, item_of


@pytest.fixture
async def item(desk: Desk, press: Press) -> Item:
    """An item whose page was read."""
    press.pages[TANKERS] = Extract(title="Iran sends tankers", published_on=date(2021, 1, 11), language="en")
    await dropped(desk)
    read = await desk.read_next(now=MORNING)
    assert read is not None
    return read


async def saves(desk: Desk, item: Item, words: Words, shown: Words, by: Person) -> Item:
    return await desk.edit(item.id, words, opened_with=shown.marks(), workspace=TEAM, by=by.id, now=MORNING)


async def test_only_what_a_member_changed_is_written_and_marked(desk: Desk, database: Database, item: Item) -> None:
    shown = Words.of(item)

    edited = await saves(desk, item, replace(shown, published_on=date(2021, 1, 10)), shown, ANA)

    assert edited == replace(
        item, published_on=date(2021, 1, 10), edited={"published_on": ANA.id}, version=item.version + 1
    )
    last = (await history(database, item.id))[-1]
    assert (last.verb, last.before, last.after) == (
        "edited",
        {"published_on": "2021-01-11"},
        {"published_on": "2021-01-10"},
    )


async def test_a_form_that_changes_nothing_leaves_no_trace(desk: Desk, database: Database, item: Item) -> None:
    before = await history(database, item.id)

    assert await saves(desk, item, Words.of(item), Words.of(item), ANA) == item
    assert await history(database, item.id) == before


async def test_two_editors_of_different_fields_are_both_kept(desk: Desk, item: Item) -> None:
    shown = Words.of(item)
    await saves(desk, item, replace(shown, title="Иран: танкеры"), shown, ANA)

    both = await saves(desk, item, replace(shown, language="ru"), shown, BEN)

    assert (both.title, both.language) == ("Иран: танкеры", "ru")
    assert both.edited == {"title": ANA.id, "language": BEN.id}


async def test_two_editors_of_one_field_are_told_and_nothing_is_overwritten(
    desk: Desk, database: Database, item: Item
) -> None:
    shown = Words.of(item)
    await saves(desk, item, replace(shown, published_on=date(2021, 1, 10)), shown, ANA)

    with pytest.raises(EditOvertakenError) as overtaken:
        await saves(desk, item, replace(shown, published_on=date(2021, 1, 9), language="es"), shown, BEN)

    (told,) = overtaken.value.overtaken
    assert (told.field, told.before, told.after) == ("published_on", date(2021, 1, 11), date(2021, 1, 10))
    assert (told.by, told.at) == (ANA.name, MORNING)
    stands = await item_of(database, item.id)
    assert (stands.published_on, stands.language) == (date(2021, 1, 10), "es")


async def test_two_editors_who_write_the_same_agree(desk: Desk, item: Item) -> None:
    shown = Words.of(item)
    same = replace(shown, title="Iran sends a fleet of tankers")
    first = await saves(desk, item, same, shown, ANA)

    assert await saves(desk, item, same, shown, BEN) == first


@pytest.mark.parametrize("title", [None, "", "A" * 301])
async def test_a_title_that_cannot_be_printed_is_refused_at_its_field(
    desk: Desk, database: Database, item: Item, title: str | None
) -> None:
    shown = Words.of(item)

    with pytest.raises(FieldsRefusedError) as refusal:
        await saves(desk, item, replace(shown, title=title), shown, ANA)

    assert set(refusal.value.reasons) == {"title"}
    assert await item_of(database, item.id) == item


async def test_notes_are_signed_lines_one_below_the_other(desk: Desk, database: Database, item: Item) -> None:
    await desk.add_note(item.id, "second source:\n  EFE & <AP>", workspace=TEAM, by=ANA.id, now=MORNING)

    noted = await desk.add_note(item.id, "checked", workspace=TEAM, by=BEN.id, now=MORNING)

    assert noted.note == "Ana Ruiz: second source: EFE & <AP>\nBen Okafor: checked"
    last = (await history(database, item.id))[-1]
    assert (last.before, last.after) == ({"note": noted.note.partition("\n")[0]}, {"note": noted.note})


async def test_an_empty_note_and_a_guest_are_refused(desk: Desk, database: Database, item: Item) -> None:
    with pytest.raises(FieldsRefusedError):
        await desk.add_note(item.id, " \n ", workspace=TEAM, by=ANA.id, now=MORNING)
    with pytest.raises(NotOfThisDeskError):
        await desk.add_note(item.id, "psst", workspace=TEAM, by=GUS.id, now=MORNING)

    assert await item_of(database, item.id) == item


async def test_a_guest_settles_neither_day_nor_title(desk: Desk, database: Database, press: Press) -> None:
    press.pages[TANKERS] = Extract(title="Tankers", alternative="Five ships", other_days=(date(2021, 1, 8),))
    asked = await dropped(desk)
    await desk.read_next(now=MORNING)

    with pytest.raises(NotOfThisDeskError):
        await desk.choose_day(asked.id, date(2021, 1, 8), workspace=TEAM, by=GUS.id, now=MORNING)
    with pytest.raises(NotOfThisDeskError):
        await desk.use_alternative(asked.id, mark("Five ships"), workspace=TEAM, by=GUS.id, now=MORNING)

    stands = await item_of(database, asked.id)
    assert (stands.days_in_question, stands.other_title, stands.edited) == ((date(2021, 1, 8),), "Five ships", {})


async def test_the_other_headline_is_not_taken_over_what_a_member_wrote(
    desk: Desk, database: Database, press: Press
) -> None:
    press.pages[TANKERS] = Extract(title="Tankers", alternative="Five ships")
    item = await dropped(desk)
    await desk.read_next(now=MORNING)
    shown = Words.of(await item_of(database, item.id))
    await saves(desk, item, replace(shown, title="Ships of Iran"), shown, ANA)

    with pytest.raises(AlreadyWrittenError) as told:
        await desk.use_alternative(item.id, mark("Five ships"), workspace=TEAM, by=BEN.id, now=MORNING)

    assert told.value.by == ANA.name
    assert (await item_of(database, item.id)).title == "Ships of Iran"
