"""What waits for editors is found without reading the items about which nobody asks."""

from collections.abc import Sequence
from itertools import product
from typing import Any

from bot.desk import Desk
from bot.editorial.issue import Issue, IssueState
from bot.editorial.item import Answer, Appeal, Item, ItemState, Question
from bot.editorial.kept import kept
from bot.editorial.opinion import OpinionSign, SignedBy
from bot.editorial.outlet import Verdict
from bot.editorial.waiting import Questions, questions_in
from bot.ports import DeskRecord, LateRequest, LateState, NewItem, UnitOfWork
from db.database import Database
from tests.desk.staff import ANA, BEN, DEADLINE, EVA, GUS, HOUSE, MORNING, TEAM, desk_record, dropped

LISTED = (ItemState.PENDING, ItemState.FILED, ItemState.HELD)
QUESTION = Question(BEN.id, MORNING, (EVA.id,))
VALUES: tuple[dict[str, Any], ...] = (
    {},
    {"section": "releases"},
    {"ruling": "undecided"},
    {"ruling": "other", "asked": kept(QUESTION)},
    {"asked": kept(Question(BEN.id, MORNING, (EVA.id,), Answer.LEFT_HELD, EVA.id))},
    {
        "opinion": kept(OpinionSign(SignedBy.ADDRESS, "opinion")),
        "appeal": kept(Appeal(BEN.id, MORNING)),
    },
)
HOSTS = ("reuters.com", "www.telesurtv.net", "nobody-knows.example")


async def brings_everything(work: UnitOfWork, desk: DeskRecord, issue: Issue) -> None:
    """Items of every kind that differ in what somebody might ask about them."""
    for number, (state, host, finder, values) in enumerate(product(ItemState, HOSTS, (ANA, GUS), VALUES)):
        address = f"https://{host}/{number}"
        new = NewItem(desk, issue, str(number), None, address, address, address, host, finder.id, MORNING, MORNING)
        item = await work.items.add(new)
        assert item is not None
        await work.items.change(item.id, expect={}, values={"state": state.value, **values})


def asked(items: Sequence[Item]) -> Questions:
    return questions_in(items, {GUS.id}, HOUSE.state_media)


async def test_few_items_are_read_and_nothing_that_waits_is_missed(desk: Desk, database: Database) -> None:
    issue = await desk.current_issue(await desk_record(database), now=MORNING)
    record = await desk_record(database)
    for person in (ANA, GUS):
        await desk.person(TEAM, person.id, MORNING)
    async with database.unit_of_work() as work:
        await brings_everything(work, record, issue)

    async with database.unit_of_work() as work:
        found, everything = await work.items.for_editors(record), await work.items.of_issue(issue.id)

    assert asked(found) == asked(everything)
    assert all((asked(found).guests, asked(found).outlets, asked(found).appeals, asked(found).held))
    assert {item.state for item in found} == set(LISTED)
    members = [item for item in found if item.found_by == ANA.id and item.outlet is not None]
    assert all(item.appeal or item.asked or item.outlet.ruling is Verdict.UNDECIDED for item in members if item.outlet)


async def test_what_was_published_waits_for_nobody(desk: Desk, database: Database) -> None:
    item = await dropped(desk, "https://nobody-knows.example/tankers")
    record = await desk_record(database)
    async with database.unit_of_work() as work:
        assert await work.items.for_editors(record) == [item]
        expect, values = {"state": IssueState.OPEN.value}, {"state": IssueState.PUBLISHED.value}
        assert await work.issues.change(item.issue_id, expect=expect, values=values)

    async with database.unit_of_work() as work:
        assert await work.items.for_editors(record) == []


async def asks_late(desk: Desk) -> LateRequest:
    first = await dropped(desk, "https://reuters.com/first", message="1610377200.000001")
    item = await dropped(desk, message="1610661780.000100", now=DEADLINE)
    return await desk.ask_to_add(item.id, first.issue_id, workspace=TEAM, by=BEN.id, now=DEADLINE)


async def test_a_late_request_waits_until_it_is_decided_or_the_issue_is_published(
    desk: Desk, database: Database
) -> None:
    request, record = await asks_late(desk), await desk_record(database)
    editor: dict[str, Any] = {"workspace": TEAM, "by": EVA.id, "now": DEADLINE}

    async with database.unit_of_work() as work:
        assert await work.late.undecided(record) == [request]
    await desk.decline_late(request.id, "", **editor)
    async with database.unit_of_work() as work:
        assert await work.late.undecided(record) == []
    await desk.take_decision_back(request.id, **editor)

    async with database.unit_of_work() as work:
        (again,) = await work.late.undecided(record)
        assert (again.id, again.state) == (request.id, LateState.ASKED)
        expect, values = {"state": IssueState.CLOSED.value}, {"state": IssueState.PUBLISHED.value}
        assert await work.issues.change(request.issue_id, expect=expect, values=values)
        assert await work.late.undecided(record) == []
