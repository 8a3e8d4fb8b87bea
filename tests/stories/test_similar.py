"""Journey 23: the same story at another outlet is offered as similar; nothing has to be clicked."""

import pytest

from bot.editorial.item import ItemState
from tests.newsroom import EACH_ONCE, OVER_HTTP, Newsroom

pytestmark = OVER_HTTP

TANKERS = "Iran sends fleet of tankers to Venezuela"
ALSO_TANKERS = "Iran sends its biggest fleet of tankers to Venezuela yet"
SIMILAR = f"Similar: {TANKERS} (Reuters, Iran)."


async def two_outlets(newsroom: Newsroom) -> tuple[str, str]:
    """Ana files what Reuters says, then Ben drops what Infobae says of the same."""
    first = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/tankers", TANKERS))
    await newsroom.clicks(newsroom.ana, first, "File in Iran")
    second = await newsroom.drops(newsroom.ben, newsroom.press.prints("infobae.example/flota", ALSO_TANKERS))
    return first, second


async def states(newsroom: Newsroom) -> list[ItemState]:
    return [item.state for item in await newsroom.items()]


@EACH_ONCE
async def test_the_later_of_two_says_what_it_is_similar_to_and_both_stay_where_nothing_is_clicked(
    newsroom: Newsroom,
) -> None:
    first, second = await two_outlets(newsroom)

    assert SIMILAR in newsroom.card(second).words
    assert {"Keep both", "Replace", "Second source"} <= set(newsroom.card(second).buttons)
    assert "Similar" not in newsroom.card(first).words
    assert await states(newsroom) == [ItemState.FILED, ItemState.PENDING]

    await newsroom.clicks(newsroom.ben, second, "File in Iran")

    assert "filed in Iran by Ben Okafor · 2 items" in newsroom.card(second).words
    assert SIMILAR in newsroom.card(second).words


async def test_another_story_the_same_outlet_and_another_day_are_not_similar(newsroom: Newsroom) -> None:
    await two_outlets(newsroom)
    prints = newsroom.press.prints

    another = await newsroom.drops(
        newsroom.ben, prints("telesur.example/asamblea", "Lawmakers in Caracas choose Rodríguez")
    )
    own = await newsroom.drops(newsroom.ben, prints("reuters.example/again", TANKERS, day="2020-12-20"))

    assert "Similar" not in newsroom.card(another).words
    assert "Similar" not in newsroom.card(own).words


async def test_both_are_kept_and_it_is_not_asked_again(newsroom: Newsroom) -> None:
    _, second = await two_outlets(newsroom)
    seen = newsroom.card(second)

    await newsroom.clicks(newsroom.ana, second, "Keep both")

    assert "Similar" not in newsroom.card(second).words
    assert "Keep both" not in newsroom.card(second).buttons
    await newsroom.selects(newsroom.ben, second, "Read the page again")
    assert ALSO_TANKERS in newsroom.card(second).words
    assert "Similar" not in newsroom.card(second).words
    reuters, infobae = await newsroom.items()
    assert reuters.kept_beside == {str(infobae.id): newsroom.ana.user.id}
    assert infobae.kept_beside == {str(reuters.id): newsroom.ana.user.id}
    assert (await newsroom.logged()).count("kept beside") == 2
    assert seen.ts == newsroom.card(second).ts


async def test_one_takes_the_place_of_the_other_and_one_undo_brings_back_both(newsroom: Newsroom) -> None:
    first, second = await two_outlets(newsroom)

    await newsroom.clicks(newsroom.ben, second, "Replace")

    assert "filed in Iran by Ben Okafor · 1 item" in newsroom.card(second).words
    assert (
        f"Replaced by Ben Okafor with what another outlet says, kept on record: {TANKERS}" in newsroom.card(first).words
    )
    assert await states(newsroom) == [ItemState.SPIKED, ItemState.FILED]

    await newsroom.clicks(newsroom.ana, second, "Undo")

    assert "filed in Iran by Ana Ruiz · 1 item" in newsroom.card(first).words
    assert SIMILAR in newsroom.card(second).words
    assert await states(newsroom) == [ItemState.FILED, ItemState.PENDING]
    assert (await newsroom.logged())[-4:] == ["replaced", "took place", "undone", "undone"]


