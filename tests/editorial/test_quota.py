import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.editorial.house import Denominator
from bot.editorial.item import ItemState
from bot.editorial.outlet import Outlet, Verdict, verdict
from bot.editorial.quota import Remedies, Tally, forecast, has_room, remedies, shortfalls, tally, within
from tests.editorial.values import (
    CHINA,
    IFP_NEWS,
    IRAN,
    PRENSA_LATINA,
    REUTERS,
    RULE,
    XINHUA,
    filed,
    house,
    item,
    section,
)

A_FIFTH = Fraction(1, 5)

_tallies = st.integers(0, 150).flatmap(
    lambda total: st.builds(Tally, state=st.integers(0, total), total=st.just(total)),
)
_limits = st.sampled_from([A_FIFTH, Fraction(1, 4), Fraction(1, 3), Fraction(1, 2)]) | st.fractions(
    min_value=Fraction(1, 1000), max_value=1, max_denominator=1000
)


def test_20_of_100_is_allowed_and_21_of_104_is_not() -> None:
    assert within(Tally(20, 100), A_FIFTH)
    assert not within(Tally(21, 104), A_FIFTH)
    assert within(Tally(21, 105), A_FIFTH)


def test_nothing_of_nothing_is_allowed() -> None:
    assert Tally().share == 0
    assert within(Tally(), A_FIFTH)


def test_filed_items_alone_are_counted() -> None:
    items = [
        item(1, outlet=PRENSA_LATINA),
        item(2, outlet=XINHUA),
        item(3, outlet=REUTERS),
        item(4, outlet=IFP_NEWS),
        item(5, outlet=None),
        item(6, outlet=XINHUA, state=ItemState.PENDING),
        item(7, outlet=XINHUA, state=ItemState.SPIKED),
        item(8, outlet=XINHUA, state=ItemState.WITHDRAWN),
    ]

    assert tally(items, RULE) == Tally(state=2, total=5, undecided=2)


@pytest.mark.parametrize(
    ("denominator", "total"),
    [(Denominator.ITEMS, 4), (Denominator.ITEMS_AND_RELEASES, 14), (Denominator.OVERALL, 17)],
)
def test_the_denominator_takes_in_what_its_words_say(denominator: Denominator, total: int) -> None:
    rule = replace(RULE, denominator=denominator)

    assert tally(filed(4, XINHUA), rule, releases=10, must_reads=3) == Tally(state=4, total=total)


@pytest.mark.parametrize("outlet", [REUTERS, XINHUA, IFP_NEWS, None])
def test_one_more_item_is_counted_as_it_would_be_when_filed(outlet: Outlet | None) -> None:
    items = [*filed(3, REUTERS), *filed(2, XINHUA)]

    grown = tally(items, RULE).plus(verdict(outlet, RULE.watched))

    assert grown == tally([*items, item(9, outlet=outlet)], RULE)


@pytest.mark.parametrize(
    ("denominator", "total", "hundredths"),
    [
        (Denominator.ITEMS, 102, 2255),
        (Denominator.ITEMS_AND_RELEASES, 112, 2054),
        (Denominator.OVERALL, 122, 1885),
    ],
)
def test_the_figures_of_no_18_come_out_of_the_rules(
    shared: Path, denominator: Denominator, total: int, hundredths: int
) -> None:
    printed = json.loads((shared / "golden" / "vric-18" / "issue.json").read_text(encoding="utf-8"))
    prefixed = [each["state_media"] for each in _printed_items(printed)]
    items = [item(number, outlet=XINHUA if state else REUTERS) for number, state in enumerate(prefixed)]
    rule = replace(RULE, denominator=denominator)

    releases, must_reads = len(printed["releases"]["entries"]), len(printed["must_reads"])
    counted = tally(items, rule, releases=releases, must_reads=must_reads)

    assert counted == Tally(state=23, total=total)
    assert round(counted.share * 10_000) == hundredths
    assert within(counted, A_FIFTH) is (denominator is Denominator.OVERALL)


