"""Journey 46 and the calendar: what is posted when, and deadlines that move forward and back."""

import asyncio
from datetime import UTC, datetime

from slack_sdk.models.blocks import ActionsBlock

from bot.render import Renderer
from bot.sandbox.workspace import Message
from handlers.blocks.calendar import calendar_button
from tests.newsroom import EACH_ONCE, OVER_A_SOCKET, Newsroom
from tests.stories.test_deadline import A_DAY_BEFORE, THE_DEADLINE, TWO_DAYS_BEFORE, reminders

pytestmark = OVER_A_SOCKET

A_WEEK_LATER = "2021-01-21 17:00"


def moved_lines(newsroom: Newsroom) -> list[str]:
    return [post.words for post in newsroom.channel_posts() if "The deadline of No. 18 moved" in post.words]


def about_sections(newsroom: Newsroom) -> list[Message]:
    return [post for post in newsroom.channel_posts() if "Short: " in post.words]


async def test_the_calendar_tells_what_is_posted_when_for_this_issue_and_the_next(newsroom: Newsroom) -> None:
    told = await newsroom.commands(newsroom.ben, "/vric calendar")

    assert [line for line in told.splitlines() if line] == [
        "VRIC MONITOR in the desk's time, America/New_York:",
        "No. 18 covers 1 Dec 2020 to 14 Jan 2021 and closes Thu 14 Jan 2021 17:00 EST.",
        "• Tue 12 Jan 2021 17:00 EST: members who are short are reminded",
        "• Wed 13 Jan 2021 11:00 EST: editors are reminded",
        "• Wed 13 Jan 2021 17:00 EST: the channel hears which sections are short",
        "• Wed 13 Jan 2021 17:00 EST: the draft is posted",
        "• Thu 14 Jan 2021 17:00 EST: the freeze: later links are for the next issue",
        "No. 19 covers 1 Jan 2021 to 14 Feb 2021 and closes Sun 14 Feb 2021 17:00 EST.",
        "• Fri 12 Feb 2021 17:00 EST: members who are short are reminded",
        "• Fri 12 Feb 2021 18:00 EST: the channel hears which sections are short",
        "• Fri 12 Feb 2021 18:00 EST: editors are reminded",
        "• Sat 13 Feb 2021 17:00 EST: the draft is posted",
        "• Sun 14 Feb 2021 17:00 EST: the freeze: later links are for the next issue",
    ]
    assert not any("in the desk's time" in post.words for post in newsroom.channel_posts())


async def test_the_calendar_marks_what_was_posted_already(newsroom: Newsroom) -> None:
    await newsroom.beats(TWO_DAYS_BEFORE)

    told = await newsroom.commands(newsroom.ben, "/vric calendar")

    assert "• Tue 12 Jan 2021 17:00 EST: members who are short are reminded (posted)" in told
    assert "• Wed 13 Jan 2021 17:00 EST: the channel hears which sections are short\n" in told


async def test_the_calendar_is_none_of_a_guests_business(newsroom: Newsroom) -> None:
    told = await newsroom.commands(newsroom.guest(), "/vric calendar")

    assert "No. 18" not in told


@EACH_ONCE
async def test_a_deadline_moves_only_after_it_was_read_with_its_zone_and_the_channel_is_told_once(
    newsroom: Newsroom,
) -> None:
    asked = await newsroom.commands(newsroom.ana, "/vric deadline Fri 12:00")

    assert "Shall it close Fri 15 Jan 2021 12:00 EST, in the time of America/New_York?" in asked
    assert "• Wed 13 Jan 2021 12:00 EST: members who are short are reminded" in asked
    assert "closes Thu 14 Jan 2021 17:00 EST" in await newsroom.commands(newsroom.ben, "/vric issue")
    assert moved_lines(newsroom) == []

    question = newsroom.whispers(newsroom.ana)[-1]
    await newsroom.presses(newsroom.ana, question, "Move the deadline")

    assert (
        "No. 18 now closes Fri 15 Jan 2021 12:00 EST. The channel is told." in newsroom.whispers(newsroom.ana)[-1].words
    )
    (line,) = moved_lines(newsroom)
    assert line == (
        "The deadline of No. 18 moved: it closes Fri 15 Jan 2021 12:00 EST. "
        "Before that: Wed 13 Jan 2021 12:00 EST members who are short are reminded; "
        "Wed 13 Jan 2021 18:00 EST editors are reminded; "
        "Thu 14 Jan 2021 12:00 EST the channel hears which sections are short; "
        "Thu 14 Jan 2021 12:00 EST the draft is posted."
    )
    await newsroom.beats(A_DAY_BEFORE)
    assert about_sections(newsroom) == []
    assert len(reminders(newsroom.ben)) == 1


