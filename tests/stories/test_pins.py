"""Journey 6: an emoji on a message adds its links, whoever wrote it and however long ago."""

from datetime import timedelta

from bot.editorial.item import ItemState
from tests.newsroom import EACH_ONCE, OVER_A_SOCKET, Newsroom

pytestmark = OVER_A_SOCKET

TANKERS = "Iran sends fleet of tankers to Venezuela"
PIN = "pushpin"


async def before_the_bot(newsroom: Newsroom, *, thread: bool = False) -> str:
    """Ben posts a link while the bot is not in the channel, days before it comes; gives the message."""
    channel = newsroom.stand_in.workspace.channel("#vric")
    channel.members.discard(newsroom.stand_in.workspace.bot.id)
    top = await newsroom.ben.posts("#vric", "About oil:") if thread else None
    link = newsroom.press.prints("reuters.example/tankers", TANKERS)
    ts = await newsroom.ben.posts("#vric", link, thread_ts=top)
    await newsroom.passes(days=2)
    channel.members.add(newsroom.stand_in.workspace.bot.id)
    return ts


async def reacts(newsroom: Newsroom, name: str, ts: str, emoji: str = PIN) -> None:
    await newsroom.stand_in.member(name).reacts("#vric", ts, emoji)
    await newsroom.settles()


@EACH_ONCE
async def test_an_old_message_is_pinned_and_gets_its_card_with_credit_to_whoever_wrote_it(newsroom: Newsroom) -> None:
    ts = await before_the_bot(newsroom)

    await reacts(newsroom, "ana", ts)

    assert TANKERS in newsroom.card(ts).words
    assert "Saved for No. 18 by Ana Ruiz, found by Ben Okafor." in newsroom.card(ts).words
    (item,) = await newsroom.items()
    assert (item.found_by, item.added_by) == (newsroom.ben.user.id, newsroom.ana.user.id)
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    assert "filed in Iran by Ana Ruiz" in newsroom.card(ts).words
    assert "You have 1 of 5 items" in await newsroom.commands(newsroom.ben, "/vric status")


async def test_an_answer_in_a_thread_gets_its_card_there(newsroom: Newsroom) -> None:
    ts = await before_the_bot(newsroom, thread=True)

    await reacts(newsroom, "ana", ts)

    top = newsroom.stand_in.workspace.message(newsroom.stand_in.workspace.channel("#vric").id, ts).thread_ts
    assert top is not None
    assert TANKERS in newsroom.card(top).words


