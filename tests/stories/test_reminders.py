"""Journeys 40 to 42: who is reminded of what, in their own time, and who is left alone."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.editorial.calendar import Before, DueKind, Reminder
from bot.editorial.houses import Houses
from bot.editorial.issue import Issue
from bot.sandbox.member import Member
from bot.sandbox.workspace import Message
from tests.newsroom import EACH_ONCE, OVER_A_SOCKET, Newsroom
from tests.stories.test_deadline import A_DAY_BEFORE, TANKERS, TWO_DAYS_BEFORE, files, reminders

pytestmark = OVER_A_SOCKET

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
    house = newsroom.bot.desk.houses.default
    plan = replace(house.calendar, reminders=(Reminder(kind, Before(hours=48)),))
    newsroom.bot.desk.houses = Houses([replace(house, calendar=plan)])


def in_short_sections(newsroom: Newsroom, *minima: tuple[str, int]) -> None:
    """The house asks for no more than these sections to hold so much."""
    house, wanted = newsroom.bot.desk.houses.default, dict(minima)
    chapters = tuple(
        replace(
            chapter,
            sections=tuple(replace(each, minimum=wanted.get(each.title, 0)) for each in chapter.sections),
        )
        for chapter in house.chapters
    )
    newsroom.bot.desk.houses = Houses([replace(house, chapters=chapters)])


@EACH_ONCE
async def test_a_member_who_is_short_is_reminded_in_private_two_days_before(newsroom: Newsroom) -> None:
    await files(newsroom, newsroom.ana, 3)

    await newsroom.beats(TWO_DAYS_BEFORE)

    told = reminder(newsroom.ana)
    expected = f"You have 3 of 5 items for No. 18, which closes Thu 14 Jan 2021 17:00 EST. {SHORT}"
    assert told.text.startswith(expected)
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


@EACH_ONCE
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


async def test_reminders_to_a_large_team_that_slack_slows_down_reach_everybody_once(newsroom: Newsroom) -> None:
    people = [newsroom.stand_in.workspace.add_user(f"m{n}", f"Member {n}") for n in range(12)]
    newsroom.stand_in.workspace.channel("#vric").members.update(person.id for person in people)
    newsroom.stand_in.fault("users.info", "ratelimited", times=5, retry_after=30)

    await newsroom.beats(TWO_DAYS_BEFORE)
    for _ in range(4):
        await newsroom.beats(newsroom.clock() + MINUTE)

    told = Counter(len(reminders(newsroom.stand_in.member(person.name))) for person in people)
    assert told == {1: 12}
