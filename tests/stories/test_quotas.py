"""Journeys 29 to 31: what an item would do to the promise, and what can be done where that would be too much."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.editorial.item import Item, ItemState
from bot.editorial.outlet import Verdict
from bot.ports import PrintedItem
from bot.sandbox.member import Member
from bot.sandbox.records import TEAM
from bot.sandbox.workspace import Message
from bot.settings import SHIPPED_HOUSE
from tests.newsroom import EACH_ONCE, OVER_HTTP, Newsroom

pytestmark = OVER_HTTP

CHECKED = ["Not reported by other media: I checked", "No opinion and no declaration"]
DOCTORS = "Cuba sends doctors & nurses to Iran"
GRAIN = "Caracas announces grain from Iran"
WORD = {"What is it about?": "Diplomatic", "What I checked": CHECKED}


@pytest.fixture
def further_settings(tmp_path: Path) -> dict[str, str]:
    """A house that plans 90 items, so that an issue of about a hundred is no forecast any more."""
    shipped = SHIPPED_HOUSE.read_text(encoding="utf-8")
    assert "planned_items = 100" in shipped
    house = tmp_path / "house.toml"
    house.write_text(shipped.replace("planned_items = 100", "planned_items = 90"), encoding="utf-8")
    return {"vric_house": str(house)}


async def has_already(newsroom: Newsroom, *, state: int, others: int) -> None:
    """The issue holds so many items of state media and others, in three sections."""
    async with newsroom.bot.database.unit_of_work() as work:
        (desk,) = await work.desks.all()
        issue = await work.issues.open_of(desk.id)
        assert issue is not None
        await work.items.add_printed(
            [
                PrintedItem(
                    desk=desk,
                    issue=issue,
                    place=place,
                    section=("iran", "hezbollah", "turkey")[place % 3],
                    summary=f"Dispatch {place}",
                    source="Agency",
                    published_on=date(2021, 1, 10),
                    language="en",
                    ruling=Verdict.STATE_MEDIA if place < state else Verdict.OTHER,
                    rank=None,
                    url=f"https://agency.example/{place}",
                    key=f"https://agency.example/{place}",
                    host="agency.example",
                    at=newsroom.clock() - timedelta(hours=1),  # more than a channel shows in a minute
                )
                for place in range(state + others)
            ]
        )


async def drops_doctors(newsroom: Newsroom) -> str:
    return await newsroom.drops(newsroom.ana, newsroom.press.prints("prensa-latina.example/doctors", DOCTORS))


async def drops_grain(newsroom: Newsroom) -> str:
    """Another story of state media, of another member."""
    return await newsroom.drops(newsroom.ben, newsroom.press.prints("telesur.example/grain", GRAIN))


async def holds(newsroom: Newsroom, member: Member, ts: str, *, under: str = "Iran") -> None:
    await newsroom.clicks(member, ts, "Hold")
    assert await newsroom.submits(member, {"Under which section?": under, **WORD}) == {}


async def full(newsroom: Newsroom) -> tuple[str, str]:
    """Ben's grain stands in an issue with 20 of 100 of state media; Ana drops another, which is one too many."""
    await has_already(newsroom, state=19, others=80)
    grain = await drops_grain(newsroom)
    await newsroom.accepts(newsroom.ben, grain, under="Russia")
    return grain, await drops_doctors(newsroom)


async def item_at(newsroom: Newsroom, ts: str) -> Item:
    (found,) = [item for item in await newsroom.items() if item.message == ts]
    return found


def asked(editor: Member) -> list[Message]:
    """What an editor is asked in private."""
    return [message for message in editor.direct() if "without waiting for room" in message.words]


@EACH_ONCE
async def test_the_card_says_what_an_item_would_do_to_the_promise(newsroom: Newsroom) -> None:
    await has_already(newsroom, state=18, others=79)

    card = newsroom.card(await drops_doctors(newsroom))

    assert "State media: Prensa Latina (state-owned, CU)" in card.words
    assert "If accepted: 19 of 98 = 19.4 % state media (limit 20 % of the overall issue" in card.words
    assert "Over the limit" not in card.words
    assert "Hold" not in card.buttons


@EACH_ONCE
async def test_over_the_limit_it_names_three_remedies_and_offers_to_hold_beside_filing(newsroom: Newsroom) -> None:
    await has_already(newsroom, state=20, others=77)

    ts = await drops_doctors(newsroom)

    card = newsroom.card(ts)
    assert "If accepted: 21 of 98 = 21.4 % state media" in card.words
    assert "Over the limit: swap 2, drop 2 or add 7 others." in card.words
    assert {"Hold", "See candidates", "Ask an editor", "Accept as state media"} <= set(card.buttons)
    await newsroom.accepts(newsroom.ana, ts, under="Iran")
    assert (await item_at(newsroom, ts)).state is ItemState.FILED
    assert "Blocks: state media are over the limit" in await newsroom.opens_fix_list()


