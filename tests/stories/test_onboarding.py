"""Onboarding: whoever meets the bot first is told what it reads, what it keeps, who sees it, and how to stop it."""

import pytest
from sqlalchemy import func, select

from bot.sandbox.member import Member
from db.models import InboxRow
from tests.newsroom import OVER_HTTP, Newsroom

pytestmark = OVER_HTTP

READS = "What I read: the messages of "
KEEPS_180_DAYS = "Copies of the pages go after 180 days"


async def opens_home(newsroom: Newsroom, member: Member) -> str:
    await member.opens_home()
    await newsroom.settles()
    return newsroom.home_words(member)


async def events_with(newsroom: Newsroom, words: str) -> int:
    """How many events that hold these words are on record."""
    query = select(func.count()).select_from(InboxRow).where(InboxRow.body.contains(words))
    async with newsroom.bot.database.connection() as connection:
        return await connection.scalar(query) or 0


def greeting(newsroom: Newsroom, channel: str = "#vric") -> str:
    """What the bot said when it came into a channel."""
    (found,) = [
        message for message in newsroom.stand_in.messages(channel) if "This channel is the desk of" in message.words
    ]
    return found.words


async def test_a_home_says_what_is_read_and_kept_until_its_member_has_got_it(newsroom: Newsroom) -> None:
    words = await opens_home(newsroom, newsroom.ben)
    assert "Welcome. This page shows how No. 18 of VRIC MONITOR stands" in words
    for part in (READS, "What I keep: each link", KEEPS_180_DAYS, "Who sees it: ", "How to stop: "):
        assert part in words
    assert READS in await opens_home(newsroom, newsroom.ben)

    await newsroom.ben.clicks_in_home("Got it")
    await newsroom.settles()

    assert "Welcome" not in newsroom.home_words(newsroom.ben)
    assert "Welcome" not in await opens_home(newsroom, newsroom.ben)
    assert READS in await opens_home(newsroom, newsroom.ana)


async def test_what_somebody_has_got_is_remembered_when_the_bot_starts_again(newsroom: Newsroom) -> None:
    await opens_home(newsroom, newsroom.ben)
    await newsroom.ben.clicks_in_home("Got it")
    await newsroom.settles()

    await newsroom.restarts()

    assert "Welcome" not in await opens_home(newsroom, newsroom.ben)


async def test_a_channel_is_told_the_same_once_when_the_bot_joins_it(newsroom: Newsroom) -> None:
    words = greeting(newsroom)

    for part in ("What I read: the messages of this channel", KEEPS_180_DAYS, "Who sees it: ", "How to stop: "):
        assert part in words
    assert f"Ask @{newsroom.ana.user.id} about what is kept." in words
    await newsroom.stand_in.leaves("#vric", "vric")
    await newsroom.stand_in.invites_bot("#vric")
    await newsroom.settles()
    assert greeting(newsroom) == words


async def test_what_the_greeting_says_of_deleting_is_so(newsroom: Newsroom) -> None:
    assert "delete your message, and what is not filed yet leaves the list" in greeting(newsroom)
    ts = await newsroom.drops(newsroom.ben, newsroom.press.prints("reuters.example/tankers", "Iran sends tankers"))
    assert "1 item waits for a section." in await newsroom.commands(newsroom.ben, "/vric status")

    await newsroom.ben.deletes("#vric", ts)
    await newsroom.settles()

    assert "waits for a section" not in await newsroom.commands(newsroom.ben, "/vric status")


async def test_what_the_greeting_says_of_removing_the_bot_is_so(newsroom: Newsroom) -> None:
    assert "/remove @vric" in greeting(newsroom)

    await newsroom.stand_in.leaves("#vric", "vric")
    await newsroom.ben.posts("#vric", newsroom.press.prints("reuters.example/tankers", "Iran sends tankers"))
    await newsroom.settles()

    assert not await newsroom.items()


async def test_what_the_greeting_says_of_messages_is_so(newsroom: Newsroom) -> None:
    assert "messages as they came go 7 days after they were read" in greeting(newsroom)
    await newsroom.ben.posts("#vric", "Nobody but Ben knows this.")
    await newsroom.settles()

    await newsroom.beats(newsroom.clock())
    kept = await events_with(newsroom, "Nobody but Ben")
    await newsroom.passes(days=7, minutes=10)
    await newsroom.beats(newsroom.clock())

    assert (kept, await events_with(newsroom, "Nobody but Ben")) == (1, 0)


@pytest.mark.parametrize("further_settings", [{"vric_snapshot_days": "0"}])
async def test_where_copies_are_not_kept_that_is_said(newsroom: Newsroom) -> None:
    assert "Copies of the pages go at once" in greeting(newsroom)
    assert "Copies of the pages go at once" in await opens_home(newsroom, newsroom.ben)
