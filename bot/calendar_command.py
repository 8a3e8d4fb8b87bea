"""`vric calendar`: what will be posted when, of the desks on record, else of the house."""

import sys
from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.configuration import load_houses
from bot.desk.planning import Plan, plan_of_house, plans_until
from bot.editorial.house import House
from bot.render import Renderer, unmarked
from bot.settings import Settings
from bot.startup import must_be_migrated, sqlite_file, wall_clock
from bot.terminal import settings_or_stop, stop, wait_for
from db.database import Database
from db.schema import state
from handlers.blocks.calendar import calendar_words

_YEARS = 10
"""What is further ahead than this is no plan of anybody, and takes long to print."""


def calendar(
    *,
    until: Annotated[str, typer.Option(help="The last day that is printed, such as 2027-12-31.")],
) -> None:
    """Print what will be posted when: of the desks on record, or of the house where there is none yet."""
    try:
        day = date.fromisoformat(until)
    except ValueError:
        stop(f"--until must be a day such as 2027-12-31, not “{until}”.")
    render = Renderer()
    plans = wait_for(_plans(settings_or_stop(), day, wall_clock()))
    for plan in plans:
        if plan.desk is not None and len(plans) > 1:
            sys.stdout.write(f"Channel {plan.desk.channel}: ")
        sys.stdout.write(plan_text(plan, render))


def plan_text(plan: Plan, render: Renderer) -> str:
    """A plan as plain text, in the words in which members read it."""
    return unmarked(calendar_words(plan, render)) + "\n"


async def _plans(settings: Settings, until: date, now: datetime) -> Sequence[Plan]:
    houses = load_houses(settings)
    _must_be_ahead(houses.default, until, now)
    database = Database(settings.database_url)
    try:
        path = sqlite_file(database)
        if (path is not None and not path.exists()) or (await state(database)).current is None:
            return [plan_of_house(houses.default, until, now=now)]
        await must_be_migrated(database)
        return await plans_until(houses, database.unit_of_work, until, now=now)
    finally:
        await database.close()


def _must_be_ahead(house: House, until: date, now: datetime) -> None:
    today = now.astimezone(ZoneInfo(house.calendar.zone)).date()
    if until < today:
        stop(f"--until must not have passed: today is {today} in {house.calendar.zone}.")
    if until.year > today.year + _YEARS:
        stop(f"--until must be at most {_YEARS} years ahead, not {until}.")
