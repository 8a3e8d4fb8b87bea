"""Journeys 40 to 42: who is reminded of what, in their own time, and who is left alone."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from slack_sdk.models.blocks import ActionsBlock
from slack_sdk.models.views import View

from bot.editorial.calendar import Before, DueKind, Reminder
from bot.editorial.issue import Issue
from bot.render import Renderer
from bot.sandbox.member import Member
from bot.sandbox.workspace import Message
from handlers.blocks.reminder import snooze_button
from tests.newsroom import EACH_ONCE, Newsroom
from tests.stories.test_deadline import A_DAY_BEFORE, TANKERS, THE_DEADLINE, TWO_DAYS_BEFORE, files, reminders

pytestmark = EACH_ONCE

SHORT = (
    "Sections still short: Venezuela (0 of 10), The Bolivarian Network (0 of 8), Alex Saab Case (0 of 2), "
    "Russia (0 of 8), Iran (3 of 10), Hezbollah (0 of 3), The Nisman/AMIA Case (0 of 2), Turkey (0 of 2), "
    "Qatar (0 of 3), China (0 of 10), Illegal Fishing (0 of 2), VRIC Medical Diplomacy (0 of 5)."
)
MINUTE = timedelta(minutes=1)
WEDNESDAY_MORNING_IN_BOGOTA = datetime(2021, 1, 13, 14, 0, tzinfo=UTC)
BUTTONS = ["My items", "Snooze", "Not this issue"]


def reminder(member: Member) -> Message:
    """The last reminder that a member has, as it says by now."""
    return [message for message in member.direct() if message.metadata][-1]


def calls_about(newsroom: Newsroom, method: str, member: Member) -> int:
    return sum(call.method == method and member.user.id in call.args.values() for call in newsroom.stand_in.calls)


async def open_issue(newsroom: Newsroom) -> Issue:
    async with newsroom.bot.database.unit_of_work() as work:
        (desk,) = await work.desks.all()
        issue = await work.issues.open_of(desk.id)
    assert issue is not None
    return issue


def in_plan(newsroom: Newsroom, kind: DueKind) -> None:
    """The house has a reminder of this kind alone, two days before the deadline."""
    house = newsroom.bot.desk.house
    plan = replace(house.calendar, reminders=(Reminder(kind, Before(hours=48)),))
    newsroom.bot.desk.house = replace(house, calendar=plan)


def in_short_sections(newsroom: Newsroom, *minima: tuple[str, int]) -> None:
    """The house asks for no more than these sections to hold so much."""
    house, wanted = newsroom.bot.desk.house, dict(minima)
    chapters = tuple(
        replace(
            chapter,
            sections=tuple(replace(each, minimum=wanted.get(each.title, 0)) for each in chapter.sections),
        )
        for chapter in house.chapters
    )
    newsroom.bot.desk.house = replace(house, chapters=chapters)


async def test_a_member_who_is_short_is_reminded_in_private_two_days_before(newsroom: Newsroom) -> None:
    await files(newsroom, newsroom.ana, 3)

    await newsroom.beats(TWO_DAYS_BEFORE)

    told = reminder(newsroom.ana)
    expected = f"You have 3 of 5 items for No. 18, which closes Thu 14 Jan 2021 17:00 EST. {SHORT}"
    assert told.text == expected
    assert told.words.startswith(expected)
    assert told.buttons == BUTTONS
    assert [element.get("style") for element in told.blocks[-1]["elements"]] == ["primary", None, None]
    await newsroom.presses(newsroom.ana, told, "My items")
    assert "You have 3 of 5 items in this issue:" in newsroom.modal_words(newsroom.ana)
    assert f"• {TANKERS}, part 2, Iran" in newsroom.modal_words(newsroom.ana)


async def test_whoever_has_links_that_wait_is_asked_to_file_them_first_and_does_so_there(newsroom: Newsroom) -> None:
    links = [newsroom.press.prints(f"reuters.example/{n}", f"{TANKERS}, part {n}") for n in range(2)]
    await newsroom.drops(newsroom.ben, " ".join(links))
    await newsroom.drops(newsroom.ana, newsroom.press.prints("infobae.example/ana", "Somebody else’s"))

    await newsroom.beats(TWO_DAYS_BEFORE)

    told = reminder(newsroom.ben)
    assert "2 links of yours wait for a section." in told.words
    assert told.buttons == ["File my links", "Snooze", "Not this issue"]
    await newsroom.presses(newsroom.ben, told, "File my links")
    assert f"{TANKERS}, part 0 (Reuters)" in newsroom.modal_words(newsroom.ben)
    assert "Somebody else’s" not in newsroom.modal_words(newsroom.ben)
    for left in (1, 0):
        await newsroom.ben.selects_in_modal("Iran")
        await newsroom.settles()
        assert newsroom.modal_words(newsroom.ben).count(TANKERS) == left
    assert "None of your links waits for a section." in newsroom.modal_words(newsroom.ben)
    assert [item.section for item in await newsroom.items()] == ["iran", "iran", None]


async def test_a_member_elsewhere_is_reminded_at_the_end_of_their_own_working_day_in_their_own_time(
    newsroom: Newsroom,
) -> None:
    """Two days before the deadline it is seven in the morning in Tokyo."""
    newsroom.ben.user.tz = "Asia/Tokyo"
    end_of_tuesday = datetime(2021, 1, 12, 9, 0, tzinfo=UTC)

    await newsroom.beats(end_of_tuesday - MINUTE)
    assert reminders(newsroom.ben) == []
    await newsroom.beats(end_of_tuesday)
    await newsroom.beats(TWO_DAYS_BEFORE)

    (words,) = reminders(newsroom.ben)
    assert "which closes Fri 15 Jan 2021 07:00 JST." in words
    assert len(reminders(newsroom.ana)) == 1


async def test_a_member_whose_zone_slack_does_not_know_is_reminded_in_the_time_of_the_desk(newsroom: Newsroom) -> None:
    newsroom.ben.user.tz = ""

    await newsroom.beats(TWO_DAYS_BEFORE - MINUTE)
    assert reminders(newsroom.ben) == []
    await newsroom.beats(TWO_DAYS_BEFORE)

    (words,) = reminders(newsroom.ben)
    assert "which closes Thu 14 Jan 2021 17:00 EST." in words


async def test_a_member_who_flies_off_before_the_reminder_gets_it_where_they_land_and_once(newsroom: Newsroom) -> None:
    newsroom.ben.user.tz = "Europe/London"  # where it would come at six on Tuesday
    await newsroom.beats(TWO_DAYS_BEFORE - timedelta(hours=8))
    newsroom.ben.user.tz = "America/Los_Angeles"

    await newsroom.beats(datetime(2021, 1, 12, 18, 0, tzinfo=UTC))
    assert reminders(newsroom.ben) == []
    await newsroom.beats(TWO_DAYS_BEFORE)
    newsroom.ben.user.tz = "Asia/Tokyo"
    await newsroom.beats(A_DAY_BEFORE)

    (words,) = reminders(newsroom.ben)
    assert "14:00 PST" in words


async def test_a_member_who_met_the_quota_hears_nothing(newsroom: Newsroom) -> None:
    await files(newsroom, newsroom.ana, 5)

    await newsroom.beats(TWO_DAYS_BEFORE)

    assert reminders(newsroom.ana) == []
    assert len(reminders(newsroom.ben)) == 1


async def test_a_quota_that_is_met_while_the_reminder_is_on_its_way_is_met(newsroom: Newsroom) -> None:
    await files(newsroom, newsroom.ana, 4)
    waits = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/fifth", f"{TANKERS}, part 5"))
    newsroom.clock.advance(TWO_DAYS_BEFORE - newsroom.clock())
    assert await newsroom.bot.edge.heartbeat.beat()

    await newsroom.clicks(newsroom.ana, waits, "File in Iran")

    assert reminders(newsroom.ana) == []
    assert len(reminders(newsroom.ben)) == 1


async def test_a_member_who_is_away_by_status_hears_nothing(newsroom: Newsroom) -> None:
    newsroom.ben.user.status_text = "Out of office"

    await newsroom.beats(TWO_DAYS_BEFORE)

    assert reminders(newsroom.ben) == []
    assert len(reminders(newsroom.ana)) == 1


async def test_a_member_who_goes_away_while_the_reminder_is_on_its_way_hears_nothing(newsroom: Newsroom) -> None:
    newsroom.clock.advance(TWO_DAYS_BEFORE - newsroom.clock())
    assert await newsroom.bot.edge.heartbeat.beat()
    newsroom.ben.user.status_emoji = ":palm_tree:"
    newsroom.clock.advance(2 * MINUTE)

    await newsroom.settles()

    assert reminders(newsroom.ben) == []
    assert calls_about(newsroom, "conversations.open", newsroom.ben) == 0
    assert len(reminders(newsroom.ana)) == 1


async def test_a_status_that_has_ended_is_none(newsroom: Newsroom) -> None:
    newsroom.ben.user.status_emoji = ":palm_tree:"
    newsroom.ben.user.status_expiration = int(TWO_DAYS_BEFORE.timestamp())
    await newsroom.beats(TWO_DAYS_BEFORE - 10 * MINUTE)

    await newsroom.beats(TWO_DAYS_BEFORE)

    assert len(reminders(newsroom.ben)) == 1


async def test_nobody_who_left_the_workspace_or_the_channel_is_written_to(newsroom: Newsroom) -> None:
    cem = newsroom.stand_in.workspace.add_user("cem", "Cem Aydın")
    dee = newsroom.stand_in.workspace.add_user("dee", "Dee Ito")
    members = newsroom.stand_in.workspace.channel("#vric").members
    members |= {cem.id, dee.id}
    await newsroom.beats(TWO_DAYS_BEFORE - 10 * MINUTE)
    cem.deleted = True
    members.remove(dee.id)

    await newsroom.beats(TWO_DAYS_BEFORE)

    assert calls_about(newsroom, "conversations.open", newsroom.stand_in.member("cem")) == 0
    assert calls_about(newsroom, "conversations.open", newsroom.stand_in.member("dee")) == 0
    assert (len(reminders(newsroom.ana)), len(reminders(newsroom.ben))) == (1, 1)


async def test_a_member_who_leaves_while_the_reminder_is_on_its_way_is_not_written_to(newsroom: Newsroom) -> None:
    newsroom.clock.advance(TWO_DAYS_BEFORE - newsroom.clock())
    assert await newsroom.bot.edge.heartbeat.beat()
    newsroom.ben.user.deleted = True
    newsroom.clock.advance(2 * MINUTE)

    await newsroom.settles()

    assert calls_about(newsroom, "conversations.open", newsroom.ben) == 0
    assert len(reminders(newsroom.ana)) == 1


async def test_who_a_member_is_by_now_is_asked_again_where_slack_had_no_time(newsroom: Newsroom) -> None:
    newsroom.clock.advance(TWO_DAYS_BEFORE - newsroom.clock())
    assert await newsroom.bot.edge.heartbeat.beat()
    newsroom.clock.advance(2 * MINUTE)
    newsroom.stand_in.fault("users.info", "ratelimited", times=2, retry_after=600)

    await newsroom.settles()
    assert (reminders(newsroom.ana), reminders(newsroom.ben)) == ([], [])
    await newsroom.passes(minutes=11)

    assert (len(reminders(newsroom.ana)), len(reminders(newsroom.ben))) == (1, 1)


async def test_a_reminder_is_posted_once_however_often_the_clock_beats(newsroom: Newsroom) -> None:
    for _ in range(3):
        await newsroom.beats(TWO_DAYS_BEFORE)

    assert len(reminders(newsroom.ana)) == 1


async def test_slack_is_asked_of_each_member_once_an_hour_while_their_reminders_are_waited_for(
    newsroom: Newsroom,
) -> None:
    morning = datetime(2021, 1, 12, 15, 0, tzinfo=UTC)
    await newsroom.beats(morning)
    before = len(newsroom.stand_in.calls)

    for minute in range(1, 50):
        await newsroom.beats(morning + minute * MINUTE)

    asked = [call.method for call in newsroom.stand_in.calls[before:]]
    assert asked.count("users.info") + asked.count("conversations.members") == 0


async def test_a_snoozed_reminder_says_until_when_and_comes_again_in_the_morning_for_the_last_time(
    newsroom: Newsroom,
) -> None:
    await newsroom.beats(TWO_DAYS_BEFORE)

    await newsroom.presses(newsroom.ben, reminder(newsroom.ben), "Snooze")
    assert newsroom.form(newsroom.ben) == {"Remind me again in the morning of": "2021-01-13"}
    assert await newsroom.submits(newsroom.ben, {}) == {}

    assert "Snoozed: you hear nothing of No. 18 until Wed 13 Jan 2021 09:00 UTC-5." in reminder(newsroom.ben).words
    assert reminder(newsroom.ben).buttons == ["My items", "Remind me again"]
    await newsroom.beats(WEDNESDAY_MORNING_IN_BOGOTA - MINUTE)
    assert len(reminders(newsroom.ben)) == 1
    await newsroom.beats(WEDNESDAY_MORNING_IN_BOGOTA)
    assert len(reminders(newsroom.ben)) == 2
    assert len(reminders(newsroom.ana)) == 1
    assert "No further reminder of No. 18 comes." in reminder(newsroom.ben).words
    assert reminder(newsroom.ben).buttons == ["My items"]
    await newsroom.presses(newsroom.ben, newsroom.ben.direct()[0], "Remind me again")
    assert newsroom.ben.told("No further reminder of No. 18 comes, so there is nothing to put off.")


async def test_a_day_that_has_passed_or_comes_after_the_deadline_is_refused_in_the_form(newsroom: Newsroom) -> None:
    await newsroom.beats(TWO_DAYS_BEFORE)
    await newsroom.presses(newsroom.ben, reminder(newsroom.ben), "Snooze")
    day = "Remind me again in the morning of"

    for passed in ("2021-01-12", "2020-12-31"):
        refused = await newsroom.submits(newsroom.ben, {day: passed})
        assert refused == {"day": "That morning has passed already. Nothing was changed; choose a day that lies ahead."}
    late = await newsroom.submits(newsroom.ben, {day: "2021-01-15"})
    assert late["day"].startswith("No. 18 closes Thu 14 Jan 2021 17:00 UTC-5. Nothing was changed; choose a day")

    assert reminder(newsroom.ben).buttons == BUTTONS
    assert await newsroom.submits(newsroom.ben, {day: "2021-01-14"}) == {}
    assert "until Thu 14 Jan 2021 09:00 UTC-5." in reminder(newsroom.ben).words


async def test_a_member_who_sits_this_issue_out_is_left_alone_until_they_take_that_back(newsroom: Newsroom) -> None:
    await newsroom.beats(TWO_DAYS_BEFORE)

    await newsroom.presses(newsroom.ben, reminder(newsroom.ben), "Not this issue")

    assert "I leave you alone with No. 18." in reminder(newsroom.ben).words
    assert reminder(newsroom.ben).buttons == ["My items", "Remind me again"]
    await newsroom.presses(newsroom.ben, reminder(newsroom.ben), "Remind me again")
    assert "I leave you alone" not in reminder(newsroom.ben).words
    assert reminder(newsroom.ben).buttons == BUTTONS
    await newsroom.presses(newsroom.ben, reminder(newsroom.ben), "Not this issue")
    await newsroom.beats(THE_DEADLINE)
    assert len(reminders(newsroom.ben)) == 1


async def test_whoever_snoozed_and_filed_enough_meanwhile_hears_nothing_more(newsroom: Newsroom) -> None:
    await newsroom.beats(TWO_DAYS_BEFORE)
    await newsroom.presses(newsroom.ben, reminder(newsroom.ben), "Snooze")
    await newsroom.submits(newsroom.ben, {})
    await files(newsroom, newsroom.ben, 5)

    await newsroom.beats(WEDNESDAY_MORNING_IN_BOGOTA)

    assert len(reminders(newsroom.ben)) == 1


async def test_a_click_on_a_reminder_of_an_issue_that_closed_is_told_so(newsroom: Newsroom) -> None:
    await newsroom.beats(TWO_DAYS_BEFORE)
    await newsroom.beats(THE_DEADLINE)

    await newsroom.presses(newsroom.ben, reminder(newsroom.ben), "Not this issue")

    assert newsroom.ben.told("No further reminder of No. 18 comes, so there is nothing to put off.")
    assert reminder(newsroom.ben).buttons == BUTTONS


async def test_a_guest_cannot_put_off_what_they_are_not_reminded_of(newsroom: Newsroom) -> None:
    await newsroom.beats(TWO_DAYS_BEFORE)
    newsroom.ben.user.is_restricted = True
    newsroom.clock.advance(timedelta(hours=2))

    await newsroom.presses(newsroom.ben, reminder(newsroom.ben), "Not this issue")

    assert reminder(newsroom.ben).buttons == BUTTONS
    assert newsroom.ben.told("Only the desk can do that: you are a guest in this workspace.")


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
    newsroom.bot.desk.house = replace(newsroom.bot.desk.house, planned_items=1)
    await files(newsroom, newsroom.ben, 1, host="prensa-latina.example")

    await newsroom.beats(A_DAY_BEFORE)

    (said,) = [message.words for message in newsroom.channel_posts() if "closes Thu 14 Jan" in message.words][-1:]
    assert "Every section has its minimum. 1 of 1 = 100 % state media" in said
    assert "Over the limit: swap 1, drop 1 or add 4 others." in said


async def test_what_holds_for_my_reminders_is_shown_and_changed_in_a_form_that_a_home_opens(newsroom: Newsroom) -> None:
    issue = await open_issue(newsroom)
    button = ActionsBlock(elements=[snooze_button(issue.id, Renderer())])
    client = newsroom.bot.edge.app.client
    await client.views_publish(user_id=newsroom.ben.user.id, view=View(type="home", blocks=[button]))

    await newsroom.ben.clicks_in_home("My reminders")
    await newsroom.settles()
    planned = "The next reminder of No. 18 comes Tue 12 Jan 2021 17:00 UTC-5, if you are short of items then."
    assert planned in newsroom.modal_words(newsroom.ben)
    assert await newsroom.submits(newsroom.ben, {"Remind me again in the morning of": "2021-01-13"}) == {}
    assert "you hear nothing of No. 18 until Wed 13 Jan 2021 09:00 UTC-5." in newsroom.modal_words(newsroom.ben)
    await newsroom.presses_in_form(newsroom.ben, "Remind me again")
    assert planned in newsroom.modal_words(newsroom.ben)
    await newsroom.presses_in_form(newsroom.ben, "Not this issue")
    assert "I leave you alone with No. 18." in newsroom.modal_words(newsroom.ben)

    await newsroom.beats(TWO_DAYS_BEFORE)
    assert reminders(newsroom.ben) == []
    assert len(reminders(newsroom.ana)) == 1


async def test_on_the_day_of_the_deadline_nothing_can_be_put_off_to_another_morning(newsroom: Newsroom) -> None:
    newsroom.ben.user.tz = "Asia/Tokyo"  # where it is the last night
    await newsroom.beats(TWO_DAYS_BEFORE - timedelta(hours=13))
    newsroom.clock.advance(THE_DEADLINE - timedelta(hours=5) - newsroom.clock())

    await newsroom.presses(newsroom.ben, reminder(newsroom.ben), "Snooze")

    assert newsroom.form(newsroom.ben) == {}
    await newsroom.presses_in_form(newsroom.ben, "Not this issue")
    assert reminder(newsroom.ben).buttons == ["My items", "Remind me again"]


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


async def test_reminders_to_a_large_team_that_slack_slows_down_reach_everybody_once(newsroom: Newsroom) -> None:
    people = [newsroom.stand_in.workspace.add_user(f"m{n}", f"Member {n}") for n in range(12)]
    newsroom.stand_in.workspace.channel("#vric").members.update(person.id for person in people)
    newsroom.stand_in.fault("users.info", "ratelimited", times=5, retry_after=30)

    await newsroom.beats(TWO_DAYS_BEFORE)
    for _ in range(4):
        await newsroom.beats(newsroom.clock() + MINUTE)

    told = Counter(len(reminders(newsroom.stand_in.member(person.name))) for person in people)
    assert told == {1: 12}