async def test_a_link_that_was_passed_over_is_added_all_the_same(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("zoom.us/j/98765", "Join our call")
    ts = await newsroom.drops(newsroom.ben, link)
    assert newsroom.replies(ts) == []

    await reacts(newsroom, "ben", ts)

    assert "Saved for No. 18 by Ben Okafor." in newsroom.card(ts).words
    assert len(await newsroom.items()) == 1


async def test_it_is_withdrawn_with_the_last_emoji_and_comes_back_with_the_next(newsroom: Newsroom) -> None:
    ts = await before_the_bot(newsroom)
    for name in ("ana", "ben"):
        await reacts(newsroom, name, ts)
    assert len(await newsroom.items()) == 1
    assert len(newsroom.replies(ts)) == 1

    await reacts(newsroom, "ana", ts)
    assert TANKERS in newsroom.card(ts).words
    assert [item.state for item in await newsroom.items()] == [ItemState.PENDING]

    await reacts(newsroom, "ben", ts)
    assert newsroom.card(ts).words.startswith("Reaction taken back by Ben Okafor, kept on record")

    await reacts(newsroom, "ben", ts)
    assert "Saved for No. 18 by Ben Okafor." in newsroom.card(ts).words
    assert (await newsroom.logged())[-2:] == ["capture taken back", "undone"]


async def test_what_was_filed_meanwhile_stays(newsroom: Newsroom) -> None:
    ts = await before_the_bot(newsroom)
    await reacts(newsroom, "ana", ts)
    await newsroom.ben.clicks("#vric", newsroom.card(ts).ts, "File in Iran")
    await newsroom.has_heard()

    await reacts(newsroom, "ana", ts)

    assert "filed in Iran by Ben Okafor" in newsroom.card(ts).words
    assert "capture taken back" not in await newsroom.logged()


async def test_guests_and_apps_and_other_emoji_are_passed_over(newsroom: Newsroom) -> None:
    newsroom.stand_in.workspace.add_user("gil", "Gil Guest", is_restricted=True)
    newsroom.stand_in.workspace.add_user("feed", "Feed", is_bot=True)
    for name in ("gil", "feed"):
        await newsroom.stand_in.joins("#vric", name)
    ts = await before_the_bot(newsroom)

    await reacts(newsroom, "gil", ts)
    await reacts(newsroom, "feed", ts)
    await reacts(newsroom, "ana", ts, "eyes")

    assert await newsroom.items() == []
    assert newsroom.replies(ts) == []
    assert newsroom.stand_in.member("gil").whispers("#vric") == []

    await reacts(newsroom, "ana", ts)
    await reacts(newsroom, "gil", ts)
    assert [item.state for item in await newsroom.items()] == [ItemState.PENDING]


async def test_where_the_links_are_items_already_nothing_is_new(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/tankers", TANKERS)
    ts = await newsroom.drops(newsroom.ben, link)
    card = newsroom.card(ts)
    before = await newsroom.logged()

    await reacts(newsroom, "ana", ts)
    await reacts(newsroom, "ana", card.ts)
    await reacts(newsroom, "ana", ts)

    assert await newsroom.logged() == before
    assert [item.state for item in await newsroom.items()] == [ItemState.PENDING]
    assert len(newsroom.replies(ts)) == 1


async def test_a_page_that_another_message_brought_is_told_of_in_private(newsroom: Newsroom) -> None:
    ts = await before_the_bot(newsroom)
    link = newsroom.press.prints("reuters.example/tankers", TANKERS)
    await newsroom.drops(newsroom.ana, link)

    await reacts(newsroom, "ana", ts)

    assert "it is in No. 18 once" in newsroom.whispers(newsroom.ana)[-1].words
    assert newsroom.replies(ts) == []
    assert newsroom.whispers(newsroom.ben) == []


async def test_words_without_a_link_and_messages_that_are_gone_ask_nothing(newsroom: Newsroom) -> None:
    words = await newsroom.drops(newsroom.ben, "No link here")
    gone = await before_the_bot(newsroom)
    await newsroom.ana.reacts("#vric", gone, PIN)
    await newsroom.ben.deletes("#vric", gone)

    await reacts(newsroom, "ana", words)

    assert await newsroom.items() == []
    assert newsroom.replies(words) == []


async def test_where_slack_asks_to_wait_the_pin_waits(newsroom: Newsroom) -> None:
    ts = await before_the_bot(newsroom)
    newsroom.stand_in.fault("conversations.replies", "ratelimited", retry_after=40)

    await reacts(newsroom, "ana", ts)
    assert await newsroom.items() == []

    await newsroom.passes(seconds=40)
    assert TANKERS in newsroom.card(ts).words


async def test_an_emoji_that_was_taken_back_stays_so_however_late_slack_tells_of_it(newsroom: Newsroom) -> None:
    ts = await before_the_bot(newsroom)
    await reacts(newsroom, "ana", ts)
    told = [each.body for each in newsroom.stand_in.deliveries if each.body.get("type") == "event_callback"]
    added = next(body for body in told if body["event"]["type"] == "reaction_added")
    await reacts(newsroom, "ana", ts)

    await newsroom.stand_in.redelivers(str(added["event_id"]), times=3)
    await newsroom.settles(patience=timedelta(seconds=5))

    assert [item.state for item in await newsroom.items()] == [ItemState.WITHDRAWN]