@EACH_ONCE
async def test_early_in_an_issue_it_is_a_forecast_that_blocks_nothing(newsroom: Newsroom) -> None:
    card = newsroom.card(await drops_doctors(newsroom))

    assert "1 of 1 so far is state media; forecast 1 of 90 planned = 1.1 % (limit 20 %" in card.words
    assert "Hold" not in card.buttons


async def test_early_in_an_issue_the_forecast_is_what_the_remedies_mend(newsroom: Newsroom) -> None:
    await has_already(newsroom, state=18, others=2)

    card = newsroom.card(await drops_doctors(newsroom))

    assert "forecast 19 of 90 planned = 21.1 %" in card.words
    assert "Over the limit: swap 1, drop 1 or add 74 others." in card.words
    assert "Hold" in card.buttons


async def test_what_is_held_is_not_counted_and_returns_by_itself_when_there_is_room(newsroom: Newsroom) -> None:
    grain, doctors = await full(newsroom)
    await holds(newsroom, newsroom.ana, doctors)
    card = newsroom.card(doctors)
    assert "Held for Iran by Ana Ruiz: not counted, not printed." in card.words
    assert "when with it state media are within 20 % of the overall issue" in card.words
    assert "If it returned now: 21 of 101 = 20.8 % state media" in card.words
    assert card.buttons == ["See candidates", "Ask an editor", "Undo", "Remove"]
    assert "20 of 100 = 20 % state media" in await newsroom.commands(newsroom.ana, "/vric quota")
    assert DOCTORS not in await newsroom.printed()

    await newsroom.selects(newsroom.ben, grain, "Spike")

    card = newsroom.card(doctors)
    assert "filed in Iran by Ana Ruiz" in card.words
    assert "was held and returned by itself: there was room again" in card.words
    assert "Attested by Ana Ruiz: diplomatic" in card.words
    told = [message.words for message in newsroom.replies(doctors) if "there is room again" in message.words]
    assert told == [f"@{newsroom.ana.user.id}: there is room again, and {DOCTORS} is filed in Iran of No. 18."]
    assert (await newsroom.logged())[-3:] == ["held", "spiked", "returned"]


async def test_undoing_takes_back_that_it_was_held_before_and_after_it_returned(newsroom: Newsroom) -> None:
    grain, doctors = await full(newsroom)
    await holds(newsroom, newsroom.ana, doctors)
    await newsroom.clicks(newsroom.ana, doctors, "Undo")
    undone = await item_at(newsroom, doctors)
    assert (undone.state, undone.section, undone.attestation) == (ItemState.PENDING, None, None)
    assert "Hold" in newsroom.card(doctors).buttons

    await holds(newsroom, newsroom.ana, doctors)
    await newsroom.selects(newsroom.ben, grain, "Spike")
    await newsroom.clicks(newsroom.ana, doctors, "Undo")

    assert (await item_at(newsroom, doctors)).state is ItemState.PENDING
    await newsroom.clicks(newsroom.ben, grain, "Restore")
    assert (await item_at(newsroom, grain)).state is ItemState.FILED


async def test_room_that_is_there_by_the_time_of_the_click_is_used_at_once(newsroom: Newsroom) -> None:
    grain, doctors = await full(newsroom)
    await newsroom.clicks(newsroom.ana, doctors, "Hold")
    await newsroom.ben.selects("#vric", newsroom.card(grain).ts, "Spike")
    await newsroom.has_heard()

    await newsroom.submits(newsroom.ana, {"Under which section?": "Turkey", **WORD})

    assert "filed in Turkey by Ana Ruiz" in newsroom.card(doctors).words


async def test_the_same_link_cannot_come_in_again_while_it_is_held(newsroom: Newsroom) -> None:
    _, doctors = await full(newsroom)
    await holds(newsroom, newsroom.ana, doctors)
    before = len(await newsroom.items())

    await newsroom.drops(newsroom.ben, newsroom.press.prints("prensa-latina.example/doctors", DOCTORS))

    assert len(await newsroom.items()) == before


async def test_holding_asks_for_the_word_and_for_a_section_that_is_none_of_releases(newsroom: Newsroom) -> None:
    _, doctors = await full(newsroom)
    await newsroom.clicks(newsroom.ana, doctors, "Hold")

    refused = await newsroom.submits(newsroom.ana, {"What is it about?": "Diplomatic", "What I checked": CHECKED[:1]})

    assert list(refused) == ["checks"]
    assert (await item_at(newsroom, doctors)).state is ItemState.PENDING
    assert "Releases" not in newsroom.modal_words(newsroom.ana)


