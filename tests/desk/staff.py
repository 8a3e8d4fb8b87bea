"""A desk on a real database, with people who are at hand and pages that are printed beforehand."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import select

from bot.desk import Desk
from bot.desk.drops import Drop
from bot.editorial.house import House
from bot.editorial.house_file import read_house
from bot.editorial.houses import Houses
from bot.editorial.item import Item
from bot.extract.page import ArchivedCopy, Extract, PageTrouble
from bot.ports import Change, DeskRecord, Person, Standing, UserGroup
from bot.settings import SHIPPED_HOUSE
from db.database import Database
from db.models import ChangeRow, OutboxRow

TEAM, CHANNEL = "T_VRIC", "C_VRIC"
MORNING = datetime(2021, 1, 11, 15, 0, tzinfo=UTC)
"""Monday, three days before No. 18 closes: Thursday 14 January 2021, 17:00 in New York."""

DEADLINE = datetime(2021, 1, 14, 22, 0, tzinfo=UTC)
HOUSE = replace(read_house(SHIPPED_HOUSE.read_text(encoding="utf-8"), SHIPPED_HOUSE.name), first_number=18)

ANA = Person("U_ANA", "Ana Ruiz", "America/New_York", Standing.MEMBER)
BEN = Person("U_BEN", "Ben Okafor", "America/Bogota", Standing.MEMBER)
EVA = Person("U_EVA", "Eva Marín", "America/Caracas", Standing.EDITOR)
GUS = Person("U_GUS", "Gus (guest)", "UTC", Standing.GUEST)

TANKERS = "https://reuters.com/world/iran-sends-tankers"
VACCINE = "https://www.telesurtv.net/news/sputnik-v-llega-20210111.html"


NOBODY_THERE = "C_CLOSED"


class Staff:
    """Who is at hand, and in every channel but one; `user_groups` are by id, and where they are None nobody answers."""

    def __init__(self, *people: Person) -> None:
        self._people = {person.id: person for person in people}
        self.user_groups: dict[str, UserGroup] | None = {}
        self.asked_for: list[str] = []

    def becomes(self, person: Person) -> None:
        """Somebody is somebody else from now on, or new."""
        self._people[person.id] = person

    async def look_up(self, workspace: str, person: str) -> Person | None:
        del workspace
        return self._people.get(person)

    async def ask(self, workspace: str, person: str) -> Person | None:
        return await self.look_up(workspace, person)

    async def present(self, workspace: str, channel: str) -> Sequence[str]:
        del workspace
        return [] if channel == NOBODY_THERE else list(self._people)

    async def channel_name(self, workspace: str, channel: str) -> str | None:
        del workspace
        return {CHANNEL: "vric", "C_AFRICA": "africa"}.get(channel)

    async def groups(self, workspace: str) -> Sequence[UserGroup] | None:
        del workspace
        return None if self.user_groups is None else list(self.user_groups.values())

    async def members_of(self, workspace: str, group: str) -> Sequence[str] | None:
        del workspace
        self.asked_for.append(group)
        if self.user_groups is None:
            return None
        return self.user_groups[group].members if group in self.user_groups else ()


class Press:
    """What is printed under which address; elsewhere pages say nothing of themselves."""

    def __init__(self) -> None:
        self.pages: dict[str, Extract | PageTrouble] = {}
        self.copies: dict[str, ArchivedCopy] = {}

    async def read(self, url: str, *, afresh: bool = False) -> Extract:
        del afresh
        page = self.pages.get(url, Extract())
        if isinstance(page, PageTrouble):
            raise page
        return page

    async def archived(self, url: str) -> ArchivedCopy | None:
        return self.copies.get(url)


def desk_on(
    database: Database, *, pages: Press | None = None, people: Staff | None = None, house: House = HOUSE
) -> Desk:
    return Desk(
        houses=Houses([house]),
        unit_of_work=database.unit_of_work,
        pages=pages or Press(),
        people=people or Staff(ANA, BEN, EVA, GUS),
    )


def drop(*links: str, message: str = "1610377200.000100", by: Person = ANA, channel: str = CHANNEL) -> Drop:
    return Drop(TEAM, channel, message, message, by.id, links)


def without(*links: str, message: str = "1610377200.000100", by: Person = ANA) -> Drop:
    """What the message says after an edit that took these links out, and left none."""
    return replace(drop(message=message, by=by), before=links)


async def dropped(
    desk: Desk, link: str = TANKERS, *, message: str = "1610377200.000100", now: datetime = MORNING
) -> Item:
    (item,) = (await desk.take_in(drop(link, message=message), now=now)).items
    return item


async def item_of(database: Database, item_id: int) -> Item:
    async with database.unit_of_work() as work:
        item = await work.items.get(item_id)
    assert item is not None
    return item


async def desk_record(database: Database, channel: str = CHANNEL) -> DeskRecord:
    async with database.unit_of_work() as work:
        desk = await work.desks.find(TEAM, channel)
    assert desk is not None
    return desk


async def history(database: Database, item_id: int) -> list[Change]:
    async with database.unit_of_work() as work:
        return list(await work.changes.of_item(item_id))


async def log_of(database: Database) -> list[ChangeRow]:
    """The whole event log, oldest first."""
    async with database.connection() as connection:
        return list((await connection.execute(select(ChangeRow.__table__).order_by(ChangeRow.id))).all())  # type: ignore[arg-type] # rows read like the model


async def wishes(database: Database, kind: str) -> list[OutboxRow]:
    """What the outbox was asked to show of a kind."""
    query = select(OutboxRow.__table__).where(OutboxRow.kind == kind).order_by(OutboxRow.id)
    async with database.connection() as connection:
        return list((await connection.execute(query)).all())  # type: ignore[arg-type] # rows read like the model
