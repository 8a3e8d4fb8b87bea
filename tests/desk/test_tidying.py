"""What was done with is removed after a while, some at a time; everything of record stays."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.desk import Desk
from bot.desk.drops import Drop
from bot.ports import Posted, RawEvent, Show, ShowingKind
from db.database import Database
from db.models import Base, ChangeRow, InboxRow, ItemRow, OutboxRow, PostedRow
from tests.desk.staff import ANA, CHANNEL, MORNING, TANKERS, TEAM, dropped, wishes

WEEK, SEASON = timedelta(days=7), timedelta(days=90)
MOMENT = timedelta(minutes=5)
SAID_ONCE = (
    ShowingKind.DIRECT,
    ShowingKind.DUPLICATE,
    ShowingKind.LINK_REMOVED,
    ShowingKind.SOURCE_DELETED,
    ShowingKind.REFUSED_LINKS,
    ShowingKind.MOVED,
    ShowingKind.HELD_NEWS,
    ShowingKind.STATUS,
    ShowingKind.MEMBER_REMINDER,
    ShowingKind.SECTION_REMINDER,
    ShowingKind.EDITOR_REMINDER,
    ShowingKind.ISSUE_CHANGED,
    ShowingKind.UNREACHABLE,
    ShowingKind.ALERT,
)


async def count(database: Database, table: type[Base]) -> int:
    async with database.connection() as connection:
        return await connection.scalar(select(func.count()).select_from(table)) or 0


async def is_done_with(database: Database, *event_ids: str, at: datetime = MORNING) -> None:
    async with database.unit_of_work() as work:
        await work.inbox.add([RawEvent(event_id, TEAM, "{}", at) for event_id in event_ids])
        for _ in event_ids:
            receipt = await work.inbox.claim(at, at + MOMENT)
            assert receipt is not None
            await work.inbox.finish(receipt)


async def is_shown(database: Database, kind: ShowingKind, *, at: datetime = MORNING) -> None:
    """Something of a kind is asked for, posted and finished, in a channel of its own."""
    async with database.unit_of_work() as work:
        await work.outbox.show(Show(f"test:{kind}", kind, TEAM, f"C_{kind}", subject={"issue": 1}), at=at)
        while (showing := await work.outbox.claim(at, at + MOMENT, at)) is not None:
            await work.outbox.posted(showing, "", Posted(CHANNEL, "1610377200.000200", "digest"))
            await work.outbox.finish(showing)


async def kinds_left(database: Database) -> set[str]:
    async with database.connection() as connection:
        return set((await connection.scalars(select(OutboxRow.kind).where(OutboxRow.key.like("test:%")))).all())


async def test_an_event_that_was_done_with_is_known_for_a_week_and_then_removed(desk: Desk, database: Database) -> None:
    await is_done_with(database, "Ev1")

    early = await desk.tidy(now=MORNING + WEEK)
    async with database.unit_of_work() as work:
        known = not await work.inbox.add([RawEvent("Ev1", TEAM, "{}", MORNING + WEEK)])
    late = await desk.tidy(now=MORNING + WEEK + 2 * MOMENT)

    assert (early.events, known, late.events) == (0, True, 1)
    assert await count(database, InboxRow) == 0


async def test_events_that_wait_or_are_parked_are_never_removed(desk: Desk, database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.inbox.add([RawEvent(event_id, TEAM, "{}", MORNING) for event_id in ("Ev1", "Ev2")])
        receipt = await work.inbox.claim(MORNING, MORNING + MOMENT)
        assert receipt is not None
        await work.inbox.park(receipt, "KeyError")

    tidied = await desk.tidy(now=MORNING + 10 * SEASON)

    assert tidied.events == 0
    assert await count(database, InboxRow) == 2


async def test_very_many_are_removed_some_at_a_time(desk: Desk, database: Database) -> None:
    await is_done_with(database, *(f"Ev{number}" for number in range(620)))

    tidied = [await desk.tidy(now=MORNING + 2 * WEEK) for _ in range(3)]

    assert [each.events for each in tidied] == [500, 120, 0]


async def test_what_is_said_once_is_removed_after_ninety_days_with_its_messages(desk: Desk, database: Database) -> None:
    for kind in ShowingKind:
        await is_shown(database, kind)

    early = await desk.tidy(now=MORNING + SEASON)
    late = await desk.tidy(now=MORNING + SEASON + MOMENT)

    assert (early.showings, late.showings) == (0, len(SAID_ONCE))
    assert await kinds_left(database) == set(ShowingKind) - set(SAID_ONCE)
    assert await count(database, PostedRow) == await count(database, OutboxRow)


async def test_a_deletion_that_comes_again_after_what_was_said_of_it_is_removed_is_not_told_again(
    desk: Desk, database: Database
) -> None:
    said = Drop(TEAM, CHANNEL, "1610377200.000100", None, ANA.id, (TANKERS,), revision="1")
    gone = replace(said, links=(), before=(TANKERS,), revision="2", deleted=True)
    (item,) = (await desk.take_in(said, now=MORNING)).items
    await desk.file(item.id, "iran", workspace=TEAM, by=ANA.id, now=MORNING)
    await desk.take_in(gone, now=MORNING)
    assert len(await wishes(database, ShowingKind.SOURCE_DELETED)) == 1
    async with database.unit_of_work() as work:
        while (showing := await work.outbox.claim(MORNING + MOMENT, MORNING + 2 * MOMENT, MORNING)) is not None:
            await work.outbox.finish(showing)

    await desk.tidy(now=MORNING + 2 * SEASON)
    await desk.take_in(gone, now=MORNING)

    assert await wishes(database, ShowingKind.SOURCE_DELETED) == []


@pytest.mark.parametrize("state", ["waiting", "leased", "parked", "asked for again"])
async def test_what_is_still_to_be_shown_is_never_removed(desk: Desk, database: Database, state: str) -> None:
    wish = Show("status:1", ShowingKind.STATUS, TEAM, "C_ELSEWHERE")
    async with database.unit_of_work() as work:
        await work.outbox.show(wish, at=MORNING)
    if state != "waiting":
        async with database.unit_of_work() as work:
            while (showing := await work.outbox.claim(MORNING, MORNING + MOMENT, MORNING)) is not None:
                if showing.show.key != wish.key or state == "asked for again":
                    await work.outbox.finish(showing)
                elif state == "parked":
                    await work.outbox.park(showing, "is_archived")
    if state == "asked for again":
        async with database.unit_of_work() as work:
            await work.outbox.show(wish, at=MORNING)

    tidied = await desk.tidy(now=MORNING + 10 * SEASON)

    assert tidied.showings == 0
    async with database.unit_of_work() as work:
        assert await work.outbox.find(TEAM, wish.key) is not None


async def test_items_and_the_event_log_stay_for_ever(desk: Desk, database: Database) -> None:
    await dropped(desk)
    before = [await count(database, table) for table in (ItemRow, ChangeRow)]

    await desk.tidy(now=MORNING + 100 * SEASON)

    assert [await count(database, table) for table in (ItemRow, ChangeRow)] == before
