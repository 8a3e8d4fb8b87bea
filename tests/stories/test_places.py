"""Faults 9 and 14: links are read once, from where they are, and a click that comes too late is told so."""

from datetime import timedelta

import pytest

from bot.sandbox.person import TOO_LONG
from tests.newsroom import EACH_ONCE, OVER_A_SOCKET, Newsroom

pytestmark = OVER_A_SOCKET

TANKERS = "Iran sends fleet of tankers to Venezuela"
ENVOY = "Tehran’s envoy & the “bridge” to Caracas"


@EACH_ONCE
async def test_a_reply_that_is_also_sent_to_the_channel_is_read_once(newsroom: Newsroom) -> None:
    """Slack tells of it twice."""
    first = await newsroom.drops(newsroom.ben, "What is new?")
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS)

    ts = await newsroom.ana.posts("#vric", link, thread_ts=first, also_in_channel=True)
    await newsroom.settles()

    (item,) = await newsroom.items()
    assert (item.message, item.thread) == (ts, first)
    assert len([message for message in newsroom.replies(first) if message.bot_id]) == 1
    assert newsroom.whispers(newsroom.ana) == []


async def test_a_forwarded_message_is_read_where_it_stands_and_its_comment_here(newsroom: Newsroom) -> None:
    first = await newsroom.drops(newsroom.ben, newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    (original,) = [message for message in newsroom.stand_in.messages("#vric") if message.ts == first]
    link = newsroom.press.prints("infobae.example/envoy", ENVOY)

    ts = await newsroom.ana.forwards("#vric", original, f"Compare {link}")
    await newsroom.settles()

    assert [(item.message, item.url) for item in await newsroom.items()][1:] == [(ts, link)]
    assert newsroom.whispers(newsroom.ana) == []


async def test_the_comment_of_a_file_is_read(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS)

    ts = await newsroom.ana.shares_file("#vric", "tankers.png", f"From {link}")
    await newsroom.settles()

    assert [item.url for item in await newsroom.items()] == [link]
    assert TANKERS in newsroom.card(ts).words


async def test_a_message_that_is_forwarded_without_a_word_brings_nothing(newsroom: Newsroom) -> None:
    """It may come from a channel that the desk knows nothing of."""
    newsroom.stand_in.workspace.add_channel("lounge", [newsroom.ben.user.id, newsroom.ana.user.id])
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS)
    first = await newsroom.ben.posts("#lounge", link)
    (original,) = [message for message in newsroom.stand_in.messages("#lounge") if message.ts == first]

    ts = await newsroom.ana.forwards("#vric", original)
    await newsroom.settles()

    assert await newsroom.items() == []
    assert newsroom.replies(ts) == []


async def test_the_comment_of_a_file_in_a_thread_is_read_there(newsroom: Newsroom) -> None:
    first = await newsroom.drops(newsroom.ben, "What is new?")
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS)

    await newsroom.ana.posts("#vric", f"From {link}", thread_ts=first, subtype="file_share", files=[{"id": "F1"}])
    await newsroom.settles()

    assert TANKERS in newsroom.card(first).words


async def test_what_slack_attaches_to_a_message_is_not_in_it(newsroom: Newsroom) -> None:
    """A preview leads to pages of its own, and tells of them in words with links."""
    link, other = newsroom.press.prints("reuters.example/iran-oil", TANKERS), "https://reuters.example/more"
    preview = {"from_url": link, "title": TANKERS, "title_link": other, "text": f"See <{other}>", "image_url": other}

    ts = await newsroom.ana.posts("#vric", link, attachments=[preview])
    await newsroom.settles()
    await newsroom.stand_in.unfurls("#vric", ts, preview)
    await newsroom.settles()

    assert [item.url for item in await newsroom.items()] == [link]
    assert len([message for message in newsroom.replies(ts) if message.bot_id]) == 1


