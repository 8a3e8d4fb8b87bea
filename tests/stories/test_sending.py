"""Faults 15 to 17: whatever Slack does with a message, it is sent once and whole, and nothing else waits for it."""

from datetime import timedelta

import pytest

from bot.sandbox.records import Message
from tests.newsroom import Newsroom
from tests.stories.test_deadline import TWO_DAYS_BEFORE, files, reminders

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
