"""Journey 50: several desks in a workspace, each with its own house and issues; a channel without one gets one."""

import pytest

from bot.editorial.item import Item
from bot.sandbox.member import Member
from tests.newsroom import EACH_ONCE, Newsroom

pytestmark = EACH_ONCE

TANKERS = "Iran sends fleet of tankers to Venezuela"
DIGEST = "WEEKLY DIGEST (digest): 5 sections"
AFRICA = {"Template": DIGEST, "Title of the publication": "AFRICA MONITOR", "Time zone of the desk": "Africa/Nairobi"}


def africa_is_a_channel(newsroom: Newsroom, *people: str) -> None:
    """There is a channel in which Ana and Ben are, and nobody's desk."""
    ids = [newsroom.ana.user.id, newsroom.ben.user.id, *people]
    newsroom.stand_in.workspace.add_channel("africa", ids)


async def types(member: Member, newsroom: Newsroom, channel: str, text: str) -> None:
    await member.commands(channel, text)
    await newsroom.settles()


async def sets_up(newsroom: Newsroom, **further: str) -> None:
    """Ana makes #africa a desk of the weekly digest, and the bot is invited."""
    await types(newsroom.ana, newsroom, "#africa", "/vric setup")
    assert await newsroom.submits(newsroom.ana, AFRICA | further) == {}
    await newsroom.stand_in.invites_bot("#africa")
    await newsroom.settles()


async def items_at(newsroom: Newsroom, channel: str) -> list[Item]:
    place = newsroom.stand_in.workspace.channel(channel).id
    async with newsroom.bot.database.unit_of_work() as work:
        desk = next(each for each in await work.desks.all() if each.channel == place)
        issue = await work.issues.open_of(desk.id)
        return list(await work.items.of_issue(issue.id)) if issue is not None else []


def card_in(newsroom: Newsroom, channel: str, ts: str) -> str:
    (card,) = [each for each in newsroom.stand_in.thread(channel, ts) if each.bot_id]
    return card.words


def whispered(newsroom: Newsroom, channel: str) -> str:
    return newsroom.ana.whispers(channel)[-1].words


async def test_a_channel_without_a_desk_is_set_up_from_its_button_and_the_same_link_is_an_item_of_each(
    newsroom: Newsroom,
) -> None:
    africa_is_a_channel(newsroom)
    await types(newsroom.ana, newsroom, "#africa", "/vric status")
    offer = newsroom.ana.whispers("#africa")[-1]
    assert "This channel has no desk" in offer.words
    assert offer.buttons == ["Set up"]

    await newsroom.ana.clicks("#africa", offer.ts, "Set up")
    await newsroom.settles()
    assert await newsroom.submits(newsroom.ana, AFRICA | {"Deadline of the first issue": "2021-01-20 12:00"}) == {}
    assert "is the desk of AFRICA MONITOR now. No. 1 closes Wed 20 Jan 2021 12:00 EAT" in newsroom.modal_words(
        newsroom.ana
    )
    await newsroom.stand_in.invites_bot("#africa")
    await newsroom.settles()

    link = newsroom.press.prints("reuters.example/tankers", TANKERS)
    here = await newsroom.drops(newsroom.ana, link)
    there = await newsroom.ben.posts("#africa", link)
    await newsroom.settles()
    assert "File in Iran" in newsroom.card(here).buttons
    assert "Saved for No. 18 by Ana Ruiz" in newsroom.card(here).words
    assert "Saved for No. 1 by Ben Okafor" in card_in(newsroom, "#africa", there)
    assert "Another desk of this workspace has this page, too." in card_in(newsroom, "#africa", there)
    assert "Ana" not in card_in(newsroom, "#africa", there)
    assert [len(await items_at(newsroom, channel)) for channel in ("#vric", "#africa")] == [1, 1]


async def test_each_desk_files_counts_and_drafts_by_its_own_house(newsroom: Newsroom) -> None:
    africa_is_a_channel(newsroom)
    await sets_up(newsroom)
    link = newsroom.press.prints("reuters.example/bank", "Central bank of Kenya raises rates as inflation grows")
    ts = await newsroom.ben.posts("#africa", link)
    await newsroom.settles()
    (card,) = [each for each in newsroom.stand_in.thread("#africa", ts) if each.bot_id]
    assert "File in Economy" in card.buttons

    await newsroom.ben.clicks("#africa", card.ts, "File in Economy")
    await newsroom.settles()
    await newsroom.settles()
    assert "filed in Economy by Ben Okafor · 1 item (minimum 3)" in card_in(newsroom, "#africa", ts)
    await types(newsroom.ana, newsroom, "#africa", "/vric draft")
    drafts = [each.words for each in newsroom.stand_in.messages("#africa") if "Draft of" in each.words]
    assert [words.partition(" · ")[0] for words in drafts] == ["Draft of No. 1"]
    assert not any("Draft of" in each.words for each in newsroom.channel_posts())
    assert newsroom.stand_in.messages("#africa")[0].words.startswith("This channel is the desk of AFRICA MONITOR now")
    await types(newsroom.ana, newsroom, "#africa", "/vric status")
    assert whispered(newsroom, "#africa").startswith("No. 1 closes Fri 15 Jan 2021 15:00 EAT")
    assert "Economy: 1 item" in whispered(newsroom, "#africa")
    assert (await newsroom.commands(newsroom.ana, "/vric status")).startswith("No. 18 closes Thu 14 Jan 2021 17:00 EST")


