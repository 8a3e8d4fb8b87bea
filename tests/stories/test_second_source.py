"""Journey 7: a link in a thread gets its card there; under an item's card it may be that item's second source."""

from bot.editorial.item import ItemState
from bot.sandbox.person import DIRECT
from bot.sandbox.workspace import Message
from tests.newsroom import EACH_ONCE, OVER_A_SOCKET, OVER_HTTP, Newsroom

TANKERS = "Iran sends fleet of tankers to Venezuela"
PUMPS = "Motorists in Caracas queue for a third day"
ASKED = f"Is this a second source for {TANKERS}?"


def prints_pumps(newsroom: Newsroom) -> str:
    return newsroom.press.prints("infobae.example/colas", PUMPS)


async def tankers(newsroom: Newsroom) -> str:
    """Ana drops what Reuters says, and files it."""
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/tankers", TANKERS))
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    return ts


def last_card(newsroom: Newsroom, ts: str) -> Message:
    return [each for each in newsroom.replies(ts) if each.bot_id][-1]


async def states(newsroom: Newsroom) -> list[ItemState]:
    return [item.state for item in await newsroom.items()]


@EACH_ONCE
async def test_a_reply_under_a_card_is_made_its_second_source_and_back(newsroom: Newsroom) -> None:
    ts = await tankers(newsroom)
    first = last_card(newsroom, ts)

    await newsroom.drops(newsroom.ben, prints_pumps(newsroom), thread_ts=ts)

    second = last_card(newsroom, ts)
    assert second.ts != first.ts
    assert PUMPS in second.words
    assert ASKED in second.words
    assert second.text.endswith(f"Is it a second source for {TANKERS}?")
    assert {"Second source", "New item"} <= set(second.buttons)
    assert ASKED not in first.words

    await newsroom.presses(newsroom.ben, second, "Second source")

    assert f"Second source of {TANKERS} by Ben Okafor, kept on record: {PUMPS}" in second.words
    assert ASKED not in second.words
    assert second.buttons == ["Restore"]
    assert "Second source: Infobae." in first.words
    assert await states(newsroom) == [ItemState.FILED, ItemState.SECOND_SOURCE]

    await newsroom.presses(newsroom.ana, second, "Restore")

    assert ASKED in second.words
    assert "Second source: Infobae" not in first.words
    assert await states(newsroom) == [ItemState.FILED, ItemState.PENDING]
    assert (await newsroom.logged())[-3:] == ["second source", "got second source", "undone"]


@EACH_ONCE
async def test_a_reply_that_is_an_item_of_its_own_is_not_asked_about_again(newsroom: Newsroom) -> None:
    ts = await tankers(newsroom)
    await newsroom.drops(newsroom.ben, prints_pumps(newsroom), thread_ts=ts)
    card = last_card(newsroom, ts)

    await newsroom.presses(newsroom.ben, card, "New item")

    assert "second source" not in card.words.casefold()
    assert {"Second source", "New item"} & set(card.buttons) == set()
    await newsroom.presses(newsroom.ben, card, "File in Venezuela")
    assert "filed in Venezuela by Ben Okafor" in card.words
    assert await states(newsroom) == [ItemState.FILED, ItemState.FILED]
    await newsroom.presses(newsroom.ben, card, "Undo")
    assert ASKED not in card.words


@OVER_HTTP
async def test_under_another_topic_nothing_is_asked(newsroom: Newsroom) -> None:
    topic = await newsroom.drops(newsroom.ana, "Anything on the pumps?")

    await newsroom.drops(newsroom.ben, prints_pumps(newsroom), thread_ts=topic)

    assert PUMPS in last_card(newsroom, topic).words
    assert "second source" not in last_card(newsroom, topic).words


@OVER_A_SOCKET
async def test_of_several_items_in_a_thread_the_nearest_above_is_named(newsroom: Newsroom) -> None:
    ts = await tankers(newsroom)
    await newsroom.drops(newsroom.ben, prints_pumps(newsroom), thread_ts=ts)

    envoy = newsroom.press.prints("telesur.example/enviado", "Tehran’s envoy lands in Caracas")
    await newsroom.drops(newsroom.ana, envoy, thread_ts=ts)

    third = last_card(newsroom, ts)
    assert f"Is this a second source for {PUMPS}?" in third.words
    await newsroom.presses(newsroom.ana, third, "Second source")
    _, pumps, envoy_item = await newsroom.items()
    assert envoy_item.second_of == pumps.id


