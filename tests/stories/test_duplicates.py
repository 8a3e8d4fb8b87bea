"""Journeys 21 and 24: a page is in an issue once, however often it is dropped."""

import asyncio

import pytest

from bot.editorial.item import ItemState
from tests.newsroom import EACH_ONCE, OVER_HTTP, Newsroom

pytestmark = OVER_HTTP

TANKERS = "Iran sends fleet of tankers to Venezuela"


@EACH_ONCE
@pytest.mark.parametrize(
    "variant",
    [
        "reuters.example:{port}/iran-oil?utm_source=whatsapp&fbclid=abc",
        "m.reuters.example:{port}/iran-oil",
        "www.reuters.example:{port}/iran-oil/",
        "reuters.example:{port}/iran-oil#comments",
    ],
    ids=["tracking", "mobile", "slash", "fragment"],
)
async def test_whoever_drops_a_known_link_is_told_in_private_where_it_is(newsroom: Newsroom, variant: str) -> None:
    first = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    await newsroom.clicks(newsroom.ana, first, "File in Iran")

    second = await newsroom.drops(newsroom.ben, "http://" + variant.format(port=newsroom.press.port))

    (told,) = newsroom.whispers(newsroom.ben)
    assert f"Ana Ruiz filed {TANKERS} in Iran on Mon 11 Jan 2021 10:00 EST; it is in No. 18 once." in told.words
    assert told.buttons == ["Open", "Add a note"]
    assert newsroom.replies(second) == []
    assert len(await newsroom.items()) == 1
    assert newsroom.whispers(newsroom.ana) == []


async def test_a_note_can_be_added_to_what_somebody_else_filed(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS)
    first = await newsroom.drops(newsroom.ana, link)
    await newsroom.drops(newsroom.ben, link)
    (told,) = newsroom.whispers(newsroom.ben)

    await newsroom.presses(newsroom.ben, told, "Add a note")
    await newsroom.submits(newsroom.ben, {"Note for the desk": "Also on page 4 of the annex"})

    assert "Note by Ben Okafor: Also on page 4 of the annex" in newsroom.card(first).words


@EACH_ONCE
async def test_the_same_link_by_two_members_at_once_is_one_item_with_one_card(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS)

    drops = await asyncio.gather(newsroom.ana.posts("#vric", link), newsroom.ben.posts("#vric", link))
    await newsroom.settles()

    assert len(await newsroom.items()) == 1
    assert sorted(len(newsroom.replies(ts)) for ts in drops) == [0, 1]
    assert len(newsroom.whispers(newsroom.ana)) + len(newsroom.whispers(newsroom.ben)) == 1


async def test_the_same_link_twice_in_one_message_is_one_row(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS)

    ts = await newsroom.drops(newsroom.ana, f"{link} and again {link}?utm_medium=social")

    assert newsroom.card(ts).buttons.count("Edit") == 1
    assert len(await newsroom.items()) == 1
    assert newsroom.whispers(newsroom.ana) == []


async def test_an_event_that_is_delivered_again_brings_no_second_card(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS)
    ts = await newsroom.drops(newsroom.ana, link)
    event_id = newsroom.event_of(ts)

    await newsroom.stand_in.redelivers(event_id, times=3)
    await newsroom.settles()

    assert len(newsroom.replies(ts)) == 1
    assert len(await newsroom.items()) == 1
    assert newsroom.whispers(newsroom.ana) == []


async def test_a_spiked_page_may_come_again_as_a_new_item(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS)
    first = await newsroom.drops(newsroom.ana, link)
    await newsroom.selects(newsroom.ana, first, "Spike")

    second = await newsroom.drops(newsroom.ben, link)

    assert TANKERS in newsroom.card(second).words
    assert [item.state for item in await newsroom.items()] == [ItemState.SPIKED, ItemState.PENDING]
    await newsroom.clicks(newsroom.ana, first, "Restore")
    told = newsroom.whispers(newsroom.ana)[-1].words
    assert "bringing this item back would have it twice. Nothing was changed." in told


async def test_adding_a_known_link_by_command_says_so(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS)
    await newsroom.drops(newsroom.ana, link)

    told = await newsroom.commands(newsroom.ben, f"/vric add {link}")

    assert f"The issue has that page: {TANKERS}. Nothing was added twice." in told
    assert len(await newsroom.items()) == 1


@pytest.mark.parametrize("gone", ["deleted", "edited"])
async def test_a_page_that_its_first_message_lets_go_goes_on_with_the_next_one_that_holds_it(
    newsroom: Newsroom, gone: str
) -> None:
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS)
    first = await newsroom.drops(newsroom.ana, link)
    top = await newsroom.drops(newsroom.ana, "About oil:")
    second = await newsroom.drops(newsroom.ben, link, thread_ts=top)
    third = await newsroom.drops(newsroom.ana, f"Once more: {link}")

    if gone == "deleted":
        await newsroom.ana.deletes("#vric", first)
    else:
        await newsroom.ana.edits("#vric", first, "Never mind.")
    await newsroom.settles()

    assert f"Link removed by Ana Ruiz, kept on record: {TANKERS}" in newsroom.card(first).words
    assert "Saved for No. 18 by Ben Okafor." in newsroom.card(top).words
    assert newsroom.replies(third) == []
    await newsroom.ben.deletes("#vric", second)
    await newsroom.settles()
    assert "Saved for No. 18 by Ana Ruiz." in newsroom.card(third).words
    states = [(item.message, item.state) for item in await newsroom.items()]
    assert states == [
        (first, ItemState.WITHDRAWN),
        (second, ItemState.WITHDRAWN),
        (third, ItemState.PENDING),
    ]


async def test_a_message_that_takes_a_page_over_counts_it_once(newsroom: Newsroom) -> None:
    links = [newsroom.press.prints(f"reuters.example/{n}", f"{TANKERS}, part {n}") for n in range(5)]
    first = await newsroom.drops(newsroom.ana, links[0])
    second = await newsroom.drops(newsroom.ben, " ".join(links))
    assert "5 links found, 1 already in this issue." in newsroom.card(second).words

    await newsroom.ana.deletes("#vric", first)
    await newsroom.settles()

    assert "5 links found. 0 filed, 5 wait for a section." in newsroom.card(second).words


async def test_a_page_that_stands_in_no_other_message_any_more_goes_no_further(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS)
    first = await newsroom.drops(newsroom.ana, link)
    second = await newsroom.drops(newsroom.ben, link)
    await newsroom.ben.edits("#vric", second, "Never mind.")
    await newsroom.settles()

    await newsroom.ana.deletes("#vric", first)
    await newsroom.settles()

    (item,) = await newsroom.items()
    assert item.state is ItemState.WITHDRAWN
    assert newsroom.replies(second) == []
