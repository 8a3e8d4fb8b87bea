"""Whatever happens at a desk, nothing is held while there is room, and nothing returns where there is none."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.desk import Desk
from bot.desk.counting import tally_in
from bot.desk.editions import writing_of
from bot.desk.errors import DeskError, SectionUnknownError, SomebodyWasFasterError
from bot.desk.fields import FieldsRefusedError
from bot.editorial.house import RELEASES, House
from bot.editorial.item import Answer, Item, ItemState
from bot.editorial.outlet import Verdict, verdict
from bot.editorial.quota import Tally, forecast, has_room
from bot.ports import PageAlreadyThereError
from db.database import Database
from tests.desk.staff import (
    ANA,
    BEN,
    CHANNEL,
    EVA,
    HOUSE,
    MORNING,
    TEAM,
    desk_on,
    desk_record,
    drop,
    item_of,
    wishes,
)

HOSTS = ("www.telesurtv.net", "www.prensa-latina.cu", "reuters.com", "nobody-knows.example")
SECTIONS = ("iran", "turkey", RELEASES)
_PICKED = st.integers(0, 7)
T = TypeVar("T")
WORD: dict[str, Any] = {"topic": HOUSE.state_media.topics[0], "is_checked": True}


class AtWork(RuleBasedStateMachine):
    """A desk at which members and an editor do whatever comes to their minds, in any order."""

    template: Path
    place: Path

    def __init__(self) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        copy = self.place / f"desk-{uuid4().hex}.db"
        shutil.copy(self.template, copy)
        self._url = f"sqlite:///{copy}"
        self._now = MORNING
        self._dropped: list[int] = []

    @initialize(
        limit=st.sampled_from([Fraction(1, 5), Fraction(1, 3), Fraction(1, 2), Fraction(1)]), planned=st.integers(1, 6)
    )
    def opens(self, limit: Fraction, planned: int) -> None:
        rules = replace(HOUSE.state_media, limit=limit)
        self._house: House = replace(HOUSE, planned_items=planned, state_media=rules)
        self._database = Database(self._url)
        self._desk: Desk = desk_on(self._database, house=self._house)
        self._runs(self._desk.welcome(TEAM, CHANNEL, editor=EVA.id, now=MORNING))

    @rule(host=st.sampled_from(HOSTS))
    def somebody_drops(self, host: str) -> None:
        number = len(self._dropped)
        said = drop(f"https://{host}/{number}", message=f"{1610377200 + number}.000100")
        taken = self._runs(self._desk.take_in(said, now=self._tick()))
        self._dropped += [item.id for item in taken.items]

    @precondition(lambda self: self._dropped)
    @rule(picked=_PICKED, section=st.sampled_from(SECTIONS))
    def somebody_files(self, picked: int, section: str) -> None:
        self._tries(lambda: self._desk.accept(self._at(picked), section, **WORD, **self._by(ANA.id)))

    @precondition(lambda self: self._dropped)
    @rule(picked=_PICKED, section=st.sampled_from(SECTIONS), ask=st.booleans())
    def somebody_holds(self, picked: int, section: str, ask: bool) -> None:  # noqa: FBT001 - Hypothesis passes it so
        self._tries(lambda: self._desk.hold(self._at(picked), section, **WORD, ask=ask, **self._by(BEN.id)))

    @precondition(lambda self: self._dropped)
    @rule(picked=_PICKED, verb=st.sampled_from(["spike", "undo", "hold_over", "recommend"]))
    def somebody_acts(self, picked: int, verb: str) -> None:
        self._tries(lambda: getattr(self._desk, verb)(self._at(picked), **self._by(EVA.id)))

    @precondition(lambda self: self._dropped)
    @rule(picked=_PICKED, section=st.sampled_from(SECTIONS))
    def somebody_moves(self, picked: int, section: str) -> None:
        item = self._runs(item_of(self._database, self._at(picked)))
        self._tries(lambda: self._desk.move(item.id, section, moved_from=item.section or "", **self._by(ANA.id)))

    @precondition(lambda self: len(self._dropped) > 1)
    @rule(picked=_PICKED, other=_PICKED, verb=st.sampled_from(["replace_other", "make_second_source"]))
    def somebody_pairs(self, picked: int, other: int, verb: str) -> None:
        self._tries(lambda: getattr(self._desk, verb)(self._at(picked), self._at(other), **self._by(BEN.id)))

    @precondition(lambda self: self._dropped)
    @rule(picked=_PICKED, ruling=st.sampled_from(Verdict))
    def somebody_rules(self, picked: int, ruling: Verdict) -> None:
        self._tries(lambda: self._desk.rule_on_outlet(self._at(picked), ruling, **self._by(ANA.id)))

    @precondition(lambda self: self._dropped)
    @rule(picked=_PICKED, answer=st.sampled_from(Answer))
    def an_editor_answers(self, picked: int, answer: Answer) -> None:
        self._tries(lambda: self._desk.decide_on_held(self._at(picked), answer, **self._by(EVA.id)))

    @precondition(lambda self: self._dropped)
    @rule()
    def the_issue_closes(self) -> None:
        desk = self._runs(desk_record(self._database))
        self._runs(self._desk.close_issue(desk, by=EVA.id, now=self._tick()))

    @invariant()
    def counts_are_right_nothing_waits_for_room_that_is_there_and_none_was_given_that_was_not(self) -> None:
        limit, planned = self._house.state_media.limit, self._house.planned_items
        for counted, recounted, items, returned in self._runs(self._figures()):
            assert counted == recounted
            held = [item for item in items if item.state is ItemState.HELD]
            assert [item.id for item in held if has_room(recounted, self._ruled(item), limit, planned)] == []
            if any(self._ruled(item) is Verdict.STATE_MEDIA for item in items if item.id in returned):
                assert forecast(recounted, planned) <= limit

    def teardown(self) -> None:
        if hasattr(self, "_database"):
            self._runs(self._database.close())
        self._runner.close()

    async def _figures(self) -> list[tuple[Tally, Tally, list[Item], set[int]]]:
        """Of each issue what it counts, what it counts by its items, these, and which of them returned just now."""
        found: list[tuple[Tally, Tally, list[Item], set[int]]] = []
        async with self._database.unit_of_work() as work:
            for number in range(self._house.first_number, self._house.first_number + 30):
                issue = await work.issues.numbered((await work.desks.all(TEAM))[0].id, number)
                if issue is None:
                    return found
                items = list(await work.items.of_issue(issue.id))
                writing = await writing_of(work, self._house, issue.id)
                changes = await work.changes.of_issue(issue.id, self._now, ["returned"])
                returned = {change.item_id for change in changes if change.item_id is not None}
                filed = [item for item in items if item.state is ItemState.FILED and item.section != RELEASES]
                state = sum(self._ruled(item) is Verdict.STATE_MEDIA for item in filed)
                undecided = sum(self._ruled(item) is Verdict.UNDECIDED for item in filed)
                total = len(filed) + len(writing.releases) + len(writing.must_reads)
                recounted = Tally(state, total, undecided)
                found.append((await tally_in(work, self._house, issue.id), recounted, items, returned))
        return found

    def _ruled(self, item: Item) -> Verdict:
        return verdict(item.outlet, self._house.state_media.watched)

    def _at(self, picked: int) -> int:
        return self._dropped[picked % len(self._dropped)]

    def _by(self, person: str) -> dict[str, Any]:
        return {"workspace": TEAM, "by": person, "now": self._tick()}

    def _tick(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now

    def _tries(self, act: Callable[[], Awaitable[object]]) -> None:
        """What the desk refuses changes nothing, and is no fault."""

        async def run() -> None:
            with suppress(DeskError, PageAlreadyThereError):
                await act()

        self._runs(run())

    def _runs(self, work: Awaitable[T]) -> T:
        async def run() -> T:
            return await work

        return self._runner.run(run())


def test_nothing_is_held_while_there_is_room_whatever_happens(sqlite_template: Path, tmp_path: Path) -> None:
    class Here(AtWork):
        template, place = sqlite_template, tmp_path

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=20,
            stateful_step_count=25,
            deadline=None,
            phases=[Phase.generate],  # to shrink what takes seconds takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )


async def test_of_many_who_make_room_at_once_none_gives_it_away_twice(replicas: list[Database]) -> None:
    """Four items of state media of twenty may stand; four of them are spiked at once while six more wait."""
    house = replace(HOUSE, planned_items=20, state_media=replace(HOUSE.state_media, limit=Fraction(1, 5)))
    desks = [desk_on(each, house=house) for each in replicas]
    links = [f"https://www.telesurtv.net/{number}" for number in range(10)]
    items = (await desks[0].take_in(drop(*links), now=MORNING)).items
    by: dict[str, Any] = {"workspace": TEAM, "by": ANA.id}
    for place, item in enumerate(items[:4]):
        await desks[0].accept(item.id, "iran", **WORD, **by, now=MORNING + timedelta(seconds=place))
    for place, item in enumerate(items[4:]):
        at = MORNING + timedelta(minutes=1, seconds=place)
        assert (await desks[0].hold(item.id, "turkey", **WORD, ask=False, **by, now=at)).state is ItemState.HELD
    later = MORNING + timedelta(hours=1)

    await asyncio.gather(
        *(desk.spike(item.id, **by, now=later) for desk, item in zip(desks, items[:4], strict=True)),
    )

    states = [(await item_of(replicas[0], item.id)).state for item in items]
    assert states == [*[ItemState.SPIKED] * 4, *[ItemState.FILED] * 4, *[ItemState.HELD] * 2]
    told = [wish.subject["item"] for wish in await wishes(replicas[0], "held news")]
    assert sorted(told) == [item.id for item in items[4:8]]


async def test_a_beat_returns_what_a_new_rule_of_the_house_has_room_for(database: Database, desk: Desk) -> None:
    tight = desk_on(database, house=replace(HOUSE, planned_items=1))
    (item,) = (await desk.take_in(drop("https://www.telesurtv.net/1"), now=MORNING)).items
    by: dict[str, Any] = {"workspace": TEAM, "by": ANA.id, "now": MORNING}
    await tight.hold(item.id, "iran", **WORD, ask=False, **by)
    assert await tight.give_room(now=MORNING) == []
    assert (await item_of(database, item.id)).state is ItemState.HELD

    returned = await desk.give_room(now=MORNING)

    assert [each.id for each in returned] == [item.id]
    assert (await item_of(database, item.id)).state is ItemState.FILED
    assert await desk.give_room(now=MORNING) == []


async def test_what_is_filed_elsewhere_holds_nothing_and_what_is_held_cannot_be_held_again(desk: Desk) -> None:
    (item,) = (await desk.take_in(drop("https://www.telesurtv.net/1"), now=MORNING)).items
    by: dict[str, Any] = {"workspace": TEAM, "by": ANA.id, "now": MORNING}

    with pytest.raises(SectionUnknownError):
        await desk.hold(item.id, RELEASES, **WORD, ask=False, **by)
    with pytest.raises(FieldsRefusedError):
        await desk.hold(item.id, "iran", "astrology", is_checked=True, ask=False, **by)
    filed = await desk.hold(item.id, "iran", **WORD, ask=False, **by)  # there is room, and it returns at once
    with pytest.raises(SomebodyWasFasterError):
        await desk.hold(filed.id, "iran", **WORD, ask=False, **by)
    with pytest.raises(SomebodyWasFasterError):
        await desk.ask_editors(filed.id, **by)
