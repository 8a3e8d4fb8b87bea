"""Search: the same words find the same items in the same order, on both databases."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import insert

from bot.editorial.issue import Issue, IssueState
from bot.editorial.outlet import Verdict
from bot.editorial.plain_words import plain_words
from bot.ports import DeskRecord, NewItem, Person, PrintedItem, Standing
from db.database import Database
from db.models import DeskRow, IssueRow, ItemRow
from db.schema import migrate
from tests.db.test_migrations import go_to

NOON = datetime(2021, 1, 11, 12, 0, tzinfo=UTC)
SECTIONS = {"iran": "Iran", "venezuela": "Venezuela", "war": "Guerra & Hezbolá"}
TANKERS = "Irán envía buques cisterna a Venezuela"
ENVOY = "Tehran’s envoy to Caracas: “oil AND gas” NOT for sale"
VACCINE = "Россия и Никарагуа: вакцина «Спутник V»"


class Shelf:
    """A desk with two issues, and what is put into them."""

    def __init__(self, database: Database, desk: DeskRecord, issues: Mapping[int, Issue]) -> None:
        self._database = database
        self.desk = desk
        self.issues = issues

    async def has(self, number: int, title: str | None, *, by: str = "U_ANA", **values: Any) -> int:  # noqa: ANN401 - any column
        """Put an item on the list of an issue; its title becomes known later, as it is read."""
        async with self._database.unit_of_work() as work:
            key = f"reuters.com/{title}"
            new = NewItem(
                desk=self.desk,
                issue=self.issues[number],
                message=key,
                thread=None,
                dropped=key,
                url=key,
                key=key,
                host="reuters.com",
                found_by=by,
                at=NOON,
                read_at=NOON,
            )
            item = await work.items.add(new)
            assert item is not None
        await self.changes(item.id, title=title, **values)
        return item.id

    async def changes(self, item_id: int, **values: Any) -> None:  # noqa: ANN401 - any column
        async with self._database.unit_of_work() as work:
            assert await work.items.change(item_id, expect={}, values=values) is not None

    async def finds(self, text: str, *, limit: int = 10) -> Sequence[str | None]:
        return [title for _, title in (await self.finds_in_all(text, limit=limit))[0]]

    async def finds_in_all(self, text: str, *, limit: int) -> tuple[Sequence[tuple[int, str | None]], int]:
        async with self._database.unit_of_work() as work:
            found, total = await work.search.find(self.desk, plain_words(text), SECTIONS, limit=limit)
        return [(item.number, item.title) for item in found], total


@pytest.fixture
async def shelf(database: Database) -> Shelf:
    return await opened(database, "C_VRIC")


async def opened(database: Database, channel: str) -> Shelf:
    async with database.unit_of_work() as work:
        desk = await work.desks.add("T_VRIC", channel, NOON)
        assert desk is not None
        window = (NOON.date(), NOON.date())
        issues = {
            17: await work.issues.add(desk, 17, window, NOON, NOON, NOON, IssueState.PUBLISHED),
            18: await work.issues.add(desk, 18, window, NOON, NOON, NOON),
        }
    return Shelf(database, desk, issues)


async def test_words_are_found_whatever_their_accents_and_signs(shelf: Shelf) -> None:
    for title in (TANKERS, ENVOY, VACCINE):
        await shelf.has(18, title)
    wanted = {
        "iran": [TANKERS],
        "IRÁN venezuela": [TANKERS],
        "vene": [TANKERS],
        "vene iran": [],
        "caracas envoy": [ENVOY],
        "tehran's": [ENVOY],
        "oil AND gas": [ENVOY],
        "oil AND petrol": [],
        "gas NOT sale": [ENVOY],
        '"oil': [ENVOY],
        "oil* (": [ENVOY],
        "title:oil": [],
        "-oil & !gas | 'x": [],
        "NEAR(oil gas)": [],
        "россия вак": [VACCINE],
        "reuters.com": [VACCINE, TANKERS, ENVOY],
    }

    assert {text: await shelf.finds(text) for text in wanted} == wanted


async def test_outlet_summary_section_and_finder_are_found(database: Database, shelf: Shelf) -> None:
    async with database.unit_of_work() as work:
        await work.people.keep("T_VRIC", Person("U_ANA", "Ana Ruíz", "UTC", Standing.MEMBER), NOON)
        await work.people.keep("T_VRIC", Person("U_BEN", "Ben Okafor", "UTC", Standing.MEMBER), NOON)
    await shelf.has(18, TANKERS, source="Prensa Latina", section="war", state="filed")
    await shelf.has(18, ENVOY, summary="A visit to the refinery of Amuay", by="U_BEN")

    assert await shelf.finds("latina") == [TANKERS]
    assert await shelf.finds("hezbola") == [TANKERS]
    assert await shelf.finds("guer") == [TANKERS]
    assert await shelf.finds("ruiz") == [TANKERS]
    assert await shelf.finds("amuay refinery") == [ENVOY]
    assert await shelf.finds("ben amuay") == [ENVOY]
    assert await shelf.finds("ben hezbola") == []


async def test_the_newest_issue_comes_first_then_what_has_the_words_earliest(shelf: Shelf) -> None:
    late, old = "Tanker crews of Iran strike", "Iran and the tankers"
    await shelf.has(18, late)
    await shelf.has(17, old)
    await shelf.has(18, TANKERS)
    await shelf.has(18, "Oil", summary="Tankers came from Iran")

    assert await shelf.finds("iran") == [TANKERS, late, "Oil", old]
    assert await shelf.finds_in_all("iran", limit=2) == ([(18, TANKERS), (18, late)], 4)
    assert await shelf.finds_in_all("iran", limit=9) == ([(18, TANKERS), (18, late), (18, "Oil"), (17, old)], 4)


async def test_what_is_edited_is_found_by_its_new_words_alone(shelf: Shelf) -> None:
    item = await shelf.has(18, TANKERS)

    await shelf.changes(item, title=ENVOY)
    await shelf.changes(item, note="tanker")

    assert await shelf.finds("tehran") == [ENVOY]
    assert await shelf.finds("cisterna") == []


async def test_what_left_the_list_is_not_found_until_it_is_back(shelf: Shelf) -> None:
    item = await shelf.has(18, TANKERS)

    await shelf.changes(item, state="spiked")
    assert await shelf.finds_in_all("iran", limit=10) == ([], 0)

    await shelf.changes(item, state="filed")
    assert await shelf.finds("iran") == [TANKERS]


async def test_another_desk_finds_its_own(database: Database, shelf: Shelf) -> None:
    africa = await opened(database, "C_AFRICA")
    await africa.has(18, ENVOY)
    await shelf.has(18, TANKERS)

    assert await shelf.finds("reuters") == [TANKERS]
    assert await africa.finds("reuters") == [ENVOY]


async def test_a_change_that_is_undone_is_not_found(database: Database, shelf: Shelf) -> None:
    item = await shelf.has(18, TANKERS)

    async def gives_up() -> None:
        async with database.unit_of_work() as work:
            await work.items.change(item, expect={}, values={"title": ENVOY})
            found, _ = await work.search.find(shelf.desk, ("tehran",), SECTIONS, limit=10)
            assert [each.title for each in found] == [ENVOY]
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await gives_up()

    assert await shelf.finds("tehran") == []
    assert await shelf.finds("iran") == [TANKERS]


async def test_what_was_printed_elsewhere_is_found_by_what_was_printed(database: Database, shelf: Shelf) -> None:
    summary = "Iran’s tankers reach Venezuela, " + "and more of it " * 9000
    printed = PrintedItem(
        desk=shelf.desk,
        issue=shelf.issues[17],
        place=1,
        section="iran",
        summary=summary,
        source="El Pitazo",
        published_on=date(2020, 12, 12),
        language="es",
        ruling=Verdict.OTHER,
        rank=None,
        url="",
        key="printed:1",
        host="",
        at=NOON,
    )
    async with database.unit_of_work() as work:
        await work.items.add_printed([printed])

    assert await shelf.finds("tankers venez") == [summary]


async def test_what_was_there_before_is_found(empty: Database) -> None:
    await go_to(empty, "0009")
    issue = {"desk_id": 1, "workspace": "T_VRIC", "window_start": NOON.date(), "window_end": NOON.date()}
    moments = {"deadline": NOON, "closes_at": NOON, "opened_at": NOON}
    desk = {"id": 1, "workspace": "T_VRIC", "channel": "C_VRIC", "created_at": NOON}
    async with empty.connection() as connection:
        await connection.execute(insert(DeskRow), desk)
        await connection.execute(insert(IssueRow), issue | moments | {"id": 7, "number": 17, "state": "closed"})
        await connection.execute(
            insert(ItemRow),
            {
                "workspace": "T_VRIC",
                "desk_id": 1,
                "issue_id": 7,
                "channel": "C_VRIC",
                "message": "1.0",
                "url": "https://reuters.com/1",
                "dropped": "https://reuters.com/1",
                "key": "reuters.com/1",
                "host": "reuters.com",
                "state": "filed",
                "reading": "read",
                "read_at": NOON,
                "title": TANKERS,
                "found_by": "U_ANA",
                "created_at": NOON,
            },
        )

    await migrate(empty)

    shelf = Shelf(empty, DeskRecord(1, "T_VRIC", "C_VRIC"), {})
    assert await shelf.finds_in_all("iran reuters", limit=10) == ([(17, TANKERS)], 1)
    await shelf.changes(1, title=ENVOY)
    assert await shelf.finds("iran") == []
    assert await shelf.finds("envoy") == [ENVOY]
