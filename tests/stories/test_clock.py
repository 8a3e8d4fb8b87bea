"""Faults 23 and 25: what was due while the bot was away is posted late while it helps, and nothing comes twice."""

from datetime import timedelta

from structlog.testing import capture_logs

from tests.newsroom import EACH_ONCE, Newsroom
from tests.stories.test_deadline import A_DAY_BEFORE, THE_DEADLINE, TWO_DAYS_BEFORE, reminders

pytestmark = EACH_ONCE

HOUR = timedelta(hours=1)


async def test_a_reminder_that_was_due_while_the_bot_was_down_comes_late_and_once(newsroom: Newsroom) -> None:
    """It is eight in the evening by then, and nobody is reminded before they are at work again."""
    newsroom.clock.advance(TWO_DAYS_BEFORE - newsroom.clock() + 3 * HOUR)

    await newsroom.restarts()
    await newsroom.beats(newsroom.clock())
    assert (reminders(newsroom.ana), reminders(newsroom.ben)) == ([], [])
    await newsroom.beats(TWO_DAYS_BEFORE + 16 * HOUR)
    await newsroom.restarts()
    await newsroom.beats(newsroom.clock() + HOUR)

    assert (len(reminders(newsroom.ana)), len(reminders(newsroom.ben))) == (1, 1)


async def test_what_is_of_no_use_any_more_after_the_bot_was_down_is_skipped_and_the_skip_is_logged(
    newsroom: Newsroom,
) -> None:
    newsroom.clock.advance(THE_DEADLINE - newsroom.clock() + HOUR)

    await newsroom.restarts()
    with capture_logs() as logged:
        await newsroom.beats(newsroom.clock())

    skipped = [line["name"] for line in logged if line.get("outcome") == "skipped"]
    assert len(skipped) == len(set(skipped)) >= 2
    assert reminders(newsroom.ana) == []
    said = [message.words for message in newsroom.channel_posts()]
    assert not any("Short: " in words for words in said)
    assert sum("No. 18 is closed." in words for words in said) == 1


async def test_reminders_that_slack_held_up_until_their_issue_was_closed_are_not_posted_for_the_next_one(
    newsroom: Newsroom,
) -> None:
    newsroom.stand_in.fault("conversations.open", "ratelimited", times=2, retry_after=60 * 60 * 72)
    newsroom.stand_in.fault("chat.postMessage", "ratelimited", times=1, retry_after=60 * 60 * 72, channel="#vric")
    await newsroom.beats(TWO_DAYS_BEFORE)
    await newsroom.beats(A_DAY_BEFORE)

    with capture_logs() as logged:
        await newsroom.beats(THE_DEADLINE + HOUR)
        await newsroom.passes(days=4)

    assert [line["key"].partition(":")[0] for line in logged if line["event"].startswith("skipped")] == [
        "reminder",
        "reminder",
        "sections",
    ]
    assert reminders(newsroom.ana) == []
    assert not any("Short: " in message.words for message in newsroom.channel_posts())


async def test_a_deadline_that_moves_away_and_back_reminds_nobody_twice(newsroom: Newsroom) -> None:
    await newsroom.beats(A_DAY_BEFORE)
    draft = newsroom.draft()

    await newsroom.moves_deadline("Fri 29 Jan 17:00")
    await newsroom.beats(newsroom.clock() + HOUR)
    await newsroom.moves_deadline("Fri 15 Jan 12:00")
    await newsroom.beats(newsroom.clock() + HOUR)

    assert (len(reminders(newsroom.ana)), len(reminders(newsroom.ben))) == (1, 1)
    assert sum("Short: " in message.words for message in newsroom.channel_posts()) == 1
    assert newsroom.draft().ts == draft.ts
