"""Desks of other calendars: weekly ones, plans with several reminders, zones and deadlines that change on the way."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest

from bot.desk import Desk
from bot.desk.errors import DeadlineChangedError, EditorsOnlyError, MomentFarError, NoDeskError, NotOfThisDeskError
from bot.desk.planning import PlannedIssue
from bot.desk.reminding import Beat, Outcome
from bot.editorial.calendar import Before, CalendarRule, DueKind, Reminder
from bot.editorial.recurrence import ByDates, Recurrence, Weekly
from bot.ports import DeskRecord
from db.database import Database
from tests.desk.staff import ANA, CHANNEL, EVA, GUS, HOUSE, TEAM, Staff, desk_on, desk_record, log_of

THURSDAY = date(2021, 1, 14)
HOUR = timedelta(hours=1)
SECTIONS = "remind sections 24 hours before"


def weekly(**changes: Any) -> CalendarRule:  # noqa: ANN401 - any field of the rule
    """Thursdays at 17:00, with a reminder to the channel and the draft a day before."""
    plan = (Reminder(DueKind.SECTIONS, Before(hours=24)),)
    rule = replace(HOUSE.calendar, recurs=Weekly(THURSDAY), reminders=plan)
    return replace(rule, **changes)


def desk_of(database: Database, rule: CalendarRule) -> Desk:
    return desk_on(database, house=replace(HOUSE, calendar=rule), people=Staff(ANA, EVA, GUS))


async def begins(database: Database, rule: CalendarRule, at: datetime) -> tuple[Desk, DeskRecord]:
    desk = desk_of(database, rule)
    await desk.welcome(TEAM, CHANNEL, editor=EVA.id, now=at)
    return desk, await desk_record(database)


async def beats(desk: Desk, start: datetime, hours: int) -> list[Beat]:
    """A beat every hour; what each took."""
    return [beat for hour in range(hours) for beat in await desk.beat(now=start + hour * HOUR)]


def of(issue: PlannedIssue, kind: DueKind) -> list[Outcome | None]:
    return [post.outcome for post in issue.posts if post.due.kind is kind]


def named(taken: Sequence[Beat]) -> Counter[tuple[int, str]]:
    return Counter((beat.issue.number, beat.due.name) for beat in taken)


async def test_a_weekly_desk_posts_once_a_week_through_a_night_in_which_the_clocks_change(database: Database) -> None:
    start = datetime(2021, 3, 5, 12, tzinfo=UTC)
    desk, _ = await begins(database, weekly(), start)

    taken = await beats(desk, start, 24 * 28)

    assert named(taken) == {(number, name): 1 for number in (18, 19, 20, 21) for name in (SECTIONS, "draft", "close")}
    closed = [beat.due.at for beat in taken if beat.due.kind is DueKind.CLOSE]
    assert [f"{each:%d %H}" for each in closed] == ["11 22", "18 21", "25 21", "01 21"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("America/New_York", "Europe/Madrid"),
        ("Europe/Madrid", "America/Sao_Paulo"),
        ("Asia/Kathmandu", "America/New_York"),
        ("Australia/Lord_Howe", "America/New_York"),
        ("America/New_York", "Australia/Lord_Howe"),
    ],
)
@pytest.mark.parametrize("hours", [24 * 2, 24 * 5 + 18, 24 * 6 + 8])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_weekly_desk_whose_house_changes_its_zone_between_two_beats_posts_nothing_twice_and_skips_nothing(
    database: Database, old: str, new: str, hours: int
) -> None:
    start = datetime(2021, 3, 26, 12, tzinfo=UTC)
    desk, _ = await begins(database, weekly(zone=old), start)
    taken = await beats(desk, start, hours)

    taken += await beats(desk_of(database, weekly(zone=new)), start + hours * HOUR, 24 * 16 - hours)

    counted = named(taken)
    assert set(counted.values()) == {1}
    assert {beat.outcome for beat in taken} == {Outcome.POSTED}
    closed = sorted(number for number, name in counted if name == "close")
    assert closed[:2] == [18, 19]
    assert all((number, name) in counted for number in closed for name in (SECTIONS, "draft"))
    weeks = [beat.due.at for beat in taken if beat.due.kind is DueKind.CLOSE]
    assert all(timedelta(days=6) < later - earlier < timedelta(days=8) for earlier, later in pairwise(weeks))


async def test_of_reminders_that_were_missed_the_newest_is_posted_and_the_others_are_skipped(
    database: Database,
) -> None:
    plan = tuple(Reminder(DueKind.SECTIONS, Before(hours=hours)) for hours in (72, 48, 24))
    start = datetime(2021, 1, 8, 12, tzinfo=UTC)
    desk, record = await begins(database, weekly(reminders=plan), start)

    taken = await desk.beat(now=datetime(2021, 1, 13, 1, tzinfo=UTC))  # two of the three are due

    assert {beat.due.name: beat.outcome for beat in taken} == {
        "remind sections 72 hours before": Outcome.SKIPPED,
        "remind sections 48 hours before": Outcome.POSTED,
    }
    plan_now = await desk.calendar(record, by=ANA.id, now=datetime(2021, 1, 13, 2, tzinfo=UTC))
    assert of(plan_now.issues[0], DueKind.SECTIONS) == [Outcome.SKIPPED, Outcome.POSTED, None]


async def test_what_was_skipped_comes_after_all_when_its_moment_lies_ahead_of_another_deadline(
    database: Database,
) -> None:
    """A freeze hours after the deadline leaves the issue open when the reminder helps no more."""
    start = datetime(2021, 1, 8, 12, tzinfo=UTC)
    desk, record = await begins(database, weekly(freeze_after=timedelta(hours=6)), start)
    late = datetime(2021, 1, 14, 23, tzinfo=UTC)
    missed = {beat.due.name: beat.outcome for beat in await desk.beat(now=late)}
    assert missed == {SECTIONS: Outcome.SKIPPED, "draft": Outcome.SKIPPED}

    moved = await desk.move_deadline(record, datetime(2021, 1, 19, 22, tzinfo=UTC), by=EVA.id, now=late)
    taken = [beat for beat in await beats(desk, late, 24 * 6) if beat.issue.number == moved.number]

    assert {(beat.due.name, beat.outcome) for beat in taken} == {
        (SECTIONS, Outcome.POSTED),
        ("draft", Outcome.POSTED),
        ("close", Outcome.POSTED),
    }
    assert len(taken) == 3
    (moving,) = [change for change in await log_of(database) if change.verb == "deadline moved"]
    assert moving.before["passed over"] == ["draft", SECTIONS]


@pytest.mark.parametrize(
    "recurs", [Weekly(THURSDAY), Weekly(THURSDAY, 2), ByDates((THURSDAY, date(2021, 1, 20), date(2021, 2, 3)))]
)
async def test_a_desk_closes_and_opens_on_the_days_that_its_calendar_told(
    database: Database, recurs: Recurrence
) -> None:
    start = datetime(2021, 1, 12, 12, tzinfo=UTC)
    desk, record = await begins(database, weekly(recurs=recurs), start)
    told = [issue.deadline for issue in (await desk.calendar(record, by=ANA.id, now=start)).issues]

    taken = await beats(desk, start, 24 * 30)

    assert [beat.due.at for beat in taken if beat.due.kind is DueKind.CLOSE][:2] == told


async def test_the_calendar_of_an_issue_whose_deadline_was_moved_tells_the_next_one_as_it_will_open(
    database: Database,
) -> None:
    start = datetime(2021, 1, 12, 12, tzinfo=UTC)
    desk, record = await begins(database, weekly(), start)
    await desk.move_deadline(record, datetime(2021, 1, 22, 17, tzinfo=UTC), by=EVA.id, now=start)
    _, told = (await desk.calendar(record, by=ANA.id, now=start)).issues

    await desk.beat(now=datetime(2021, 1, 22, 17, tzinfo=UTC))
    opened = await desk.current_issue(record, now=datetime(2021, 1, 22, 17, tzinfo=UTC))

    assert (opened.number, opened.deadline) == (told.number, told.deadline)
    assert told.deadline == datetime(2021, 1, 28, 22, tzinfo=UTC)


async def test_a_draft_at_an_hour_of_the_clock_comes_then(database: Database) -> None:
    start = datetime(2021, 1, 12, 12, tzinfo=UTC)
    desk, _ = await begins(database, weekly(draft=Before(days=1, at=time(9, 30))), start)

    taken = await beats(desk, start.replace(minute=30), 48)

    (drafted,) = [beat.due.at for beat in taken if beat.due.kind is DueKind.DRAFT]
    assert drafted == datetime(2021, 1, 13, 14, 30, tzinfo=UTC)


async def test_a_deadline_is_proposed_to_editors_alone_and_moves_only_what_they_saw(database: Database) -> None:
    start = datetime(2021, 1, 12, 12, tzinfo=UTC)
    desk, record = await begins(database, weekly(), start)
    wanted = datetime(2021, 1, 15, 17, tzinfo=UTC)

    with pytest.raises(EditorsOnlyError):
        await desk.propose_deadline(record, wanted, by=ANA.id, now=start)
    with pytest.raises(MomentFarError):
        await desk.propose_deadline(record, start + timedelta(days=400), by=EVA.id, now=start)
    move = await desk.propose_deadline(record, wanted, by=EVA.id, now=start)
    assert move.issue == await desk.current_issue(record, now=start)

    seen = (move.issue.id, move.issue.deadline)
    await desk.move_deadline(record, wanted + HOUR, by=EVA.id, now=start, over=seen)
    with pytest.raises(DeadlineChangedError):
        await desk.move_deadline(record, wanted, by=EVA.id, now=start, over=seen)
    assert (await desk.current_issue(record, now=start)).deadline == wanted + HOUR


async def test_a_calendar_is_for_members_of_the_workspace(database: Database) -> None:
    start = datetime(2021, 1, 12, 12, tzinfo=UTC)
    desk, record = await begins(database, weekly(), start)

    with pytest.raises(NotOfThisDeskError):
        await desk.calendar(record, by=GUS.id, now=start)
    with pytest.raises(NoDeskError):
        await desk.desk_numbered(record.id, workspace="T_OTHER")
