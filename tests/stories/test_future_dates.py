"""Journey 26: a page that bears a day in the future is asked about; its date is never guessed."""

import pytest

from tests.newsroom import EACH_ONCE, OVER_A_SOCKET, Newsroom

pytestmark = OVER_A_SOCKET

TANKERS = "Iran sends fleet of tankers to Venezuela"
ASKED = "The page says 3 Feb 2021, which is in the future."
EVENT = "It is an event date"
BLOCKS = f"Blocks: {TANKERS} is dated 3 Feb 2021, which is in the future."


def prints(newsroom: Newsroom, day: str = "2021-02-03", **more: str) -> str:
    return newsroom.press.prints("reuters.example/iran-oil", TANKERS, day=day, **more)


@EACH_ONCE
async def test_a_day_in_the_future_is_asked_about_and_blocks_until_it_is_decided(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, prints(newsroom))
    card = newsroom.card(ts)
    assert ASKED in card.words
    assert "this issue's window" not in card.words
    assert card.buttons[:3] == ["Set date", EVENT, "File in Iran"]
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    assert ASKED in newsroom.card(ts).words

    assert BLOCKS in await newsroom.opens_fix_list()


async def test_another_date_that_a_member_sets_is_taken(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, prints(newsroom))

    await newsroom.clicks(newsroom.ben, ts, "Set date")
    await newsroom.submits(newsroom.ben, {"Date": "2021-01-09"})

    card = newsroom.card(ts)
    assert ASKED not in card.words
    assert EVENT not in card.buttons
    assert "Reuters · 9 Jan 2021 · English" in card.words


async def test_the_date_of_an_event_counts_as_not_found_and_the_day_of_publication_is_asked_for(
    newsroom: Newsroom,
) -> None:
    ts = await newsroom.drops(newsroom.ana, prints(newsroom))

    await newsroom.clicks(newsroom.ben, ts, EVENT)

    card = newsroom.card(ts)
    assert ASKED not in card.words
    assert "Reuters · Date: not found · English" in card.words
    assert "Date taken out by Ben Okafor." in card.words
    assert "Set date" in card.buttons
    assert (await newsroom.logged())[-1] == "edited"
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    assert f"Blocks: {TANKERS} has no date." in await newsroom.opens_fix_list()


async def test_reading_the_page_again_does_not_bring_the_date_of_an_event_back_and_undoing_does(
    newsroom: Newsroom,
) -> None:
    ts = await newsroom.drops(newsroom.ana, prints(newsroom))
    await newsroom.clicks(newsroom.ben, ts, EVENT)

    await newsroom.selects(newsroom.ana, ts, "Read the page again")
    assert "Date: not found" in newsroom.card(ts).words
    await newsroom.clicks(newsroom.ana, ts, "Set date")
    await newsroom.presses_in_form(newsroom.ana, "Undo the last edit")

    assert "Reuters · 3 Feb 2021 · English" in newsroom.card(ts).words


@pytest.mark.parametrize(("day", "asked"), [("2021-01-12", False), ("2021-01-13", True)])
async def test_a_day_that_begins_within_a_day_is_accepted(newsroom: Newsroom, day: str, *, asked: bool) -> None:
    """It is ten in the morning in New York, on 11 January."""
    ts = await newsroom.drops(newsroom.ana, prints(newsroom, day))

    assert ("which is in the future" in newsroom.card(ts).words) is asked


async def test_days_in_the_future_are_not_offered_where_no_day_is_sure(newsroom: Newsroom) -> None:
    both = "<p>Tankers were seen off the coast.</p><p>Published 8 January 2021</p><p>3 February 2021</p>"
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS, day=None, body=both)

    ts = await newsroom.drops(newsroom.ana, link)

    card = newsroom.card(ts)
    assert "8 Jan 2021" in card.buttons
    assert "3 Feb 2021" not in card.buttons


async def test_two_who_call_it_the_date_of_an_event_at_once_are_both_right(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, prints(newsroom))
    card = newsroom.card(ts)

    for member in (newsroom.ana, newsroom.ben):
        await member.clicks("#vric", card.ts, EVENT)
        await newsroom.has_heard()
    await newsroom.settles()

    assert (newsroom.whispers(newsroom.ana), newsroom.whispers(newsroom.ben)) == ([], [])
    assert (await newsroom.logged()).count("edited") == 1


async def test_who_calls_it_so_after_somebody_dated_it_is_told(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, prints(newsroom))
    card = newsroom.card(ts)
    await newsroom.clicks(newsroom.ana, ts, "Set date")
    await newsroom.ana.submits({"Date": "2021-01-09"})
    await newsroom.has_heard()

    await newsroom.ben.clicks("#vric", card.ts, EVENT)
    await newsroom.settles()

    assert "Ana Ruiz was faster: the date is 9 Jan 2021 now." in newsroom.whispers(newsroom.ben)[-1].words


async def test_the_fix_list_offers_it_too_and_an_editor_may_let_the_date_pass(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, prints(newsroom))
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    await newsroom.opens_fix_list()
    await newsroom.presses_in_form(newsroom.ana, "Waive")
    await newsroom.submits(newsroom.ana, {"Why? It is printed in the record, with your name": "a magazine"})
    assert "which is in the future. Ana Ruiz let it pass: a magazine" in newsroom.modal_words(newsroom.ana)

    await newsroom.presses_in_form(newsroom.ana, "Take back")
    await newsroom.presses_in_form(newsroom.ana, EVENT)

    assert f"Blocks: {TANKERS} has no date." in newsroom.modal_words(newsroom.ana)


async def test_a_guest_does_not_decide(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, prints(newsroom))
    guest = newsroom.guest()

    await newsroom.clicks(guest, ts, EVENT)

    assert ASKED in newsroom.card(ts).words
    assert "edited" not in await newsroom.logged()
