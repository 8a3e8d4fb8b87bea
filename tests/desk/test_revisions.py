"""The events of one message in every order: the same items in the same states."""

from itertools import permutations

from bot.desk import Desk
from bot.desk.drops import Drop
from bot.editorial.item import ItemState
from db.database import Database
from tests.desk.staff import ANA, CHANNEL, MORNING, TEAM


async def test_four_events_in_each_of_twenty_four_orders_end_alike(desk: Desk, database: Database) -> None:
    for number, order in enumerate(permutations(range(4))):
        a, b, c = (f"https://{name}.example/{number}" for name in ("reuters", "infobae", "telesur"))
        said = [(a,), (a, b), (c,), (a, c)]
        before = [(), *said[:3]]
        drops = [
            Drop(TEAM, CHANNEL, f"{number}.0", None, ANA.id, said[place], before[place], revision=f"{place}")
            for place in range(4)
        ]

        for place in order:
            await desk.take_in(drops[place], now=MORNING)

        async with database.unit_of_work() as work:
            items = await work.items.of_message(TEAM, CHANNEL, f"{number}.0")
        assert {item.url: item.state for item in items} == {
            a: ItemState.PENDING,
            b: ItemState.WITHDRAWN,
            c: ItemState.PENDING,
        }, order


async def test_nothing_that_comes_after_a_deletion_brings_a_link_back(desk: Desk, database: Database) -> None:
    for number, order in enumerate(permutations(range(3))):
        a, b = (f"https://{name}.example/{number}" for name in ("reuters", "infobae"))
        drops = [
            Drop(TEAM, CHANNEL, f"{number}.0", None, ANA.id, (a,), (), "1"),
            Drop(TEAM, CHANNEL, f"{number}.0", None, ANA.id, (a, b), (a,), "2"),
            Drop(TEAM, CHANNEL, f"{number}.0", None, ANA.id, (), (a, b), "3", deleted=True),
        ]

        for place in order:
            await desk.take_in(drops[place], now=MORNING)

        async with database.unit_of_work() as work:
            items = await work.items.of_message(TEAM, CHANNEL, f"{number}.0")
        assert {item.url: item.state for item in items} == dict.fromkeys((a, b), ItemState.WITHDRAWN), order
