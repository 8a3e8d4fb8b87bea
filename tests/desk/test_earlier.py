"""What an earlier issue of the desk carried is recognised, at the cost of one question a message."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event

from bot.desk import Desk
from bot.desk.errors import ReasonGivenError, ReasonNeededError
from bot.editorial.item import Earlier, Item
from db.database import Database
from tests.desk.staff import ANA, BEN, EVA, MORNING, TANKERS, TEAM, desk_record, drop, history, without

LATE_EVENING = MORNING.replace(hour=4) + timedelta(days=1)
"""Tuesday by universal time, and Monday still in New York."""

LINKS = [f"https://reuters.com/world/tankers-{number}" for number in range(12)]


@contextmanager
def asked(wanted: str) -> Iterator[list[tuple[str, Any]]]:
    """The statements about something that are sent to the database."""
    found: list[tuple[str, Any]] = []

    def listen(_1: object, _2: object, statement: str, parameters: object, *_: object) -> None:
        if wanted in statement:
            found.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", listen)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", listen)


async def carry(desk: Desk, database: Database, *links: str) -> None:
    """Ben found these and Ana filed them; then their issue closed."""
    taken = await desk.take_in(drop(*links, message="1", by=BEN), now=MORNING)
    for item in taken.items:
        await desk.file(item.id, "iran", workspace=TEAM, by=ANA.id, now=LATE_EVENING)
    await desk.close_issue(await desk_record(database), by=EVA.id, now=LATE_EVENING)


async def again(desk: Desk, *links: str, message: str = "2") -> tuple[Item, ...]:
    return (await desk.take_in(drop(*links, message=message), now=LATE_EVENING)).items


async def test_it_is_known_by_number_section_finder_and_the_day_on_the_desks_calendar(
    desk: Desk, database: Database
) -> None:
    await carry(desk, database, TANKERS)

    (item,) = await again(desk, TANKERS)

    assert item.earlier == Earlier(18, "Iran", BEN.id, MORNING.date())


async def test_without_a_reason_it_is_filed_by_no_way(desk: Desk, database: Database) -> None:
    await carry(desk, database, TANKERS)
    (item,) = await again(desk, TANKERS)
    (other,) = await again(desk, LINKS[0], message="3")

    with pytest.raises(ReasonNeededError, match=r"No\. 18"):
        await desk.file(item.id, "iran", workspace=TEAM, by=ANA.id, now=LATE_EVENING)
    with pytest.raises(ReasonNeededError, match=r"No\. 18"):
        await desk.replace_other(item.id, other.id, workspace=TEAM, by=ANA.id, now=LATE_EVENING)

    await desk.use_again(item.id, "New development.", workspace=TEAM, by=ANA.id, now=LATE_EVENING)
    filed = await desk.file(item.id, "iran", workspace=TEAM, by=ANA.id, now=LATE_EVENING)
    assert filed.section == "iran"


async def test_a_message_of_many_links_asks_once_and_one_that_is_read_again_does_not(
    desk: Desk, database: Database
) -> None:
    await carry(desk, database, *LINKS)

    with asked("JOIN issues") as questions:
        items = await again(desk, *LINKS)
        once = len(questions)
        await again(desk, *LINKS)

    assert all(item.earlier is not None for item in items)
    assert (len(items), once, len(questions)) == (12, 1, 1)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_question_is_answered_by_an_index_of_the_desks_pages(desk: Desk, database: Database) -> None:
    with asked("JOIN issues") as questions:
        await again(desk, *LINKS)
    ((statement, parameters),) = questions

    async with database.connection() as connection:
        plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        steps = [str(step.detail) for step in plan]

    assert any("items USING INDEX ix_items_page (desk_id=? AND key=?)" in step for step in steps), steps
    assert not any("SCAN" in step for step in steps), steps


async def test_what_another_desk_carried_is_new_here(desk: Desk, database: Database) -> None:
    await carry(desk, database, TANKERS)
    await desk.welcome(TEAM, "C_AFRICA", editor=EVA.id, now=LATE_EVENING)

    (item,) = (await desk.take_in(drop(TANKERS, message="3", channel="C_AFRICA"), now=LATE_EVENING)).items

    assert item.earlier is None


async def test_a_link_that_was_removed_before_it_came_is_recognised_when_it_is_restored(
    desk: Desk, database: Database
) -> None:
    await carry(desk, database, TANKERS)
    edited = replace(without(TANKERS, message="2"), revision="1610377300.000200")
    await desk.take_in(edited, now=LATE_EVENING)
    first = replace(drop(TANKERS, message="2"), revision="1610377200.000100")
    (gone,) = (await desk.take_in(first, now=LATE_EVENING)).withdrawn

    back = await desk.undo(gone.id, workspace=TEAM, by=ANA.id, now=LATE_EVENING)

    assert back.earlier is not None
    assert back.is_a_repeat


async def test_who_sends_the_same_reason_twice_is_told_nothing_and_logged_once(desk: Desk, database: Database) -> None:
    await carry(desk, database, TANKERS)
    (item,) = await again(desk, TANKERS)

    for why in ("new development", " new  development "):
        await desk.use_again(item.id, why, workspace=TEAM, by=ANA.id, now=LATE_EVENING)
    with pytest.raises(ReasonGivenError):
        await desk.use_again(item.id, "new development", workspace=TEAM, by=BEN.id, now=LATE_EVENING)

    given = [change for change in await history(database, item.id) if change.verb == "used again"]
    reason = {"words": "new development", "by": ANA.id, "name": ANA.name}
    assert [(change.by, change.before, change.after) for change in given] == [
        (ANA.id, {"used_again": None}, {"used_again": reason})
    ]


async def test_a_section_that_the_house_gave_up_is_told_by_its_key(desk: Desk, database: Database) -> None:
    await carry(desk, database, TANKERS)
    record = await desk_record(database)
    async with database.unit_of_work() as work:
        issue = await work.issues.numbered(record.id, 18)
        assert issue is not None
        (item,) = await work.items.of_issue(issue.id)
        await work.items.change(item.id, expect={}, values={"section": "yemen"})

    (repeat,) = await again(desk, TANKERS)

    assert repeat.earlier is not None
    assert repeat.earlier.section == "yemen"
