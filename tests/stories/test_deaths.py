"""Fault 2: the bot dies by kill -9 at every commit from Slack's delivery to the card; nothing is lost or doubled."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.extract.worker import Parser
from bot.settings import Transport
from tests.doomed import Death, doomed_bot
from tests.newsroom import Newsroom
from tests.opening import open_newsroom

TANKERS = "Iran sends fleet of tankers to Venezuela"
_LEAST_DEATHS = 6
"""Event stored, event leased, item stored, page leased, page stored, card leased: the commits before the card."""


@pytest.fixture
async def newsroom(database_url: str, parser: Parser, recorded_calls: Path) -> AsyncIterator[Newsroom]:
    """Over HTTP alone: what dies here is behind the transport."""
    async with open_newsroom(database_url, Transport.HTTP, parser, recorded_calls) as found:
        await found.opens_desk()
        yield found


@pytest.mark.parametrize("death", list(Death))
async def test_wherever_the_bot_dies_there_is_one_item_and_one_card(newsroom: Newsroom, death: Death) -> None:
    deaths = 0
    while await dies(newsroom, death, deaths + 1):
        deaths += 1

    assert deaths >= _LEAST_DEATHS


async def dies(newsroom: Newsroom, death: Death, commit: int) -> bool:
    """A link is dropped at a bot that dies at a commit; False where its card was there before that."""
    link = newsroom.press.prints(f"reuters.example/{death}-{commit}", f"{TANKERS}, part {commit}")
    async with doomed_bot(newsroom, death, commit) as process:
        ts = await newsroom.ana.posts("#vric", link)
        gone = asyncio.create_task(asyncio.to_thread(process.join))
        shown = asyncio.create_task(newsroom.waits_for_card(ts))
        await asyncio.wait({gone, shown}, return_when=asyncio.FIRST_COMPLETED)
        died = process.exitcode is not None
        shown.cancel()
        process.kill()
        await gone

    await newsroom.passes(minutes=2)
    await newsroom.settles(patience=timedelta(minutes=2))

    assert f"{TANKERS}, part {commit}" in newsroom.card(ts).words
    assert len([item for item in await newsroom.items() if item.message == ts]) == 1
    return died
