"""How the cost of a desk's acts grows with what is stored."""

import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import insert

from bot.configuration import load_house
from bot.desk import Desk
from bot.desk.drops import Drop
from bot.editorial.houses import Houses
from bot.extract.page import ArchivedCopy, Extract
from bot.ports import Person, Standing
from bot.settings import read_settings
from bot.startup import migrate_all
from db.database import Database
from db.models import IssueRow, ItemRow

SIZES = (1, 1_000, 10_000, 100_000)
_IN_AN_ISSUE = 100
_TIMES = 30
_NOON = datetime(2021, 1, 11, 12, 0, tzinfo=UTC)


class _Pages:
    async def read(self, url: str, *, afresh: bool = False) -> Extract:
        del afresh
        return Extract(title="Iran sends tankers", published_on=_NOON.date(), final_url=url)

    async def archived(self, url: str) -> ArchivedCopy | None:
        raise NotImplementedError(url)


class _People:
    async def look_up(self, workspace: str, person: str) -> Person:
        return Person(person, f"{person} of {workspace}", "UTC", Standing.EDITOR)

    async def ask(self, workspace: str, person: str) -> Person:
        return await self.look_up(workspace, person)

    async def present(self, workspace: str, channel: str) -> list[str]:
        return [workspace, channel]

    async def channel_name(self, workspace: str, channel: str) -> str:
        return f"{channel} of {workspace}"

    async def groups(self, workspace: str) -> None:
        """This workspace says nothing of user groups."""

    async def members_of(self, workspace: str, group: str) -> None:
        """Nor of who is in them."""


async def seconds_by_act(size: int) -> dict[str, float]:
    """The median seconds of each act at a desk whose earlier issues hold so many items."""
    async with _desk(size) as desk:
        record = await desk.desk_for("T", "C", "U", now=_NOON)
        acts: dict[str, Callable[[int], Awaitable[Any]]] = {
            "take in a link": lambda n: desk.take_in(_drop(n), now=_NOON),
            "read its page": lambda _: desk.read_next(now=_NOON),
            "file it": lambda n: desk.file(size + n + 1, "iran", workspace="T", by="ana", now=_NOON),
            "show its card": lambda n: desk.card(record.id, f"{n}.0", now=_NOON),
            "tell the status": lambda _: desk.status(record, "ana", now=_NOON),
        }
        return {name: await _median(act) for name, act in acts.items()}


async def _median(act: Callable[[int], Awaitable[Any]]) -> float:
    taken = []
    for number in range(_TIMES):
        began = time.perf_counter()
        await act(number)
        taken.append(time.perf_counter() - began)
    return median(taken)


def _drop(number: int) -> Drop:
    return Drop("T", "C", f"{number}.0", f"{number}.0", "ana", (f"https://reuters.com/now/{number}",))


@asynccontextmanager
async def _desk(size: int) -> AsyncIterator[Desk]:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'desk.db'}")
        await migrate_all(database, lambda _: None)
        house = load_house(read_settings(_env_file=None))
        desk = Desk(houses=Houses([house]), unit_of_work=database.unit_of_work, pages=_Pages(), people=_People())
        await desk.welcome("T", "C", editor="ana", now=_NOON)
        issues = range(1000, 1000 + (size + _IN_AN_ISSUE - 1) // _IN_AN_ISSUE)
        async with database.connection() as connection:
            await connection.execute(insert(IssueRow), [_issue(number) for number in issues])
            for start in range(0, size, 10_000):
                rows = [_item(number) for number in range(start, min(start + 10_000, size))]
                await connection.execute(insert(ItemRow), rows)
        yield desk
        await database.close()


def _issue(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "desk_id": 1,
        "workspace": "T",
        "number": number,
        "state": "closed",
        "window_start": date(2020, 1, 1),
        "window_end": date(2020, 1, 31),
        "deadline": _NOON,
        "closes_at": _NOON,
        "opened_at": _NOON,
        "closed_at": _NOON,
    }


def _item(number: int) -> dict[str, Any]:
    return {
        "id": number + 1,
        "workspace": "T",
        "desk_id": 1,
        "issue_id": 1000 + number // _IN_AN_ISSUE,
        "channel": "C",
        "message": f"old.{number}",
        "url": f"https://reuters.com/{number}",
        "dropped": f"https://reuters.com/{number}",
        "key": f"reuters.com/{number}",
        "host": "reuters.com",
        "state": "filed",
        "reading": "read",
        "read_attempts": 1,
        "read_at": _NOON,
        "title": f"Old news {number}",
        "section": "iran",
        "found_by": "ana",
        "filed_by": "ana",
        "filed_at": _NOON - timedelta(days=400),
        "edited": {},
        "other_days": [],
        "created_at": _NOON - timedelta(days=400),
        "version": 1,
    }
