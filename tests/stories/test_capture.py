"""Journeys 1 to 4, 8 and 10: a link is dropped, read, filed, moved and mended."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.editorial.item import ItemState
from tests.newsroom import EACH_ONCE, OVER_HTTP, Newsroom

pytestmark = OVER_HTTP

NEW_YORK = ZoneInfo("America/New_York")
TANKERS = "Iran sends fleet of tankers to Venezuela"


@EACH_ONCE
async def test_a_dropped_link_brings_one_card_with_what_its_page_says(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS)

    ts = await newsroom.drops(newsroom.ana, f"Look at this: {link}")

    card = newsroom.card(ts)
    assert f"{TANKERS}\nReuters · 11 Jan 2021 · English" in card.words
    assert "Not state media: Reuters (independent, GB)" in card.words
    assert "If filed: 0 of 1 so far is state media; forecast 0 of 100 planned = 0 % (limit 20 %" in card.words
    assert "Saved for No. 18 by Ana Ruiz." in card.words
    assert card.buttons == ["File in Iran", "File in Venezuela", "File in The Bolivarian Network", "Edit"]
    assert "Hezbollah" in card.options
    assert card.text.startswith(f"{TANKERS} (Reuters) waits for a section of No. 18.\n")
    assert len(card.blocks) <= 3
    assert [each.state for each in await newsroom.items()] == [ItemState.PENDING]


async def test_a_slow_page_is_acknowledged_first_and_read_afterwards(newsroom: Newsroom) -> None:
    """While the page is awaited the member sees that the link is saved."""
    page = newsroom.press.holds_back("reuters.example/slow", TANKERS)
    ts = await newsroom.ana.posts("#vric", page.link)

    async with newsroom.while_reading(page):
        newsroom.clock.advance(timedelta(seconds=2))
        await newsroom.posts_what_is_due()
        acknowledged = newsroom.card(ts)
        assert "Saved. Reading the page…" in acknowledged.words
        assert acknowledged.text.startswith(f"Saved for No. 18: {page.link}\n")

    assert TANKERS in newsroom.card(ts).words
    assert newsroom.card(ts).ts == acknowledged.ts


async def test_a_page_that_does_not_answer_is_tried_again_and_the_member_knows_when(newsroom: Newsroom) -> None:
    link = newsroom.press.fails("reuters.example/down", 503)

    ts = await newsroom.drops(newsroom.ana, link)

    (item,) = await newsroom.items()
    assert item.retry_at is not None
    when = item.retry_at.astimezone(NEW_YORK)
    assert "I could not read it yet: The site answers with an error (503)." in newsroom.card(ts).words
    assert f"I will try again at {when:%H:%M}." in newsroom.card(ts).words
    newsroom.press.prints("reuters.example/down", TANKERS)
    await newsroom.passes(minutes=2)
    assert TANKERS in newsroom.card(ts).words
    assert "I could not read it" not in newsroom.card(ts).words


async def test_a_page_that_stays_silent_is_asked_of_the_member_and_its_link_is_kept(newsroom: Newsroom) -> None:
    link = newsroom.press.fails("reuters.example/down", 503)
    ts = await newsroom.drops(newsroom.ana, link)

    await newsroom.passes(minutes=2)
    await newsroom.passes(minutes=6)
    await newsroom.passes(minutes=16)

    assert "The site answers with an error (503). Saved anyway?" in newsroom.card(ts).words
    assert newsroom.card(ts).buttons == ["Keep and edit", "Remove"]
    assert [item.url for item in await newsroom.items()] == [link]


@EACH_ONCE
async def test_picking_a_section_files_the_item_and_undo_brings_it_back(newsroom: Newsroom) -> None:
    """The card collapses, the finder's count follows, and the log keeps both acts."""
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))

    await newsroom.clicks(newsroom.ana, ts, "File in Iran")

    filed = newsroom.card(ts)
    assert f"✓ {TANKERS}\nfiled in Iran by Ana Ruiz · 1 item (minimum 10)" in filed.words
    assert filed.buttons == ["Move", "Undo", "Edit"]
    assert filed.text.startswith(f"{TANKERS}: filed in Iran by Ana Ruiz.\n")
    assert "You have 1 of 5 items" in await newsroom.commands(newsroom.ana, "/vric status")

    await newsroom.clicks(newsroom.ana, ts, "Undo")

    assert "File in Iran" in newsroom.card(ts).buttons
    assert "You have 0 of 5 items" in await newsroom.commands(newsroom.ana, "/vric status")
    assert await newsroom.logged() == ["dropped", "read", "filed", "undone"]


