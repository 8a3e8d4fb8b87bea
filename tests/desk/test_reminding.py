"""Faults 22 to 25 for each member: their own moment in their own zone, once, and twice an issue at most."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TypedDict

import pytest

from bot.desk import Desk
from bot.desk.errors import MorningPassedError, MorningTooLateError, NoMoreRemindersError, NotOfThisDeskError
from bot.desk.reminding import Beat
from bot.editorial.calendar import EVERY_DAY, Before, DueKind, Reminder
from bot.editorial.house import House
from bot.editorial.issue import Issue
from bot.editorial.recurrence import Monthly
from bot.ports import Person, Standing
from db.database import Database
from db.models import OutboxRow
from tests.desk.staff import (
    ANA,
    BEN,
    CHANNEL,
    DEADLINE,
    EVA,
    GUS,
    HOUSE,
    MORNING,
    TEAM,
    Staff,
    desk_on,
    desk_record,
    dropped,
    log_of,
    wishes,
)

DUE_TIMES = 250
REMINDED_AT = DEADLINE - timedelta(hours=48)
QUARTER = timedelta(minutes=15)
TOKIO = Person("U_TOKIO", "Mika Ito", "Asia/Tokyo", Standing.MEMBER)
BERLIN = Person("U_BERLIN", "Jörg Weiß", "Europe/Berlin", Standing.MEMBER)


class Click(TypedDict):
    """Where somebody clicks, who and when."""

    workspace: str
    by: str
    now: datetime


def click(member: Person, now: datetime) -> Click:
    return Click(workspace=TEAM, by=member.id, now=now)


class Moving(Staff):
    """People who may be elsewhere the next time somebody asks, or away; counts how often that is."""

    def __init__(self, *people: Person) -> None:
        super().__init__(*people)
        self.asked = 0

    def becomes(self, person: Person) -> None:
        self._people[person.id] = person

    async def look_up(self, workspace: str, person: str) -> Person | None:
        self.asked += 1
        return await super().look_up(workspace, person)


async def open_issue(database: Database) -> Issue:
    record = await desk_record(database)
    async with database.unit_of_work() as work:
        issue = await work.issues.open_of(record.id)
    assert issue is not None
    return issue


async def beats(desk: Desk, start: datetime, end: datetime, step: timedelta = QUARTER) -> list[tuple[Beat, datetime]]:
    """Beat from one moment to another; gives what was taken, and when."""
    taken, now = [], start
    while now <= end:
        taken += [(beat, now) for beat in await desk.beat(now=now)]
        now += step
    return taken


def posted(taken: Sequence[tuple[Beat, datetime]]) -> dict[str, datetime]:
    """When each member was reminded, by their ids; each once."""
    found = [(beat.member, now) for beat, now in taken if beat.member is not None and beat.outcome == "posted"]
    assert len(found) == len({member for member, _ in found})
    return {str(member): now for member, now in found}


async def sends(desk: Desk, database: Database, now: datetime) -> list[str]:
    """Judge every reminder as its sender would, in order; gives who is told something."""
    wanted = await wishes(database, "member reminder")
    return [wish.channel for wish in wanted if await shown_now(desk, wish, now)]


async def shown_now(desk: Desk, wish: OutboxRow, now: datetime) -> bool:
    """Whether a reminder is sent that was not sent before."""
    issue = int(wish.subject["issue"])
    return await desk.reminder(issue, wish.channel, wish.key, was_posted=False, now=now) is not None


def with_plan(*entries: tuple[DueKind, int]) -> House:
    reminders = tuple(Reminder(kind, Before(hours=hours)) for kind, hours in entries)
    return replace(HOUSE, calendar=replace(HOUSE.calendar, reminders=reminders))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_four_replicas_remind_250_members_in_three_zones_once_each(replicas: list[Database]) -> None:
    zones = ("America/New_York", "Europe/Berlin", "Asia/Tokyo")
    people = [Person(f"U_{n}", f"Member {n}", zones[n % 3], Standing.MEMBER) for n in range(DUE_TIMES)]
    desks = [desk_on(database, people=Staff(*people)) for database in replicas]
    taken: list[Beat] = []

    now = REMINDED_AT - timedelta(hours=14)
    while now < REMINDED_AT + QUARTER:
        for each in await asyncio.gather(*(desk.beat(now=now) for desk in desks)):
            taken += each
        now += timedelta(hours=1)

    assert Counter(beat.member for beat in taken) == dict.fromkeys((person.id for person in people), 1)
    reminded = await wishes(replicas[0], "member reminder")
    assert Counter(wish.channel for wish in reminded) == dict.fromkeys((person.id for person in people), 1)
    assert {wish.wanted for wish in reminded} == {1}


async def test_a_replica_that_starts_over_a_due_time_posts_late_in_working_hours_and_nothing_twice(
    database: Database, desk: Desk
) -> None:
    del desk
    staff = Staff(ANA, BERLIN, TOKIO)
    first = desk_on(database, people=staff)
    before = await beats(first, REMINDED_AT - timedelta(hours=14), REMINDED_AT - timedelta(hours=6))
    assert set(posted(before)) == {TOKIO.id}

    later = await beats(desk_on(database, people=staff), REMINDED_AT + timedelta(hours=3), DEADLINE - QUARTER)

    assert posted(later) == {
        ANA.id: datetime(2021, 1, 13, 14, 0, tzinfo=UTC),  # nine in New York
        BERLIN.id: datetime(2021, 1, 13, 8, 0, tzinfo=UTC),
    }


NIGHTS = [
    # in the night before these Sundays the clocks change in New York, in Berlin or on Lord Howe
    (date(2021, 3, 14), "16:00", "16:00", "07:00"),
    (date(2021, 11, 7), "17:00", "17:00", "07:00"),
    (date(2021, 3, 28), "16:00", "16:00", "07:00"),
    (date(2021, 10, 31), "16:00", "16:00", "07:00"),
    (date(2021, 10, 3), "16:00", "16:00", "07:00"),
    (date(2021, 4, 4), "16:00", "16:00", "07:30"),
]


@pytest.mark.parametrize(("sunday", "ana", "berlin", "howe"), NIGHTS, ids=[str(night[0]) for night in NIGHTS])
async def test_around_a_night_in_which_clocks_change_each_member_is_reminded_once_at_their_own_hour(
    database: Database, sunday: date, ana: str, berlin: str, howe: str
) -> None:
    """A desk that works on every day reminds at noon of Sunday; on Lord Howe it is Monday by then."""
    monday = sunday + timedelta(days=1)
    rule = replace(
        with_plan((DueKind.MEMBERS, 24)).calendar, recurs=Monthly(monday.day), at=time(12), working_days=EVERY_DAY
    )
    howian = Person("U_HOWE", "Lou Wilson", "Australia/Lord_Howe", Standing.MEMBER)
    desk = desk_on(database, house=replace(HOUSE, calendar=rule), people=Staff(ANA, BERLIN, howian))
    start = datetime.combine(sunday - timedelta(days=1), time(12), UTC)
    await desk.welcome(TEAM, CHANNEL, editor=None, now=start)

    taken = await beats(desk, start, datetime.combine(monday, time(15), UTC))

    assert posted(taken) == {
        member: datetime.fromisoformat(f"{sunday}T{at}+00:00")
        for member, at in ((ANA.id, ana), (BERLIN.id, berlin), (howian.id, howe))
    }


async def test_a_member_who_moves_to_another_zone_in_mid_week_is_reminded_once(database: Database, desk: Desk) -> None:
    del desk
    staff = Moving(ANA, TOKIO)
    moving = desk_on(database, people=staff)
    monday = await beats(moving, MORNING, REMINDED_AT - timedelta(hours=15))

    staff.becomes(replace(TOKIO, zone="America/Los_Angeles"))
    tuesday = await beats(moving, REMINDED_AT - timedelta(hours=14), REMINDED_AT)
    staff.becomes(replace(TOKIO, zone="Asia/Tokyo"))
    wednesday = await beats(moving, REMINDED_AT + QUARTER, DEADLINE - QUARTER)

    assert (posted(monday), posted(wednesday)) == ({}, {})
    assert posted(tuesday) == {ANA.id: REMINDED_AT, TOKIO.id: REMINDED_AT}


async def test_a_holiday_is_no_day_on_which_anybody_is_reminded(database: Database, desk: Desk) -> None:
    del desk
    holiday = replace(HOUSE.calendar, holidays=frozenset({date(2021, 1, 12)}))
    resting = desk_on(database, house=replace(HOUSE, calendar=holiday), people=Staff(ANA, TOKIO))

    taken = await beats(resting, MORNING - timedelta(hours=8), DEADLINE - QUARTER)

    assert posted(taken) == {
        ANA.id: datetime(2021, 1, 11, 23, 0, tzinfo=UTC),
        TOKIO.id: datetime(2021, 1, 11, 9, 0, tzinfo=UTC),
    }


async def test_a_deadline_that_moves_away_and_back_brings_nobody_more_than_two_reminders(
    database: Database, desk: Desk
) -> None:
    """The plan has three; each is claimed once, and what is sent is counted."""
    del desk
    house = with_plan((DueKind.MEMBERS, 72), (DueKind.MEMBERS, 48), (DueKind.MEMBERS, 24))
    desk = desk_on(database, house=house, people=Staff(ANA, TOKIO, EVA))
    record, now, sent = await desk_record(database), MORNING, dict[str, str]()
    taken: list[Beat] = []
    for deadline in (DEADLINE, DEADLINE + timedelta(days=7), DEADLINE - timedelta(hours=6), DEADLINE):
        await desk.move_deadline(record, deadline, by=EVA.id, now=now)
        for _ in range(8):
            now += timedelta(hours=3)
            taken += await desk.beat(now=now)
            for wish in await wishes(database, "member reminder"):
                if wish.key not in sent and await shown_now(desk, wish, now):
                    sent[wish.key] = wish.channel

    assert "needless" in {beat.outcome for beat in taken}  # somebody's third was due
    assert Counter(sent.values()) == {ANA.id: 2, TOKIO.id: 2, EVA.id: 2}


async def test_of_two_reminders_that_were_missed_the_newest_alone_comes(database: Database, desk: Desk) -> None:
    """For a member in Tokyo the second came at the end of Wednesday there, before it comes to the desk."""
    del desk
    desk = desk_on(
        database, house=with_plan((DueKind.MEMBERS, 48), (DueKind.MEMBERS, 24)), people=Staff(ANA, TOKIO, BERLIN)
    )
    now = datetime(2021, 1, 13, 9, 15, tzinfo=UTC)

    taken = [(beat.member, beat.due.name.rpartition("members ")[2], beat.outcome) for beat in await desk.beat(now=now)]

    assert sorted(taken) == [
        (BERLIN.id, "48 hours before", "posted"),
        (TOKIO.id, "24 hours before", "posted"),
        (TOKIO.id, "48 hours before", "skipped"),
    ]


async def test_whoever_is_known_is_asked_for_again_once_their_moment_has_come(database: Database, desk: Desk) -> None:
    del desk
    staff = Moving(ANA, BEN)
    desk = desk_on(database, people=staff, house=with_plan((DueKind.MEMBERS, 48), (DueKind.SECTIONS, 24)))

    await beats(desk, REMINDED_AT - timedelta(minutes=45), REMINDED_AT - QUARTER)
    assert staff.asked == 2
    await desk.beat(now=REMINDED_AT)
    assert staff.asked == 4
    await beats(desk, REMINDED_AT + QUARTER, DEADLINE - QUARTER)
    assert staff.asked == 4


async def test_a_member_who_wrote_to_nobody_yet_and_joins_before_the_reminder_gets_it(
    database: Database, desk: Desk
) -> None:
    del desk
    staff = Moving(ANA)
    desk = desk_on(database, people=staff)
    await desk.beat(now=REMINDED_AT - QUARTER)
    staff.becomes(BEN)

    assert set(posted([(beat, REMINDED_AT) for beat in await desk.beat(now=REMINDED_AT)])) == {ANA.id, BEN.id}


async def test_a_snooze_that_ends_after_two_reminders_brings_no_third(database: Database, desk: Desk) -> None:
    issue = await open_issue(database)
    await desk.beat(now=REMINDED_AT)
    assert await sends(desk, database, REMINDED_AT) == [ANA.id, BEN.id, EVA.id]
    await desk.snooze(issue.id, date(2021, 1, 13), **click(ANA, REMINDED_AT))
    morning = datetime(2021, 1, 13, 14, 0, tzinfo=UTC)
    assert [beat.member for beat in await desk.beat(now=morning)] == [ANA.id]
    again = (await wishes(database, "member reminder"))[-1]

    shown = await desk.reminder(issue.id, ANA.id, again.key, was_posted=False, now=morning)

    assert shown is not None
    assert (shown.quiet.sent, shown.quiet.is_over, shown.quiet.can_snooze) == (2, True, False)
    with pytest.raises(NoMoreRemindersError):
        await desk.snooze(issue.id, date(2021, 1, 14), **click(ANA, morning))


async def test_a_deadline_that_moves_before_the_end_of_a_snooze_leaves_the_member_alone(
    database: Database, desk: Desk
) -> None:
    issue, record = await open_issue(database), await desk_record(database)
    await desk.beat(now=REMINDED_AT)
    await desk.snooze(issue.id, date(2021, 1, 14), **click(ANA, REMINDED_AT))
    await desk.move_deadline(record, DEADLINE - timedelta(days=1), by=EVA.id, now=REMINDED_AT)

    taken = await beats(desk, REMINDED_AT, DEADLINE)

    assert [beat.outcome for beat, _ in taken if beat.member == ANA.id] == []
    assert not [beat for beat, _ in taken if beat.due.kind is DueKind.MEMBERS and beat.outcome == "posted"]


async def test_quiet_is_refused_for_days_that_are_none_and_to_guests_and_nothing_is_changed(
    database: Database, desk: Desk
) -> None:
    issue = await open_issue(database)

    for day, refusal in (
        (date(2021, 1, 11), MorningPassedError),
        (date(2020, 2, 29), MorningPassedError),
        (date(2021, 1, 15), MorningTooLateError),
        (date(9999, 12, 30), MorningTooLateError),
    ):
        with pytest.raises(refusal):
            await desk.snooze(issue.id, day, **click(ANA, MORNING))
    for ask in (desk.sit_out, desk.remind_again, desk.quiet):
        with pytest.raises(NotOfThisDeskError):
            await ask(issue.id, **click(GUS, MORNING))

    assert not [row for row in await log_of(database) if row.verb.startswith("snooze")]


async def test_nothing_is_sent_once_the_deadline_has_passed_or_the_issue_is_closed(
    database: Database, desk: Desk
) -> None:
    await desk.beat(now=REMINDED_AT)

    assert await sends(desk, database, DEADLINE) == []
    await desk.close_issue(await desk_record(database), by=EVA.id, now=REMINDED_AT)
    assert await sends(desk, database, REMINDED_AT) == []


async def test_whoever_asked_for_quiet_while_the_reminder_was_on_its_way_is_not_sent_it(
    database: Database, desk: Desk
) -> None:
    issue = await open_issue(database)
    await desk.beat(now=REMINDED_AT)
    await desk.sit_out(issue.id, **click(BEN, REMINDED_AT))

    assert await sends(desk, database, REMINDED_AT) == [ANA.id, EVA.id]


async def test_editors_alone_hear_in_private_what_waits_for_them_and_nothing_where_nothing_waits(
    database: Database, desk: Desk
) -> None:
    del desk
    house = with_plan((DueKind.EDITORS, 36), (DueKind.EDITORS, 24))
    desk = desk_on(database, house=house)
    issue, first = await open_issue(database), DEADLINE - timedelta(hours=29)

    taken = await beats(desk, DEADLINE - timedelta(hours=40), first, timedelta(minutes=30))
    assert {(beat.member, beat.outcome) for beat, _ in taken} == {(EVA.id, "needless")}
    item = await dropped(desk, "https://unheard-of.example/tankers", now=first)
    await desk.file(item.id, "iran", workspace=TEAM, by=EVA.id, now=first)

    taken = await beats(desk, first, DEADLINE - QUARTER, timedelta(minutes=30))
    assert [(beat.member, beat.outcome) for beat, _ in taken if beat.due.kind is DueKind.EDITORS] == [
        (EVA.id, "posted")
    ]
    (wish,) = await wishes(database, "editor reminder")
    shown = await desk.editor_reminder(issue.id, wish.channel, was_posted=False, now=first)
    assert shown is not None
    assert {kind.value for kind in shown.waits} == {"outlets undecided", "blocking"}
    await desk.spike(item.id, workspace=TEAM, by=EVA.id, now=first)
    assert await desk.editor_reminder(issue.id, wish.channel, was_posted=False, now=first) is None
