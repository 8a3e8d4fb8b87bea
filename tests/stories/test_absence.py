"""Faults 8 and 11: what was missed is found, once, and shown in one message; so is more than a channel can follow."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.desk.intake import CARDS_A_MINUTE
from bot.sandbox.records import TEAM
from bot.settings import Transport
from db.models import InboxRow
from tests.newsroom import Newsroom

TANKERS = "Iran sends fleet of tankers to Venezuela"
ENVOY = "Tehran’s envoy & the “bridge” to Caracas"
VACCINE = "Sputnik V llega a Caracas"


async def misses(newsroom: Newsroom, text: str, thread_ts: str | None = None) -> str:
    """A member posts, and Slack tells the bot nothing of it."""
    newsroom.stand_in.lose_deliveries(1)
    newsroom.stand_in.deliverer.forget_retries = True
    return await newsroom.ana.posts("#vric", text, thread_ts=thread_ts)


async def events_on_record(newsroom: Newsroom) -> int | None:
    async with newsroom.bot.database.connection() as connection:
        return await connection.scalar(select(func.count()).select_from(InboxRow))


@pytest.fixture
async def missed(newsroom: Newsroom) -> list[str]:
    """Three links of the last two hours of which Slack told nothing, one of them in a thread."""
    known = await newsroom.drops(newsroom.ben, newsroom.press.prints("reuters.example/known", "Known before"))
    newsroom.clock.advance(timedelta(hours=1))
    found = [
        await misses(newsroom, newsroom.press.prints("reuters.example/iran-oil", TANKERS)),
        await misses(newsroom, newsroom.press.prints("infobae.example/envoy", ENVOY)),
        await misses(newsroom, newsroom.press.prints("telesur.example/sputnik", VACCINE), thread_ts=known),
    ]
    newsroom.clock.advance(timedelta(hours=2))
    newsroom.stand_in.deliverer.forget_retries = False
    return found


async def test_links_that_were_posted_while_the_bot_was_down_are_found_once_and_shown_in_one_message(
    newsroom: Newsroom, missed: list[str]
) -> None:
    await newsroom.restarts()
    await newsroom.settles()

    (summary,) = [post for post in newsroom.channel_posts() if "While I was away" in post.words]
    assert "While I was away: 3 links." in summary.words
    assert all(title in summary.words for title in (TANKERS, ENVOY, VACCINE))
    assert [newsroom.replies(ts) for ts in missed[:2]] == [[], []]
    assert sorted(item.message for item in await newsroom.items() if item.shown_in) == sorted(missed)

    await newsroom.restarts()
    recorded = await events_on_record(newsroom)
    newsroom.bot.edge.catching_up.ask()
    await newsroom.settles()
    assert await events_on_record(newsroom) == recorded
    assert len(await newsroom.items()) == 4
    assert len([post for post in newsroom.channel_posts() if "While I was away" in post.words]) == 1
    assert newsroom.whispers(newsroom.ana) == []


async def test_the_links_of_the_summary_are_filed_from_its_list(newsroom: Newsroom, missed: list[str]) -> None:
    await newsroom.restarts()
    await newsroom.settles()
    (summary,) = [post for post in newsroom.channel_posts() if "While I was away" in post.words]

    await newsroom.presses(newsroom.ana, summary, "Review list")

    assert all(title in newsroom.modal_words(newsroom.ana) for title in (TANKERS, ENVOY, VACCINE))
    (item,) = [each for each in await newsroom.items() if each.message == missed[0]]
    await newsroom.bot.desk.file(item.id, "iran", workspace=TEAM, by=newsroom.ana.user.id, now=newsroom.clock())
    await newsroom.settles()
    (summary,) = [post for post in newsroom.channel_posts() if "While I was away" in post.words]
    assert "2 wait for a section" in summary.words
    assert newsroom.replies(missed[0]) == []


async def test_history_waits_as_long_as_slack_asks_and_loses_nothing(newsroom: Newsroom, missed: list[str]) -> None:
    newsroom.stand_in.fault("conversations.history", "ratelimited", retry_after=60)
    await newsroom.restarts()
    await newsroom.settles()
    assert len(await newsroom.items()) == 1

    await newsroom.passes(seconds=61)

    assert len(await newsroom.items()) == 1 + len(missed)


async def test_a_retry_of_what_was_found_in_history_brings_nothing_new(newsroom: Newsroom) -> None:
    newsroom.stand_in.lose_deliveries(1)
    newsroom.stand_in.deliverer.forget_retries = True
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS)
    ts = await newsroom.ana.posts("#vric", link)
    event_id = newsroom.event_of(ts)
    newsroom.bot.edge.catching_up.ask()
    await newsroom.settles()
    assert TANKERS in newsroom.card(ts).words

    await newsroom.stand_in.redelivers(event_id)
    await newsroom.settles()

    assert len(await newsroom.items()) == 1
    assert TANKERS in newsroom.card(ts).words
    assert newsroom.whispers(newsroom.ana) == []


async def test_an_absence_of_several_pages_of_history_is_read_to_its_end(newsroom: Newsroom) -> None:
    """History comes two hundred messages at a time."""
    newsroom.stand_in.deliverer.forget_retries = True
    newsroom.stand_in.lose_deliveries(210)
    for number in range(210):
        await newsroom.ana.posts("#vric", f"Nothing new, {number}")
    ts = await misses(newsroom, newsroom.press.prints("reuters.example/iran-oil", TANKERS))

    newsroom.bot.edge.catching_up.ask()
    await newsroom.settles()

    assert TANKERS in newsroom.card(ts).words
    asked = [call.args for call in newsroom.stand_in.calls if call.method == "conversations.history"]
    newsroom.bot.edge.catching_up.ask()
    await newsroom.settles()
    again = [call.args for call in newsroom.stand_in.calls if call.method == "conversations.history"][len(asked) :]
    assert float(again[0]["oldest"]) > float(asked[-1]["oldest"])


async def test_a_message_that_was_posted_between_two_pages_is_found_the_next_time(newsroom: Newsroom) -> None:
    """What is read last may be newer than what the first page could not know."""
    known = await newsroom.drops(newsroom.ben, newsroom.press.prints("reuters.example/known", "Known before"))
    await misses(newsroom, "A reply", thread_ts=known)
    newsroom.bot.edge.catching_up.ask()
    for _ in ("begins", "reads the channel"):
        assert await newsroom.bot.edge.catching_up.read_next()
    ts = await misses(newsroom, newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    await misses(newsroom, "A later reply", thread_ts=known)
    await newsroom.settles()
    assert newsroom.replies(ts) == []

    newsroom.bot.edge.catching_up.ask()
    await newsroom.settles()

    assert TANKERS in newsroom.card(ts).words


@pytest.mark.parametrize("newsroom", [Transport.SOCKET], indirect=True, ids=str)
async def test_what_was_said_while_a_socket_was_broken_is_found_as_soon_as_it_is_renewed(newsroom: Newsroom) -> None:
    newsroom.stand_in.lose_deliveries(1)
    newsroom.stand_in.deliverer.forget_retries = True
    ts = await newsroom.ana.posts("#vric", newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    await newsroom.settles()
    assert await newsroom.items() == []

    newsroom.stand_in.breaks_sockets()
    while not await newsroom.items():
        await asyncio.sleep(0.1)
        await newsroom.settles()

    assert TANKERS in newsroom.card(ts).words


async def test_more_links_in_a_minute_than_a_channel_can_follow_are_all_on_record_and_share_a_summary(
    newsroom: Newsroom,
) -> None:
    for number in range(CARDS_A_MINUTE + 3):
        await newsroom.ana.posts("#vric", f"https://reuters.example/{number}")
    while await newsroom.bot.edge.intake.take_next():
        pass

    items = await newsroom.items()
    assert len(items) == CARDS_A_MINUTE + 3
    assert [item.shown_in is not None for item in items].count(True) == 3
    await newsroom.posts_what_is_due()
    newsroom.clock.advance(timedelta(seconds=10))
    await newsroom.posts_what_is_due()
    (summary,) = [post for post in newsroom.channel_posts() if "Many links at once" in post.words]
    assert "3 more links" in summary.words