async def test_restoring_what_was_replaced_undoes_both_unless_the_other_went_on(newsroom: Newsroom) -> None:
    first, second = await two_outlets(newsroom)
    await newsroom.clicks(newsroom.ben, second, "Replace")
    await newsroom.clicks(newsroom.ana, first, "Restore")
    assert await states(newsroom) == [ItemState.FILED, ItemState.PENDING]

    await newsroom.clicks(newsroom.ben, second, "Replace")
    await newsroom.clicks(newsroom.ben, second, "Move")
    await newsroom.submits(newsroom.ben, {"To which section?": "Turkey"})
    await newsroom.clicks(newsroom.ana, first, "Restore")

    assert await states(newsroom) == [ItemState.FILED, ItemState.FILED]
    assert "filed in Turkey" in newsroom.card(second).words


async def test_one_becomes_the_second_source_of_the_other_and_is_not_counted(newsroom: Newsroom) -> None:
    first, second = await two_outlets(newsroom)

    await newsroom.clicks(newsroom.ben, second, "Second source")

    assert "Second source: Infobae." in newsroom.card(first).words
    assert f"Second source of {TANKERS} by Ben Okafor, kept on record: {ALSO_TANKERS}" in newsroom.card(second).words
    assert newsroom.card(second).buttons == ["Restore"]
    assert any("infobae.example" in link for link in newsroom.card(first).links)
    _, infobae = await newsroom.items()
    assert infobae.state is ItemState.SECOND_SOURCE
    assert "You have 0 of 5 items" in await newsroom.commands(newsroom.ben, "/vric status")
    await newsroom.ben.edits("#vric", second, f"Worth a look: {infobae.url}")
    await newsroom.settles()
    assert await states(newsroom) == [ItemState.FILED, ItemState.SECOND_SOURCE]

    await newsroom.clicks(newsroom.ana, second, "Restore")

    assert "Second source: Infobae" not in newsroom.card(first).words
    assert SIMILAR in newsroom.card(second).words
    assert await states(newsroom) == [ItemState.FILED, ItemState.PENDING]


async def test_whoever_clicks_after_somebody_else_decided_is_told_and_nothing_changes(newsroom: Newsroom) -> None:
    first, second = await two_outlets(newsroom)
    await newsroom.ana.clicks("#vric", newsroom.card(second).ts, "Second source")
    await newsroom.has_heard()  # and Ben's card shows the buttons still

    await newsroom.ben.clicks("#vric", newsroom.card(second).ts, "Replace")
    await newsroom.settles()

    told = newsroom.whispers(newsroom.ben)[-1].words
    assert told.startswith(
        "Ana Ruiz was faster, less than a second before you: the item is a second source now. Nothing was changed"
    )
    assert "filed in Iran by Ana Ruiz" in newsroom.card(first).words
    assert await states(newsroom) == [ItemState.FILED, ItemState.SECOND_SOURCE]


@pytest.mark.parametrize("choice", ["Replace", "Second source"])
async def test_a_click_on_an_old_card_does_not_undo_that_somebody_keeps_both(newsroom: Newsroom, choice: str) -> None:
    _, second = await two_outlets(newsroom)
    await newsroom.ana.clicks("#vric", newsroom.card(second).ts, "Keep both")
    await newsroom.has_heard()

    await newsroom.ben.clicks("#vric", newsroom.card(second).ts, choice)
    await newsroom.settles()

    assert newsroom.whispers(newsroom.ben)[-1].words.startswith("Ana Ruiz was faster and keeps both.")
    assert await states(newsroom) == [ItemState.FILED, ItemState.PENDING]


