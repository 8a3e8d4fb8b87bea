"""Pages are read: what was found is kept, what members wrote is never written over, and nothing is read in vain."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.desk import Desk
from bot.desk.editing import Words
from bot.editorial.item import Item, ItemState, Reading
from bot.extract.page import Extract, PageTrouble, Trouble
from db.database import Database
from tests.desk.staff import (
    ANA,
    BEN,
    MORNING,
    TANKERS,
    TEAM,
    VACCINE,
    Press,
    desk_on,
    drop,
    dropped,
    history,
    item_of,
    wishes,
    without,
)

FOUND = Extract(
    title="Iran sends fleet of tankers to Venezuela & “tests” U.S.",
    published_on=date(2021, 1, 11),
    source="reuters.com",
    author="Marianna Párraga",
    language="en",
    summary="Five tankers crossed Suez.",
)
SILENT = PageTrouble(Trouble.TIMED_OUT, "reuters.com did not answer in time.", retry=True)
GONE = PageTrouble(Trouble.GONE, "not there: 404", status=404)
READ_LEASE = timedelta(seconds=60)

Act = Callable[[Desk, Item], Awaitable[object]]


class InterruptedPress(Press):
    """A press at which something happens while a page is fetched."""

    def __init__(self, meanwhile: Callable[[], Awaitable[object]]) -> None:
        super().__init__()
        self._meanwhile = meanwhile

    async def read(self, url: str, *, afresh: bool = False) -> Extract:
        await self._meanwhile()
        return await super().read(url, afresh=afresh)


def edit(desk: Desk, item: Item, **written: object) -> Awaitable[Item]:
    shown = Words.of(item)
    words = replace(shown, **{"title": "Tankers", **written})  # type: ignore[arg-type] # fields of Words
    return desk.edit(item.id, words, opened_with=shown.marks(), workspace=TEAM, by=ANA.id, now=MORNING)


async def test_what_a_page_says_is_kept_and_the_registry_names_its_outlet(
    desk: Desk, database: Database, press: Press
) -> None:
    press.pages[TANKERS] = FOUND
    item = await dropped(desk)

    read = await desk.read_next(now=MORNING)

    assert read == await item_of(database, item.id)
    assert (read.reading, read.title, read.published_on, read.source) == (
        Reading.READ,
        FOUND.title,
        FOUND.published_on,
        "Reuters",
    )
    assert await desk.read_next(now=MORNING + timedelta(hours=1)) is None
    assert [card.wanted for card in await wishes(database, "card")] == [2]


async def test_what_members_wrote_stays_when_the_page_is_read_later_or_again(
    desk: Desk, database: Database, press: Press
) -> None:
    press.pages[TANKERS] = FOUND
    item = await dropped(desk)
    await edit(desk, item, title="Tankers sail", source=None)

    await desk.read_next(now=MORNING)
    await desk.read_again(item.id, workspace=TEAM, by=BEN.id, now=MORNING)
    await desk.read_next(now=MORNING)

    stands = await item_of(database, item.id)
    assert (stands.title, stands.author, stands.edited) == ("Tankers sail", FOUND.author, {"title": ANA.id})


async def _edits(desk: Desk, item: Item) -> None:
    await edit(desk, item, title="Tankers sail")


async def _files(desk: Desk, item: Item) -> None:
    await desk.file(item.id, "iran", workspace=TEAM, by=BEN.id, now=MORNING)


async def _notes(desk: Desk, item: Item) -> None:
    await desk.add_note(item.id, "two sources", workspace=TEAM, by=BEN.id, now=MORNING)


async def _removes(desk: Desk, item: Item) -> None:
    del item
    await desk.take_in(without(TANKERS), now=MORNING)


@pytest.mark.parametrize(
    ("act", "title", "state"),
    [
        (_edits, "Tankers sail", ItemState.PENDING),
        (_files, FOUND.title, ItemState.FILED),
        (_notes, FOUND.title, ItemState.PENDING),
        (_removes, FOUND.title, ItemState.WITHDRAWN),
    ],
)
async def test_what_was_found_is_not_lost_when_a_member_is_at_the_item_during_the_fetch(
    desk: Desk, database: Database, act: Act, title: str, state: ItemState
) -> None:
    item = await dropped(desk)
    press = InterruptedPress(lambda: act(desk, item))
    press.pages[TANKERS] = FOUND

    read = await desk_on(database, pages=press).read_next(now=MORNING)

    assert read is not None
    assert (read.reading, read.author, read.published_on) == (Reading.READ, FOUND.author, FOUND.published_on)
    assert (read.title, read.state) == (title, state)
    assert read.version == item.version + 2


async def test_a_reader_that_was_taken_over_from_changes_nothing(desk: Desk, database: Database, press: Press) -> None:
    press.pages[TANKERS] = FOUND
    item = await dropped(desk)
    slow = InterruptedPress(lambda: desk.read_next(now=MORNING + READ_LEASE))
    slow.pages[TANKERS] = replace(FOUND, title="An older version of the page")

    left = await desk_on(database, pages=slow).read_next(now=MORNING)

    assert left == await item_of(database, item.id)
    assert left.title == FOUND.title
    assert [change.verb for change in await history(database, item.id)] == ["dropped", "read"]


async def test_a_reading_that_a_member_asked_for_meanwhile_is_the_one_that_counts(
    desk: Desk, database: Database, press: Press
) -> None:
    press.pages[TANKERS] = FOUND
    item = await dropped(desk)
    slow = InterruptedPress(lambda: desk.read_again(item.id, workspace=TEAM, by=BEN.id, now=MORNING))
    slow.pages[TANKERS] = GONE

    left = await desk_on(database, pages=slow).read_next(now=MORNING)
    again = await desk.read_next(now=MORNING)

    assert left is not None
    assert again is not None
    assert (left.reading, again.reading, again.trouble) == (Reading.WAITING, Reading.READ, None)


async def test_a_page_that_does_not_answer_is_tried_again_three_times_and_then_given_up(
    desk: Desk, database: Database, press: Press
) -> None:
    press.pages[TANKERS] = SILENT
    item = await dropped(desk)
    now, plan = MORNING, []

    while (read := await desk.read_next(now=now)) is not None:
        plan.append((now - MORNING, read.reading, read.trouble))
        now = read.retry_at or now

    assert plan == [
        (timedelta(0), Reading.WAITING, str(SILENT)),
        (timedelta(minutes=1), Reading.WAITING, str(SILENT)),
        (timedelta(minutes=6), Reading.WAITING, str(SILENT)),
        (timedelta(minutes=21), Reading.FAILED, str(SILENT)),
    ]
    verbs = [change.verb for change in await history(database, item.id)]
    assert verbs == ["dropped", "reading put off", "reading put off", "reading put off", "not read"]


async def test_a_page_that_is_gone_is_not_tried_again_and_reads_when_a_member_asks(desk: Desk, press: Press) -> None:
    press.pages[TANKERS] = GONE
    item = await dropped(desk)
    failed = await desk.read_next(now=MORNING)
    press.pages[TANKERS] = FOUND

    await desk.read_again(item.id, workspace=TEAM, by=ANA.id, now=MORNING)
    read = await desk.read_next(now=MORNING)

    assert failed is not None
    assert read is not None
    assert (failed.reading, read.reading, read.trouble) == (Reading.FAILED, Reading.READ, None)


async def test_a_second_reading_that_finds_less_leaves_what_the_first_one_found(desk: Desk, press: Press) -> None:
    press.pages[TANKERS] = FOUND
    item = await dropped(desk)
    await desk.read_next(now=MORNING)
    press.pages[TANKERS] = Extract(title="Tankers reach Venezuela")

    await desk.read_again(item.id, workspace=TEAM, by=ANA.id, now=MORNING)
    read = await desk.read_next(now=MORNING)

    assert read is not None
    assert (read.title, read.published_on, read.author) == (
        "Tankers reach Venezuela",
        FOUND.published_on,
        FOUND.author,
    )


async def test_the_address_that_answers_decides_whose_page_it_is(desk: Desk, press: Press) -> None:
    press.pages["https://bit.ly/3q"] = replace(FOUND, final_url=f"{VACCINE}?utm_source=bitly", source=None)
    await dropped(desk, "https://bit.ly/3q")

    read = await desk.read_next(now=MORNING)

    assert read is not None
    assert (read.host, read.url) == ("telesurtv.net", VACCINE)
    assert read.outlet is not None
    assert (read.source, read.outlet.domain) == (read.outlet.name, "telesurtv.net")


async def test_the_page_that_waited_longest_is_read_first(desk: Desk) -> None:
    await dropped(desk, TANKERS, message="1.0", now=MORNING + timedelta(minutes=1))
    await dropped(desk, VACCINE, message="2.0", now=MORNING)

    read = [await desk.read_next(now=MORNING + timedelta(minutes=2)) for _ in range(3)]

    assert [item and item.url for item in read] == [VACCINE, TANKERS, None]


RENMIN = "https://en.people.cn/n3/2021/0111/c90000.html"
PRINTED = replace(FOUND, source="People’s Daily", cited_as="China People’s Daily")


async def test_a_name_that_the_house_printed_stands_before_that_of_the_registry_until_a_member_corrects_it(
    desk: Desk, press: Press
) -> None:
    press.pages |= {RENMIN: PRINTED, f"{RENMIN}?2": PRINTED}
    await dropped(desk, RENMIN)
    read = await desk.read_next(now=MORNING)
    assert read is not None
    assert read.source == PRINTED.cited_as

    await edit(desk, read, title=read.title, source="People’s Daily Online")

    await dropped(desk, f"{RENMIN}?2", message="2.0")
    later = await desk.read_next(now=MORNING)
    assert later is not None
    assert (later.source, later.edited) == ("People’s Daily Online", {})


async def test_what_is_remembered_of_a_host_is_of_one_workspace(desk: Desk, database: Database, press: Press) -> None:
    press.pages |= {TANKERS: FOUND, f"{TANKERS}?2": FOUND}
    await dropped(desk)
    read = await desk.read_next(now=MORNING)
    assert read is not None
    await edit(desk, read, title=read.title, source="Reuters Agency")

    await desk.welcome("T_OTHER", "C_OTHER", editor=ANA.id, now=MORNING)
    theirs = replace(drop(f"{TANKERS}?2", channel="C_OTHER"), workspace="T_OTHER")
    (item,) = (await desk.take_in(theirs, now=MORNING)).items
    await desk.read_next(now=MORNING)

    assert (await item_of(database, item.id)).source == "Reuters"


async def test_before_its_page_was_read_nothing_is_remembered_of_a_link(
    desk: Desk, database: Database, press: Press
) -> None:
    """A shortened link leads to pages of everybody."""
    press.pages[TANKERS] = FOUND
    item = await dropped(desk)

    await edit(desk, item, source="Reuters Agency")

    assert [change.verb for change in await history(database, item.id)] == ["dropped", "edited"]
    async with database.unit_of_work() as work:
        assert await work.outlets.habits(TEAM, item.host) == {}
