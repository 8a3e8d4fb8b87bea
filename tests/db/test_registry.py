"""The registry of outlets in the database, and what a workspace's people decided about them."""

from datetime import UTC, datetime

from sqlalchemy import select

from bot.editorial.outlet import Control, Verdict
from bot.extract.outlets import load_registry
from bot.startup import migrate_all
from db.database import Database
from db.models import OutletRow, RulingRow

NOON = datetime(2021, 1, 11, 12, 0, tzinfo=UTC)


async def everything(database: Database) -> dict[str, tuple[object, ...]]:
    async with database.connection() as connection:
        return {row.domain: tuple(row) for row in await connection.execute(select(OutletRow.__table__))}


async def test_the_shipped_registry_is_in_a_migrated_database(database: Database) -> None:
    shipped = load_registry().outlets

    async with database.unit_of_work() as work:
        assert await work.outlets.count() == len(shipped) > 2_700
        found = await work.outlets.of_hosts("T_VRIC", shipped)

    assert found == dict(shipped)


async def test_loading_again_changes_nothing_and_what_people_ruled_survives(database: Database) -> None:
    before = await everything(database)
    async with database.unit_of_work() as work:
        await work.outlets.rule("T_VRIC", "telesurtv.net", Verdict.OTHER, "U_EVA", NOON)
    said: list[str] = []

    await migrate_all(database, said.append)

    assert await everything(database) == before
    assert said[-1] == f"registry: {len(before)} outlets"
    async with database.unit_of_work() as work:
        ruled = await work.outlets.find("T_VRIC", "telesurtv.net")
        elsewhere = await work.outlets.find("T_AFRICA", "telesurtv.net")
    assert ruled is not None
    assert elsewhere is not None
    assert (ruled.ruling, ruled.name) == (Verdict.OTHER, elsewhere.name)
    assert elsewhere.ruling is not Verdict.OTHER


async def test_a_corrected_row_replaces_what_was_loaded_before(database: Database) -> None:
    row = load_registry().outlets["reuters.com"]
    async with database.connection() as connection:
        await connection.execute(
            OutletRow.__table__.update().where(OutletRow.domain == "reuters.com").values(name="Rueters", country=None)  # type: ignore[attr-defined] # a table
        )

    await migrate_all(database, lambda _: None)

    async with database.unit_of_work() as work:
        assert await work.outlets.find("T_VRIC", "reuters.com") == row


async def test_a_host_takes_the_nearest_row_and_the_newest_ruling(database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.outlets.rule("T_VRIC", "unheard-of.example", Verdict.UNDECIDED, "U_ANA", NOON)
        await work.outlets.rule("T_VRIC", "unheard-of.example", Verdict.STATE_MEDIA, "U_EVA", NOON)
        hosts = ["www.reuters.com", "es.unheard-of.example", "nobody.example"]
        found = await work.outlets.of_hosts("T_VRIC", hosts)
        rulings = (await work.outlets._session.scalars(select(RulingRow))).all()  # noqa: SLF001 - the row itself

    assert found.keys() == {"www.reuters.com", "es.unheard-of.example"}
    assert (found["www.reuters.com"].name, found["www.reuters.com"].control) == ("Reuters", Control.INDEPENDENT)
    assert found["es.unheard-of.example"].ruling is Verdict.STATE_MEDIA
    assert [(ruling.by, ruling.ruling) for ruling in rulings] == [("U_EVA", "state media")]
