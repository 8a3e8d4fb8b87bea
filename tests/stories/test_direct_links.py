"""Journey 9: a link that somebody sends to the bot alone is an item of their desk, and its card stands beside it."""

import pytest

from bot.editorial.item import Item, ItemState
from bot.ports import Queue
from bot.sandbox.member import Member
from bot.sandbox.person import DIRECT
from bot.sandbox.workspace import Message
from tests.newsroom import EACH_ONCE, OVER_HTTP, Newsroom

pytestmark = OVER_HTTP

TANKERS = "Iran sends fleet of tankers to Venezuela"
NOTE = "Only you see this conversation; the item is visible to the desk."
WHICH = "Which desk is this link for? It is kept until you say."


def prints(newsroom: Newsroom, path: str = "iran-oil", title: str = TANKERS) -> str:
    return newsroom.press.prints(f"reuters.example/{path}", title)


async def sends(newsroom: Newsroom, member: Member, text: str) -> str:
    """A member writes to the bot alone; gives the message's ts."""
    ts = await member.posts(DIRECT, text)
    await newsroom.settles()
    return ts


def answers(member: Member, ts: str) -> list[Message]:
    """What the bot says in the thread of a direct message."""
    return [each for each in member.direct() if each.bot_id and each.thread_ts == ts]


def answer(member: Member, ts: str) -> Message:
    (found,) = answers(member, ts)
    return found


async def clicks(newsroom: Newsroom, member: Member, message: Message, label: str) -> None:
    await member.clicks(DIRECT, message.ts, label)
    await newsroom.settles()


async def africa_opens(newsroom: Newsroom) -> None:
    """There is a second desk, whose channel Ana and Ben are in."""
    people = [newsroom.ana.user.id, newsroom.ben.user.id]
    newsroom.stand_in.workspace.add_channel("africa", people)
    await newsroom.stand_in.invites_bot("#africa")
    await newsroom.settles()


async def items_at(newsroom: Newsroom, channel: str = "#vric") -> list[Item]:
    """The items of the open issue of a desk."""
    async with newsroom.bot.database.unit_of_work() as work:
        place = newsroom.stand_in.workspace.channel(channel).id
        desk = next(each for each in await work.desks.all() if each.channel == place)
        issue = await work.issues.open_of(desk.id)
        return list(await work.items.of_issue(issue.id)) if issue is not None else []


@EACH_ONCE
async def test_a_link_becomes_an_item_of_the_only_desk_and_its_card_stands_in_the_conversation(
    newsroom: Newsroom,
) -> None:
    ts = await sends(newsroom, newsroom.ben, prints(newsroom))

    card = answer(newsroom.ben, ts)
    assert TANKERS in card.words
    assert "Saved for No. 18 by Ben Okafor." in card.words
    assert NOTE in card.words
    (item,) = await items_at(newsroom)
    assert (item.state, item.found_by) == (ItemState.PENDING, newsroom.ben.user.id)
    assert newsroom.replies(ts) == []
    assert "1 item found" in await newsroom.commands(newsroom.ana, "/vric find tankers")


async def test_the_buttons_of_the_card_work_there_and_the_draft_has_the_item(newsroom: Newsroom) -> None:
    ts = await sends(newsroom, newsroom.ben, prints(newsroom))

    await clicks(newsroom, newsroom.ben, answer(newsroom.ben, ts), "File in Iran")
    assert "filed in Iran by Ben Okafor" in answer(newsroom.ben, ts).words
    await clicks(newsroom, newsroom.ben, answer(newsroom.ben, ts), "Edit")
    await newsroom.submits(newsroom.ben, {"Title": "Iran sends five tankers"})

    assert "Iran sends five tankers" in answer(newsroom.ben, ts).words
    await newsroom.commands(newsroom.ana, "/vric draft")
    assert "· 1 item ·" in newsroom.draft().words


async def test_whoever_moves_it_tells_the_filer_in_the_conversation_and_nobody_else(newsroom: Newsroom) -> None:
    ts = await sends(newsroom, newsroom.ben, prints(newsroom))
    await clicks(newsroom, newsroom.ben, answer(newsroom.ben, ts), "File in Iran")
    (item,) = await items_at(newsroom)

    await newsroom.bot.desk.move(
        item.id, "turkey", moved_from="iran", workspace="T0SANDBOX", by=newsroom.ana.user.id, now=newsroom.clock()
    )
    await newsroom.settles()

    assert "Ana Ruiz moved" in answers(newsroom.ben, ts)[-1].words
    assert [message for message in newsroom.channel_posts() if "moved" in message.words] == []


async def test_many_links_share_a_card_whose_list_is_reviewed_there(newsroom: Newsroom) -> None:
    links = [prints(newsroom, f"story-{number}", f"Iran and story {number}") for number in range(5)]

    ts = await sends(newsroom, newsroom.ben, " ".join(links))
    await clicks(newsroom, newsroom.ben, answer(newsroom.ben, ts), "Review list")
    await newsroom.presses_in_form(newsroom.ben, "File in Iran")

    assert "5 links found. 1 filed, 4 wait for a section." in answer(newsroom.ben, ts).words