def _printed_items(printed: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        each
        for chapter in printed["chapters"]
        for group in (chapter, *chapter["subsections"])
        for each in group["items"]
    ]


def test_three_ways_bring_the_dated_items_of_no_18_to_a_fifth() -> None:
    assert remedies(Tally(23, 102), A_FIFTH) == Remedies(swap=3, drop=4, add=13)


def test_what_keeps_the_promise_needs_no_remedy() -> None:
    assert remedies(Tally(20, 100), A_FIFTH) == Remedies()
    assert remedies(Tally(7, 7), Fraction(1)) == Remedies()


@given(_tallies, _limits)
@example(Tally(2, 5), A_FIFTH)
def test_each_remedy_is_the_least_that_suffices(counted: Tally, limit: Fraction) -> None:
    state, total = counted.state, counted.total
    assume(counted.share > limit)

    found = remedies(counted, limit)

    assert found.swap == next(n for n in range(state + 1) if Fraction(state - n, total) <= limit)
    assert found.drop == next(n for n in range(state + 1) if Tally(state - n, total - n).share <= limit)
    assert _enough(state, total + found.add, limit)
    assert not _enough(state, total + found.add - 1, limit)


@given(_tallies, _limits, st.integers(0, 300))
@example(Tally(19, 20), A_FIFTH, 90)
@example(Tally(21, 91), A_FIFTH, 90)
def test_with_a_planned_size_each_remedy_is_the_least_that_mends_the_forecast(
    counted: Tally, limit: Fraction, planned: int
) -> None:
    state, total = counted.state, counted.total
    assume(forecast(counted, planned) > limit)

    found = remedies(counted, limit, planned)

    def holds(state: int, total: int) -> bool:
        return forecast(Tally(state, total), planned) <= limit

    assert found.swap == next(n for n in range(state + 1) if holds(state - n, total))
    assert found.drop == next(n for n in range(state + 1) if holds(state - n, total - n))
    assert holds(state, total + found.add)
    assert not holds(state, total + found.add - 1)


@given(_tallies, _limits, st.integers(0, 300), st.sampled_from(Verdict))
def test_there_is_room_where_the_remedies_of_one_more_are_none_or_it_is_no_state_media(
    counted: Tally, limit: Fraction, planned: int, ruled: Verdict
) -> None:
    needs_none = remedies(counted.plus(ruled), limit, planned) == Remedies()

    assert has_room(counted, ruled, limit, planned) is (needs_none or ruled is not Verdict.STATE_MEDIA)


def _enough(state: int, total: int, limit: Fraction) -> bool:
    return state * limit.denominator <= total * limit.numerator


def test_the_first_item_of_an_issue_is_no_breach_but_a_forecast() -> None:
    assert forecast(Tally(1, 1), planned=100) == Fraction(1, 100)
    assert forecast(Tally(20, 20), planned=100) == A_FIFTH
    assert forecast(Tally(21, 30), planned=100) > A_FIFTH


def test_past_the_planned_size_the_forecast_is_the_share() -> None:
    assert forecast(Tally(23, 102), planned=100) == Fraction(23, 102)
    assert forecast(Tally(0, 0), planned=0) == 0


def test_sections_under_their_minimum_are_told_in_the_order_of_the_house() -> None:
    first, second = section("iran", minimum=2), section("hezbollah", minimum=1)
    whole = house(replace(IRAN, sections=(first, second)), replace(CHINA, sections=(section("china", minimum=3),)))
    items = [
        item(1, section="china"),
        item(2, section="iran"),
        item(3, section="iran"),
        item(4, section="hezbollah", state=ItemState.SPIKED),
    ]

    short = shortfalls(items, whole)

    assert [(each.section.key, each.have) for each in short] == [("hezbollah", 0), ("china", 1)]
