"""Journey 22: a page that an earlier issue carried is known as such, and is used again for a reason."""

import pytest

from bot.editorial.item import ItemState
from tests.desk.test_archive import printed
from tests.newsroom import EACH_ONCE, OVER_A_SOCKET, Newsroom

pytestmark = OVER_A_SOCKET

TANKERS = "Iran sends fleet of tankers to Venezuela"
REASON = "Why is it used again, in one line?"
WAS_THERE = "Already in No. 17, Iran (Ben Okafor, 11 Jan)."


async def carries(newsroom: Newsroom, *links: str) -> None:
    """No. 17 has these pages, which Ben found and filed in Iran, and No. 18 is open."""
    await newsroom.commands(newsroom.ana, "/vric issue open 17")
    for link in links:
        ts = await newsroom.drops(newsroom.ben, link)
        await newsroom.clicks(newsroom.ben, ts, "File in Iran")
    await newsroom.commands(newsroom.ana, "/vric issue close")


def prints(newsroom: Newsroom, number: int = 1) -> str:
    return newsroom.press.prints(f"reuters.example/iran-oil-{number}", f"{TANKERS} {number}")


@EACH_ONCE
async def test_a_page_of_an_earlier_issue_is_offered_no_section_before_somebody_says_why(newsroom: Newsroom) -> None:
    link = prints(newsroom)
    await carries(newsroom, link)

    ts = await newsroom.drops(newsroom.ana, f"{link}?utm_source=whatsapp")

    card = newsroom.card(ts)
    assert WAS_THERE in card.words
    assert card.buttons == ["Not for this issue", "Use again"]
    assert not any(title in card.options for title in ("Venezuela", "Iran", "China"))
    assert "already in No. 17. Use it again, or not for No. 18?\n" in card.text


async def test_what_is_used_again_is_filed_as_any_other_and_its_reason_is_advice(newsroom: Newsroom) -> None:
    link = prints(newsroom)
    await carries(newsroom, link)
    ts = await newsroom.drops(newsroom.ben, link)

    await newsroom.clicks(newsroom.ana, ts, "Use again")
    assert await newsroom.submits(newsroom.ana, {REASON: "new  development & more"}) == {}

    card = newsroom.card(ts)
    assert WAS_THERE not in card.words
    assert "Was in No. 17, Iran; used again by Ana Ruiz: new development & more" in card.words
    assert (await newsroom.logged())[-1] == "used again"
    await newsroom.clicks(newsroom.ben, ts, "File in Iran")
    assert "filed in Iran by Ben Okafor" in newsroom.card(ts).words
    advice = f"Advice: {TANKERS} 1 was in No. 17, Iran; used again by Ana Ruiz: new development & more"
    assert advice in await newsroom.opens_fix_list()


async def test_what_is_not_for_this_issue_is_spiked_and_asked_about_again_when_it_is_restored(
    newsroom: Newsroom,
) -> None:
    link = prints(newsroom)
    await carries(newsroom, link)
    ts = await newsroom.drops(newsroom.ana, link)

    await newsroom.clicks(newsroom.ana, ts, "Not for this issue")

    assert "Spiked by Ana Ruiz, kept on record" in newsroom.card(ts).words
    assert [item.state for item in await newsroom.items()] == [ItemState.SPIKED]
    await newsroom.clicks(newsroom.ben, ts, "Restore")
    assert WAS_THERE in newsroom.card(ts).words
    assert newsroom.card(ts).buttons == ["Not for this issue", "Use again"]


@pytest.mark.parametrize("fate", ["Spike", "withdrawn", "waiting"])
async def test_what_an_earlier_issue_did_not_carry_is_as_new_as_any_other(newsroom: Newsroom, fate: str) -> None:
    await newsroom.commands(newsroom.ana, "/vric issue open 17")
    link = prints(newsroom)
    ts = await newsroom.drops(newsroom.ana, link)
    match fate:
        case "Spike":
            await newsroom.selects(newsroom.ana, ts, "Spike")
        case "withdrawn":
            await newsroom.ana.deletes("#vric", ts)
        case _:
            other = await newsroom.drops(newsroom.ana, prints(newsroom, 2))
            await newsroom.clicks(newsroom.ana, other, "File in Iran")
    await newsroom.settles()
    await newsroom.commands(newsroom.ana, "/vric issue close")

    if fate == "waiting":
        assert "Saved for No. 18 by Ana Ruiz." in newsroom.card(ts).words
    else:
        ts = await newsroom.drops(newsroom.ben, link)
    assert "Already in" not in newsroom.card(ts).words
    assert "File in Iran" in newsroom.card(ts).buttons