async def test_a_page_that_the_issue_has_is_told_in_the_conversation_and_one_sent_there_in_the_channel(
    newsroom: Newsroom,
) -> None:
    link, other = prints(newsroom), prints(newsroom, "boats", "Boats gather off the coast")
    await newsroom.drops(newsroom.ana, link)
    ts = await sends(newsroom, newsroom.ben, link)
    assert f"Ana Ruiz dropped {TANKERS}" in answer(newsroom.ben, ts).words
    assert newsroom.ben.whispers(DIRECT) == []
    await sends(newsroom, newsroom.ben, other)

    dropped = await newsroom.drops(newsroom.ana, other)

    assert "Ben Okafor dropped Boats gather off the coast" in newsroom.whispers(newsroom.ana)[-1].words
    assert newsroom.replies(dropped)[1:] == []
    assert len(await items_at(newsroom)) == 2


async def test_an_edit_brings_and_takes_links_as_in_the_channel(newsroom: Newsroom) -> None:
    other = prints(newsroom, "boats", "Boats gather off the coast")
    ts = await sends(newsroom, newsroom.ben, prints(newsroom))

    await newsroom.ben.edits(DIRECT, ts, other)
    await newsroom.settles()

    assert "Link removed by Ben Okafor" in answer(newsroom.ben, ts).words
    assert "Boats gather off the coast" in answer(newsroom.ben, ts).words
    assert [item.state for item in await items_at(newsroom)] == [ItemState.WITHDRAWN, ItemState.PENDING]


async def test_a_deleted_message_withdraws_what_waits_and_leaves_what_was_filed(newsroom: Newsroom) -> None:
    kept = await sends(newsroom, newsroom.ben, prints(newsroom))
    await clicks(newsroom, newsroom.ben, answer(newsroom.ben, kept), "File in Iran")
    gone = await sends(newsroom, newsroom.ben, prints(newsroom, "boats", "Boats gather off the coast"))

    for ts in (kept, gone):
        await newsroom.ben.deletes(DIRECT, ts)
        await newsroom.settles()

    assert [item.state for item in await items_at(newsroom)] == [ItemState.FILED, ItemState.WITHDRAWN]
    assert "Source message deleted." in answer(newsroom.ben, kept).words


async def test_an_event_that_comes_twice_makes_one_item_and_one_card(newsroom: Newsroom) -> None:
    ts = await sends(newsroom, newsroom.ben, prints(newsroom))

    await newsroom.stand_in.redelivers(newsroom.event_of(ts))
    await newsroom.settles()

    assert len(await items_at(newsroom)) == 1
    assert len(answers(newsroom.ben, ts)) == 1


async def test_what_a_guest_sends_waits_for_an_editor(newsroom: Newsroom) -> None:
    guest = newsroom.guest()

    ts = await sends(newsroom, guest, prints(newsroom))

    card = answer(guest, ts)
    assert "Thank you. An editor will look at it." in card.words
    await clicks(newsroom, guest, card, "File in Iran")
    assert [item.state for item in await items_at(newsroom)] == [ItemState.PENDING]


async def test_somebody_in_no_desks_channel_is_told_that_nothing_was_saved(newsroom: Newsroom) -> None:
    newsroom.stand_in.workspace.add_user("max", "Max Stein")
    outsider = newsroom.stand_in.member("max")

    await sends(newsroom, outsider, prints(newsroom))

    assert "Nothing was saved: you are not in the channel of a desk" in outsider.direct()[-1].words
    assert await items_at(newsroom) == []


async def test_whoever_joins_the_channel_sends_links_at_once(newsroom: Newsroom) -> None:
    max_ = newsroom.stand_in.workspace.add_user("max", "Max Stein")
    newcomer = newsroom.stand_in.member("max")
    await sends(newsroom, newcomer, prints(newsroom))
    await newsroom.passes(minutes=1)
    newsroom.stand_in.workspace.channel("#vric").members.add(max_.id)

    ts = await sends(newsroom, newcomer, prints(newsroom, "again"))

    assert "Saved for No. 18 by Max Stein." in answer(newcomer, ts).words


async def test_the_channel_is_asked_about_once_for_several_links(newsroom: Newsroom) -> None:
    for number in range(4):
        await sends(newsroom, newsroom.ben, prints(newsroom, f"story-{number}", f"Story {number}"))

    assert [call.method for call in newsroom.stand_in.calls].count("conversations.members") == 1


async def test_where_somebody_has_two_desks_they_are_asked_and_the_link_is_kept(newsroom: Newsroom) -> None:
    await africa_opens(newsroom)
    ts = await sends(newsroom, newsroom.ben, prints(newsroom))
    question = answer(newsroom.ben, ts)
    assert WHICH in question.words
    assert question.buttons == ["#vric", "#africa"]
    assert await items_at(newsroom) == []
    await newsroom.restarts()

    await clicks(newsroom, newsroom.ben, question, "#africa")

    assert await items_at(newsroom) == []
    (item,) = await items_at(newsroom, "#africa")
    assert item.found_by == newsroom.ben.user.id
    question, card = answers(newsroom.ben, ts)
    africa = newsroom.stand_in.workspace.channel("#africa").id
    assert question.words == f"1 link for #{africa}."
    assert question.buttons == []
    assert TANKERS in card.words
    assert NOTE in card.words


