"""The schema: built by migrations, carried over by them, and refused where it is not this program's."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from alembic import command
from sqlalchemy import Column, Connection, Integer, MetaData, Table, bindparam, column, insert, select, table, update
from sqlalchemy.exc import DatabaseError

from bot.startup import NotMigratedError, must_be_migrated
from db.database import Database
from db.models import ClaimRow, DeskRow, IssueRow, SnoozeRow
from db.schema import NewerDatabaseError, alembic_config, migrate, state
from db.types import UtcDateTime
from tests.db.tables import VERSIONS, constraint_names, differences, tables

NOON = datetime(2021, 1, 11, 12, 0, tzinfo=UTC)
_VERSION = table(VERSIONS, column("version_num"))


async def go_to(database: Database, version: str) -> None:
    def go(connection: Connection) -> None:
        run = command.downgrade if version == "base" else command.upgrade
        run(alembic_config(connection), version)

    async with database.connection() as connection:
        await connection.run_sync(go)


async def test_migrations_build_exactly_the_models(empty: Database) -> None:
    before = await migrate(empty)

    assert before.current is None
    assert await differences(empty) == []
    assert (await state(empty)).is_ready


async def test_migrating_what_is_up_to_date_changes_nothing(database: Database) -> None:
    async with database.unit_of_work() as work:
        desk = await work.desks.add("T_VRIC", "C_VRIC", NOON)

    before = await migrate(database)

    assert before.current == before.needed
    async with database.unit_of_work() as work:
        assert await work.desks.find("T_VRIC", "C_VRIC") == desk
    assert await differences(database) == []


async def test_two_replicas_that_migrate_at_once_build_one_schema(empty_url: str) -> None:
    replicas = Database(empty_url), Database(empty_url)
    await state(replicas[0])  # the file is there, as it is on a disk that was used before

    before = await asyncio.gather(*(migrate(each) for each in replicas))

    assert {each.current for each in before} == {None, before[0].needed}
    assert await differences(replicas[0]) == []
    for each in replicas:
        await each.close()


async def test_a_database_of_a_newer_version_is_refused_untouched(database: Database) -> None:
    async with database.unit_of_work() as work:
        desk = await work.desks.add("T_VRIC", "C_VRIC", NOON)
    async with database.connection() as connection:
        await connection.execute(update(_VERSION).values(version_num="9999"))

    with pytest.raises(NewerDatabaseError, match=r"at version 9999.*left as it is.*Install the newer program"):
        await migrate(database)
    with pytest.raises(NotMigratedError, match=r"at version 9999.*Install the newer program"):
        await must_be_migrated(database)

    assert (await state(database)).current == "9999"
    assert await differences(database) == []
    async with database.unit_of_work() as work:
        assert await work.desks.find("T_VRIC", "C_VRIC") == desk


async def test_a_database_that_was_never_migrated_is_refused_with_what_to_do(empty: Database) -> None:
    with pytest.raises(NotMigratedError, match="Run: vric migrate"):
        await must_be_migrated(empty)

    assert await tables(empty) == set()


async def test_a_database_of_an_older_version_is_refused_with_what_to_do(empty: Database) -> None:
    await go_to(empty, "0001")

    with pytest.raises(NotMigratedError, match="Run: vric migrate"):
        await must_be_migrated(empty)


async def test_a_migrated_database_goes_all_the_way_back_and_forth(database: Database) -> None:
    await go_to(database, "base")
    assert await tables(database) == {VERSIONS}

    await migrate(database)
    assert await differences(database) == []


async def test_a_migration_that_fails_half_way_leaves_nothing_of_itself(empty: Database) -> None:
    async with empty.connection() as connection:  # somebody else's table stands where one of the last of ours must go
        await connection.run_sync(Table("snoozes", MetaData(), Column("of", Integer)).create)

    with pytest.raises(DatabaseError, match="snoozes"):
        await migrate(empty)

    assert await tables(empty) == {"snoozes"}


async def test_what_was_claimed_by_number_stays_claimed_by_issue(empty: Database) -> None:
    await go_to(empty, "0001")
    morning = NOON + timedelta(hours=21)
    issue = {"desk_id": 1, "workspace": "T_VRIC", "window_start": NOON.date(), "window_end": NOON.date()}
    moments = {"deadline": NOON, "closes_at": NOON, "opened_at": NOON}
    claim = {"desk_id": 1, "workspace": "T_VRIC", "at": NOON, "outcome": "posted"}
    async with empty.connection() as connection:
        await connection.execute(
            insert(DeskRow), {"id": 1, "workspace": "T_VRIC", "channel": "C_VRIC", "created_at": NOON}
        )
        await connection.execute(insert(IssueRow), issue | moments | {"id": 7, "number": 18, "state": "closed"})
        await connection.execute(insert(IssueRow), issue | moments | {"id": 8, "number": 19, "state": "open"})
        await connection.execute(
            insert(SnoozeRow), {"issue_id": 8, "person": "U_ANA", "workspace": "T_VRIC", "until": morning}
        )
        for name, period in (("draft", "No. 18"), ("draft", "No. 19"), ("remind U_ANA again", "No. 19")):
            await connection.execute(insert(ClaimRow), claim | {"name": name, "period": period})

    await migrate(empty)

    async with empty.connection() as connection:
        claims = {(row.name, row.period) for row in await connection.execute(select(ClaimRow.name, ClaimRow.period))}
    assert claims == {
        ("draft", "issue 7"),
        ("draft", "issue 8"),
        ("remind U_ANA again at 2021-01-12T09:00:00+00:00", "issue 8"),
    }


async def test_the_editor_whom_a_desk_had_longest_owns_it(empty: Database) -> None:
    await go_to(empty, "0020")
    named = [(1, "U_BEN", 1), (1, "U_ANA", 0), (1, "U_CAT", 0), (2, "U_BEN", 5)]
    editors = table("editors", *map(column, ("desk_id", "person", "workspace", "since")))
    async with empty.connection() as connection:
        for desk in (1, 2, 3):
            made = {"id": desk, "workspace": "T_VRIC", "channel": f"C_{desk}", "created_at": NOON}
            await connection.execute(insert(DeskRow), made)
        for desk, person, hours in named:
            since = bindparam("since", NOON + timedelta(hours=hours), UtcDateTime())
            await connection.execute(
                insert(editors).values(desk_id=desk, person=person, workspace="T_VRIC", since=since)
            )

    await migrate(empty)

    async with empty.unit_of_work() as work:
        teams = {desk.id: await work.teams.of(desk) for desk in await work.desks.all()}
    assert {desk: (team.owners, team.editors) for desk, team in teams.items()} == {
        1: (("U_ANA",), ("U_CAT", "U_BEN")),
        2: (("U_BEN",), ()),
        3: ((), ()),
    }


async def test_every_constraint_is_named_by_convention(database: Database) -> None:
    names = await constraint_names(database)

    assert len(names) > 20
    assert [row for row in names if row[1] != row[2]] == []
