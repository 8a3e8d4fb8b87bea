"""Journey 42: what the channel hears of its sections, and its editors of what waits for them."""

from dataclasses import replace
from datetime import timedelta

from bot.editorial.calendar import DueKind
from bot.editorial.houses import Houses
from tests.newsroom import EACH_ONCE, OVER_HTTP, Newsroom
from tests.stories.test_deadline import A_DAY_BEFORE, TANKERS, TWO_DAYS_BEFORE, files, reminders
from tests.stories.test_reminders import MINUTE, in_plan, in_short_sections, reminder

pytestmark = OVER_HTTP


@EACH_ONCE
async def test_the_channel_hears_once_about_sections_and_no_names_a_day_before(newsroom: Newsroom) -> None:
    await files(newsroom, newsroom.ana, 4)
    await files(newsroom, newsroom.ben, 1, host="prensa-latina.example")

    await newsroom.beats(A_DAY_BEFORE)
    await newsroom.beats(A_DAY_BEFORE)

    said = [message.words for message in newsroom.channel_posts() if "Short: " in message.words]
    assert len(said) == 1
    assert "Short: Venezuela 0/10, The Bolivarian Network 0/8, Alex Saab Case 0/2, Russia 0/8, Iran 5/10" in said[0]
    assert "VRIC Medical Diplomacy 0/5; 60 more items fill them." in said[0]
    assert "1 of 5 so far is state media; forecast 1 of 100 planned = 1 %" in said[0]
    assert "Ana" not in said[0]
    assert "Ben" not in said[0]


async def test_the_channel_hears_nothing_where_no_section_is_short_and_the_promise_is_kept(newsroom: Newsroom) -> None:
    in_short_sections(newsroom, ("Iran", 1))
    await files(newsroom, newsroom.ana, 1)

    await newsroom.beats(A_DAY_BEFORE)

    assert not any("Every section has its minimum" in message.words for message in newsroom.channel_posts())


async def test_the_channel_hears_nothing_of_a_section_that_is_filled_while_the_message_is_on_its_way(
    newsroom: Newsroom,
) -> None:
    in_short_sections(newsroom, ("Iran", 1))
    waits = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran", TANKERS))
    newsroom.clock.advance(A_DAY_BEFORE - newsroom.clock())
    assert await newsroom.bot.edge.heartbeat.beat()

    await newsroom.clicks(newsroom.ana, waits, "File in Iran")

    assert not any("Short: " in message.words for message in newsroom.channel_posts())


async def test_the_channel_hears_of_the_promise_alone_where_no_section_is_short(newsroom: Newsroom) -> None:
    in_short_sections(newsroom)
    newsroom.bot.desk.houses = Houses([replace(newsroom.bot.desk.houses.default, planned_items=1)])
    await files(newsroom, newsroom.ben, 1, host="prensa-latina.example")

    await newsroom.beats(A_DAY_BEFORE)

    (said,) = [message.words for message in newsroom.channel_posts() if "closes Thu 14 Jan" in message.words][-1:]
    assert "Every section has its minimum. 1 of 1 = 100 % state media" in said
    assert "Over the limit: swap 1, drop 1 or add 4 others." in said


async def test_editors_hear_in_private_what_waits_for_them_and_mend_it_from_there(newsroom: Newsroom) -> None:
    in_plan(newsroom, DueKind.EDITORS)
    gus = newsroom.guest()
    await newsroom.drops(gus, newsroom.press.prints("reuters.example/gus", "A guest’s find"))
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("unheard-of.example/iran", TANKERS, day=None))
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")

    await newsroom.beats(TWO_DAYS_BEFORE)
    await newsroom.beats(TWO_DAYS_BEFORE + timedelta(hours=1))

    (words,) = reminders(newsroom.ana)
    assert "No. 18 closes Thu 14 Jan 2021 17:00 EST. For editors:" in words
    assert "• 1 link of a guest waits for a section" in words
    assert "• 1 outlet is undecided: state media or not" in words
    assert "keep the issue from being published" in words or "keeps the issue from being published" in words
    assert (reminders(newsroom.ben), reminders(gus)) == ([], [])
    assert reminder(newsroom.ana).buttons == ["Waiting list (2)", "Fix list"]
    await newsroom.presses(newsroom.ana, reminder(newsroom.ana), "Fix list")
    assert f"Blocks: {TANKERS} has no date." in newsroom.modal_words(newsroom.ana)


async def test_editors_hear_nothing_where_nothing_waits_or_what_waited_is_done_meanwhile(newsroom: Newsroom) -> None:
    in_plan(newsroom, DueKind.EDITORS)
    ts = await newsroom.drops(newsroom.guest(), newsroom.press.prints("reuters.example/gus", TANKERS))
    newsroom.clock.advance(TWO_DAYS_BEFORE - newsroom.clock())
    assert await newsroom.bot.edge.heartbeat.beat()

    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    assert reminders(newsroom.ana) == []


async def test_an_editor_who_is_away_hears_nothing_of_what_waits(newsroom: Newsroom) -> None:
    in_plan(newsroom, DueKind.EDITORS)
    await newsroom.drops(newsroom.guest(), newsroom.press.prints("reuters.example/gus", "A guest’s find"))
    newsroom.ana.user.status_text = "On vacation"

    await newsroom.beats(TWO_DAYS_BEFORE)

    assert reminders(newsroom.ana) == []


async def test_an_editor_who_is_none_any_more_hears_nothing_of_what_waits(newsroom: Newsroom) -> None:
    in_plan(newsroom, DueKind.EDITORS)
    dee = newsroom.stand_in.workspace.add_user("dee", "Dee Ito", is_admin=True)
    newsroom.stand_in.workspace.channel("#vric").members.add(dee.id)
    await newsroom.drops(newsroom.guest(), newsroom.press.prints("reuters.example/gus", TANKERS))
    newsroom.clock.advance(TWO_DAYS_BEFORE - newsroom.clock())
    assert await newsroom.bot.edge.heartbeat.beat()
    dee.is_admin = False
    newsroom.clock.advance(2 * MINUTE)

    await newsroom.settles()

    assert reminders(newsroom.stand_in.member("dee")) == []
    assert len(reminders(newsroom.ana)) == 1
