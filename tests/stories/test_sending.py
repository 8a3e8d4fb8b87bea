"""Faults 15 to 17: whatever Slack does with a message, it is sent once and whole, and nothing else waits for it."""

import asyncio
import re
from datetime import date, timedelta

import pytest

from bot.editorial.item import ItemState, Reading
from bot.ports import NewItem
from bot.sandbox.records import Message
from tests.newsroom import EACH_ONCE, Newsroom
from tests.stories.test_deadline import TWO_DAYS_BEFORE, files, reminders

pytestmark = EACH_ONCE

TANKERS = "Iran sends fleet of tankers to Venezuela"
A_WHILE = timedelta(minutes=3)
WAIT_S = 15
"""How long a lost answer rests before its message is looked for."""


def cards(newsroom: Newsroom, ts: str) -> list[Message]:
    return [message for message in newsroom.replies(ts) if message.bot_id]


async def drops_a_link(newsroom: Newsroom, path: str = "iran-oil") -> str:
    """A link is dropped, and whatever goes wrong with its card has three minutes to be mended."""
    ts = await newsroom.ana.posts("#vric", newsroom.press.prints(f"reuters.example/{path}", TANKERS))
    await newsroom.settles(patience=A_WHILE)
    return ts


@pytest.mark.parametrize("fault", ["hang_after", "500_after", "500_before", "internal_error"])
@pytest.mark.parametrize("lag_s", [0, WAIT_S - 1])
async def test_a_card_whose_answer_was_lost_is_one_card_even_where_history_lags(
    newsroom: Newsroom, fault: str, lag_s: int
) -> None:
    newsroom.stand_in.lags(lag_s)
    newsroom.stand_in.fault("chat.postMessage", fault)

    ts = await drops_a_link(newsroom)

    assert TANKERS in newsroom.card(ts).words
    first = next(call for call in newsroom.stand_in.calls if call.args.get("thread_ts") == ts)
    looked = next(call for call in newsroom.stand_in.calls if call.method == "conversations.replies")
    assert looked.at - first.at >= timedelta(seconds=WAIT_S)


async def test_a_card_is_posted_twice_only_where_history_hides_it_for_longer_than_the_wait(newsroom: Newsroom) -> None:
    """What is promised ends here: the answer was lost, and fifteen seconds later Slack still denies the message."""
    newsroom.stand_in.lags(WAIT_S + 1)
    newsroom.stand_in.fault("chat.postMessage", "hang_after")

    ts = await drops_a_link(newsroom)

    assert len(cards(newsroom, ts)) == 2


async def test_an_older_state_that_a_held_process_wrote_over_a_newer_one_does_not_stay(newsroom: Newsroom) -> None:
    """It was stopped before its call for longer than its lease: another one took over, and then the call came."""
    ts = await drops_a_link(newsroom)
    held = newsroom.stand_in.holds("chat.update")
    await newsroom.ana.clicks("#vric", newsroom.card(ts).ts, "File in Iran")
    await newsroom.bot.edge.in_flight.wait()
    newsroom.clock.advance(timedelta(seconds=1))
    late = asyncio.create_task(newsroom.bot.edge.sender.send_next())
    await held.asked.wait()

    newsroom.clock.advance(timedelta(seconds=61))
    await newsroom.selects(newsroom.ben, ts, "Spike")
    assert "Spiked by Ben Okafor" in newsroom.card(ts).words
    held.released.set()
    await late
    assert "Spiked by Ben Okafor" not in newsroom.card(ts).words
    await newsroom.settles()

    assert "Spiked by Ben Okafor" in newsroom.card(ts).words


async def test_answers_that_are_lost_one_after_another_leave_one_card(newsroom: Newsroom) -> None:
    newsroom.stand_in.lags(WAIT_S - 1)
    newsroom.stand_in.fault("chat.postMessage", "500_before")
    newsroom.stand_in.fault("chat.postMessage", "500_after")
    newsroom.stand_in.fault("conversations.replies", "ratelimited", retry_after=20)

    ts = await drops_a_link(newsroom)

    assert TANKERS in newsroom.card(ts).words


async def test_a_card_that_slack_keeps_while_the_bot_restarts_is_found_again(newsroom: Newsroom) -> None:
    newsroom.stand_in.fault("chat.postMessage", "hang_after")
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))

    await newsroom.restarts()
    await newsroom.settles(patience=A_WHILE)

    assert len(cards(newsroom, ts)) == 1


async def test_a_draft_whose_answers_are_lost_is_one_thread_with_each_reply_once(newsroom: Newsroom) -> None:
    newsroom.stand_in.lags(WAIT_S - 1)
    await files(newsroom, newsroom.ana, 1)
    ts = await newsroom.drops(newsroom.ben, newsroom.press.prints("infobae.example/ports", TANKERS))
    await newsroom.selects(newsroom.ben, ts, "Turkey")
    newsroom.stand_in.fault("chat.postMessage", "hang_after", times=3)

    await newsroom.ana.commands("#vric", "/vric draft")
    await newsroom.settles(patience=A_WHILE)

    replies = [reply.words.splitlines()[0] for reply in newsroom.replies(newsroom.draft().ts)]
    assert replies == ["Iran", "Turkey"]


async def test_a_private_reminder_whose_answer_is_lost_is_said_once(newsroom: Newsroom) -> None:
    newsroom.stand_in.lags(WAIT_S - 1)
    newsroom.stand_in.fault("chat.postMessage", "hang_after", times=2)

    await newsroom.beats(TWO_DAYS_BEFORE)
    await newsroom.settles(patience=A_WHILE)

    assert (len(reminders(newsroom.ana)), len(reminders(newsroom.ben))) == (1, 1)


