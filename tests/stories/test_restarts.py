"""Fault 27: a real PostgreSQL goes away and comes back while the bot serves; what was refused comes again."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from bot.extract.worker import Parser
from bot.settings import Transport
from bot.startup import running
from tests.newsroom import Newsroom
from tests.opening import open_newsroom
from tests.postgres import Cluster, create_database

TANKERS = "Iran sends fleet of tankers to Venezuela"
PORTS = "Ports of Iran wait for tankers"
LINKS = 20
_NUMBERS = count(1)


@pytest.fixture
async def newsroom(cluster: Cluster, parser: Parser, recorded_calls: Path) -> AsyncIterator[Newsroom]:
    """On a server of these stories' own; over HTTP, where Slack sees a refusal."""
    url = create_database(cluster.url, f"restarts_{next(_NUMBERS)}", template="template_desk")
    async with open_newsroom(url, Transport.HTTP, parser, recorded_calls) as found:
        await found.opens_desk()
        yield found


async def test_while_the_server_is_down_slack_is_refused_and_afterwards_nothing_needs_a_hand(
    newsroom: Newsroom, cluster: Cluster
) -> None:
    before = await newsroom.drops(newsroom.ana, newsroom.press.prints("infobae.example/ports", PORTS))

    await asyncio.to_thread(cluster.stop)
    ts = await newsroom.ana.posts("#vric", newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    await newsroom.ana.clicks("#vric", newsroom.card(before).ts, "File in Iran")
    assert [each.status for each in newsroom.deliveries_of(ts)] == [500, 500]
    await asyncio.to_thread(cluster.start)
    await newsroom.passes(minutes=1)

    assert TANKERS in newsroom.card(ts).words
    assert len(newsroom.whispers(newsroom.ana)) == 1
    await newsroom.clicks(newsroom.ana, before, "File in Iran")
    assert "filed in Iran by Ana Ruiz" in newsroom.card(before).words


async def test_the_first_request_after_a_restart_is_taken(newsroom: Newsroom, cluster: Cluster) -> None:
    """Connections of before are tried before they are used."""
    before = await newsroom.drops(newsroom.ana, newsroom.press.prints("infobae.example/ports", PORTS))

    await asyncio.to_thread(cluster.restart)
    await newsroom.clicks(newsroom.ana, before, "File in Iran")
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))

    assert "filed in Iran by Ana Ruiz" in newsroom.card(before).words
    assert [(each.attempt, each.is_accepted) for each in newsroom.deliveries_of(ts)] == [(0, True)]
    assert TANKERS in newsroom.card(ts).words


async def test_a_restart_while_links_come_in_loses_none_and_doubles_none(newsroom: Newsroom, cluster: Cluster) -> None:
    links = [newsroom.press.prints(f"reuters.example/{n}", f"{TANKERS}, part {n}") for n in range(LINKS)]

    async with running(newsroom.bot):
        restart = asyncio.create_task(asyncio.to_thread(cluster.restart))
        dropped = [await newsroom.ana.posts("#vric", link) for link in links]
        await restart
        while not all(newsroom.replies(ts) for ts in dropped):
            newsroom.clock.advance(timedelta(seconds=1))
            await newsroom.stand_in.settled()
            await asyncio.sleep(0.02)
    await newsroom.settles(patience=timedelta(minutes=10))

    assert all(f"{TANKERS}, part {n}" in newsroom.card(ts).words for n, ts in enumerate(dropped))
    assert sorted(item.message for item in await newsroom.items()) == sorted(dropped)