async def test_what_was_spiked_meanwhile_is_no_longer_similar_to_anything(newsroom: Newsroom) -> None:
    first, second = await two_outlets(newsroom)
    seen = newsroom.card(second).ts
    await newsroom.ana.selects("#vric", newsroom.card(first).ts, "Spike")
    await newsroom.has_heard()

    await newsroom.ben.clicks("#vric", seen, "Second source")
    await newsroom.settles()

    assert (
        "Ana Ruiz was faster, less than a second before you: the item is spiked now."
        in newsroom.whispers(newsroom.ben)[-1].words
    )
    assert await states(newsroom) == [ItemState.SPIKED, ItemState.PENDING]
    await newsroom.selects(newsroom.ben, second, "Read the page again")
    assert "Similar" not in newsroom.card(second).words


async def test_guests_decide_nothing(newsroom: Newsroom) -> None:
    newsroom.stand_in.workspace.add_user("gil", "Gil Guest", is_restricted=True)
    await newsroom.stand_in.joins("#vric", "gil")
    _, second = await two_outlets(newsroom)
    gil = newsroom.stand_in.member("gil")

    for button in ("Keep both", "Replace", "Second source"):
        await newsroom.clicks(gil, second, button)

    assert [message.words[:25] for message in gil.whispers("#vric")][-3:] == ["Only the desk can do that"] * 3
    assert SIMILAR in newsroom.card(second).words
    assert "kept beside" not in await newsroom.logged()


async def test_a_card_tells_of_the_other_as_that_stands(newsroom: Newsroom) -> None:
    first, second = await two_outlets(newsroom)

    await newsroom.selects(newsroom.ben, first, "Spike")
    assert "Similar:" not in newsroom.card(second).words
    assert "Keep both" not in newsroom.card(second).buttons

    await newsroom.clicks(newsroom.ben, first, "Restore")
    assert "Keep both" in newsroom.card(second).buttons

    await newsroom.clicks(newsroom.ben, first, "Move")
    await newsroom.submits(newsroom.ben, {"To which section?": "Russia"})
    assert f"Similar: {TANKERS} (Reuters, Russia)." in newsroom.card(second).words


async def test_a_link_that_is_taken_out_of_its_message_is_told_of_no_more(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/tankers", TANKERS)
    first = await newsroom.drops(newsroom.ana, link)
    second = await newsroom.drops(newsroom.ben, newsroom.press.prints("infobae.example/tankers", ALSO_TANKERS))
    assert "Keep both" in newsroom.card(second).buttons

    await newsroom.ana.edits("#vric", first, "Nothing to see here.")
    await newsroom.settles()
    assert "Keep both" not in newsroom.card(second).buttons

    await newsroom.ana.edits("#vric", first, link)
    await newsroom.settles()
    assert "Keep both" in newsroom.card(second).buttons


async def test_the_gate_names_both_until_somebody_keeps_them(newsroom: Newsroom) -> None:
    _, second = await two_outlets(newsroom)
    await newsroom.clicks(newsroom.ben, second, "File in Iran")
    advice = f"Advice: {TANKERS} (Reuters) and {ALSO_TANKERS} (Infobae) tell the same story."
    await newsroom.commands(newsroom.ana, "/vric draft")

    await newsroom.presses(newsroom.ana, newsroom.draft(), "Fix list")
    assert advice in newsroom.modal_words(newsroom.ana)

    await newsroom.presses_in_form(newsroom.ana, "Keep both")
    assert "tell the same story" not in newsroom.modal_words(newsroom.ana)
    assert SIMILAR not in newsroom.card(second).words


async def test_a_title_that_a_member_writes_is_compared_too(newsroom: Newsroom) -> None:
    await two_outlets(newsroom)
    third = await newsroom.drops(newsroom.ben, newsroom.press.prints("telesur.example/untitled", None))

    await newsroom.clicks(newsroom.ben, third, "Edit")
    await newsroom.submits(newsroom.ben, {"Title": "Iran sends tankers to Venezuela"})

    assert "Similar: Iran sends" in newsroom.card(third).words
