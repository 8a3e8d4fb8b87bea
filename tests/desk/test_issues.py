"""A desk has one open issue: it opens, closes, gets its number and its deadline from editors alone."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.desk import Desk
from bot.desk.errors import (
    EditorsOnlyError,
    IssueInUseError,
    IssueUnknownError,
    MomentPassedError,
    NoDeskError,
    NotOfThisDeskError,
    NumberTakenError,
)
from db.database import Database
from tests.desk.staff import (
    ANA,
    BEN,
    CHANNEL,
    DEADLINE,
    EVA,
    GUS,
    MORNING,
    TEAM,
    desk_record,
    dropped,
    log_of,
    wishes,
)

FEBRUARY = datetime(2021, 2, 14, 22, 0, tzinfo=UTC)


async def test_an_invitation_makes_a_desk_once_and_every_inviter_an_editor(desk: Desk, database: Database) -> None:
    assert await desk.welcome(TEAM, CHANNEL, editor=BEN.id, now=MORNING) is None
    assert await desk.welcome(TEAM, CHANNEL, editor=BEN.id, now=MORNING) is None

    record = await desk_record(database)
    async with database.unit_of_work() as work:
        assert await work.desks.editors(record) == [EVA.id, BEN.id]
    assert [wish.wanted for wish in await wishes(database, "welcome")] == [1]
    assert [row.by for row in await log_of(database) if row.verb == "editor added"] == [EVA.id, BEN.id]


async def test_closing_opens_the_next_issue_with_the_next_deadline(desk: Desk, database: Database) -> None:
    closed, following = await desk.close_issue(await desk_record(database), by=EVA.id, now=MORNING)

    assert (closed.number, following.number, following.deadline) == (18, 19, FEBRUARY)
    assert len(await wishes(database, "issue changed")) == 1


@pytest.mark.parametrize("days", [-2, 3])
async def test_a_deadline_that_moved_leaves_the_next_month_its_own(desk: Desk, database: Database, days: int) -> None:
    """Closed two days early, the issue of January must not be followed by one that closes two days later."""
    record = await desk_record(database)
    moved = await desk.move_deadline(record, DEADLINE + timedelta(days=days), by=EVA.id, now=MORNING)

    await desk.beat(now=moved.closes_at)

    following = await desk.current_issue(record, now=moved.closes_at)
    assert (following.number, following.deadline) == (19, FEBRUARY)


async def test_after_months_of_silence_the_next_deadline_lies_ahead(desk: Desk, database: Database) -> None:
    late = datetime(2021, 6, 20, 12, 0, tzinfo=UTC)

    issue = await desk.current_issue(await desk_record(database), now=late)

    assert (issue.number, issue.deadline) == (19, datetime(2021, 7, 14, 21, 0, tzinfo=UTC))


async def test_an_empty_issue_takes_any_number_that_is_free(desk: Desk, database: Database) -> None:
    record = await desk_record(database)
    await desk.close_issue(record, by=EVA.id, now=MORNING)

    for number in (7, 8, 30):
        assert (await desk.number_issue(record, number, by=EVA.id, now=MORNING)).number == number
    with pytest.raises(NumberTakenError):
        await desk.number_issue(record, 18, by=EVA.id, now=MORNING)

    _, following = await desk.close_issue(record, by=EVA.id, now=MORNING)
    assert following.number == 31


async def test_an_issue_in_use_keeps_its_number(desk: Desk, database: Database) -> None:
    record = await desk_record(database)
    await dropped(desk)

    with pytest.raises(IssueInUseError, match=r"No\. 18 has 1 items"):
        await desk.number_issue(record, 20, by=EVA.id, now=MORNING)
    assert (await desk.number_issue(record, 18, by=EVA.id, now=MORNING)).number == 18


async def test_every_move_of_the_deadline_is_one_line_in_the_channel(desk: Desk, database: Database) -> None:
    record = await desk_record(database)
    later = DEADLINE + timedelta(days=1)
    moves = (later, DEADLINE, later, later)
    for minute, deadline in enumerate(moves):
        moved = await desk.move_deadline(record, deadline, by=EVA.id, now=MORNING + timedelta(minutes=minute))
        assert (moved.deadline, moved.closes_at) == (deadline, deadline)

    assert [wish.wanted for wish in await wishes(database, "issue changed")] == [1, 1, 1]
    with pytest.raises(MomentPassedError):
        await desk.move_deadline(record, MORNING, by=EVA.id, now=MORNING)


async def test_editors_are_those_who_invited_and_the_owners_of_the_workspace(desk: Desk, database: Database) -> None:
    record = await desk_record(database)

    with pytest.raises(EditorsOnlyError):
        await desk.close_issue(record, by=ANA.id, now=MORNING)
    with pytest.raises(NotOfThisDeskError):
        await desk.number_issue(record, 20, by=GUS.id, now=MORNING)
    await desk.welcome(TEAM, CHANNEL, editor=ANA.id, now=MORNING)

    closed, _ = await desk.close_issue(record, by=ANA.id, now=MORNING)
    assert closed.number == 18


async def test_an_issue_of_another_workspace_is_unknown(desk: Desk, database: Database) -> None:
    issue = await desk.current_issue(await desk_record(database), now=MORNING)

    for ask in (desk.draft_now, desk.refresh_draft):
        with pytest.raises(IssueUnknownError):
            await ask(issue.id, workspace="T_AFRICA", by=BEN.id, now=MORNING)
    with pytest.raises(IssueUnknownError):
        await desk.sit_out(issue.id, workspace="T_AFRICA", by=BEN.id, now=MORNING)

    assert await wishes(database, "draft") == []


async def test_a_draft_asked_for_twice_is_one_thread_that_tells_what_is_new_since(
    desk: Desk, database: Database
) -> None:
    record = await desk_record(database)
    issue = await desk.draft(record, by=ANA.id, now=MORNING)
    item = await dropped(desk, now=MORNING + timedelta(minutes=1))
    await desk.file(item.id, "iran", workspace=TEAM, by=ANA.id, now=MORNING + timedelta(minutes=2))

    await desk.refresh_draft(issue.id, workspace=TEAM, by=BEN.id, now=MORNING + timedelta(minutes=3))

    (draft,) = await wishes(database, "draft")
    about = {name: draft.subject[name] for name in ("issue", "since")}
    assert (draft.wanted, about) == (2, {"issue": issue.id, "since": MORNING.isoformat()})
    assert (await desk.draft_of(issue.id, MORNING, now=MORNING)).news == {"filed": 1}


async def test_a_command_in_a_direct_conversation_means_the_only_desk_and_of_several_that_of_the_home(
    desk: Desk,
) -> None:
    assert (await desk.desk_for(TEAM, "D_ANA", ANA.id, now=MORNING)).channel == CHANNEL
    await desk.welcome(TEAM, "C_AFRICA", editor=None, now=MORNING)
    africa = await desk.desk_for(TEAM, "C_AFRICA", ANA.id, now=MORNING)
    assert africa.channel == "C_AFRICA"

    with pytest.raises(NoDeskError):
        await desk.desk_for(TEAM, "D_ANA", ANA.id, now=MORNING)
    await desk.choose_desk(africa.id, workspace=TEAM, by=ANA.id, now=MORNING)
    assert await desk.desk_for(TEAM, "D_ANA", ANA.id, now=MORNING) == africa


async def test_a_channel_without_a_desk_has_none_however_many_there_are_elsewhere(desk: Desk) -> None:
    with pytest.raises(NoDeskError):
        await desk.desk_for(TEAM, "C_AFRICA", ANA.id, now=MORNING)
