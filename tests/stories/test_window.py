"""Journey 27: an item of another time is kept for a reason, left to the next issue, or removed."""

import pytest

from bot.editorial.item import ItemState
from tests.newsroom import EACH_ONCE, OVER_HTTP, Newsroom

pytestmark = OVER_HTTP

TANKERS = "Iran sends fleet of tankers to Venezuela"
REASON = "Why is it kept, in one line?"
OLDER = "Older than this issue's window (1 Dec – 14 Jan)."
OFFERED = ["Keep, with reason", "Next issue", "Remove"]


def prints(newsroom: Newsroom, day: str = "2020-11-21", number: int = 1) -> str:
    return newsroom.press.prints(f"reuters.example/iran-oil-{number}", TANKERS, day=day)


async def closes(newsroom: Newsroom) -> None:
    await newsroom.commands(newsroom.ana, "/vric issue close")


@EACH_ONCE
async def test_what_is_older_than_the_window_is_asked_about_and_can_be_filed_meanwhile(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, prints(newsroom))
    card = newsroom.card(ts)
    assert OLDER in card.words
    assert card.buttons[:4] == [*OFFERED, "File in Iran"]

    await newsroom.clicks(newsroom.ana, ts, "File in Iran")

    card = newsroom.card(ts)
    assert "filed in Iran by Ana Ruiz" in card.words
    assert OLDER in card.words
    assert card.buttons[:3] == OFFERED


async def test_what_is_newer_than_the_window_is_called_so(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, prints(newsroom, "2021-01-10"))
    assert "this issue's window" not in newsroom.card(ts).words

    await newsroom.clicks(newsroom.ana, ts, "Edit")
    await newsroom.submits(newsroom.ana, {"Date": "2021-01-20"})

    assert "Newer than this issue's window (1 Dec – 14 Jan)." in newsroom.card(ts).words


async def test_what_is_kept_with_a_reason_is_asked_about_no_more_and_the_reason_is_advice(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ben, prints(newsroom))
    await newsroom.clicks(newsroom.ben, ts, "File in Iran")

    await newsroom.clicks(newsroom.ana, ts, "Keep, with reason")
    assert await newsroom.submits(newsroom.ana, {REASON: " the background  of it "}) == {}

    card = newsroom.card(ts)
    assert OLDER not in card.words
    assert "Kept outside the window by Ana Ruiz: the background of it" in card.words
    assert set(OFFERED).isdisjoint(card.buttons)
    assert (await newsroom.logged())[-1] == "kept outside the window"
    advice = await newsroom.opens_fix_list()
    assert "is dated 21 Nov 2020, outside the issue's window (1 Dec 2020 to 14 Jan 2021); kept by Ana Ruiz: " in advice
    assert "kept by Ana Ruiz: the background of it" in advice


async def test_a_reason_that_is_empty_is_asked_for_at_its_field(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, prints(newsroom))
    await newsroom.clicks(newsroom.ana, ts, "Keep, with reason")

    assert await newsroom.submits(newsroom.ana, {REASON: "  "}) == {"reason": "Say why, in one line."}

    assert OLDER in newsroom.card(ts).words


async def test_of_two_who_keep_it_the_second_is_told_what_the_first_wrote(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, prints(newsroom))
    for member in (newsroom.ana, newsroom.ben):
        await newsroom.clicks(member, ts, "Keep, with reason")
    await newsroom.submits(newsroom.ana, {REASON: "background"})

    refused = await newsroom.submits(newsroom.ben, {REASON: "why not"})

    assert refused["reason"].startswith("Ana Ruiz was faster and gave a reason: “background”.")
    assert "Kept outside the window by Ana Ruiz: background" in newsroom.card(ts).words


async def test_what_is_removed_is_spiked_and_can_be_restored(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, prints(newsroom))

    await newsroom.clicks(newsroom.ben, ts, "Remove")

    assert "Spiked by Ben Okafor, kept on record" in newsroom.card(ts).words
    await newsroom.clicks(newsroom.ana, ts, "Restore")
    assert OLDER in newsroom.card(ts).words


