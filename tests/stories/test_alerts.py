"""What the bot gives up is said where its owner looks, once a day for each reason."""

from datetime import timedelta

import pytest

from bot.ports import Queue
from bot.sandbox.records import Message
from tests.newsroom import EACH_ONCE, Newsroom

pytestmark = EACH_ONCE

OWNERS = "#owners"


@pytest.fixture
def further_settings() -> dict[str, str]:
    return {"vric_alerts": "C001OWNERS"}


@pytest.fixture(autouse=True)
def owners(newsroom: Newsroom) -> None:
    """The channel that the setting names, with the bot in it."""
    workspace = newsroom.stand_in.workspace
    channel = workspace.add_channel("owners", [newsroom.ana.user.id, workspace.bot.id])
    assert channel.id == "C001OWNERS"


def alerts(newsroom: Newsroom) -> list[Message]:
    return [message for message in newsroom.stand_in.messages(OWNERS) if message.bot_id]


async def test_posts_that_slack_refuses_for_good_are_told_in_one_message_with_their_count(newsroom: Newsroom) -> None:
    newsroom.stand_in.fault("chat.postMessage", "is_archived", times=100, channel="#vric")

    for number in range(3):
        await newsroom.drops(
            newsroom.ana, newsroom.press.prints(f"reuters.example/{number}", f"Tankers, part {number}")
        )

    (told,) = alerts(newsroom)
    assert told.words == (
        "Given up in the outbox: 3 rows, because of `is_archived`. They are kept. `vric queue` lists them; "
        "cure the reason, then `vric queue --replay outbox`."
    )


async def test_another_reason_and_another_day_are_each_told_anew(newsroom: Newsroom) -> None:
    for reason in ("msg_blocks_too_long", "invalid_blocks"):
        newsroom.stand_in.fault("chat.postMessage", reason, channel="#vric")
        await newsroom.drops(newsroom.ana, newsroom.press.prints(f"reuters.example/{reason}", f"Tankers, {reason}"))
    await newsroom.passes(days=1)
    newsroom.stand_in.fault("chat.postMessage", "invalid_blocks", channel="#vric")
    await newsroom.drops(newsroom.ben, newsroom.press.prints("reuters.example/later", "Tankers, a day later"))

    told = [message.words.partition(". ")[0] for message in alerts(newsroom)]
    assert told == [
        "Given up in the outbox: 1 row, because of `msg_blocks_too_long`",
        "Given up in the outbox: 1 row, because of `invalid_blocks`",
        "Given up in the outbox: 2 rows, because of `invalid_blocks`",
    ]


async def test_an_event_that_cannot_be_worked_on_is_told_without_a_word_of_what_it_holds(newsroom: Newsroom) -> None:
    newsroom.stand_in.emit("message", {"channel": "C000VRIC", "user": "U000ANA", "text": "<https://secret.example/x>"})

    await newsroom.settles(patience=timedelta(minutes=2))

    (told,) = alerts(newsroom)
    assert told.words.startswith("Given up in the inbox: 1 row, because of `KeyError`. It is kept.")
    assert "secret" not in told.words


async def test_where_the_alert_itself_is_refused_nothing_follows_from_it(newsroom: Newsroom) -> None:
    newsroom.stand_in.fault("chat.postMessage", "is_archived", times=100)

    await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", "Tankers"))
    await newsroom.passes(hours=5)

    async with newsroom.bot.database.unit_of_work() as work:
        parked = [row.kind for row in await work.queues.oldest(Queue.OUTBOX, parked=True, limit=10)]
    assert sorted(parked) == ["alert", "card", "unreachable"]
    assert alerts(newsroom) == []


async def test_what_was_put_back_before_the_alert_was_out_is_not_counted_in_it(newsroom: Newsroom) -> None:
    newsroom.stand_in.fault("chat.postMessage", "invalid_blocks", channel="#vric")
    newsroom.stand_in.fault("chat.postMessage", "ratelimited", retry_after=600, channel=OWNERS)
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", "Tankers"))

    async with newsroom.bot.database.unit_of_work() as work:
        assert await work.queues.replay(Queue.OUTBOX, newsroom.clock()) == 1
    await newsroom.passes(minutes=10)

    assert "Tankers" in newsroom.card(ts).words
    (told,) = alerts(newsroom)
    assert told.words == "What was given up in the outbox because of `invalid_blocks` was put back since, or was done."
