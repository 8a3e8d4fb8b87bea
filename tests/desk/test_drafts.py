"""A draft that follows its issue costs nothing where nothing happens."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import event

from bot.desk import Desk
from db.database import Database
from tests.desk.staff import ANA, MORNING, TEAM, desk_record, dropped, wishes

LATER = MORNING + timedelta(hours=1)


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:  # noqa: ANN401 - SQLAlchemy's signature
        asked.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(database.engine.sync_engine, "before_cursor_execute", note)


async def test_no_item_is_read_to_see_whether_a_draft_fell_behind(desk: Desk, database: Database) -> None:
    await desk.draft(await desk_record(database), by=ANA.id, now=MORNING)
    await dropped(desk, now=MORNING + timedelta(minutes=1))

    with statements(database) as asked:
        (refreshed,) = await desk.refresh_drafts(now=LATER)

    assert refreshed.number == 18
    assert asked
    assert not any("FROM items" in statement for statement in asked)


async def test_a_snooze_is_nothing_that_a_draft_shows(desk: Desk, database: Database) -> None:
    issue = await desk.draft(await desk_record(database), by=ANA.id, now=MORNING)

    await desk.sit_out(issue.id, workspace=TEAM, by=ANA.id, now=MORNING + timedelta(minutes=1))

    assert await desk.refresh_drafts(now=LATER) == []


async def test_what_a_use_case_wrote_with_an_earlier_moment_than_the_draft_is_not_missed(
    desk: Desk, database: Database
) -> None:
    """A use case takes its moment first and the database afterwards; a draft may be asked for in between."""
    await desk.draft(await desk_record(database), by=ANA.id, now=MORNING + timedelta(seconds=2))

    await dropped(desk, now=MORNING + timedelta(seconds=1))

    assert len(await desk.refresh_drafts(now=LATER)) == 1
    assert await desk.refresh_drafts(now=LATER + timedelta(hours=1)) == []
    assert [draft.wanted for draft in await wishes(database, "draft")] == [2]