async def test_of_two_presses_the_first_says_which_desk_it_is(newsroom: Newsroom) -> None:
    await africa_opens(newsroom)
    ts = await sends(newsroom, newsroom.ben, prints(newsroom))
    question = answer(newsroom.ben, ts)

    for label in ("#africa", "#vric", "#africa"):
        await newsroom.ben.clicks(DIRECT, question.ts, label)
        await newsroom.has_heard()
    await newsroom.settles()

    assert len(await items_at(newsroom, "#africa")) == 1
    assert await items_at(newsroom) == []
    assert len(answers(newsroom.ben, ts)) == 2


async def test_links_that_change_before_the_desk_is_said_are_those_of_the_last_edit(newsroom: Newsroom) -> None:
    await africa_opens(newsroom)
    other = prints(newsroom, "boats", "Boats gather off the coast")
    ts = await sends(newsroom, newsroom.ben, prints(newsroom))
    await newsroom.ben.edits(DIRECT, ts, other)
    await newsroom.settles()

    await clicks(newsroom, newsroom.ben, answer(newsroom.ben, ts), "#vric")

    (item,) = await items_at(newsroom)
    assert item.title == "Boats gather off the coast"
    await newsroom.ben.edits(DIRECT, ts, f"{other} {prints(newsroom)}")
    await newsroom.settles()
    assert len(await items_at(newsroom)) == 2


async def test_a_message_that_is_deleted_before_the_desk_is_said_asks_no_more(newsroom: Newsroom) -> None:
    await africa_opens(newsroom)
    ts = await sends(newsroom, newsroom.ben, prints(newsroom))
    question = answer(newsroom.ben, ts)

    await newsroom.ben.deletes(DIRECT, ts)
    await newsroom.settles()

    question = answer(newsroom.ben, ts)
    assert question.words == "You took the link back; nothing was saved."
    assert question.buttons == []


async def test_a_desk_that_somebody_left_meanwhile_is_refused_and_the_link_is_kept(newsroom: Newsroom) -> None:
    await africa_opens(newsroom)
    ts = await sends(newsroom, newsroom.ben, prints(newsroom))
    newsroom.stand_in.workspace.channel("#africa").members.discard(newsroom.ben.user.id)
    await newsroom.passes(minutes=15)

    await clicks(newsroom, newsroom.ben, answer(newsroom.ben, ts), "#africa")
    assert "You are not in the channel of that desk." in newsroom.ben.whispers(DIRECT)[-1].words
    await clicks(newsroom, newsroom.ben, answer(newsroom.ben, ts), "#vric")

    assert len(await items_at(newsroom)) == 1


async def test_a_link_beside_a_text_file_is_taken_too(newsroom: Newsroom) -> None:
    await newsroom.ana.shares_file(DIRECT, "narratives.md", prints(newsroom), content=b"# Iran\n\nTankers left.\n")
    await newsroom.settles()

    said = [each.words for each in newsroom.ana.direct() if each.bot_id]
    assert any("✓ Iran: 1 paragraph stored." in words for words in said)
    assert any(NOTE in words for words in said)


@pytest.mark.parametrize("text", ["Thank you!", "https://zoom.us/j/123"])
async def test_what_is_no_link_of_a_page_becomes_no_item(newsroom: Newsroom, text: str) -> None:
    await sends(newsroom, newsroom.ben, text)

    assert await items_at(newsroom) == []


async def test_where_the_messages_tab_is_off_what_is_said_there_is_kept_for_when_it_is_on(newsroom: Newsroom) -> None:
    conversation = newsroom.stand_in.workspace.conversation_with(newsroom.ben.user.id).id
    newsroom.stand_in.fault("chat.postMessage", "messages_tab_disabled", channel=conversation)
    ts = await sends(newsroom, newsroom.ben, prints(newsroom))
    assert answers(newsroom.ben, ts) == []
    async with newsroom.bot.database.unit_of_work() as work:
        assert await work.queues.count_parked(Queue.OUTBOX, "messages_tab_disabled") == 1

    async with newsroom.bot.database.unit_of_work() as work:
        await work.queues.replay(Queue.OUTBOX, newsroom.clock())
    await newsroom.settles()

    assert "Saved for No. 18 by Ben Okafor." in answer(newsroom.ben, ts).words


async def test_only_its_finder_is_led_to_a_direct_message(newsroom: Newsroom) -> None:
    await sends(newsroom, newsroom.ben, prints(newsroom))

    assert "message" not in (await newsroom.commands(newsroom.ana, "/vric find tankers")).splitlines()[-1]
    assert (await newsroom.commands(newsroom.ben, "/vric find tankers")).splitlines()[-1].endswith("message")