async def test_an_imported_issue_is_told_with_the_date_of_its_item_and_no_finder(newsroom: Newsroom) -> None:
    archive = newsroom.archive
    await archive.take_over(printed(16), "16.json", now=newsroom.clock(), tell=lambda _: None)

    ts = await newsroom.drops(newsroom.ana, "https://presstv.example/1")

    assert "Already in No. 16, Iran (1 Dec)." in newsroom.card(ts).words


async def test_of_several_issues_that_had_a_page_the_newest_is_named(newsroom: Newsroom) -> None:
    link = prints(newsroom)
    await carries(newsroom, link)
    ts = await newsroom.drops(newsroom.ana, link)
    await newsroom.clicks(newsroom.ana, ts, "Use again")
    await newsroom.submits(newsroom.ana, {REASON: "new development"})
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    await newsroom.commands(newsroom.ana, "/vric issue close")

    again = await newsroom.drops(newsroom.ben, link)

    assert "Already in No. 18, Iran (Ana Ruiz, 11 Jan)." in newsroom.card(again).words


async def test_a_reason_that_is_empty_is_asked_for_at_its_field(newsroom: Newsroom) -> None:
    link = prints(newsroom)
    await carries(newsroom, link)
    ts = await newsroom.drops(newsroom.ana, link)
    await newsroom.clicks(newsroom.ana, ts, "Use again")

    assert await newsroom.submits(newsroom.ana, {REASON: "   "}) == {"reason": "Say why, in one line."}

    assert newsroom.card(ts).buttons == ["Not for this issue", "Use again"]
    assert await newsroom.submits(newsroom.ana, {REASON: "new development"}) == {}
    assert "File in Iran" in newsroom.card(ts).buttons


async def test_of_two_who_give_a_reason_the_second_is_told_what_the_first_wrote(newsroom: Newsroom) -> None:
    link = prints(newsroom)
    await carries(newsroom, link)
    ts = await newsroom.drops(newsroom.ana, link)
    for member in (newsroom.ana, newsroom.ben):
        await newsroom.clicks(member, ts, "Use again")
    await newsroom.submits(newsroom.ana, {REASON: "new development"})

    refused = await newsroom.submits(newsroom.ben, {REASON: "it is back"})

    told = "Ana Ruiz was faster and gave a reason: “new development”. Nothing was overwritten; close the form."
    assert refused == {"reason": told}
    (item,) = await newsroom.items()
    assert item.used_again is not None
    assert item.used_again.words == "new development"
    assert (await newsroom.logged()).count("used again") == 1


async def test_a_reason_for_what_somebody_else_spiked_meanwhile_is_refused_in_the_form(newsroom: Newsroom) -> None:
    link = prints(newsroom)
    await carries(newsroom, link)
    ts = await newsroom.drops(newsroom.ana, link)
    await newsroom.clicks(newsroom.ana, ts, "Use again")
    await newsroom.clicks(newsroom.ben, ts, "Not for this issue")

    refused = await newsroom.submits(newsroom.ana, {REASON: "new development"})

    assert refused["reason"].startswith("The item changed while you were at it. Nothing was overwritten")
    assert [(item.state, item.used_again) for item in await newsroom.items()] == [(ItemState.SPIKED, None)]


@pytest.mark.parametrize("button", ["Not for this issue", "Use again"])
async def test_a_guest_decides_nothing_and_is_told_so_alone(newsroom: Newsroom, button: str) -> None:
    link = prints(newsroom)
    await carries(newsroom, link)
    ts = await newsroom.drops(newsroom.ana, link)
    gus = newsroom.guest()

    await newsroom.clicks(gus, ts, button)

    (told,) = gus.whispers("#vric")
    assert told.words.startswith("Only the desk can do that")
    assert gus.modal is None
    assert newsroom.card(ts).buttons == ["Not for this issue", "Use again"]


async def test_what_waits_for_a_reason_when_its_issue_closes_is_asked_about_in_the_next(newsroom: Newsroom) -> None:
    link = prints(newsroom)
    await carries(newsroom, link)
    ts = await newsroom.drops(newsroom.ana, link)
    await newsroom.clicks(newsroom.ana, ts, "Use again")

    await newsroom.commands(newsroom.ana, "/vric issue close")

    assert await newsroom.submits(newsroom.ana, {REASON: "new development"}) == {}
    assert "Saved for No. 19 by Ana Ruiz." in newsroom.card(ts).words
    assert "Was in No. 17, Iran; used again by Ana Ruiz: new development" in newsroom.card(ts).words