async def test_an_empty_desk_is_set_up_anew_and_one_with_items_keeps_its_house(newsroom: Newsroom) -> None:
    africa_is_a_channel(newsroom)
    await sets_up(newsroom)
    await types(newsroom.ana, newsroom, "#africa", "/vric setup")
    assert await newsroom.submits(newsroom.ana, {"Title of the publication": "SAHEL LETTER"}) == {}
    assert "is the desk of SAHEL LETTER now" in newsroom.modal_words(newsroom.ana)

    await newsroom.ben.posts("#africa", newsroom.press.prints("reuters.example/tankers", TANKERS))
    await newsroom.settles()
    await types(newsroom.ana, newsroom, "#africa", "/vric setup")
    assert "This channel is the desk of SAHEL LETTER, and links were dropped there already" in whispered(
        newsroom, "#africa"
    )


async def test_what_cannot_be_stored_is_said_at_its_field_and_nothing_is_lost(newsroom: Newsroom) -> None:
    guest = newsroom.stand_in.workspace.add_user("gus", "Gus Guest", is_restricted=True)
    africa_is_a_channel(newsroom, guest.id)
    await types(newsroom.ana, newsroom, "#africa", "/vric setup")

    wrong = {"Time zone of the desk": "Nairobi time", "Deadline of the first issue": "some day"}
    assert await newsroom.submits(newsroom.ana, wrong) == {
        "zone": "I know no such zone. Write it like Europe/Madrid or America/Bogota.",
        "deadline": "I cannot read this. Write it like 2027-01-14 17:00 or Fri 12:00.",
    }
    past = {"Time zone of the desk": "Africa/Nairobi", "Deadline of the first issue": "2021-01-04 12:00"}
    assert await newsroom.submits(newsroom.ana, past) == {"deadline": "This has passed, or is more than a year ahead."}
    soon = {"Time zone of the desk": "Africa/Nairobi", "Deadline of the first issue": "Fri 12:00"}
    refused = await newsroom.submits(newsroom.ana, soon | {"Editors": ["gus"]})
    assert refused == {"editors": "Gus Guest: guests, apps and people who have left cannot own or edit a desk."}
    assert await newsroom.submits(newsroom.ana, soon | {"Editors": ["ben"]}) == {}
    assert "No. 19 closes Fri 15 Jan 2021 12:00 EAT" in newsroom.modal_words(newsroom.ana)


async def test_of_two_who_set_a_channel_up_at_once_the_second_is_told(newsroom: Newsroom) -> None:
    africa_is_a_channel(newsroom)
    chief = newsroom.stand_in.workspace.add_user("eva", "Eva Lind", is_admin=True)
    newsroom.stand_in.workspace.channel("#africa").members.add(chief.id)
    eva = newsroom.stand_in.member("eva")
    await types(newsroom.ana, newsroom, "#africa", "/vric setup")
    await types(eva, newsroom, "#africa", "/vric setup")
    assert await newsroom.submits(newsroom.ana, AFRICA) == {}

    assert await newsroom.submits(eva, {"Title of the publication": "SAHEL LETTER"}) == {
        "house": "Somebody else set this channel up while the form was open. Nothing was changed: "
        "close it, and look with /vric status."
    }


@pytest.mark.parametrize("word", ["/vric setup", "/vric status"])
async def test_members_who_are_no_editors_are_told_who_can(newsroom: Newsroom, word: str) -> None:
    africa_is_a_channel(newsroom)

    await types(newsroom.ben, newsroom, "#africa", word)

    (told,) = newsroom.ben.whispers("#africa")
    assert "editor" in told.words
    assert told.buttons == []


async def test_a_direct_conversation_becomes_no_desk(newsroom: Newsroom) -> None:
    direct = newsroom.stand_in.workspace.conversation_with(newsroom.ana.user.id)

    await types(newsroom.ana, newsroom, direct.id, "/vric setup")

    assert "A desk needs a channel" in newsroom.ana.whispers(direct.id)[-1].words
