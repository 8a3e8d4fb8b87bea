"""Journey 25: a date is found, or asked for; it is never guessed."""

from tests.newsroom import Newsroom

TANKERS = "Iran sends fleet of tankers to Venezuela"


async def test_a_page_without_a_date_is_asked_about_and_can_be_filed_meanwhile(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS, day=None))
    card = newsroom.card(ts)
    assert "Reuters · Date: not found · English" in card.words
    assert "Set date" in card.buttons

    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    await newsroom.commands(newsroom.ana, "/vric draft")

    draft = newsroom.draft()
    assert "– Reuters, undated" in newsroom.replies(draft.ts)[0].words
    await newsroom.presses(newsroom.ana, draft, "Fix list")
    assert f"Blocks: {TANKERS} has no date. Set it with Edit." in newsroom.modal_words(newsroom.ana)


async def test_a_date_that_a_member_sets_unblocks_the_draft(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS, day=None))

    await newsroom.clicks(newsroom.ana, ts, "Set date")
    assert newsroom.form(newsroom.ana)["Date"] is None
    await newsroom.submits(newsroom.ana, {"Date": "2021-01-09"})
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    await newsroom.commands(newsroom.ana, "/vric draft")

    await newsroom.presses(newsroom.ana, newsroom.draft(), "Fix list")
    assert "has no date" not in newsroom.modal_words(newsroom.ana)
    assert "– Reuters on 09-JAN" in newsroom.replies(newsroom.draft().ts)[0].words


async def test_where_a_page_names_several_dates_the_card_shows_the_one_used_and_the_others(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/2021/01/08/iran-oil", TANKERS, day="2021-01-11")

    ts = await newsroom.drops(newsroom.ana, link)

    assert "11 Jan 2021 (the page also says 8 Jan 2021)" in newsroom.card(ts).words


async def test_a_date_outside_the_window_is_advice_at_the_gate(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS, day="2020-11-21")
    ts = await newsroom.drops(newsroom.ana, link)
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")

    await newsroom.commands(newsroom.ana, "/vric draft")

    await newsroom.presses(newsroom.ana, newsroom.draft(), "Fix list")
    expected = f"Advice: {TANKERS} is dated 21 Nov 2020, outside the issue's window."
    assert expected in newsroom.modal_words(newsroom.ana)
