"""Issues that were put on record before anybody was there belong to the first channel that becomes a desk."""

from dataclasses import replace
from datetime import date

import pytest

from bot.desk.archive import Archive, ArchiveError
from bot.desk.setting_up import Setup
from bot.editorial.houses import Houses
from bot.export.document import ChapterEntry, DocumentRefusedError, IssueDocument, ItemEntry
from bot.ports import NOBODYS
from db.database import Database
from tests.desk.staff import CHANNEL, EVA, HOUSE, MORNING, TEAM, desk_on, desk_record, log_of


def printed(number: int, publication: str = "VRIC MONITOR") -> IssueDocument:
    story = ItemEntry(
        summary="A tanker left.",
        outlet="Press TV",
        published_on=date(2020, 12, 1),
        language="en",
        state_media=True,
        url="https://presstv.example/1",
    )
    return IssueDocument(publication=publication, number=number, chapters=(ChapterEntry(key="iran", items=(story,)),))


async def test_the_first_channel_takes_over_what_was_imported_and_goes_on_from_there(database: Database) -> None:
    desk = desk_on(database)
    archive = Archive(houses=desk.houses, unit_of_work=database.unit_of_work)
    await archive.take_over(printed(41), "41.json", now=MORNING, tell=lambda _: None, formats=())

    await desk.beat(now=MORNING)
    await desk.welcome(TEAM, CHANNEL, editor=EVA.id, now=MORNING)

    record = await desk_record(database)
    current = await desk.current_issue(record, now=MORNING)
    async with database.unit_of_work() as work:
        assert await work.desks.all(NOBODYS) == []
        earlier = await work.issues.numbered(record.id, 41)
        assert earlier is not None
        (item,) = await work.items.of_issue(earlier.id)
    assert current.number == 42
    assert (item.channel, item.url) == (CHANNEL, "https://presstv.example/1")
    assert [row.verb for row in await log_of(database)][:2] == ["imported", "desk adopted"]
    assert {row.workspace for row in await log_of(database)} == {TEAM}


async def test_what_was_printed_elsewhere_was_judged_by_no_registry_and_has_the_files_asked_for(
    database: Database,
) -> None:
    desk = desk_on(database)
    archive = Archive(houses=desk.houses, unit_of_work=database.unit_of_work)

    await archive.take_over(printed(41), "41.json", now=MORNING, tell=lambda _: None, formats=["txt", "html"])

    assert (await archive.edition(41)).registry_of is None
    assert (await archive.verify(41)).formats == {"txt": "same", "html": "same"}


async def test_a_second_channel_becomes_a_desk_of_its_own(database: Database) -> None:
    desk = desk_on(database)
    archive = Archive(houses=desk.houses, unit_of_work=database.unit_of_work)
    await archive.take_over(printed(41), "41.json", now=MORNING, tell=lambda _: None, formats=())

    await desk.welcome(TEAM, CHANNEL, editor=EVA.id, now=MORNING)
    await desk.welcome(TEAM, "C_AFRICA", editor=EVA.id, now=MORNING)

    first = await desk.current_issue(await desk.desk_for(TEAM, CHANNEL, EVA.id, now=MORNING), now=MORNING)
    second = await desk.current_issue(await desk.desk_for(TEAM, "C_AFRICA", EVA.id, now=MORNING), now=MORNING)
    assert (first.number, second.number) == (42, desk.houses.default.first_number)


async def test_of_several_desks_the_house_says_whose_archive_is_meant_and_its_issues_bear_the_desks_title(
    database: Database,
) -> None:
    desk = desk_on(database)
    desk.houses = Houses([HOUSE, replace(HOUSE, name="digest", title="WEEKLY DIGEST")])
    africa = Setup("digest", "AFRICA LETTER", "Africa/Nairobi", "", ())
    await desk.welcome(TEAM, CHANNEL, editor=EVA.id, now=MORNING)
    await desk.set_up(TEAM, "C_AFRICA", africa, seen=None, by=EVA.id, now=MORNING)
    archive = Archive(houses=desk.houses, unit_of_work=database.unit_of_work, named="digest")

    assert (await archive.house()).title == "AFRICA LETTER"
    letter = printed(41, "AFRICA LETTER")
    await archive.take_over(letter, "41.json", now=MORNING, tell=lambda _: None, formats=["txt"])
    assert (await archive.verify(41)).is_same
    with pytest.raises(DocumentRefusedError, match="the house is “AFRICA LETTER”"):
        await archive.take_over(printed(42), "42.json", now=MORNING, tell=lambda _: None)
    with pytest.raises(ArchiveError, match="Name its house with --house"):
        await Archive(houses=desk.houses, unit_of_work=database.unit_of_work).edition(41)


async def test_what_is_imported_for_a_house_waits_for_a_desk_of_that_house(database: Database) -> None:
    desk = desk_on(database)
    desk.houses = Houses([HOUSE, replace(HOUSE, name="digest", title="WEEKLY DIGEST")])
    archive = Archive(houses=desk.houses, unit_of_work=database.unit_of_work, named="digest")
    await archive.take_over(printed(41, "WEEKLY DIGEST"), "41.json", now=MORNING, tell=lambda _: None, formats=())

    await desk.welcome(TEAM, CHANNEL, editor=EVA.id, now=MORNING)
    digest = Setup("digest", "WEEKLY DIGEST", HOUSE.calendar.zone, "", ())
    _, issue = await desk.set_up(TEAM, "C_AFRICA", digest, seen=None, by=EVA.id, now=MORNING)

    assert (await desk.current_issue(await desk_record(database), now=MORNING)).number == HOUSE.first_number
    assert issue.number == 42