async def test_what_was_spiked_in_an_issue_that_closed_is_not_used_again(newsroom: Newsroom) -> None:
    link = prints(newsroom)
    await carries(newsroom, link)
    ts = await newsroom.drops(newsroom.ana, link)
    await newsroom.clicks(newsroom.ben, ts, "Use again")
    await newsroom.clicks(newsroom.ana, ts, "Not for this issue")
    await newsroom.commands(newsroom.ana, "/vric issue close")

    refused = await newsroom.submits(newsroom.ben, {REASON: "new development"})

    assert refused["reason"].startswith("No. 18 is closed: until it is published, editors alone change its items.")


async def test_the_question_and_the_reason_outlive_a_restart(newsroom: Newsroom) -> None:
    link = prints(newsroom)
    await carries(newsroom, link)
    ts = await newsroom.drops(newsroom.ana, link)

    await newsroom.restarts()
    await newsroom.clicks(newsroom.ana, ts, "Use again")
    await newsroom.restarts()
    await newsroom.submits(newsroom.ana, {REASON: "new development"})
    await newsroom.restarts()
    await newsroom.clicks(newsroom.ben, ts, "File in Iran")

    assert "used again by Ana Ruiz: new development" in newsroom.card(ts).words
    assert "used again by Ana Ruiz: new development" in await newsroom.opens_fix_list()


async def test_in_the_review_list_the_reason_is_asked_over_the_page_which_then_shows_its_sections(
    newsroom: Newsroom,
) -> None:
    links = [prints(newsroom, number) for number in range(4)]
    await carries(newsroom, *links[:2])
    ts = await newsroom.drops(newsroom.ana, " ".join(links))
    await newsroom.clicks(newsroom.ana, ts, "Review list")
    assert newsroom.modal_words(newsroom.ana).count("Already in No. 17, Iran") == 2

    await newsroom.ana.clicks_in_modal("Use again", nth=0)
    await newsroom.settles()
    assert newsroom.form(newsroom.ana) == {REASON: None}
    assert await newsroom.submits(newsroom.ana, {REASON: ""}) == {"reason": "Say why, in one line."}
    assert await newsroom.submits(newsroom.ana, {REASON: "new development"}) == {}

    assert newsroom.modal_words(newsroom.ana).count("Already in No. 17, Iran") == 1
    await newsroom.ana.clicks_in_modal("File in Iran", nth=0)
    await newsroom.settles()
    await newsroom.ana.clicks_in_modal("Not this issue")
    await newsroom.settles()
    found = [(item.state, item.used_again and item.used_again.words) for item in await newsroom.items()]
    assert found[:2] == [(ItemState.FILED, "new development"), (ItemState.SPIKED, None)]
    assert [state for state, _ in found[2:]] == [ItemState.PENDING, ItemState.PENDING]


async def test_a_form_that_is_closed_leaves_the_review_list_as_it_was(newsroom: Newsroom) -> None:
    links = [prints(newsroom, number) for number in range(4)]
    await carries(newsroom, links[0])
    ts = await newsroom.drops(newsroom.ana, " ".join(links))
    await newsroom.clicks(newsroom.ana, ts, "Review list")
    await newsroom.ana.clicks_in_modal("Use again")
    await newsroom.settles()

    await newsroom.ana.closes()

    assert "Already in No. 17, Iran" in newsroom.modal_words(newsroom.ana)
    assert "Page 1 of 1" in newsroom.modal_words(newsroom.ana)


async def test_a_page_that_is_gone_is_asked_about_once_it_is_used_again(newsroom: Newsroom) -> None:
    link = prints(newsroom)
    await carries(newsroom, link)
    newsroom.press.fails("reuters.example/iran-oil-1", 404)
    await newsroom.passes(hours=2)
    ts = await newsroom.drops(newsroom.ana, link)
    assert newsroom.card(ts).buttons == ["Not for this issue", "Use again"]

    await newsroom.clicks(newsroom.ana, ts, "Use again")
    await newsroom.submits(newsroom.ana, {REASON: "new development"})

    assert newsroom.card(ts).buttons == ["Keep and edit", "Remove"]


async def test_a_page_that_is_added_by_command_is_recognised(newsroom: Newsroom) -> None:
    link = prints(newsroom)
    await carries(newsroom, link)

    await newsroom.commands(newsroom.ana, f"/vric add {link}")

    (item,) = await newsroom.items()
    assert item.earlier is not None
    assert (item.earlier.number, item.earlier.section) == (17, "Iran")
