"""Journey 44: a draft that was posted follows its issue by itself until the freeze, and not with every click."""

from datetime import timedelta

from tests.newsroom import OVER_HTTP, Newsroom
from tests.stories.test_deadline import A_DAY_BEFORE, TANKERS, THE_DEADLINE, files

pytestmark = OVER_HTTP

A_QUARTER = timedelta(minutes=15)


def updates(newsroom: Newsroom) -> int:
    """How often the first message of the draft was changed."""
    ts = newsroom.draft().ts
    return sum(call.method == "chat.update" and call.args["ts"] == ts for call in newsroom.stand_in.calls)


async def is_drafted(newsroom: Newsroom) -> None:
    """An issue of one item, and its draft as it came by itself."""
    await files(newsroom, newsroom.ana, 1)
    await newsroom.beats(A_DAY_BEFORE)
    await newsroom.passes(minutes=30)
    await newsroom.beats(newsroom.clock())


async def test_what_is_filed_after_the_draft_came_stands_in_it_by_itself_and_the_thread_stays(
    newsroom: Newsroom,
) -> None:
    await is_drafted(newsroom)
    first, (iran,) = newsroom.draft(), newsroom.replies(newsroom.draft().ts)
    await files(newsroom, newsroom.ben, 1)

    await newsroom.beats(newsroom.clock() + A_QUARTER)

    assert newsroom.draft().ts == first.ts
    assert "Draft of No. 18 · 2 items" in newsroom.draft().words
    assert "Since Wed 13 Jan 2021 17:00 EST: 1 filed." in newsroom.draft().words
    (reply,) = newsroom.replies(first.ts)
    assert (reply.ts, reply.words.count("•")) == (iran.ts, 2)


async def test_a_draft_does_not_move_with_every_click(newsroom: Newsroom) -> None:
    await is_drafted(newsroom)
    await files(newsroom, newsroom.ben, 1)
    await newsroom.beats(newsroom.clock() + A_QUARTER)
    changed = updates(newsroom)

    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/more", f"{TANKERS}, again"))
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    await newsroom.beats(newsroom.clock() + timedelta(minutes=1))
    assert updates(newsroom) == changed
    await newsroom.beats(newsroom.clock() + A_QUARTER)

    assert "Draft of No. 18 · 3 items" in newsroom.draft().words
    assert "Since Wed 13 Jan 2021 17:00 EST: 2 filed." in newsroom.draft().words
    assert updates(newsroom) == changed + 1


async def test_a_draft_to_whose_issue_nothing_happens_is_not_asked_for(newsroom: Newsroom) -> None:
    await is_drafted(newsroom)
    before = updates(newsroom)

    refreshed = [
        await newsroom.bot.desk.refresh_drafts(now=newsroom.clock() + minutes * timedelta(minutes=1))
        for minutes in range(60)
    ]

    assert refreshed == [[]] * 60
    await newsroom.settles()
    assert updates(newsroom) == before


async def test_that_its_pages_were_looked_at_is_no_news_of_a_draft(newsroom: Newsroom) -> None:
    await is_drafted(newsroom)
    assert "ince Wed" not in newsroom.draft().words  # it has just come
    await files(newsroom, newsroom.ben, 1)

    await newsroom.commands(newsroom.ana, "/vric draft")  # the page of the new item is looked at

    assert "Since Wed 13 Jan 2021 17:00 EST: 1 filed." in newsroom.draft().words


async def test_an_issue_without_a_draft_gets_none_before_its_time(newsroom: Newsroom) -> None:
    await files(newsroom, newsroom.ana, 1)

    await newsroom.beats(newsroom.clock() + A_QUARTER)

    assert not any(post.words.startswith("Draft of ") for post in newsroom.channel_posts())


async def test_the_draft_is_refreshed_a_last_time_at_the_freeze_and_then_no_more(newsroom: Newsroom) -> None:
    await is_drafted(newsroom)
    await newsroom.beats(THE_DEADLINE - timedelta(minutes=1))
    await files(newsroom, newsroom.ben, 1)
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/waits", f"{TANKERS}, at last"))
    await newsroom.beats(newsroom.clock())

    await newsroom.beats(THE_DEADLINE)

    assert "Draft of No. 18 · 2 items" in newsroom.draft().words
    assert "waits for a section" not in newsroom.draft().words
    changed = updates(newsroom)
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    await newsroom.beats(newsroom.clock() + A_QUARTER)
    assert updates(newsroom) == changed


async def test_a_bot_that_was_down_refreshes_the_draft_once_when_it_is_back(newsroom: Newsroom) -> None:
    await is_drafted(newsroom)
    await files(newsroom, newsroom.ben, 1)
    changed = updates(newsroom)
    newsroom.clock.advance(timedelta(hours=3))

    await newsroom.restarts()
    for _ in range(3):
        await newsroom.beats(newsroom.clock() + A_QUARTER)

    assert "Draft of No. 18 · 2 items" in newsroom.draft().words
    assert updates(newsroom) == changed + 1
