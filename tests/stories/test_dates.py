"""Journey 25: a date is found, or asked for; it is never guessed."""

from tests.newsroom import EACH_ONCE, OVER_HTTP, Newsroom

pytestmark = OVER_HTTP

TANKERS = "Iran sends fleet of tankers to Venezuela"
TWO_DAYS = "<p>Tankers were seen off the coast.</p><p>Published 8 January 2021</p><p>11 January 2021</p>"


@EACH_ONCE
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
    assert f"Blocks: {TANKERS} has no date." in newsroom.modal_words(newsroom.ana)


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
    expected = f"Advice: {TANKERS} is dated 21 Nov 2020, outside the issue's window (1 Dec 2020 to 14 Jan 2021)."
    assert expected in newsroom.modal_words(newsroom.ana)


def _prints_two_days(newsroom: Newsroom) -> str:
    return newsroom.press.prints("reuters.example/iran-oil", TANKERS, day=None, body=TWO_DAYS)


async def test_where_no_day_is_sure_the_card_asks_and_a_click_dates_the_item(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, _prints_two_days(newsroom))
    card = newsroom.card(ts)
    assert "Reuters · Date: not sure · English" in card.words
    assert "Is it 8 Jan 2021 or 11 Jan 2021?" in card.words
    assert {"8 Jan 2021", "11 Jan 2021", "Set date"} <= set(card.buttons)

    await newsroom.clicks(newsroom.ben, ts, "11 Jan 2021")

    card = newsroom.card(ts)
    assert "Reuters · 11 Jan 2021 · English" in card.words
    assert "Date edited by Ben" in card.words
    assert {"8 Jan 2021", "11 Jan 2021", "Set date"}.isdisjoint(card.buttons)
    assert (await newsroom.logged())[-1] == "edited"


async def test_the_question_stays_on_the_card_of_a_filed_item(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, _prints_two_days(newsroom))
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    assert "Is it 8 Jan 2021 or 11 Jan 2021?" in newsroom.card(ts).words

    await newsroom.clicks(newsroom.ana, ts, "8 Jan 2021")

    await newsroom.commands(newsroom.ana, "/vric draft")
    assert "– Reuters on 08-JAN" in newsroom.replies(newsroom.draft().ts)[0].words


async def test_of_two_who_choose_a_day_at_once_the_second_is_told_who_was_faster(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, _prints_two_days(newsroom))
    card = newsroom.card(ts)

    await newsroom.ana.clicks("#vric", card.ts, "8 Jan 2021")
    await newsroom.has_heard()
    await newsroom.ben.clicks("#vric", card.ts, "11 Jan 2021")
    await newsroom.settles()

    assert "Ana Ruiz was faster: the date is 8 Jan 2021 now." in newsroom.whispers(newsroom.ben)[-1].words
    assert "Reuters · 8 Jan 2021 · English" in newsroom.card(ts).words
    assert (await newsroom.logged()).count("edited") == 1


async def test_a_member_who_clicks_a_day_twice_is_told_nothing(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, _prints_two_days(newsroom))
    card = newsroom.card(ts)

    await newsroom.ana.clicks("#vric", card.ts, "8 Jan 2021")
    await newsroom.has_heard()
    await newsroom.ana.clicks("#vric", card.ts, "8 Jan 2021")
    await newsroom.settles()

    assert newsroom.whispers(newsroom.ana) == []
    assert (await newsroom.logged()).count("edited") == 1


async def test_an_old_card_asks_in_vain_where_the_page_was_read_again_and_is_sure(newsroom: Newsroom) -> None:
    link = _prints_two_days(newsroom)
    ts = await newsroom.drops(newsroom.ana, link)
    newsroom.press.prints("reuters.example/iran-oil", TANKERS, day="2021-01-10")
    await newsroom.passes(hours=2)
    await newsroom.ana.selects("#vric", newsroom.card(ts).ts, "Read the page again")
    await newsroom.has_heard()
    await newsroom.bot.desk.read_next(now=newsroom.clock())

    await newsroom.ben.clicks("#vric", newsroom.card(ts).ts, "8 Jan 2021")
    await newsroom.settles()

    told = newsroom.whispers(newsroom.ben)[-1].words
    assert "Another reading of the page was faster: the date is 10 Jan 2021 now." in told
    assert "Reuters · 10 Jan 2021" in newsroom.card(ts).words


@EACH_ONCE
async def test_the_last_day_of_the_year_stands_below_the_first_days_of_the_next(newsroom: Newsroom) -> None:
    """Journey 28."""
    for day, title in (("2020-12-31", "Iran ends the year"), ("2021-01-04", "Iran begins the year")):
        ts = await newsroom.drops(newsroom.ana, newsroom.press.prints(f"reuters.example/{day}", title, day=day))
        await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    await newsroom.commands(newsroom.ana, "/vric draft")
    draft = newsroom.draft()

    await newsroom.ana.selects("#vric", draft.ts, "Plain text")
    await newsroom.settles()

    shared = newsroom.replies(draft.ts)[-1]
    text = newsroom.stand_in.workspace.files[shared.files[0]["id"]]["content"].decode()
    newer, older = text.index("Iran begins the year"), text.index("Iran ends the year")
    assert newer < older
    assert "04-JAN" in text[newer:older]
    assert "31-DEC" in text[older:]