@pytest.mark.parametrize("further_settings", [{"vric_bots": "B0FEED"}])
@pytest.mark.parametrize("subtype", [None, "bot_message"])
async def test_a_message_of_an_app_that_is_allowed_is_read_once(newsroom: Newsroom, subtype: str | None) -> None:
    """What it attaches is not in it, and nobody is told in private what it brings a second time."""
    newsroom.stand_in.workspace.add_user("feed", "Feed", is_bot=True)
    await newsroom.stand_in.joins("#vric", "feed")
    feed = newsroom.stand_in.member("feed")
    link, other = newsroom.press.prints("reuters.example/iran-oil", TANKERS), "https://reuters.example/more"
    attached = [{"title": "More", "title_link": other, "text": f"<{other}|More>"}]

    ts = await feed.posts("#vric", link, subtype=subtype, bot_id="B0FEED", attachments=attached)
    await newsroom.settles()
    again = await feed.posts("#vric", link, subtype=subtype, bot_id="B0FEED")
    await newsroom.settles()

    assert [item.url for item in await newsroom.items()] == [link]
    assert TANKERS in newsroom.card(ts).words
    assert newsroom.replies(again) == []
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    assert "filed in Iran by Ana Ruiz" in newsroom.card(ts).words


async def edits_in_vain(newsroom: Newsroom, fault: str) -> tuple[str, str]:
    """Ana wants a form, and Slack does not open it; gives the message, and what she alone is told."""
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    newsroom.stand_in.fault("views.open", fault)
    await newsroom.clicks(newsroom.ana, ts, "Edit")
    (told,) = newsroom.whispers(newsroom.ana)
    return ts, told.words


@pytest.mark.parametrize("code", ["expired_trigger_id", "exchanged_trigger_id"])
@EACH_ONCE
async def test_a_click_whose_trigger_is_gone_is_told_in_one_line_and_the_next_one_works(
    newsroom: Newsroom, code: str
) -> None:
    ts, told = await edits_in_vain(newsroom, code)

    assert told == "That took too long and Slack let the window go. Nothing was changed; click again."
    assert newsroom.ana.modal is None
    await newsroom.clicks(newsroom.ana, ts, "Edit")
    assert newsroom.ana.modal is not None


@pytest.mark.parametrize("fault", ["ratelimited", "500_before", "internal_error", "hang_after"])
async def test_a_click_whose_form_slack_is_too_busy_to_open_is_told_so_and_the_next_one_works(
    newsroom: Newsroom, fault: str
) -> None:
    ts, told = await edits_in_vain(newsroom, fault)

    assert told == "Slack is too busy to take my answer. What was changed is kept; try again in a moment."
    await newsroom.clicks(newsroom.ana, ts, "Edit")
    assert newsroom.ana.modal is not None


@pytest.mark.parametrize("patience_s", [1])
async def test_a_click_that_is_acknowledged_too_late_is_told_in_one_line_and_the_next_one_works(
    newsroom: Newsroom,
) -> None:
    """A bot that has just started asks Slack whose token it has before its first listener runs."""
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    await newsroom.restarts()
    held = newsroom.stand_in.holds("auth.test")

    await newsroom.ana.clicks("#vric", newsroom.card(ts).ts, "Edit")
    assert held.asked.is_set()
    assert newsroom.ana.notices == [TOO_LONG]
    newsroom.clock.advance(timedelta(seconds=4))
    held.released.set()
    known: int | None = -1
    while known is not None and not newsroom.whispers(newsroom.ana):
        known = await newsroom.stand_in.workspace.changes.after(known)

    (told,) = newsroom.whispers(newsroom.ana)
    assert told.words == "That took too long and Slack let the window go. Nothing was changed; click again."
    assert newsroom.ana.modal is None
    await newsroom.clicks(newsroom.ana, ts, "Edit")
    assert newsroom.ana.modal is not None
    assert newsroom.ana.notices == [TOO_LONG]


async def test_a_click_is_acknowledged_before_slack_is_asked_who_clicked(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    await newsroom.passes(hours=2)
    held = newsroom.stand_in.holds("users.info")

    await newsroom.ben.clicks("#vric", newsroom.card(ts).ts, "File in Iran")

    assert newsroom.ben.notices == []
    await held.asked.wait()
    held.released.set()
    await newsroom.settles()
    assert "filed in Iran by Ben Okafor" in newsroom.card(ts).words
