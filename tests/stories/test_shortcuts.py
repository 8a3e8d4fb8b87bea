"""Journey 5: a member adds the links of a message from its menu, whoever wrote it."""

import pytest

from bot.editorial.item import ItemState
from tests.newsroom import EACH_ONCE, OVER_A_SOCKET, OVER_HTTP, Newsroom
from tests.shortcuts import ADD_TO_ISSUE, LINKS, adds, opens_form

TANKERS = "Iran sends fleet of tankers to Venezuela"


async def before_the_bot(newsroom: Newsroom, text: str | None = None, *, thread_ts: str | None = None) -> str:
    """Ben posts something while the bot is not in the channel, three days before it comes; gives the message."""
    channel = newsroom.stand_in.workspace.channel("#vric")
    channel.members.discard(newsroom.stand_in.workspace.bot.id)
    said = text or newsroom.press.prints("reuters.example/tankers", TANKERS)
    ts = await newsroom.ben.posts("#vric", said, thread_ts=thread_ts)
    await newsroom.passes(days=3)
    channel.members.add(newsroom.stand_in.workspace.bot.id)
    return ts


@EACH_ONCE
async def test_a_message_of_three_days_ago_gets_its_card_with_credit_to_whoever_wrote_it(newsroom: Newsroom) -> None:
    ts = await before_the_bot(newsroom)

    await adds(newsroom, newsroom.ana, ts)

    assert TANKERS in newsroom.card(ts).words
    assert "by Ana Ruiz, found by Ben Okafor." in newsroom.card(ts).words
    assert newsroom.ana.modal is None
    (item,) = await newsroom.items()
    assert (item.found_by, item.added_by) == (newsroom.ben.user.id, newsroom.ana.user.id)
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    assert "You have 1 of 5 items" in await newsroom.commands(newsroom.ben, "/vric status")


@OVER_HTTP
async def test_an_answer_in_a_thread_gets_its_card_there(newsroom: Newsroom) -> None:
    top = await newsroom.drops(newsroom.ana, "About oil:")
    ts = await before_the_bot(newsroom, thread_ts=top)

    await adds(newsroom, newsroom.ana, ts)

    assert TANKERS in newsroom.card(top).words


@OVER_HTTP
async def test_a_message_without_a_link_is_answered_with_a_form_that_asks_for_one(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ben, "Did you see what Reuters says of the tankers?")
    link = newsroom.press.prints("reuters.example/tankers", TANKERS)

    await adds(newsroom, newsroom.ana, ts)

    assert "There is no link in this message. Paste one:" in newsroom.modal_words(newsroom.ana)
    assert newsroom.form(newsroom.ana) == {LINKS: None}
    assert await newsroom.submits(newsroom.ana, {LINKS: ""}) == {"links": "Write a link."}
    assert await newsroom.submits(newsroom.ana, {LINKS: link}) == {}
    assert "Saved for No. 18: 1 link. Its card follows in #" in newsroom.modal_words(newsroom.ana)
    assert "Saved for No. 18 by Ana Ruiz." in newsroom.card(ts).words
    (item,) = await newsroom.items()
    assert (item.found_by, item.added_by) == (newsroom.ana.user.id, None)

    await newsroom.ben.deletes("#vric", ts)
    await newsroom.settles()
    assert [each.state for each in await newsroom.items()] == [ItemState.PENDING]


@OVER_A_SOCKET
async def test_a_card_of_the_bot_holds_nothing_to_add(newsroom: Newsroom) -> None:
    """Its link is that of an item."""
    ts = await newsroom.drops(newsroom.ben, newsroom.press.prints("reuters.example/tankers", TANKERS))

    await adds(newsroom, newsroom.ana, newsroom.card(ts).ts)

    assert "There is no link in this message. Paste one:" in newsroom.modal_words(newsroom.ana)
    assert len(await newsroom.items()) == 1


