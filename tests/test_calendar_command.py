"""`vric calendar` prints what will be posted when; golden files hold a year of it in three zones."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.settings import SHIPPED_HOUSE
from db.database import Database
from tests.calendars import GOLDEN, ZONES, year_in
from tests.command_line import Vric
from tests.desk.staff import CHANNEL, EVA, TEAM, desk_on


def days_ahead(days: int) -> str:
    return f"{datetime.now(UTC).date() + timedelta(days=days)}"


@pytest.mark.parametrize("name", ZONES)
def test_a_year_of_a_monthly_house_is_posted_as_the_golden_file_says(name: str) -> None:
    """`python -m tests.calendars` writes the files anew."""
    assert year_in(ZONES[name]) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


async def test_a_house_without_a_desk_prints_its_plan_and_makes_no_database(tmp_path: Path) -> None:
    told = await Vric(tmp_path).runs("calendar", "--until", days_ahead(62))

    assert (told.status, told.said) == (0, "")
    assert told.out.startswith("VRIC MONITOR in the desk's time, America/New_York:\n\nNo. 19 covers ")
    assert "members who are short are reminded" in told.out
    assert "No. 20 covers " in told.out
    assert not (tmp_path / "data").exists()


async def test_a_database_without_a_desk_prints_the_plan_of_the_house(tmp_path: Path) -> None:
    vric = Vric(tmp_path)
    await vric.runs("migrate")

    told = await vric.runs("calendar", "--until", days_ahead(62))

    assert (told.status, told.out.splitlines()[2][:13]) == (0, "No. 19 covers")


async def test_a_desk_prints_its_own_numbers_and_the_deadline_that_was_moved(tmp_path: Path) -> None:
    vric = Vric(tmp_path)
    await vric.runs("migrate")
    database = Database(f"sqlite:///{tmp_path / 'data' / 'desk.db'}")
    now = datetime.now(UTC)
    desk = desk_on(database)
    await desk.welcome(TEAM, CHANNEL, editor=EVA.id, now=now)
    record = await desk.desk_for(TEAM, CHANNEL, EVA.id, now=now)
    moved = (now + timedelta(days=3)).replace(hour=17, minute=23, second=0, microsecond=0)
    await desk.move_deadline(record, moved, by=EVA.id, now=now)
    await database.close()

    told = await vric.runs("calendar", "--until", days_ahead(90))

    assert (told.status, told.said) == (0, "")
    assert told.out.splitlines()[2].startswith("No. 18 covers ")
    assert ":23 E" in told.out.splitlines()[2]
    assert "No. 19 covers " in told.out


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("soon", "--until must be a day such as 2027-12-31, not “soon”."),
        ("2027-02-30", "--until must be a day such as 2027-12-31, not “2027-02-30”."),
        ("2021-01-14", "--until must not have passed: today is "),
        ("9999-12-31", "--until must be at most 10 years ahead, not 9999-12-31."),
    ],
)
async def test_a_day_that_is_none_has_passed_or_is_far_away_is_refused(tmp_path: Path, until: str, said: str) -> None:
    told = await Vric(tmp_path).runs("calendar", "--until", until)

    assert (told.status, told.out) == (2, "")
    assert said in told.said


async def test_a_day_before_anything_is_due_says_so(tmp_path: Path) -> None:
    listed = f'recurrence = "dates"\ndates = [{days_ahead(100)}, {days_ahead(200)}]'
    house = SHIPPED_HOUSE.read_text(encoding="utf-8").replace("deadline_day = 14", listed)
    (tmp_path / "listed.toml").write_text(house, encoding="utf-8")
    vric = Vric(tmp_path)
    vric.settings["VRIC_HOUSE"] = "listed.toml"

    nothing = await vric.runs("calendar", "--until", days_ahead(10))
    behind = await vric.runs("calendar", "--until", days_ahead(310))

    assert (nothing.status, nothing.out.splitlines()[-1]) == (0, "Nothing is due until then.")
    assert behind.out.count("No day is listed for it in the house") == 1
