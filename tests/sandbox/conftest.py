"""One stand-in workspace for each test, with a clock that stands still."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.clock import MovableClock
from bot.sandbox.stand_in import StandIn
from tests.sandbox.newcomer import Endpoint, client_of, manifest, serving

MORNING = datetime(2021, 1, 11, 15, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(MORNING)


@pytest.fixture
async def stand_in(clock: MovableClock, patience_s: float) -> AsyncIterator[StandIn]:
    """A workspace whose app is in #vric and listens nowhere yet."""
    async with StandIn(manifest(), clock=clock, patience_s=patience_s) as found:
        found.workspace.channel("#vric").members.add(found.workspace.bot.id)
        yield found


@pytest.fixture
def client(stand_in: StandIn) -> AsyncWebClient:
    return client_of(stand_in)


@pytest.fixture
def vric(stand_in: StandIn) -> str:
    """The id of #vric."""
    return stand_in.workspace.channel("#vric").id


@pytest.fixture
async def endpoint(stand_in: StandIn) -> AsyncIterator[Endpoint]:
    """An app that takes whatever is delivered over HTTP."""
    found = Endpoint()
    async with serving(found) as url:
        stand_in.request_url = url
        yield found