@OVER_HTTP
async def test_what_looks_like_no_news_is_added_where_somebody_insists(newsroom: Newsroom) -> None:
    meeting = newsroom.press.prints("zoom.us/j/98765", "Join our call")
    tankers = newsroom.press.prints("reuters.example/tankers", TANKERS)
    ts = await before_the_bot(newsroom, f"{tankers} and {meeting}")

    await adds(newsroom, newsroom.ana, ts)

    assert "This looks like a meeting link. Nothing was saved. Add it anyway?" in newsroom.modal_words(newsroom.ana)
    assert newsroom.form(newsroom.ana) == {LINKS: f"{tankers}\n{meeting}"}
    assert await newsroom.items() == []
    assert await newsroom.submits(newsroom.ana, {}) == {}
    assert "Saved for No. 18: 2 links." in newsroom.modal_words(newsroom.ana)
    found = [(item.url, item.message, item.found_by, item.added_by) for item in await newsroom.items()]
    assert found == [(link, ts, newsroom.ben.user.id, newsroom.ana.user.id) for link in (tankers, meeting)]


@OVER_A_SOCKET
async def test_what_was_taken_out_of_the_form_is_not_added_and_what_was_typed_is_of_whoever_typed_it(
    newsroom: Newsroom,
) -> None:
    meeting = newsroom.press.prints("zoom.us/j/98765", "Join our call")
    tankers = newsroom.press.prints("reuters.example/tankers", TANKERS)
    envoy = newsroom.press.prints("infobae.example/envoy", "Tehran’s envoy lands in Caracas")
    ts = await before_the_bot(newsroom, f"{tankers} and {meeting}")
    await adds(newsroom, newsroom.ana, ts)

    assert await newsroom.submits(newsroom.ana, {LINKS: f"{tankers}\n{envoy}"}) == {}

    assert [(item.url, item.found_by) for item in await newsroom.items()] == [
        (tankers, newsroom.ben.user.id),
        (envoy, newsroom.ana.user.id),
    ]