async def test_what_a_ruling_makes_no_state_media_returns(newsroom: Newsroom) -> None:
    _, doctors = await full(newsroom)
    await holds(newsroom, newsroom.ana, doctors)
    held = await item_at(newsroom, doctors)

    await newsroom.bot.desk.rule_on_outlet(
        held.id,
        Verdict.OTHER,
        workspace=TEAM,
        by=newsroom.ana.user.id,
        now=newsroom.clock(),
    )
    await newsroom.settles()

    assert "filed in Iran" in newsroom.card(doctors).words


async def test_what_is_still_held_when_the_issue_closes_goes_on_and_its_finder_is_told(newsroom: Newsroom) -> None:
    _, doctors = await full(newsroom)
    await holds(newsroom, newsroom.ana, doctors)

    await newsroom.commands(newsroom.ana, "/vric issue close")

    went_on = await item_at(newsroom, doctors)
    assert (went_on.state, went_on.section) == (ItemState.PENDING, None)
    told = [message.words for message in newsroom.replies(doctors) if "closed without room" in message.words]
    assert told == [
        f"@{newsroom.ana.user.id}: No. 18 closed without room for {DOCTORS}. It waits for a section of No. 19."
    ]


async def test_candidates_are_named_with_what_they_would_mend(newsroom: Newsroom) -> None:
    await has_already(newsroom, state=19, others=80)
    grain = await drops_grain(newsroom)
    await newsroom.accepts(newsroom.ben, grain, under="Russia")
    also = await newsroom.drops(newsroom.ben, newsroom.press.prints("reuters.example/grain", GRAIN + ", Maduro says"))
    doctors = await drops_doctors(newsroom)

    await newsroom.clicks(newsroom.ana, doctors, "See candidates")
    words = newsroom.modal_words(newsroom.ana)
    assert "If filed: 21 of 101 = 20.8 % state media" in words
    assert "Over the limit: swap 1, drop 1 or add 4 others." in words
    assert f"{GRAIN} (teleSUR, Russia): also {GRAIN}, Maduro says (Reuters, no section yet)." in words
    assert "4 additions that are not state media would make room" in words

    await newsroom.presses_in_form(newsroom.ana, "Use the other outlet")

    assert "If filed: 20 of 100 = 20 % state media" not in newsroom.modal_words(newsroom.ana)
    assert "If filed: 20 of 101 = 19.8 % state media" in newsroom.modal_words(newsroom.ana)
    assert "no filed item of state media is told by another outlet, too" in newsroom.modal_words(newsroom.ana)
    assert (await item_at(newsroom, also)).state is ItemState.FILED
    assert (await item_at(newsroom, grain)).state is ItemState.SPIKED


async def test_spiking_a_candidate_lets_what_is_held_return_the_oldest_first(newsroom: Newsroom) -> None:
    grain, doctors = await full(newsroom)
    await newsroom.drops(newsroom.ben, newsroom.press.prints("reuters.example/grain", GRAIN + ", Maduro says"))
    await holds(newsroom, newsroom.ana, doctors)
    later = await newsroom.drops(
        newsroom.ben, newsroom.press.prints("telesur.example/oil", "Oil prices in Caracas rise")
    )
    await holds(newsroom, newsroom.ben, later, under="Turkey")
    await newsroom.clicks(newsroom.ben, later, "See candidates")
    words = newsroom.modal_words(newsroom.ben)
    assert words.index(f"{DOCTORS}, for Iran, found by Ana Ruiz") < words.index(
        "Oil prices in Caracas rise, for Turkey"
    )

    await newsroom.presses_in_form(newsroom.ben, "Spike")

    assert (await item_at(newsroom, grain)).state is ItemState.SPIKED
    assert (await item_at(newsroom, doctors)).state is ItemState.FILED
    assert (await item_at(newsroom, later)).state is ItemState.HELD
    assert DOCTORS not in newsroom.modal_words(newsroom.ben)


async def test_the_quotas_are_told_with_their_rules_in_words(newsroom: Newsroom) -> None:
    _, doctors = await full(newsroom)
    await holds(newsroom, newsroom.ana, doctors)

    words = await newsroom.commands(newsroom.ana, "/vric quota")

    assert "state media are at most 20 % of the overall issue: dated items, releases and must reads" in words
    assert "1 item is held, and returns as soon as there is room, oldest first." in words
    advice = words.partition("They are more in ")[2].partition(".")[0]
    assert sorted(advice.split(", ")) == ["Iran (7 of 33)", "Russia (1 of 1)"]
    assert "each member brings 5 items that are filed, and you have 0 of 5 items" in words
    await newsroom.commands(newsroom.ana, "/vric draft")
    assert "Advice: state media are over 20 % in" in newsroom.draft().words
