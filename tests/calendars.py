"""A year of a monthly house as its calendar prints it, in three zones whose clocks change on other days.

`python -m tests.calendars` writes the golden files anew; read what changed before keeping it.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from bot.calendar_command import plan_text
from bot.desk.planning import plan_of_house
from bot.editorial.house_file import read_house
from bot.render import Renderer
from bot.settings import SHIPPED_HOUSE

GOLDEN = Path(__file__).parent / "golden" / "calendar"
ZONES = {"new-york": "America/New_York", "madrid": "Europe/Madrid", "lord-howe": "Australia/Lord_Howe"}
"""In New York the clocks go forward on 14 March 2021, which is a deadline; on Lord Howe they change by half an hour."""


def year_in(zone: str) -> str:
    """What the shipped house would post in 2021, if its desk were in a zone."""
    house = read_house(SHIPPED_HOUSE.read_text(encoding="utf-8"), SHIPPED_HOUSE.name)
    there = replace(house, calendar=replace(house.calendar, zone=zone))
    return plan_text(plan_of_house(there, date(2021, 12, 31), now=datetime(2021, 1, 1, tzinfo=UTC)), Renderer())


def main() -> None:
    for name, zone in ZONES.items():
        (GOLDEN / f"{name}.txt").write_text(year_in(zone), encoding="utf-8")


if __name__ == "__main__":
    main()