@pytest.mark.parametrize("filed", [False, True])
async def test_what_is_held_over_counts_for_nothing_and_comes_back_to_where_it_was(
    newsroom: Newsroom, *, filed: bool
) -> None:
    ts = await newsroom.drops(newsroom.ana, prints(newsroom))
    if filed:
        await newsroom.clicks(newsroom.ana, ts, "File in Iran")

    await newsroom.clicks(newsroom.ben, ts, "Next issue")

    card = newsroom.card(ts)
    assert "Waits for No. 19. Held over by Ben Okafor." in card.words
    assert (card.buttons, card.options) == (["Back to No. 18"], [])
    assert "waits for the next issue" in await newsroom.commands(newsroom.ana, "/vric find tankers")
    await newsroom.commands(newsroom.ana, "/vric draft")
    assert newsroom.draft().words.startswith("Draft of No. 18: No items yet.")
    await newsroom.clicks(newsroom.ana, ts, "Back to No. 18")
    card = newsroom.card(ts)
    assert OLDER in card.words
    assert ("filed in Iran by Ana Ruiz" in card.words) is filed
    assert ("File in Iran" in card.buttons) is not filed
    assert [verb for verb in await newsroom.logged() if verb != "read"][-2:] == ["held over", "undone"]


async def test_the_next_issue_takes_what_waits_for_it_without_a_section(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, prints(newsroom, "2021-01-14"))
    await newsroom.clicks(newsroom.ana, ts, "Edit")
    await newsroom.submits(newsroom.ana, {"Date": "2021-01-20"})
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    await newsroom.clicks(newsroom.ana, ts, "Next issue")
    await newsroom.restarts()

    await closes(newsroom)

    (item,) = await newsroom.items()
    assert (item.state, item.section, item.filed_by) == (ItemState.PENDING, None, None)
    card = newsroom.card(ts)
    assert "Saved for No. 19 by Ana Ruiz." in card.words
    assert "this issue's window" not in card.words
    assert "File in Iran" in card.buttons
    assert any("1 link without a section went on into it" in each.words for each in newsroom.channel_posts())


async def test_what_an_issue_did_to_an_item_is_not_undone_in_the_next(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, prints(newsroom))
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    await newsroom.clicks(newsroom.ana, ts, "Next issue")
    await closes(newsroom)
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    card = newsroom.card(ts)

    for _ in range(2):
        await newsroom.ana.clicks("#vric", card.ts, "Undo")
        await newsroom.has_heard()
    await newsroom.settles()

    assert [item.state for item in await newsroom.items()] == [ItemState.PENDING]
    assert "nothing to undo" in newsroom.whispers(newsroom.ana)[-1].words


async def test_a_click_back_to_an_issue_that_closed_meanwhile_says_where_the_item_is(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, prints(newsroom))
    await newsroom.clicks(newsroom.ana, ts, "Next issue")
    card = newsroom.card(ts)
    await newsroom.ana.commands("#vric", "/vric issue close")
    await newsroom.has_heard()

    await newsroom.ben.clicks("#vric", card.ts, "Back to No. 18")
    await newsroom.settles()

    told = "Its issue closed meanwhile, and the item went on into No. 19. Nothing was changed; file it there."
    assert newsroom.whispers(newsroom.ben)[-1].words == told
    assert "Saved for No. 19 by Ana Ruiz." in newsroom.card(ts).words


async def test_a_filed_item_of_an_issue_that_closed_meanwhile_stays_in_it(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, prints(newsroom))
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    await newsroom.clicks(newsroom.ben, ts, "Keep, with reason")
    card = newsroom.card(ts)
    await newsroom.ana.commands("#vric", "/vric issue close")
    await newsroom.has_heard()

    await newsroom.ben.clicks("#vric", card.ts, "Next issue")
    await newsroom.settles()

    assert newsroom.whispers(newsroom.ben)[-1].words.startswith(
        "No. 18 is closed: until it is published, editors alone change its items."
    )
    refused = await newsroom.submits(newsroom.ben, {REASON: "background"})
    assert refused["reason"].startswith("No. 18 is closed")