async def test_any_other_section_is_in_the_select(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))

    await newsroom.selects(newsroom.ana, ts, "Hezbollah")

    assert "filed in Hezbollah by Ana Ruiz · 1 item (minimum 3)" in newsroom.card(ts).words


@EACH_ONCE
async def test_whoever_filed_an_item_is_told_when_somebody_else_moves_it(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")

    await newsroom.clicks(newsroom.ben, ts, "Move")
    assert newsroom.ben.modal is not None
    assert newsroom.ben.modal["title"]["text"] == "Move"
    await newsroom.submits(newsroom.ben, {"To which section?": "Hezbollah"})

    card, told = newsroom.replies(ts)
    assert "filed in Hezbollah by Ana Ruiz" in card.words
    assert "moved from Iran to Hezbollah by Ben Okafor" in card.words
    assert f"Ben Okafor moved {TANKERS} from Iran to Hezbollah." in told.words
    assert told.rings == {newsroom.ana.user.id}


async def test_whoever_moves_their_own_item_is_told_nothing(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")

    await newsroom.clicks(newsroom.ana, ts, "Move")
    await newsroom.submits(newsroom.ana, {"To which section?": "Hezbollah"})

    assert "moved from Iran to Hezbollah by Ana Ruiz" in newsroom.card(ts).words
    await newsroom.clicks(newsroom.ana, ts, "Undo")
    assert "filed in Iran by Ana Ruiz" in newsroom.card(ts).words


@EACH_ONCE
async def test_what_the_page_said_wrong_is_edited_and_marked(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))

    await newsroom.clicks(newsroom.ana, ts, "Edit")
    form = newsroom.form(newsroom.ana)
    assert (form["Title"], form["Source, as cited"], form["Date"]) == (TANKERS, "Reuters", "2021-01-11")
    refused = await newsroom.submits(newsroom.ana, {"Title": "", "Date": "2021-01-10"})
    assert refused == {"title": "Add a title."}
    refused = await newsroom.submits(newsroom.ana, {"Title": "Tankers sail", "Date": "2021-01-10"})

    assert refused == {}
    assert newsroom.ana.modal is None
    assert "Tankers sail\nReuters · 10 Jan 2021 · English" in newsroom.card(ts).words
    assert "Title edited by Ana Ruiz. Date edited by Ana Ruiz." in newsroom.card(ts).words


async def test_what_a_member_wrote_survives_a_second_reading(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    await newsroom.clicks(newsroom.ana, ts, "Edit")
    await newsroom.submits(newsroom.ana, {"Title": "Tankers sail"})

    await newsroom.selects(newsroom.ana, ts, "Read the page again")

    assert "Tankers sail" in newsroom.card(ts).words
    assert await newsroom.logged() == ["dropped", "read", "edited", "asked to read again", "read"]


async def test_a_spiked_item_leaves_the_issue_and_can_be_restored(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")

    await newsroom.selects(newsroom.ben, ts, "Spike")
    assert f"Spiked by Ben Okafor, kept on record: {TANKERS}" in newsroom.card(ts).words
    assert [each.state for each in await newsroom.items()] == [ItemState.SPIKED]
    await newsroom.clicks(newsroom.ana, ts, "Restore")

    assert "filed in Iran by Ana Ruiz" in newsroom.card(ts).words


async def test_a_note_is_kept_with_who_wrote_it(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))

    await newsroom.selects(newsroom.ben, ts, "Add a note")
    assert await newsroom.submits(newsroom.ben, {"Note for the desk": " "}) == {"note": "Write a note."}
    await newsroom.submits(newsroom.ben, {"Note for the desk": "Ships named in the annex"})

    assert "Note by Ben Okafor: Ships named in the annex" in newsroom.card(ts).words


@EACH_ONCE
async def test_three_links_bring_one_reply_with_three_rows(newsroom: Newsroom) -> None:
    links = [newsroom.press.prints(f"reuters.example/{n}", f"{TANKERS}, part {n}") for n in range(3)]

    ts = await newsroom.drops(newsroom.ana, " ".join(links))

    card = newsroom.card(ts)
    for number in range(3):
        assert f"{TANKERS}, part {number}" in card.words
    assert card.buttons.count("File in Iran") == 3
    await newsroom.clicks(newsroom.ana, ts, "File in Iran", nth=1)
    assert [each.section for each in await newsroom.items()] == [None, "iran", None]


async def test_twelve_links_are_counted_and_reviewed_in_pages_of_ten(newsroom: Newsroom) -> None:
    links = [newsroom.press.prints(f"reuters.example/{n}", f"{TANKERS}, part {n}") for n in range(14)]
    await newsroom.drops(newsroom.ben, " ".join(links[:2]))

    ts = await newsroom.drops(newsroom.ana, "\n".join(links))

    card = newsroom.card(ts)
    assert "14 links found, 2 already in this issue. 0 filed, 12 wait for a section." in card.words
    assert card.buttons == ["Review list"]
    await newsroom.clicks(newsroom.ana, ts, "Review list")
    assert "Page 1 of 2" in newsroom.modal_words(newsroom.ana)
    await newsroom.ana.clicks_in_modal("File in Iran", nth=0)
    await newsroom.settles()
    assert "filed in Iran" in newsroom.modal_words(newsroom.ana)
    assert "1 filed, 11 wait for a section." in newsroom.card(ts).words
    await newsroom.ana.clicks_in_modal("Next")
    await newsroom.settles()
    assert "Page 2 of 2" in newsroom.modal_words(newsroom.ana)
    assert f"{TANKERS}, part 13" in newsroom.modal_words(newsroom.ana)


@EACH_ONCE
async def test_a_mention_without_a_link_is_answered_with_the_status(newsroom: Newsroom) -> None:
    await newsroom.drops(newsroom.ana, "@vric how are we doing")

    said = newsroom.whispers(newsroom.ana)[-1].words
    assert "No. 18 closes Thu 14 Jan 2021 17:00 EST (3 days left)." in said
    assert "/vric help" in said
    assert newsroom.whispers(newsroom.ben) == []


async def test_a_mention_with_a_link_is_a_link(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS)

    ts = await newsroom.drops(newsroom.ana, f"@vric {link}")

    assert TANKERS in newsroom.card(ts).words
    assert newsroom.whispers(newsroom.ana) == []


async def test_a_link_in_a_thread_reply_gets_its_card_in_that_thread(newsroom: Newsroom) -> None:
    topic = await newsroom.drops(newsroom.ana, "Anything on the tankers?")
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS)

    await newsroom.drops(newsroom.ben, link, thread_ts=topic)

    reply, card = newsroom.replies(topic)
    assert reply.user == newsroom.ben.user.id
    assert TANKERS in card.words


async def test_a_link_can_be_added_by_command(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS)

    told = await newsroom.commands(newsroom.ana, f"/vric add {link}")

    assert "Saved for No. 18. Its card follows in #" in told
    assert TANKERS in newsroom.channel_posts()[-1].words


async def test_the_last_edit_is_undone_and_so_is_the_undoing(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    await newsroom.clicks(newsroom.ana, ts, "Edit")
    assert "Undo the last edit" not in newsroom.modal_words(newsroom.ana)
    await newsroom.submits(newsroom.ana, {"Title": "Tankers", "Date": "2021-01-09"})

    await newsroom.clicks(newsroom.ben, ts, "Edit")
    await newsroom.presses_in_form(newsroom.ben, "Undo the last edit")

    assert TANKERS in newsroom.modal_words(newsroom.ben)
    (item,) = await newsroom.items()
    assert (item.title, str(item.published_on)) == (TANKERS, "2021-01-11")
    await newsroom.clicks(newsroom.ana, ts, "Edit")
    await newsroom.presses_in_form(newsroom.ana, "Undo the last edit")
    (item,) = await newsroom.items()
    assert (item.title, str(item.published_on)) == ("Tankers", "2021-01-09")


async def test_an_edit_that_somebody_followed_is_not_undone(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    await newsroom.clicks(newsroom.ana, ts, "Edit")
    await newsroom.submits(newsroom.ana, {"Title": "Tankers"})
    await newsroom.clicks(newsroom.ana, ts, "Edit")
    await newsroom.clicks(newsroom.ben, ts, "Edit")
    await newsroom.submits(newsroom.ben, {"Title": "Two tankers"})

    await newsroom.presses_in_form(newsroom.ana, "Undo the last edit")

    (item,) = await newsroom.items()
    assert item.title == "Two tankers"
