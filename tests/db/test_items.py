"""Items: stored once for a message and once on the list of an issue, changed only where they stand as expected."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.editorial.issue import Issue
from bot.editorial.item import Item, ItemState
from bot.ports import DeskRecord, NewItem, PageAlreadyThereError
from db.database import Database
from tests.db.test_inbox import on_postgresql

NOON = datetime(2021, 1, 11, 12, 0, tzinfo=UTC)
LEASE = timedelta(seconds=60)


@dataclass(frozen=True)
class Newsdesk:
    record: DeskRecord
    issue: Issue

    def link(self, path: str = "tankers", message: str = "1.0") -> NewItem:
        url = f"https://reuters.com/{path}"
        return NewItem(
            desk=self.record,
            issue=self.issue,
            message=message,
            thread=message,
            dropped=f"{url}?utm_source=slack",
            url=url,
            key=f"reuters.com/{path}",
            host="reuters.com",
            found_by="U_ANA",
            at=NOON,
            read_at=NOON,
        )


@pytest.fixture
async def newsdesk(database: Database) -> Newsdesk:
    return await opened(database, "C_VRIC")


async def opened(database: Database, channel: str) -> Newsdesk:
    async with database.unit_of_work() as work:
        record = await work.desks.add("T_VRIC", channel, NOON)
        assert record is not None
        issue = await work.issues.add(record, 18, (NOON.date(), NOON.date()), NOON, NOON, NOON)
    return Newsdesk(record, issue)


async def stored(database: Database, link: NewItem) -> Item | None:
    async with database.unit_of_work() as work:
        return await work.items.add(link)


async def changed(
    database: Database, item: Item, values: Mapping[str, Any], *, expect: Mapping[str, Any] | None = None
) -> Item | None:
    async with database.unit_of_work() as work:
        return await work.items.change(item.id, expect=expect or {}, values=values)


async def test_a_page_is_on_the_list_of_an_issue_once(database: Database, newsdesk: Newsdesk) -> None:
    first = await stored(database, newsdesk.link(message="1.0"))

    assert await stored(database, newsdesk.link(message="2.0")) is None
    async with database.unit_of_work() as work:
        assert await work.items.holding(newsdesk.issue.id, "reuters.com/tankers") == first


async def test_a_page_is_stored_once_for_a_message_also_when_it_left_the_list(
    database: Database, newsdesk: Newsdesk
) -> None:
    item = await stored(database, newsdesk.link())
    assert item is not None
    await changed(database, item, {"state": "spiked"})

    assert await stored(database, newsdesk.link()) is None
    assert await stored(database, newsdesk.link(message="2.0")) is not None


async def test_another_desk_has_the_same_page_to_itself(database: Database, newsdesk: Newsdesk) -> None:
    africa = await opened(database, "C_AFRICA")

    assert await stored(database, newsdesk.link()) is not None
    assert await stored(database, africa.link()) is not None


@pytest.mark.parametrize("messages", [("1.0", "1.0"), ("1.0", "2.0")], ids=["one message", "two messages"])
async def test_of_transactions_that_race_one_stores_the_page(
    database: Database, replica: Database, newsdesk: Newsdesk, messages: tuple[str, str]
) -> None:
    links = [newsdesk.link(message=message) for message in messages] * 4

    ended = await asyncio.gather(
        *(stored(each, link) for each, link in zip([database, replica] * 4, links, strict=True))
    )

    assert sum(item is not None for item in ended) == 1


@on_postgresql
async def test_whoever_comes_second_waits_and_stores_the_page_if_the_first_gives_up(
    database: Database, replica: Database, newsdesk: Newsdesk
) -> None:
    inserted, asked = asyncio.Event(), asyncio.Event()

    async def gives_up() -> None:
        async with database.unit_of_work() as work:
            await work.items.add(newsdesk.link(message="1.0"))
            inserted.set()
            await asked.wait()
            raise ZeroDivisionError

    async def comes_second() -> Item | None:
        await inserted.wait()
        async with replica.unit_of_work() as work:
            asked.set()
            return await work.items.add(newsdesk.link(message="2.0"))

    failed, item = await asyncio.gather(gives_up(), comes_second(), return_exceptions=True)

    assert isinstance(failed, ZeroDivisionError)
    assert isinstance(item, Item)
    assert item.message == "2.0"


async def test_every_change_grows_the_version_and_an_older_one_changes_nothing(
    database: Database, newsdesk: Newsdesk
) -> None:
    item = await stored(database, newsdesk.link())
    assert item is not None

    filed = await changed(database, item, {"state": "filed"}, expect={"version": item.version})
    late = await changed(database, item, {"state": "spiked"}, expect={"version": item.version})

    assert filed is not None
    assert (filed.version, filed.state, late) == (item.version + 1, ItemState.FILED, None)


async def test_of_changes_at_once_that_expect_the_same_one_is_written(
    database: Database, replica: Database, newsdesk: Newsdesk
) -> None:
    item = await stored(database, newsdesk.link())
    assert item is not None

    ended = await asyncio.gather(
        *(
            changed(each, item, {"state": "filed", "filed_by": f"U_{number}"}, expect={"state": "pending"})
            for number, each in enumerate([database, replica] * 8)
        )
    )

    assert sum(each is not None for each in ended) == 1


async def test_a_page_cannot_come_back_to_a_list_that_has_it_again(database: Database, newsdesk: Newsdesk) -> None:
    gone = await stored(database, newsdesk.link(message="1.0"))
    assert gone is not None
    await changed(database, gone, {"state": "withdrawn"})
    await stored(database, newsdesk.link(message="2.0"))

    with pytest.raises(PageAlreadyThereError):
        await changed(database, gone, {"state": "pending"})

    async with database.unit_of_work() as work:
        stands = await work.items.get(gone.id)
    assert stands is not None
    assert (stands.state, stands.version) == (ItemState.WITHDRAWN, gone.version + 1)


async def test_a_page_is_read_by_one_reader_until_its_lease_ends(
    database: Database, replica: Database, newsdesk: Newsdesk
) -> None:
    await stored(database, newsdesk.link("tankers"))
    await stored(database, newsdesk.link("vaccine"))

    async def claim(each: Database, at: datetime) -> tuple[str, int] | None:
        async with each.unit_of_work() as work:
            found = await work.items.claim_unread(at, at + LEASE)
        return (found[0].key, found[1]) if found is not None else None

    first = await asyncio.gather(*(claim(each, NOON) for each in [database, replica] * 2))
    again = await claim(database, NOON + LEASE)

    assert sorted(filter(None, first)) == [("reuters.com/tankers", 1), ("reuters.com/vaccine", 1)]
    assert again == ("reuters.com/tankers", 2)
    async with database.unit_of_work() as work:
        assert await work.items.next_unread_at() == NOON + LEASE


async def test_what_left_the_list_is_not_read(database: Database, newsdesk: Newsdesk) -> None:
    item = await stored(database, newsdesk.link())
    assert item is not None
    await changed(database, item, {"state": "withdrawn"})

    async with database.unit_of_work() as work:
        assert await work.items.claim_unread(NOON, NOON + LEASE) is None
        assert await work.items.next_unread_at() is None
