"""Journeys 1 to 4, 8 and 10: a link is dropped, read, filed, moved and mended."""

from tests.newsroom import Newsroom

TANKERS = "Iran sends fleet of tankers to Venezuela"


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
    assert card.text == f"{TANKERS} (Reuters) waits for a section of No. 18."