async def test_a_channel_that_slack_slows_down_waits_and_the_others_go_on(newsroom: Newsroom) -> None:
    began = newsroom.clock()
    newsroom.stand_in.fault("chat.postMessage", "ratelimited", retry_after=30, channel="#vric")
    first = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))
    second = await newsroom.drops(newsroom.ben, newsroom.press.prints("infobae.example/ports", "Ports of Venezuela"))

    await newsroom.ana.opens_home()
    await newsroom.ben.opens_home()
    await newsroom.settles(patience=timedelta(seconds=3))

    assert newsroom.home_words(newsroom.ana)
    assert newsroom.home_words(newsroom.ben)
    assert (newsroom.replies(first), newsroom.replies(second)) == ([], [])
    await newsroom.settles(patience=A_WHILE)
    assert TANKERS in newsroom.card(first).words
    assert "Ports of Venezuela" in newsroom.card(second).words
    refused, *later = [call.at for call in newsroom.stand_in.calls if call.args.get("thread_ts") in {first, second}]
    assert refused - began < timedelta(seconds=5)
    assert min(later) - refused >= timedelta(seconds=30)


async def test_a_message_that_slack_slows_down_again_and_again_is_not_given_up(newsroom: Newsroom) -> None:
    newsroom.stand_in.fault("chat.postMessage", "ratelimited", retry_after=30, times=20)
    newsroom.stand_in.fault("chat.postMessage", "500_before")
    ts = await newsroom.ana.posts("#vric", newsroom.press.prints("reuters.example/iran-oil", TANKERS))

    await newsroom.settles(patience=timedelta(minutes=15))

    assert TANKERS in newsroom.card(ts).words


async def fills(newsroom: Newsroom, count: int, section: str = "iran") -> None:
    """The open issue holds so many items of Ben's with long titles and summaries, as if they had been filed by hand."""
    now, by = newsroom.clock(), newsroom.ben.user.id
    async with newsroom.bot.database.unit_of_work() as work:
        (desk,) = await work.desks.all()
        issue = await work.issues.open_of(desk.id)
        assert issue is not None
        for number in range(count):
            url = f"https://reuters.example/{number}?page=1&sort=date&of={'x' * 150}"
            item = await work.items.add(
                NewItem(desk, issue, "1.0", None, url, url, url, "reuters.example", found_by=by, at=now, read_at=now)
            )
            assert item is not None
            values = {
                "state": ItemState.FILED.value,
                "reading": Reading.READ.value,
                "section": section,
                "filed_by": by,
                "title": f"{number}: Ships & <!channel> *cargo* " + "of the Orinoco " * 15,
                "published_on": None if number % 2 else date(2021, 1, 11),
                "checked_at": newsroom.clock(),
            }
            await work.items.change(item.id, expect={}, values=values)


@pytest.mark.parametrize("count", [1, 60, 400])
async def test_a_draft_of_any_length_is_a_thread_of_whole_links(newsroom: Newsroom, count: int) -> None:
    await fills(newsroom, count)

    await newsroom.ana.commands("#vric", "/vric draft")
    await newsroom.settles(patience=A_WHILE)

    assert f"{count} item" in newsroom.draft().words
    blocks = [block for reply in newsroom.replies(newsroom.draft().ts) for block in reply.blocks]
    shown = [block["text"]["text"] for block in blocks if "text" in block]
    links = re.findall(r"<https://reuters\.example/(\d+)\?[^|>]*\|[^>]*>", "\n".join(shown))
    assert sorted(map(int, links)) == list(range(count))
    assert all(text.count("<") == text.count(">") for text in shown)
    assert [call.error for call in newsroom.stand_in.calls if not call.ok] == []
    await newsroom.presses(newsroom.ana, newsroom.draft(), "Fix list")
    words = newsroom.modal_words(newsroom.ana)
    assert ("Page 1 of" in words) is (count > 1)
    await newsroom.presses_in_form(newsroom.ana, "Next") if count > 1 else None
    assert ("Page 2 of" in newsroom.modal_words(newsroom.ana)) is (count > 1)


async def test_status_and_home_with_very_many_items_are_shown(newsroom: Newsroom) -> None:
    await fills(newsroom, 400)

    said = await newsroom.commands(newsroom.ben, "/vric status")
    await newsroom.ben.posts("#vric", f"<@{newsroom.stand_in.workspace.bot.id}> how do we stand?")
    await newsroom.ben.opens_home()
    await newsroom.settles(patience=A_WHILE)

    assert "You have 400 of 5 items" in said
    assert "You have 400 of 5 items" in newsroom.home_words(newsroom.ben)
    assert [call.error for call in newsroom.stand_in.calls if not call.ok] == []


async def test_a_message_full_of_duplicates_is_answered_in_parts(newsroom: Newsroom) -> None:
    links = [newsroom.press.prints(f"reuters.example/{n}", f"{TANKERS}, part {n}: {'oil ' * 60}") for n in range(40)]
    await newsroom.drops(newsroom.ana, " ".join(links))

    await newsroom.ben.posts("#vric", " ".join(links))
    await newsroom.settles(patience=A_WHILE)

    told = newsroom.whispers(newsroom.ben)
    assert len(told) > 1
    assert all(f"part {n}:" in "\n".join(message.words for message in told) for n in range(40))
    assert [call.error for call in newsroom.stand_in.calls if not call.ok] == []