@OVER_A_SOCKET
async def test_where_the_nearest_message_has_several_the_one_that_tells_the_story_is_named(newsroom: Newsroom) -> None:
    """Before its page is read, and where it tells none of them, it is the last."""
    links = [
        newsroom.press.prints("reuters.example/tankers", TANKERS),
        newsroom.press.prints("infobae.example/colas", PUMPS),
    ]
    ts = await newsroom.drops(newsroom.ana, " ".join(links))

    also = newsroom.press.prints("telesur.example/flota", "Iran sends its biggest fleet of tankers to Venezuela yet")
    await newsroom.drops(newsroom.ben, also, thread_ts=ts)
    card = last_card(newsroom, ts)
    assert ASKED in card.words
    assert "Similar" not in card.words
    await newsroom.presses(newsroom.ben, card, "New item")
    assert "second source for" not in card.words

    envoy = newsroom.press.prints("telesur.example/enviado", "Lawmakers choose Rodríguez")
    await newsroom.drops(newsroom.ben, envoy, thread_ts=f"{ts}")
    assert "Is this a second source for Iran sends its biggest fleet" in last_card(newsroom, ts).words


@OVER_HTTP
async def test_of_two_in_one_message_that_tell_another_story_the_last_is_named(newsroom: Newsroom) -> None:
    links = [
        newsroom.press.prints("infobae.example/colas", PUMPS),
        newsroom.press.prints("reuters.example/tankers", TANKERS),
    ]
    ts = await newsroom.drops(newsroom.ana, " ".join(links))

    await newsroom.drops(
        newsroom.ben, newsroom.press.prints("telesur.example/asamblea", "Lawmakers choose Rodríguez"), thread_ts=ts
    )

    assert ASKED in last_card(newsroom, ts).words


@OVER_HTTP
async def test_what_was_spiked_meanwhile_is_asked_about_no_more(newsroom: Newsroom) -> None:
    ts = await tankers(newsroom)
    first = last_card(newsroom, ts)
    await newsroom.drops(newsroom.ben, prints_pumps(newsroom), thread_ts=ts)
    second = last_card(newsroom, ts)
    await newsroom.ana.selects("#vric", first.ts, "Spike")
    await newsroom.has_heard()

    await newsroom.ben.clicks("#vric", second.ts, "Second source")
    await newsroom.settles()

    assert "was faster" in newsroom.whispers(newsroom.ben)[-1].words
    assert ASKED not in second.words
    assert await states(newsroom) == [ItemState.SPIKED, ItemState.PENDING]


@OVER_A_SOCKET
async def test_the_question_says_the_title_as_it_is_by_then(newsroom: Newsroom) -> None:
    ts = await tankers(newsroom)
    await newsroom.drops(newsroom.ben, prints_pumps(newsroom), thread_ts=ts)

    await newsroom.ana.clicks("#vric", next(each for each in newsroom.replies(ts) if each.bot_id).ts, "Edit")
    await newsroom.has_heard()
    await newsroom.submits(newsroom.ana, {"Title": "Tankers sail"})

    assert "Is this a second source for Tankers sail?" in last_card(newsroom, ts).words


@OVER_HTTP
async def test_guests_do_not_say_what_a_reply_is(newsroom: Newsroom) -> None:
    gus = newsroom.guest()
    ts = await tankers(newsroom)
    await newsroom.drops(gus, prints_pumps(newsroom), thread_ts=ts)
    card = last_card(newsroom, ts)

    for label in ("Second source", "New item"):
        await newsroom.presses(gus, card, label)
        assert gus.whispers("#vric")[-1].words.startswith("Only the desk can do that")

    assert await states(newsroom) == [ItemState.FILED, ItemState.PENDING]
    assert ASKED in card.words


@OVER_A_SOCKET
async def test_in_a_direct_conversation_it_is_the_same(newsroom: Newsroom) -> None:
    ts = await newsroom.ben.posts(DIRECT, newsroom.press.prints("reuters.example/tankers", TANKERS))
    await newsroom.settles()

    await newsroom.ben.posts(DIRECT, prints_pumps(newsroom), thread_ts=ts)
    await newsroom.settles()

    card = [each for each in newsroom.ben.direct() if each.bot_id][-1]
    assert ASKED in card.words
    await newsroom.ben.clicks(DIRECT, card.ts, "Second source")
    await newsroom.settles()
    assert await states(newsroom) == [ItemState.PENDING, ItemState.SECOND_SOURCE]


@OVER_A_SOCKET
async def test_after_the_freeze_a_reply_under_the_closed_issue_is_an_item_of_the_next(newsroom: Newsroom) -> None:
    ts = await tankers(newsroom)
    await newsroom.commands(newsroom.ana, "/vric issue close")

    await newsroom.drops(newsroom.ben, prints_pumps(newsroom), thread_ts=ts)

    assert PUMPS in last_card(newsroom, ts).words
    assert ASKED not in last_card(newsroom, ts).words
