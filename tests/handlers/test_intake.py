"""An event that cannot be worked on is given up for what it is, never for the state of the database."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.desk import Desk
from bot.desk.drops import Drop, TakenIn
from bot.editorial.houses import Houses
from bot.metrics import Metrics
from bot.ports import Queue, RawEvent, Receipt
from db.database import Database, is_outage
from handlers.alerts import Alerts
from handlers.direct import DirectMessages
from handlers.intake import IntakeWorker
from handlers.reactions import Reactions
from handlers.rest import Rest
from tests.desk.staff import ANA, HOUSE, Press, Staff
from tests.postgres import create_database

NOON = datetime(2021, 1, 11, 12, 0, tzinfo=UTC)
MESSAGE = {
    "type": "message",
    "channel": "C_VRIC",
    "user": "U_ANA",
    "ts": "1610366400.000100",
    "text": "<https://a.example>",
}


class Stumbling(Desk):
    """Every drop fails in the same way."""

    failure: Exception

    async def take_in(self, drop: Drop, *, now: datetime, receipt: Receipt | None = None) -> TakenIn:  # noqa: ARG002 - the desk's signature
        raise self.failure


async def works_at(database: Database, failure: Exception, *, times: int) -> tuple[int, int]:
    """How many events wait and how many are parked after so many attempts at one that fails."""
    desk = Stumbling(houses=Houses([HOUSE]), unit_of_work=database.unit_of_work, pages=Press(), people=Staff(ANA))
    desk.failure = failure
    now = NOON
    worker = IntakeWorker(
        desk=desk,
        reactions=Reactions(desk=desk, client=AsyncWebClient(), clock=lambda: now),
        direct=DirectMessages(client=AsyncWebClient(), desk=desk),
        rest=Rest(AsyncWebClient(), lambda: now),
        unit_of_work=database.unit_of_work,
        clock=lambda: now,
        metrics=Metrics(),
        bots=(),
        alerts=Alerts(None),
        is_outage=is_outage,
    )
    async with database.unit_of_work() as work:
        await work.inbox.add([RawEvent("Ev1", "T_VRIC", json.dumps({"team_id": "T_VRIC", "event": MESSAGE}), NOON)])
    for _ in range(times):
        assert await worker.take_next()
        now += timedelta(minutes=2)
    async with database.unit_of_work() as work:
        found = await work.queues.backlog(Queue.INBOX)
    return found.waiting, found.parked


async def test_an_event_that_fails_five_times_is_parked(database: Database) -> None:
    assert await works_at(database, ValueError("no such thing"), times=5) == (0, 1)


@pytest.mark.parametrize("failure", [ConnectionRefusedError(), TimeoutError()], ids=["refused", "timeout"])
async def test_an_outage_of_the_database_is_never_held_against_an_event(database: Database, failure: Exception) -> None:
    assert await works_at(database, failure, times=12) == (1, 0)


async def test_a_statement_that_the_database_refuses_is_no_outage(database: Database) -> None:
    with pytest.raises(DBAPIError) as refused:
        async with database.connection() as connection:
            await connection.execute(text("SELECT nothing FROM nowhere"))

    assert not is_outage(refused.value)


async def test_a_connection_that_the_server_ends_is_an_outage(postgres: str) -> None:
    database = Database(create_database(postgres, "cut_off"))
    try:
        with pytest.raises(DBAPIError) as cut:
            async with database.connection() as connection:
                await connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        assert is_outage(cut.value)
    finally:
        await database.close()