async def test_of_two_who_leave_it_to_the_next_issue_the_second_is_told_who_was_faster(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, prints(newsroom))
    card = newsroom.card(ts)

    await newsroom.ana.clicks("#vric", card.ts, "Next issue")
    await newsroom.has_heard()
    await newsroom.ben.clicks("#vric", card.ts, "File in Iran")
    await newsroom.settles()

    assert (
        "Ana Ruiz was faster, less than a second before you: the item is held over now."
        in newsroom.whispers(newsroom.ben)[-1].words
    )
    assert "Waits for No. 19." in newsroom.card(ts).words


@pytest.mark.parametrize("button", OFFERED)
async def test_a_guest_decides_nothing_and_is_told_so_alone(newsroom: Newsroom, button: str) -> None:
    ts = await newsroom.drops(newsroom.ana, prints(newsroom))
    gus = newsroom.guest()

    await newsroom.clicks(gus, ts, button)

    (told,) = gus.whispers("#vric")
    assert told.words.startswith("Only the desk can do that")
    assert gus.modal is None
    assert newsroom.card(ts).buttons[:3] == OFFERED


async def test_a_guest_takes_nothing_back(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, prints(newsroom))
    await newsroom.clicks(newsroom.ana, ts, "Next issue")
    gus = newsroom.guest()

    await newsroom.clicks(gus, ts, "Back to No. 18")

    assert gus.whispers("#vric")[-1].words.startswith("Only the desk can do that")
    assert "Waits for No. 19." in newsroom.card(ts).words


async def test_a_page_that_waits_for_the_next_issue_is_not_stored_twice(newsroom: Newsroom) -> None:
    link = prints(newsroom)
    ts = await newsroom.drops(newsroom.ana, link)
    await newsroom.clicks(newsroom.ana, ts, "Next issue")

    await newsroom.drops(newsroom.ben, link)

    (told,) = newsroom.whispers(newsroom.ben)
    assert "it waits for the issue after No. 18." in told.words
    await closes(newsroom)
    assert [item.state for item in await newsroom.items()] == [ItemState.PENDING]


async def test_a_link_that_is_removed_while_it_waits_for_the_next_issue_is_withdrawn(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, prints(newsroom))
    await newsroom.clicks(newsroom.ana, ts, "Next issue")

    await newsroom.ana.deletes("#vric", ts)
    await newsroom.settles()

    assert "Link removed by Ana Ruiz" in newsroom.card(ts).words
    await newsroom.clicks(newsroom.ben, ts, "Restore")
    assert "Waits for No. 19." in newsroom.card(ts).words


async def test_in_the_review_list_each_is_kept_left_to_the_next_issue_or_removed(newsroom: Newsroom) -> None:
    links = [prints(newsroom, number=number) for number in range(4)]
    ts = await newsroom.drops(newsroom.ana, " ".join(links))
    await newsroom.clicks(newsroom.ana, ts, "Review list")

    await newsroom.ana.clicks_in_modal("Keep", nth=0)
    await newsroom.settles()
    await newsroom.submits(newsroom.ana, {REASON: "background"})
    for button in ("Next issue", "Remove"):
        await newsroom.ana.clicks_in_modal(button, nth=0)
        await newsroom.settles()

    found = [(item.state, item.kept_outside is not None) for item in await newsroom.items()]
    assert found == [
        (ItemState.PENDING, True),
        (ItemState.HELD_OVER, False),
        (ItemState.SPIKED, False),
        (ItemState.PENDING, False),
    ]
    assert newsroom.modal_words(newsroom.ana).count(OLDER) == 1
    await newsroom.ana.clicks_in_modal("Back to No. 18")
    await newsroom.settles()
    assert newsroom.modal_words(newsroom.ana).count(OLDER) == 2


async def test_three_items_with_every_question_are_one_message_of_four_blocks_each(newsroom: Newsroom) -> None:
    links = [prints(newsroom, number=number) for number in range(3)]

    ts = await newsroom.drops(newsroom.ana, " ".join(links))

    assert len(newsroom.card(ts).blocks) == 3 * 4
    assert newsroom.card(ts).buttons.count("Next issue") == 3
