"""A desk in #vric with No. 18 open, and other processes at the same database."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from bot.desk import Desk
from db.database import Database
from tests.desk.staff import CHANNEL, EVA, MORNING, TEAM, Press, desk_on

REPLICAS = 4


@pytest.fixture
def press() -> Press:
    return Press()


@pytest.fixture
async def desk(database: Database, press: Press) -> Desk:
    found = desk_on(database, pages=press)
    await found.welcome(TEAM, CHANNEL, editor=EVA.id, now=MORNING)
    return found


@pytest.fixture
async def replicas(database_url: str, desk: Desk) -> AsyncIterator[list[Database]]:
    """Four processes at one database, in which the desk was made."""
    del desk
    async with AsyncExitStack() as stack:
        found = [Database(database_url) for _ in range(REPLICAS)]
        for each in found:
            stack.push_async_callback(each.close)
        yield found
