"""Journeys 10 and 43: what the home says, for those who type."""

from tests.newsroom import EACH_ONCE, OVER_A_SOCKET, Newsroom

pytestmark = OVER_A_SOCKET

TANKERS = "Iran sends fleet of tankers to Venezuela"
SUGAR = "Cuba sells sugar to nobody in particular"


async def fills(newsroom: Newsroom) -> str:
    """Ben has filed one item and has to say more of another, whose message is given; Ana filed one of state media."""
    ts = await newsroom.drops(newsroom.ben, newsroom.press.prints("reuters.example/tankers", TANKERS))
    await newsroom.clicks(newsroom.ben, ts, "File in Iran")
    sugar = await newsroom.drops(newsroom.ben, newsroom.press.prints("unheard-of.example/sugar", SUGAR, day=None))
    link = newsroom.press.prints("telesur.example/rusia", "Russia and Iran talk of tankers")
    await newsroom.accepts(newsroom.ana, await newsroom.drops(newsroom.ana, link), under="Iran")
    return sugar


def said_in_blocks(newsroom: Newsroom) -> str:
    """The blocks of the last answer to Ben, as one text."""
    return "\n".join(block["text"]["text"] for block in newsroom.whispers(newsroom.ben)[-1].blocks)


@EACH_ONCE
async def test_status_tells_alone_whoever_asks_what_their_home_says(newsroom: Newsroom) -> None:
    await fills(newsroom)
    before = len(newsroom.channel_posts())

    said = await newsroom.commands(newsroom.ben, "/vric status")
    await newsroom.ben.opens_home()
    await newsroom.settles()

    for words in (
        "No. 18 closes Thu 14 Jan 2021 17:00 EST (3 days left).",
        "1 of 2 so far is state media; forecast 1 of 100 planned = 1 % (limit 20 % of the overall issue",
        "Yours\nYou have 1 of 5 items in this issue:",
        f"• {TANKERS}, Iran",
        "Still open: section, date, whether it is state media · its card",
        "New links are needed for Venezuela (0 of 10), ",
        "Coverage\nVenezuela: 0 items (minimum 10)",
        "Iran: 2 items (minimum 10), of which 1 is state media",
        "1 item waits for a section.",
    ):
        assert words in said
        assert words in newsroom.home_words(newsroom.ben)
    assert len(newsroom.channel_posts()) == before


async def test_what_is_read_aloud_of_the_status_is_the_essential(newsroom: Newsroom) -> None:
    await fills(newsroom)

    await newsroom.commands(newsroom.ben, "/vric status")

    text = newsroom.whispers(newsroom.ben)[-1].text
    assert text.startswith("No. 18 closes Thu 14 Jan 2021 17:00 EST (3 days left). 1 of 2 so far is state media;")
    assert text.endswith("You have 1 of 5 items in this issue, 1 link of yours waits. 12 sections are short.")
    assert TANKERS not in text


async def test_the_status_leads_to_the_card_of_what_waits(newsroom: Newsroom) -> None:
    sugar = await fills(newsroom)

    await newsroom.commands(newsroom.ben, "/vric status")

    assert f"/{newsroom.card(sugar).ts}|its card>" in said_in_blocks(newsroom)


async def test_an_editor_is_told_what_blocks_and_a_member_is_not(newsroom: Newsroom) -> None:
    await fills(newsroom)

    assert "Desk\n1 finding blocks No. 18." in await newsroom.commands(newsroom.ana, "/vric status")
    assert "blocks No. 18" not in await newsroom.commands(newsroom.ben, "/vric status")


async def test_whoever_asks_how_things_stand_is_answered_alone_with_a_hint(newsroom: Newsroom) -> None:
    await fills(newsroom)
    before = len(newsroom.channel_posts())

    await newsroom.drops(newsroom.ben, "@vric how are we doing")

    said = newsroom.whispers(newsroom.ben)[-1].words
    assert "No. 18 closes Thu 14 Jan 2021 17:00 EST (3 days left)." in said
    assert "You have 1 of 5 items in this issue:" in said
    assert "Drop a link here and I ask for its section. /vric help lists everything I can do." in said.replace("`", "")
    assert len(newsroom.channel_posts()) == before
