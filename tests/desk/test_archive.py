"""Issues that were put on record before anybody was there belong to the first channel that becomes a desk."""

from datetime import date

from bot.desk.archive import Archive
from bot.export.document import ChapterEntry, IssueDocument, ItemEntry
from bot.ports import NOBODYS
from db.database import Database
from tests.desk.staff import CHANNEL, EVA, MORNING, TEAM, desk_on, desk_record, log_of


def printed(number: int) -> IssueDocument:
    story = ItemEntry(
        summary="A tanker left.",
        outlet="Press TV",
        published_on=date(2020, 12, 1),
        language="en",
        state_media=True,
        url="https://presstv.example/1",
    )
    return IssueDocument(
        publication="VRIC MONITOR", number=number, chapters=(ChapterEntry(key="iran", items=(story,)),)
    )


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
