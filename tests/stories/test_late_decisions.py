"""Journey 45: what editors decide of a late item, take back, and cannot decide any more."""

import pytest

from bot.desk.errors import EditorsOnlyError
from bot.sandbox.person import DIRECT
from bot.sandbox.records import TEAM
from tests.newsroom import OVER_A_SOCKET, Newsroom
from tests.stories.test_late_lane import (
    ASK,
    TANKERS,
    WHY,
    adds_editor,
    asked,
    decides,
    drops_late,
    late_item,
    numbers,
    prints,
    verbs,
)

pytestmark = OVER_A_SOCKET


@pytest.mark.parametrize(("reason", "said"), [("too thin", ": too thin"), (None, ".")])
async def test_what_is_declined_stays_in_the_next_issue_and_the_asker_is_told(
    newsroom: Newsroom, reason: str | None, said: str
) -> None:
    ts = await drops_late(newsroom)
    await newsroom.clicks(newsroom.ben, ts, ASK)

    await decides(newsroom, newsroom.ana, "Decline")
    await newsroom.submits(newsroom.ana, {WHY: f" {reason} "} if reason else {})

    assert (await numbers(newsroom))[TANKERS] == 19
    assert f"Ana Ruiz did not add {TANKERS} to No. 18{said}" in newsroom.ben.direct()[-1].words
    assert f"Not added to No. 18: declined by Ana Ruiz{said}" in newsroom.card(ts).words
    assert "Saved for No. 19 by Ben Okafor." in newsroom.card(ts).words
    assert "Declined by Ana Ruiz at 17:0" in asked(newsroom.ana).words


async def test_an_editor_takes_a_decision_back_and_the_editors_decide_anew(newsroom: Newsroom) -> None:
    eva = await adds_editor(newsroom)
    ts = await drops_late(newsroom)
    await newsroom.clicks(newsroom.ben, ts, "File in Iran")
    await newsroom.clicks(newsroom.ben, ts, ASK)
    await decides(newsroom, newsroom.ana, "Accept")

    await decides(newsroom, eva, "Undo")

    assert (await numbers(newsroom))[TANKERS] == 19
    assert "· 1 item ·" in newsroom.draft().words
    assert asked(newsroom.ana).buttons == ["Accept", "Decline"]
    assert "The editors decide anew" in newsroom.ben.direct()[-1].words
    card = newsroom.card(ts)
    assert "filed in Iran by Ben Okafor" in card.words
    assert "Late:" not in card.words
    await decides(newsroom, newsroom.ana, "Accept")
    assert (await numbers(newsroom))[TANKERS] == 18
    assert len(newsroom.ben.direct()) == 1


async def test_of_two_editors_one_decides_and_the_other_is_told(newsroom: Newsroom) -> None:
    eva = await adds_editor(newsroom)
    ts = await drops_late(newsroom)
    await newsroom.clicks(newsroom.ben, ts, ASK)
    await eva.clicks(DIRECT, asked(eva).ts, "Decline")

    await newsroom.ana.clicks(DIRECT, asked(newsroom.ana).ts, "Accept")
    await newsroom.has_heard()
    refused = await newsroom.submits(eva, {WHY: "too thin"})

    assert refused["reason"].startswith("Ana Ruiz accepted it at 17:0")
    assert (await numbers(newsroom))[TANKERS] == 18


async def test_an_editor_who_accepts_twice_is_told_nothing(newsroom: Newsroom) -> None:
    ts = await drops_late(newsroom)
    await newsroom.clicks(newsroom.ben, ts, ASK)
    message = asked(newsroom.ana)

    for _ in range(2):
        await newsroom.ana.clicks(DIRECT, message.ts, "Accept")
        await newsroom.has_heard()
    await newsroom.settles()

    assert (await verbs(newsroom, await late_item(newsroom))).count("added late") == 1
    assert [each.words for each in newsroom.ana.whispers(DIRECT)] == []


async def test_who_is_no_editor_decides_nothing(newsroom: Newsroom) -> None:
    ts = await drops_late(newsroom)
    await newsroom.clicks(newsroom.ben, ts, ASK)
    desk, who = newsroom.bot.desk, {"workspace": TEAM, "by": newsroom.ben.user.id}

    for refused in (
        desk.accept_late(1, **who, now=newsroom.clock()),
        desk.decline_late(1, "", **who, now=newsroom.clock()),
        desk.take_decision_back(1, **who, now=newsroom.clock()),
    ):
        with pytest.raises(EditorsOnlyError):
            await refused

    assert asked(newsroom.ana).buttons == ["Accept", "Decline"]


async def test_a_page_that_the_closed_issue_has_is_not_added_again(newsroom: Newsroom) -> None:
    """Two messages bring one page late; the second is in the next issue again when the first was added."""
    ts = await drops_late(newsroom)
    await newsroom.clicks(newsroom.ben, ts, ASK)
    await decides(newsroom, newsroom.ana, "Accept")
    again = await newsroom.drops(newsroom.ben, prints(newsroom))

    await newsroom.clicks(newsroom.ben, again, ASK)

    assert f"The issue has that page: {TANKERS}" in newsroom.whispers(newsroom.ben)[-1].words
    assert ASK in newsroom.card(again).buttons


async def test_what_was_added_goes_back_only_where_the_open_issue_has_not_the_page(newsroom: Newsroom) -> None:
    ts = await drops_late(newsroom)
    await newsroom.clicks(newsroom.ben, ts, ASK)
    await decides(newsroom, newsroom.ana, "Accept")
    await newsroom.drops(newsroom.ben, prints(newsroom))

    await decides(newsroom, newsroom.ana, "Undo")

    assert "The issue has that page" in newsroom.ana.whispers(DIRECT)[-1].words
    assert (await late_item(newsroom)).late is not None


async def test_an_item_that_was_spiked_meanwhile_is_not_added(newsroom: Newsroom) -> None:
    ts = await drops_late(newsroom)
    await newsroom.clicks(newsroom.ben, ts, ASK)
    await newsroom.selects(newsroom.ben, ts, "Spike")

    await decides(newsroom, newsroom.ana, "Accept")

    assert (
        "Ben Okafor was faster, 1 second before you: the item is spiked now." in newsroom.ana.whispers(DIRECT)[-1].words
    )
    assert (await numbers(newsroom))[TANKERS] == 19
