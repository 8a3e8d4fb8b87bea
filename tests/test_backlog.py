"""`vric queue`: what waits, what was given up and why, and the way back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.ports import RawEvent, Show, ShowingKind
from db.database import Database
from tests.command_line import Vric

NOON = datetime(2021, 1, 11, 12, 0, tzinfo=UTC)
LATER = timedelta(minutes=1)
BODY = '{"event": {"type": "message", "text": "Танкеры & <http://reuters.example/iran>"}}'
WAY_BACK = "When the reason is gone, put a row back with: vric queue --replay ROW (or inbox, outbox, all)\n"


@pytest.fixture
def vric(tmp_path: Path, database_url: str) -> Vric:
    found = Vric(tmp_path)
    found.settings["DATABASE_URL"] = database_url
    return found


async def accepts(database: Database, *events: str) -> None:
    async with database.unit_of_work() as work:
        await work.inbox.add([RawEvent(event_id, "T_VRIC", BODY, NOON) for event_id in events])


async def parks_an_event(database: Database, reason: str) -> None:
    async with database.unit_of_work() as work:
        receipt = await work.inbox.claim(NOON, NOON + LATER)
        assert receipt is not None
        await work.inbox.park(receipt, reason)


async def parks_a_card(database: Database, number: int, reason: str) -> None:
    wish = Show(f"card:{number}", ShowingKind.CARD, "T_VRIC", f"C{number}", subject={"message": str(number)})
    async with database.unit_of_work() as work:
        await work.outbox.show(wish, at=NOON)
        showing = await work.outbox.claim(NOON, NOON + LATER, NOON)
        assert showing is not None
        await work.outbox.park(showing, reason)


async def test_where_nothing_waits_it_says_so_and_ends_well(vric: Vric) -> None:
    ended = await vric.runs("queue")

    assert (ended.status, ended.said) == (0, "")
    assert ended.out == "inbox: 0 waiting, 0 parked\noutbox: 0 waiting, 0 parked\n"


async def test_what_waits_and_what_is_parked_is_listed_with_the_reason(vric: Vric, database: Database) -> None:
    await accepts(database, "Ev1", "Ev2")
    await parks_an_event(database, "KeyError: 'channel'\n  in line 7")
    await parks_a_card(database, 1, "not_in_channel")

    ended = await vric.runs("queue")

    assert (ended.status, ended.said) == (1, "")
    assert ended.out == (
        "inbox: 1 waiting, 1 parked\n"
        "  inbox:1 parked, message, since 2021-01-11 12:00:00 UTC, 1 attempt: KeyError: 'channel' in line 7\n"
        "  inbox:2 waits, message, since 2021-01-11 12:00:00 UTC, 0 attempts\n"
        "outbox: 0 waiting, 1 parked\n"
        "  outbox:1 parked, card, since 2021-01-11 12:00:00 UTC, 1 attempt: not_in_channel\n" + WAY_BACK
    )


async def test_one_row_is_put_back_and_the_others_stay(vric: Vric, database: Database) -> None:
    await parks_a_card(database, 1, "not_in_channel")
    await parks_a_card(database, 2, "is_archived")

    ended = await vric.runs("queue", "--replay", "outbox:2")
    left = await vric.runs("queue")

    assert (ended.status, ended.out, ended.said) == (0, "outbox: 1 put back\n", "")
    assert "outbox: 1 waiting, 1 parked\n  outbox:1 parked" in left.out
    assert "outbox:2 waits, card, since 2021-01-11 12:00:00 UTC, 0 attempts\n" in left.out


async def test_everything_is_put_back_with_fresh_attempts_and_due_at_once(vric: Vric, database: Database) -> None:
    await accepts(database, "Ev1")
    await parks_an_event(database, "KeyError: 'channel'")
    await parks_a_card(database, 1, "not_in_channel")

    ended = await vric.runs("queue", "--replay", "all")

    assert (ended.status, ended.out, ended.said) == (0, "inbox: 1 put back\noutbox: 1 put back\n", "")
    now = datetime.now(UTC)
    async with database.unit_of_work() as work:
        receipt = await work.inbox.claim(now, now + LATER)
        showing = await work.outbox.claim(now, now + LATER, now)
    assert (receipt and receipt.attempt, showing and showing.attempt) == (1, 1)


@pytest.mark.parametrize(("queue", "untouched"), [("inbox", "outbox"), ("outbox", "inbox")])
async def test_one_queue_is_put_back_and_the_other_stays(
    vric: Vric, database: Database, queue: str, untouched: str
) -> None:
    await accepts(database, "Ev1")
    await parks_an_event(database, "KeyError: 'channel'")
    await parks_a_card(database, 1, "not_in_channel")

    ended = await vric.runs("queue", "--replay", queue)
    left = await vric.runs("queue")

    assert (ended.status, ended.out) == (0, f"{queue}: 1 put back\n")
    assert f"{untouched}: 0 waiting, 1 parked" in left.out


async def test_a_row_that_is_not_parked_is_left_as_it_is(vric: Vric, database: Database) -> None:
    await accepts(database, "Ev1")

    ended = await vric.runs("queue", "--replay", "inbox:1")

    assert (ended.status, ended.out) == (2, "")
    assert ended.said == "inbox:1 is not parked, so there is nothing to put back. See: vric queue\n"


@pytest.mark.parametrize("what", ["7", "card:7", "inbox:", "outbox:seven", "inbox:-1", "outbox:9999999999"])
async def test_what_names_no_row_is_refused_with_what_to_write(
    tmp_path: Path, sqlite_template: Path, what: str
) -> None:
    vric = Vric(tmp_path)
    vric.settings["DATABASE_URL"] = f"sqlite:///{sqlite_template}"

    ended = await vric.runs("queue", "--replay", what)

    assert (ended.status, ended.out) == (2, "")
    assert ended.said == (
        f"{what} names nothing that can be put back: write inbox:7, outbox:7, inbox, outbox or all.\n"
    )


async def test_of_very_many_rows_the_oldest_are_listed_and_the_others_counted(vric: Vric, database: Database) -> None:
    await accepts(database, *(f"Ev{number}" for number in range(60)))

    ended = await vric.runs("queue")

    assert ended.status == 0
    assert ended.out.count(" waits, ") == 50
    assert "  and 10 more waiting\n" in ended.out


async def test_without_a_database_the_way_to_one_is_named(tmp_path: Path) -> None:
    ended = await Vric(tmp_path).runs("queue")

    assert (ended.status, ended.said) == (2, "There is no database at data/desk.db yet. Run: vric migrate\n")


async def test_the_help_says_what_can_be_put_back(tmp_path: Path) -> None:
    ended = await Vric(tmp_path).runs("queue", "--help")

    assert ended.status == 0
    assert "--replay" in ended.out
