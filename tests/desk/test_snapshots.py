"""What was read is kept with the item, each time that it changed, and its copy for as long as the setting says."""

import gzip
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

from bot.desk import Desk
from bot.extract.page import Extract, Snapshot
from db.database import Database
from tests.desk.staff import ANA, MORNING, TANKERS, TEAM, Press, dropped

SEASON = timedelta(days=180)


def snapshot(text: str) -> Snapshot:
    body = text.encode()
    return Snapshot(
        TANKERS, MORNING, sha256(body).hexdigest(), len(body), gzip.compress(body, mtime=0), {"ETag": '"1"'}
    )


async def reads(desk: Desk, press: Press, text: str, *, item: int | None = None) -> int:
    """A page is read, or read again, and says this."""
    press.pages[TANKERS] = Extract(title="Tankers", snapshot=snapshot(text))
    if item is None:
        item = (await dropped(desk)).id
    else:
        await desk.read_again(item, workspace=TEAM, by=ANA.id, now=MORNING)
    await desk.read_next(now=MORNING)
    return item


async def kept(database: Database, item: int) -> list[Snapshot]:
    async with database.unit_of_work() as work:
        return list(await work.snapshots.of_item(item))


async def test_what_was_read_is_kept_with_its_item(desk: Desk, database: Database, press: Press) -> None:
    item = await reads(desk, press, "Five tankers")

    assert await kept(database, item) == [snapshot("Five tankers")]


async def test_the_same_page_once_more_is_no_news_and_a_changed_one_is(
    desk: Desk, database: Database, press: Press
) -> None:
    item = await reads(desk, press, "Five tankers")
    await reads(desk, press, "Five tankers", item=item)
    await reads(desk, press, "Six tankers", item=item)

    assert [each.body() for each in await kept(database, item)] == [b"Five tankers", b"Six tankers"]


async def test_of_an_old_copy_digest_time_address_and_headers_stay(
    desk: Desk, database: Database, press: Press
) -> None:
    item = await reads(desk, press, "Five tankers")

    early = await desk.tidy(now=MORNING + SEASON)
    late = await desk.tidy(now=MORNING + SEASON + timedelta(minutes=1))
    again = await desk.tidy(now=MORNING + 2 * SEASON)

    assert (early.copies, late.copies, again.copies) == (0, 1, 0)
    assert await kept(database, item) == [replace(snapshot("Five tankers"), packed=None)]