@OVER_HTTP
async def test_what_is_in_the_issue_already_is_told_in_private_with_where_its_card_is(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/tankers", TANKERS)
    old = await before_the_bot(newsroom)
    ts = await newsroom.drops(newsroom.ben, link)
    await newsroom.clicks(newsroom.ben, ts, "File in Iran")

    for each in (ts, old):
        await adds(newsroom, newsroom.ana, each)
        told = newsroom.whispers(newsroom.ana)[-1]
        assert f"{TANKERS} is in No. 18 already, filed in Iran; Ben Okafor found it on" in told.words
        assert "See its card" in told.words
        assert any(target.endswith(f"/{newsroom.card(ts).ts}") for target in told.links)
    assert len(newsroom.whispers(newsroom.ana)) == 2
    assert newsroom.whispers(newsroom.ben) == []
    assert newsroom.replies(old) == []

    await opens_form(newsroom, newsroom.ben)
    await newsroom.submits(newsroom.ben, {LINKS: f"{link}?utm_source=mail", "Note for the desk": "See page 3"})
    assert "is in No. 18 already, filed in Iran" in newsroom.modal_words(newsroom.ben)
    assert "Note by Ben Okafor: See page 3" in newsroom.card(ts).words
    assert len(await newsroom.items()) == 1


@OVER_A_SOCKET
async def test_it_is_added_once_however_often_and_by_whom_and_no_emoji_takes_it_away(newsroom: Newsroom) -> None:
    ts = await before_the_bot(newsroom)

    await newsroom.ana.uses_message_shortcut("#vric", ts, ADD_TO_ISSUE)
    await newsroom.ana.uses_message_shortcut("#vric", ts, ADD_TO_ISSUE)
    await newsroom.ben.uses_message_shortcut("#vric", ts, ADD_TO_ISSUE)
    await newsroom.settles()
    assert "is in No. 18 already" in newsroom.whispers(newsroom.ben)[-1].words
    for _ in range(2):
        await newsroom.ben.reacts("#vric", ts, "pushpin")
        await newsroom.settles()

    assert "Saved for No. 18 by Ana Ruiz, found by Ben Okafor." in newsroom.card(ts).words
    assert [item.state for item in await newsroom.items()] == [ItemState.PENDING]
    assert (await newsroom.logged()).count("added to issue") == 1


@OVER_HTTP
async def test_guests_add_nothing_and_what_they_wrote_waits_for_an_editor(newsroom: Newsroom) -> None:
    gus = newsroom.guest()
    theirs = await before_the_bot(newsroom)

    await adds(newsroom, gus, theirs)
    assert gus.whispers("#vric")[-1].words.startswith("Only the desk can do that: you are a guest in this workspace.")
    await opens_form(newsroom, gus)
    assert gus.modal is None
    assert gus.direct()[-1].words.startswith("Only the desk can do that")
    assert await newsroom.items() == []

    meeting = newsroom.press.prints("infobae.example/envoy", "Tehran’s envoy lands in Caracas")
    channel = newsroom.stand_in.workspace.channel("#vric")
    channel.members.discard(newsroom.stand_in.workspace.bot.id)
    ts = await gus.posts("#vric", meeting)
    channel.members.add(newsroom.stand_in.workspace.bot.id)
    await adds(newsroom, newsroom.ben, ts)
    assert "An editor will look at it." in newsroom.card(ts).words


@OVER_A_SOCKET
async def test_an_address_of_ones_own_network_is_refused_in_the_words_of_every_other_link(newsroom: Newsroom) -> None:
    ts = await before_the_bot(newsroom, "http://10.0.0.7/plan")

    await adds(newsroom, newsroom.ana, ts)

    assert "I only read public web pages; this address is private or internal." in newsroom.card(ts).words


@OVER_A_SOCKET
async def test_of_a_message_with_a_link_that_cannot_be_read_the_others_are_added(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/tankers", TANKERS)
    ts = await before_the_bot(newsroom, f"{link} https://ana@tass.example/")

    await adds(newsroom, newsroom.ana, ts)

    assert TANKERS in newsroom.card(ts).words
    assert "“https://ana@tass.example/”: " in newsroom.whispers(newsroom.ana)[-1].words


@OVER_HTTP
async def test_the_card_undoes_what_was_added(newsroom: Newsroom) -> None:
    ts = await before_the_bot(newsroom)
    await adds(newsroom, newsroom.ana, ts)

    await newsroom.selects(newsroom.ana, ts, "Spike")
    assert [item.state for item in await newsroom.items()] == [ItemState.SPIKED]
    await adds(newsroom, newsroom.ana, ts)
    assert "is in No. 18 already, spiked;" in newsroom.whispers(newsroom.ana)[-1].words
    await newsroom.clicks(newsroom.ana, ts, "Restore")

    assert [item.state for item in await newsroom.items()] == [ItemState.PENDING]


@OVER_A_SOCKET
@pytest.mark.parametrize("subtype", [None, "bot_message"])
async def test_what_an_app_wrote_is_found_by_whoever_adds_it(newsroom: Newsroom, subtype: str | None) -> None:
    """Apps that nobody allowed are read by nobody else."""
    newsroom.stand_in.workspace.add_user("feed", "Feed", is_bot=True)
    await newsroom.stand_in.joins("#vric", "feed")
    link = newsroom.press.prints("reuters.example/tankers", TANKERS)
    ts = await newsroom.stand_in.member("feed").posts("#vric", link, subtype=subtype, bot_id="B0FEED")
    await newsroom.settles()
    assert await newsroom.items() == []

    await adds(newsroom, newsroom.ana, ts)

    (item,) = await newsroom.items()
    assert (item.found_by, item.added_by) == (newsroom.ana.user.id, newsroom.ana.user.id)


@OVER_A_SOCKET
async def test_an_earlier_issue_that_had_the_page_is_named_on_the_card(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/tankers", TANKERS)
    first = await newsroom.drops(newsroom.ben, link)
    await newsroom.clicks(newsroom.ben, first, "File in Iran")
    await newsroom.commands(newsroom.ana, "/vric issue close")
    ts = await newsroom.drops(newsroom.ben, "Once more:")
    await adds(newsroom, newsroom.ana, ts)

    await newsroom.submits(newsroom.ana, {LINKS: link})

    assert "Already in No. 18, Iran (Ben Okafor" in newsroom.card(ts).words
