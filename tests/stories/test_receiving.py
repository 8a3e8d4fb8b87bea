"""Faults 1 to 6 and 13: whatever Slack delivers, an accepted link is one item with one card."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.newsroom import Newsroom

TANKERS = "Iran sends fleet of tankers to Venezuela"


async def test_the_same_event_four_times_across_a_restart_and_an_hour_is_one_card(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    event_id = newsroom.event_of(ts)

    await newsroom.stand_in.redelivers(event_id, times=1)
    await newsroom.restarts()
    await newsroom.stand_in.redelivers(event_id, times=1, retry_num=2)
    await newsroom.passes(hours=1)
    await newsroom.stand_in.redelivers(event_id, times=1, retry_num=3)
    await newsroom.settles()

    assert len(await newsroom.items()) == 1
    assert len(newsroom.replies(ts)) == 1


async def test_an_event_that_was_answered_before_the_bot_stopped_is_worked_on_after_it_starts(
    newsroom: Newsroom,
) -> None:
    ts = await newsroom.ana.posts("#vric", newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    assert newsroom.replies(ts) == []

    await newsroom.restarts()
    await newsroom.settles()

    assert TANKERS in newsroom.card(ts).words


@pytest.mark.parametrize("patience_s", [1])
async def test_an_event_that_the_database_refuses_comes_again_and_is_stored(newsroom: Newsroom) -> None:
    """Slack is not told that the event is safe before it is."""
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS)
    async with newsroom.bot.database.connection() as connection:
        await connection.execute(text("ALTER TABLE inbox RENAME TO out_of_order"))

    ts = await newsroom.ana.posts("#vric", link)
    assert [(each.attempt, each.is_accepted) for each in newsroom.deliveries_of(ts)] == [(0, False), (1, False)]
    async with newsroom.bot.database.connection() as connection:
        await connection.execute(text("ALTER TABLE out_of_order RENAME TO inbox"))
    await newsroom.passes(minutes=1)

    assert [(each.attempt, each.is_accepted) for each in newsroom.deliveries_of(ts)][2:] == [(2, True)]
    assert TANKERS in newsroom.card(ts).words


async def test_a_retry_that_is_the_only_copy_to_arrive_is_stored(newsroom: Newsroom) -> None:
    newsroom.stand_in.lose_deliveries(1)

    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))

    assert [(each.attempt, each.status) for each in newsroom.deliveries_of(ts)] == [(0, None), (1, 200)]
    assert TANKERS in newsroom.card(ts).words


async def test_events_that_ask_nothing_of_the_desk_are_accepted_and_answered_with_silence(newsroom: Newsroom) -> None:
    before = len(newsroom.stand_in.messages("#vric"))

    await newsroom.drops(newsroom.ana, "No link here, just a word about <https> & the <!channel>")
    newsroom.stand_in.workspace.add_user("cleo", "Cleo Marín")
    await newsroom.stand_in.joins("#vric", "cleo")
    await newsroom.settles()

    assert all(delivery.is_accepted for delivery in newsroom.stand_in.deliveries)
    assert len(newsroom.stand_in.messages("#vric")) == before + 1
    assert newsroom.whispers(newsroom.ana) == []


async def test_twenty_changes_that_leave_the_links_alone_bring_no_second_card(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))

    for _ in range(10):
        await newsroom.stand_in.unfurls("#vric", ts)
        await newsroom.stand_in.detects_language("#vric", ts)
    await newsroom.settles()

    assert len(newsroom.replies(ts)) == 1
    assert len(await newsroom.items()) == 1


async def test_a_change_that_leaves_the_links_alone_does_not_bring_back_what_was_spiked_elsewhere(
    newsroom: Newsroom,
) -> None:
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS)
    first = await newsroom.drops(newsroom.ana, link)
    second = await newsroom.drops(newsroom.ben, link)
    await newsroom.selects(newsroom.ana, first, "Spike")

    await newsroom.stand_in.unfurls("#vric", second)
    await newsroom.stand_in.detects_language("#vric", second)
    await newsroom.settles()

    assert [item.state.value for item in await newsroom.items()] == ["spiked"]
    assert newsroom.replies(second) == []


async def test_an_edit_that_changes_words_and_no_link_changes_nothing(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS)
    ts = await newsroom.drops(newsroom.ana, link)
    before = newsroom.card(ts).revision

    await newsroom.ana.edits("#vric", ts, f"Worth reading: {link}")
    await newsroom.settles()

    assert newsroom.card(ts).revision == before


async def test_a_link_that_is_removed_while_it_waits_is_withdrawn_and_can_be_restored(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS)
    ts = await newsroom.drops(newsroom.ana, link)

    await newsroom.ana.edits("#vric", ts, "Never mind")
    await newsroom.settles()

    assert f"Link removed by Ana Ruiz, kept on record: {TANKERS}" in newsroom.card(ts).words
    await newsroom.clicks(newsroom.ana, ts, "Restore")
    assert "File in Iran" in newsroom.card(ts).buttons


async def test_the_bots_own_posts_and_those_of_other_bots_bring_no_card(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS)

    ts = await newsroom.drops(newsroom.ana, link)
    own = newsroom.card(ts)
    await newsroom.stand_in.unfurls("#vric", own.ts)
    await newsroom.ana.posts("#vric", link, subtype="bot_message", bot_id="B0OTHER")
    await newsroom.settles()

    assert len(await newsroom.items()) == 1


@pytest.mark.parametrize("sections", [("Iran", "Hezbollah")])
async def test_of_two_members_who_click_at_once_one_files_and_the_other_is_told(
    newsroom: Newsroom, sections: tuple[str, str]
) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    card = newsroom.card(ts)

    await asyncio.gather(
        newsroom.ana.clicks("#vric", card.ts, f"File in {sections[0]}"),
        newsroom.ben.selects("#vric", card.ts, sections[1]),
    )
    await newsroom.settles()

    (item,) = await newsroom.items()
    winner, loser = (
        (newsroom.ana, newsroom.ben) if item.filed_by == newsroom.ana.user.id else (newsroom.ben, newsroom.ana)
    )
    assert newsroom.whispers(winner) == []
    (told,) = newsroom.whispers(loser)
    filed_in = sections[0] if winner is newsroom.ana else sections[1]
    assert f"{winner.user.real_name} filed this in {filed_in} less than a second before you." in told.words
    other = sections[1] if winner is newsroom.ana else sections[0]
    assert f"Nothing was changed: move it to {other}, or leave it there?" in told.words
    assert told.buttons == [f"Move to {other}", "Leave"]


async def test_of_fifty_clicks_at_once_one_wins_and_forty_nine_are_told(newsroom: Newsroom) -> None:
    crowd = [newsroom.stand_in.workspace.add_user(f"m{n}", f"Member {n}") for n in range(50)]
    newsroom.stand_in.workspace.channel("#vric").members.update(user.id for user in crowd)
    members = [newsroom.stand_in.member(user.name) for user in crowd]
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    card = newsroom.card(ts)

    await asyncio.gather(*(member.clicks("#vric", card.ts, "File in Iran") for member in members))
    await newsroom.settles()

    told = [member for member in members if any("filed this in Iran" in w.words for w in newsroom.whispers(member))]
    assert len(told) == 49
    assert (await newsroom.logged()).count("filed") == 1


async def test_a_button_of_an_old_card_works_after_a_restart(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    await newsroom.restarts()

    await newsroom.clicks(newsroom.ana, ts, "File in Iran")

    assert "filed in Iran by Ana Ruiz" in newsroom.card(ts).words


async def test_an_answer_that_was_lost_does_not_become_a_second_card(newsroom: Newsroom) -> None:
    """The stand-in posts the card and drops the connection: the bot looks for it before it posts again."""
    newsroom.stand_in.fault("chat.postMessage", "hang_after")
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))

    await newsroom.settles(patience=timedelta(minutes=1))

    assert TANKERS in newsroom.card(ts).words


async def test_a_card_that_slack_refused_to_take_is_posted_later_once(newsroom: Newsroom) -> None:
    newsroom.stand_in.fault("chat.postMessage", "500_before")
    newsroom.stand_in.fault("chat.postMessage", "ratelimited", retry_after=30)
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))

    await newsroom.settles(patience=timedelta(minutes=3))

    assert TANKERS in newsroom.card(ts).words
