"""Faults 22 to 25: what is due is done once, by whoever beats first, late if it still helps, and never twice."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.desk import Desk
from bot.desk.errors import NumberTakenError
from bot.desk.reminding import Beat, Outcome
from bot.editorial.calendar import EVERY_DAY, Before, DueKind, Reminder, due_times
from bot.editorial.house import House
from bot.editorial.issue import Issue
from bot.editorial.recurrence import Monthly
from db.database import Database
from db.models import ClaimRow, OutboxRow
from tests.desk import staff
from tests.desk.staff import (
    ANA,
    BEN,
    CHANNEL,
    DEADLINE,
    EVA,
    GUS,
    MORNING,
    TEAM,
    Staff,
    desk_record,
    dropped,
    log_of,
    wishes,
)

DESKS, DUE_TIMES = 10, 250
REMINDED_AT = DEADLINE - timedelta(hours=48)
DRAFTED_AT = DEADLINE - timedelta(hours=24)
A_MINUTE = timedelta(minutes=1)
MEMBERS, SECTIONS = "remind members 48 hours before", "remind sections 24 hours before"
PLAN = (Reminder(DueKind.MEMBERS, Before(hours=48)), Reminder(DueKind.SECTIONS, Before(hours=24)))
HOUSE = replace(staff.HOUSE, calendar=replace(staff.HOUSE.calendar, reminders=PLAN))
"""What is due for everybody and for the channel; what editors are told of has own tests."""


def desk_on(database: Database, *, people: Staff | None = None, house: House = HOUSE) -> Desk:
    return staff.desk_on(database, people=people, house=house)


@pytest.fixture
async def desk(database: Database) -> Desk:
    found = desk_on(database)
    await found.welcome(TEAM, CHANNEL, editor=EVA.id, now=MORNING)
    return found


async def claims(database: Database) -> list[ClaimRow]:
    async with database.connection() as connection:
        return list((await connection.execute(select(ClaimRow.__table__).order_by(ClaimRow.at))).all())  # type: ignore[arg-type] # rows read like the model


def outcomes(beats: Sequence[Beat]) -> dict[str, str]:
    return {beat.due.name: beat.outcome.value for beat in beats}


async def open_issue(database: Database) -> Issue:
    async with database.unit_of_work() as work:
        desk = await work.desks.find(TEAM, CHANNEL)
        assert desk is not None
        issue = await work.issues.open_of(desk.id)
    assert issue is not None
    return issue


async def reminded(database: Database) -> list[str]:
    return [wish.channel for wish in await wishes(database, "member reminder")]


async def test_four_replicas_take_each_of_250_due_times_once(replicas: list[Database]) -> None:
    desks = [desk_on(database, people=Staff(ANA)) for database in replicas]
    for number in range(1, DESKS):
        await desks[0].welcome(TEAM, f"C_{number}", editor=None, now=MORNING)
    taken: list[Beat] = []

    while len(taken) < DUE_TIMES:
        issue = await open_issue(replicas[0])
        done = {beat.due.name for beat in taken if beat.issue.number == issue.number}
        now = next(due.at for due in due_times(HOUSE.calendar, issue.deadline) if due.name not in done)
        for beats in await asyncio.gather(*(desk.beat(now=now) for desk in desks)):
            taken += beats

    assert len(taken) == DUE_TIMES
    assert {beat.due.at for beat in taken if beat.due.at > now} == set()
    claimed = Counter(claim.outcome for claim in await claims(replicas[0]))
    assert claimed == {"posted": DUE_TIMES, "through": 70}
    query = select(OutboxRow.kind, OutboxRow.wanted).where(OutboxRow.kind != "welcome")
    async with replicas[0].connection() as connection:
        shown = (await connection.execute(query)).all()
    assert len(shown) == DUE_TIMES
    assert {row.wanted for row in shown} == {1}
    assert Counter(row.kind for row in shown) == {
        "member reminder": 70,
        "section reminder": 60,
        "draft": 60,
        "issue changed": 60,
    }


async def test_what_was_missed_and_still_helps_is_posted_late(desk: Desk) -> None:
    beats = await desk.beat(now=DEADLINE - A_MINUTE)

    assert outcomes(beats) == {MEMBERS: "posted", SECTIONS: "posted", "draft": "posted"}
    assert await desk.beat(now=DEADLINE - A_MINUTE) == []


async def test_what_was_missed_and_helps_no_more_is_claimed_as_skipped_and_the_issue_still_closes(
    desk: Desk, database: Database
) -> None:
    beats = await desk.beat(now=DEADLINE + timedelta(days=1))

    assert outcomes(beats) == {
        MEMBERS: "skipped",
        SECTIONS: "skipped",
        "draft": "skipped",
        "close": "posted",
    }
    assert [claim.outcome for claim in await claims(database)].count("skipped") == 3
    assert await reminded(database) == []
    assert await wishes(database, "draft") == []
    assert (await open_issue(database)).number == 19


async def test_a_clock_that_jumps_ahead_and_back_posts_nothing_twice(desk: Desk, database: Database) -> None:
    await desk.beat(now=REMINDED_AT + A_MINUTE)
    once = await reminded(database)

    again = [await desk.beat(now=REMINDED_AT + timedelta(minutes=off)) for off in (-360, -1, 0, 2)]

    assert once
    assert again == [[], [], [], []]
    assert await reminded(database) == once


async def test_nothing_is_due_before_its_time(desk: Desk) -> None:
    assert await desk.beat(now=REMINDED_AT - A_MINUTE) == []
    assert outcomes(await desk.beat(now=REMINDED_AT)) == {MEMBERS: "posted"}


async def test_a_deadline_that_moves_takes_along_what_was_not_posted_and_repeats_nothing(
    desk: Desk, database: Database
) -> None:
    record = await desk_record(database)
    await desk.beat(now=REMINDED_AT)
    later = DEADLINE + timedelta(days=4)
    await desk.move_deadline(record, later, by=EVA.id, now=REMINDED_AT + A_MINUTE)

    assert await desk.beat(now=DEADLINE) == []
    assert outcomes(await desk.beat(now=later - timedelta(hours=24))) == {
        SECTIONS: "posted",
        "draft": "posted",
    }
    await desk.move_deadline(record, later + timedelta(days=1), by=EVA.id, now=later - timedelta(hours=23))
    assert await desk.beat(now=later) == []
    assert outcomes(await desk.beat(now=later + timedelta(days=1))) == {"close": "posted"}

    assert [draft.wanted for draft in await wishes(database, "draft")] == [2], "the last time tells of the deadline"


async def test_a_deadline_that_moves_while_the_roster_is_read_is_the_one_that_counts(
    database: Database, desk: Desk
) -> None:
    """The workspace is asked for seconds; what was due before may be due no more."""
    record = await desk_record(database)

    class SlowStaff(Staff):
        async def present(self, workspace: str, channel: str) -> Sequence[str]:
            await desk.move_deadline(record, DEADLINE + timedelta(days=7), by=EVA.id, now=REMINDED_AT)
            return await super().present(workspace, channel)

    assert await desk_on(database, people=SlowStaff(ANA, BEN, EVA)).beat(now=REMINDED_AT) == []
    assert await reminded(database) == []
    assert outcomes(await desk.beat(now=REMINDED_AT + timedelta(days=7))) == {MEMBERS: "posted"}


async def test_an_issue_that_gets_another_number_is_not_reminded_of_twice_and_the_next_is_not_passed_over(
    desk: Desk, database: Database
) -> None:
    record = await desk_record(database)
    await desk.beat(now=REMINDED_AT)
    await desk.number_issue(record, 17, by=EVA.id, now=REMINDED_AT + A_MINUTE)

    assert await desk.beat(now=REMINDED_AT + 2 * A_MINUTE) == []
    await desk.close_issue(record, by=EVA.id, now=REMINDED_AT + 3 * A_MINUTE)
    following = await open_issue(database)
    due = due_times(HOUSE.calendar, following.deadline)[0]

    assert (following.number, outcomes(await desk.beat(now=due.at))) == (18, {MEMBERS: "posted"})


async def test_a_closed_issue_stays_closed_whatever_editors_ask_and_nothing_of_it_is_due_any_more(
    desk: Desk, database: Database
) -> None:
    record = await desk_record(database)
    await desk.beat(now=REMINDED_AT)
    closed, following = await desk.close_issue(record, by=EVA.id, now=REMINDED_AT + A_MINUTE)

    with pytest.raises(NumberTakenError):
        await desk.number_issue(record, closed.number, by=EVA.id, now=REMINDED_AT + 2 * A_MINUTE)
    moved = await desk.move_deadline(record, DEADLINE, by=EVA.id, now=REMINDED_AT + 2 * A_MINUTE)

    assert (moved.id, moved.deadline) == (following.id, closed.deadline)
    beats = [beat for hours in range(60) for beat in await desk.beat(now=REMINDED_AT + timedelta(hours=hours))]
    assert {beat.issue.id for beat in beats if beat.due.at <= DEADLINE} == {following.id}
    assert Counter(await reminded(database)) == {ANA.id: 2, BEN.id: 2, EVA.id: 2}
    assert [draft.wanted for draft in await wishes(database, "draft")] == [1]


async def test_whoever_met_the_quota_or_is_a_guest_hears_nothing(desk: Desk, database: Database) -> None:
    for number in range(HOUSE.items_per_member):
        item = await dropped(desk, f"https://reuters.com/{number}", message=f"{number}.0")
        await desk.file(item.id, "iran", workspace=TEAM, by=BEN.id, now=MORNING)

    await desk.beat(now=REMINDED_AT)

    assert await reminded(database) == [BEN.id, EVA.id]
    assert GUS.id not in await reminded(database)


async def test_a_member_who_snoozes_is_reminded_again_then_and_once(desk: Desk, database: Database) -> None:
    issue, until = await open_issue(database), datetime(2021, 1, 13, 14, 0, tzinfo=UTC)
    await desk.beat(now=REMINDED_AT)
    await desk.snooze(issue.id, date(2021, 1, 13), workspace=TEAM, by=ANA.id, now=REMINDED_AT + A_MINUTE)

    assert await desk.beat(now=until - A_MINUTE) == []
    assert [beat.member for beat in await desk.beat(now=until)] == [ANA.id]
    assert await desk.beat(now=until) == []

    assert Counter(await reminded(database)) == {ANA.id: 2, BEN.id: 1, EVA.id: 1}


async def test_a_member_who_wants_no_more_of_this_issue_hears_nothing_even_when_its_deadline_moves(
    desk: Desk, database: Database
) -> None:
    issue, record = await open_issue(database), await desk_record(database)
    await desk.sit_out(issue.id, workspace=TEAM, by=ANA.id, now=MORNING)
    await desk.beat(now=REMINDED_AT)
    later = DEADLINE + timedelta(days=7)
    await desk.move_deadline(record, later, by=EVA.id, now=REMINDED_AT + A_MINUTE)

    await desk.beat(now=later - A_MINUTE)

    assert await reminded(database) == [BEN.id, EVA.id]


async def test_a_desk_whose_roster_cannot_be_read_stops_no_other_and_is_due_again(
    desk: Desk, database: Database
) -> None:
    class Archived(Staff):
        async def present(self, workspace: str, channel: str) -> Sequence[str]:
            if channel == CHANNEL:
                raise ConnectionError("is_archived")
            return await super().present(workspace, channel)

    await desk.welcome(TEAM, "C_AFRICA", editor=None, now=MORNING)

    with pytest.RaisesGroup(pytest.RaisesExc(ConnectionError, match="is_archived")):
        await desk_on(database, people=Archived(ANA)).beat(now=REMINDED_AT)
    assert await reminded(database) == [ANA.id]

    again = await desk.beat(now=REMINDED_AT)
    assert {(beat.desk.channel, beat.due.kind, beat.outcome) for beat in again} == {
        (CHANNEL, DueKind.MEMBERS, Outcome.POSTED)
    }


def house_in(zone: str, day: int, at: time) -> House:
    return replace(HOUSE, calendar=replace(HOUSE.calendar, zone=zone, recurs=Monthly(day), at=at))


NIGHTS = [
    ("America/New_York", date(2021, 3, 15), time(2, 30), "2021-03-14T07:30"),
    ("America/New_York", date(2021, 11, 8), time(1, 30), "2021-11-07T05:30"),
    ("Europe/Berlin", date(2021, 3, 29), time(2, 30), "2021-03-28T01:30"),
    ("Europe/Berlin", date(2021, 11, 1), time(2, 30), "2021-10-31T00:30"),
    ("Australia/Lord_Howe", date(2021, 10, 4), time(2, 15), "2021-10-02T15:45"),
    ("Australia/Lord_Howe", date(2021, 4, 5), time(1, 45), "2021-04-03T14:45"),
]


@pytest.mark.parametrize(("zone", "day", "at", "moment"), NIGHTS, ids=[f"{night[0]} {night[1]}" for night in NIGHTS])
async def test_in_a_night_in_which_the_clocks_change_each_due_time_comes_once(
    database: Database, zone: str, day: date, at: time, moment: str
) -> None:
    """A wall time that is skipped moves forward; one that comes twice is the first."""
    house = house_in(zone, day.day, at)
    awake = replace(house.calendar, working_days=EVERY_DAY, work_from=time(0), work_until=time(23, 59))
    desk = desk_on(database, house=replace(house, calendar=awake), people=Staff(ANA))
    deadline = datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
    await desk.welcome(TEAM, CHANNEL, editor=None, now=deadline - timedelta(days=6))
    taken: list[tuple[str, datetime]] = []

    for quarter in range(-30 * 4, 1, 1):
        now = deadline + quarter * timedelta(minutes=15)
        if quarter == 0 or -28 <= quarter / 4 <= -20:
            taken += [(beat.due.name, now) for beat in await desk.beat(now=now)]

    expected = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert [due for due in taken if due[0] in {SECTIONS, "draft"}] == [
        (SECTIONS, expected),
        ("draft", expected),
    ]
    assert Counter(name for name, _ in taken) == Counter((MEMBERS, SECTIONS, "draft", "close"))
    assert (taken[-1], len(await claims(database))) == (("close", deadline), 5)  # and one that everybody was asked


async def test_a_desk_that_moves_to_another_zone_in_mid_week_posts_nothing_twice(
    desk: Desk, database: Database
) -> None:
    moved = desk_on(database, house=house_in("Europe/Berlin", 14, time(17, 0)))
    taken = [(beat.due.name, beat.member) for beat in await desk.beat(now=DRAFTED_AT)]

    for hours in range(26):
        beats = await moved.beat(now=DRAFTED_AT + timedelta(hours=hours))
        taken += [(beat.due.name, beat.member) for beat in beats]

    assert Counter(name for name, _ in taken) == {MEMBERS: 3, SECTIONS: 1, "draft": 1, "close": 1}
    assert len(taken) == len(set(taken))
    assert [row.verb for row in await log_of(database)].count("closed") == 1
