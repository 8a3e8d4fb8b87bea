"""A workspace's registry as a file: all of it comes back as it went, and what it changes is told."""

from dataclasses import replace

import pytest

from bot.desk import Desk
from bot.desk.registry_files import NoRegistryError, RegistryFiles
from bot.editorial.houses import Houses
from bot.editorial.outlet import Control, Outlet, Verdict
from bot.editorial.outlet_file import outlet_table, read_outlets
from db.database import Database
from tests.desk.staff import ANA, EVA, HOUSE, MORNING, TANKERS, TEAM, dropped, log_of

TELESUR = Outlet("telesurtv.net", "teleSUR", "VE", Control.INDEPENDENT, None, "=HYPERLINK()")


def files_of(database: Database) -> RegistryFiles:
    return RegistryFiles(houses=Houses([HOUSE]), unit_of_work=database.unit_of_work)


async def exported(database: Database) -> str:
    return outlet_table(*await files_of(database).known())


async def test_what_went_out_comes_back_and_changes_nothing(desk: Desk, database: Database) -> None:
    item = await dropped(desk, "https://unheard-of.example/1")
    await desk.rule_on_outlet(item.id, Verdict.UNDECIDED, workspace=TEAM, by=ANA.id, now=MORNING)
    async with database.unit_of_work() as work:
        await work.outlets.write(TEAM, TELESUR, "It was sold.", EVA.id, MORNING)
    text = await exported(database)

    imported = await files_of(database).take_over(read_outlets(text, "outlets.tsv"), now=MORNING)

    assert (imported.changed, imported.affected) == ((), ())
    assert imported.same > 2700
    assert await exported(database) == text
    assert "telesurtv.net\tteleSUR\tVE\tindependent\t\t'=HYPERLINK()\tEva Marín\t2021-01-11\n" in text
    assert "unheard-of.example\t\t\tunknown\tundecided\t\tAna Ruiz\t2021-01-11\n" in text


async def test_what_differs_is_written_and_open_issues_follow(desk: Desk, database: Database) -> None:
    item = await dropped(desk, TANKERS)
    await desk.file(item.id, "iran", workspace=TEAM, by=ANA.id, now=MORNING)
    text = await exported(database)
    (reuters,) = [outlet for outlet in read_outlets(text, "outlets.tsv") if outlet.domain == "reuters.com"]
    sold = replace(reuters, country="CU", control=Control.STATE_OWNED)

    imported = await files_of(database).take_over([sold, TELESUR], now=MORNING)

    assert [(before and before.domain, after) for before, after in imported.changed] == [
        ("reuters.com", sold),
        ("telesurtv.net", TELESUR),
    ]
    (affected,) = imported.affected
    assert [each.id for each in affected.items] == [item.id]
    assert (affected.before.state, affected.after.state) == (0, 1)
    assert [change.verb for change in await log_of(database)][-2:] == ["outlet imported"] * 2
    again = await files_of(database).take_over([reuters], now=MORNING)
    assert [each.after.state for each in again.affected] == [0]


async def test_a_ruling_alone_leaves_the_facts_to_the_registry(desk: Desk, database: Database) -> None:
    del desk
    async with database.unit_of_work() as work:
        known = await work.outlets.entry(TEAM, "reuters.com")
    assert known is not None

    await files_of(database).take_over([replace(known.outlet, ruling=Verdict.STATE_MEDIA)], now=MORNING)

    async with database.unit_of_work() as work:
        ruled = await work.outlets.entry(TEAM, "reuters.com")
    assert ruled is not None
    assert (ruled.outlet.ruling, ruled.row) == (Verdict.STATE_MEDIA, None)


async def test_without_a_desk_the_shipped_registry_goes_out_and_none_comes_in(database: Database) -> None:
    outlets = read_outlets(await exported(database), "outlets.tsv")

    assert len(outlets) > 2700
    with pytest.raises(NoRegistryError, match="There is no desk yet"):
        await files_of(database).take_over(outlets, now=MORNING)