async def test_a_deadline_that_is_left_stays(newsroom: Newsroom) -> None:
    await newsroom.commands(newsroom.ana, "/vric issue deadline Fri 12:00")

    await newsroom.presses(newsroom.ana, newsroom.whispers(newsroom.ana)[-1], "Leave it")

    assert newsroom.whispers(newsroom.ana)[-1].words == "The deadline stays."
    assert "closes Thu 14 Jan 2021 17:00 EST" in await newsroom.commands(newsroom.ben, "/vric issue")
    assert moved_lines(newsroom) == []


async def test_only_an_editor_is_asked_about_a_deadline(newsroom: Newsroom) -> None:
    told = await newsroom.commands(newsroom.ben, "/vric deadline Fri 12:00")

    assert "Only an editor of this desk can do that. Nothing was changed." in told
    assert "closes Thu 14 Jan 2021 17:00 EST" in await newsroom.commands(newsroom.ben, "/vric deadline")


async def test_a_question_that_another_editor_overtook_changes_nothing(newsroom: Newsroom) -> None:
    await newsroom.commands(newsroom.ana, "/vric deadline Fri 12:00")
    old = newsroom.whispers(newsroom.ana)[-1]
    await newsroom.moves_deadline(A_WEEK_LATER)

    await newsroom.presses(newsroom.ana, old, "Move the deadline")

    said = newsroom.whispers(newsroom.ana)[-1].words
    assert (
        "That was changed meanwhile: No. 18 is open and closes Thu 21 Jan 2021 17:00 EST. Nothing was changed" in said
    )
    assert len(moved_lines(newsroom)) == 1


async def test_a_question_that_is_answered_twice_tells_the_channel_once(newsroom: Newsroom) -> None:
    await newsroom.commands(newsroom.ana, "/vric deadline Fri 12:00")
    question = newsroom.whispers(newsroom.ana)[-1]

    click = newsroom.ana.clicks
    await asyncio.gather(*(click(question.channel, question.ts, "Move the deadline") for _ in range(2)))
    await newsroom.settles()

    assert all("No. 18 now closes" in told.words for told in newsroom.whispers(newsroom.ana))
    assert len(moved_lines(newsroom)) == 1


async def test_a_deadline_that_comes_nearer_brings_at_once_what_it_overtook(newsroom: Newsroom) -> None:
    asked = await newsroom.moves_deadline("2021-01-12 12:00")
    await newsroom.beats(newsroom.clock())

    assert "members who are short are reminded (at once)" in asked
    assert (len(reminders(newsroom.ana)), len(reminders(newsroom.ben))) == (1, 1)
    assert about_sections(newsroom) == []
    await newsroom.beats(datetime(2021, 1, 11, 17, 0, tzinfo=UTC))
    assert len(about_sections(newsroom)) == 1
    assert "Draft of No. 18" in newsroom.draft().words
    assert len(reminders(newsroom.ana)) == 1


async def test_a_deadline_that_moves_on_repeats_nothing_and_brings_what_was_not_posted_yet(newsroom: Newsroom) -> None:
    await newsroom.beats(TWO_DAYS_BEFORE)

    asked = await newsroom.moves_deadline(A_WEEK_LATER)
    await newsroom.beats(THE_DEADLINE)

    assert "members who are short are reminded (posted)" in asked
    assert "members who are short" not in moved_lines(newsroom)[0]
    assert about_sections(newsroom) == []
    await newsroom.beats(datetime(2021, 1, 20, 22, 0, tzinfo=UTC))
    assert len(about_sections(newsroom)) == 1
    assert len(reminders(newsroom.ana)) == 1
    assert "Draft of No. 18" in newsroom.draft().words


async def test_a_deadline_that_nobody_can_mean_is_refused(newsroom: Newsroom) -> None:
    told = await newsroom.commands(newsroom.ana, "/vric deadline 9999-12-31 17:00")

    assert "is more than a year ahead. Nothing was changed" in told


async def test_the_button_for_editors_opens_the_same_calendar_in_a_form(newsroom: Newsroom) -> None:
    async with newsroom.bot.database.unit_of_work() as work:
        (desk,) = await work.desks.all()
    button = ActionsBlock(elements=[calendar_button(desk.id, Renderer())])
    sent = await newsroom.bot.edge.app.client.chat_postMessage(channel=desk.channel, text="Calendar", blocks=[button])

    await newsroom.ana.clicks(desk.channel, str(sent["ts"]), "Calendar")
    await newsroom.settles()

    assert "No. 18 covers 1 Dec 2020 to 14 Jan 2021" in newsroom.modal_words(newsroom.ana)
    assert "No. 19 covers 1 Jan 2021 to 14 Feb 2021" in newsroom.modal_words(newsroom.ana)
