from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from bot.editorial.edition import MustRead, Release, Writing
from bot.editorial.gate import FindingKind, check
from bot.editorial.house import Denominator
from bot.editorial.issue import Outside
from bot.editorial.item import Earlier, ItemState, Reading, Reason
from bot.editorial.outlet import Verdict
from tests.editorial.values import (
    CHINA,
    IFP_NEWS,
    IRAN,
    ISSUE,
    REUTERS,
    RULE,
    XINHUA,
    edition,
    filed,
    house,
    item,
    section,
)

SHORT = house(IRAN, replace(CHINA, sections=(section("china", title="China", minimum=2),)))


def test_a_sound_issue_passes() -> None:
    assert check(edition(filed(5))) == ()


def test_an_empty_issue_breaks_no_promise() -> None:
    assert check(edition([])) == ()


@pytest.mark.parametrize(
    ("changes", "kind", "blocking"),
    [
        ({"published_on": None}, FindingKind.NO_DATE, True),
        ({"title": None}, FindingKind.NO_TITLE, True),
        ({"title": ""}, FindingKind.NO_TITLE, True),
        ({"source": None}, FindingKind.NO_SOURCE, True),
        ({"outlet": None}, FindingKind.OUTLET_UNDECIDED, True),
        ({"outlet": IFP_NEWS}, FindingKind.OUTLET_UNDECIDED, True),
        ({"outlet": replace(REUTERS, ruling=Verdict.UNDECIDED)}, FindingKind.OUTLET_UNDECIDED, True),
        ({"published_on": date(2020, 11, 30)}, FindingKind.OUTSIDE_WINDOW, False),
        ({"published_on": date(2021, 1, 15)}, FindingKind.OUTSIDE_WINDOW, False),
        ({"earlier": Earlier(17, "Iran", "U0BEN", date(2020, 12, 12))}, FindingKind.USED_AGAIN, False),
        ({"reading": Reading.FAILED}, FindingKind.NOT_READ, False),
        ({"reading": Reading.WAITING}, FindingKind.NOT_READ, False),
    ],
)
def test_what_an_item_lacks_is_found(changes: dict[str, Any], kind: FindingKind, *, blocking: bool) -> None:
    wanting = item(7, **changes)

    found = check(edition([*filed(6), wanting]))

    assert [(each.kind, each.blocking, each.item) for each in found] == [(kind, blocking, wanting)]


@pytest.mark.parametrize("day", [date(2020, 12, 1), date(2021, 1, 14)])
def test_the_window_counts_both_its_days(day: date) -> None:
    assert check(edition([item(published_on=day)])) == ()


def test_a_section_under_its_minimum_is_advice() -> None:
    found = check(edition([item(1), item(2, section="china")], of=SHORT))

    assert [(each.kind, each.blocking) for each in found] == [(FindingKind.SECTION_SHORT, False)]
    assert found[0].section is not None
    assert found[0].section.title == "China"


def test_a_share_over_the_limit_blocks_and_the_limit_itself_does_not() -> None:
    at_the_limit = [*filed(8), item(9, outlet=XINHUA), item(10, outlet=XINHUA)]
    over = [*at_the_limit, item(11, outlet=XINHUA)]

    assert check(edition(at_the_limit)) == ()
    assert [(each.kind, each.blocking) for each in check(edition(over))] == [(FindingKind.SHARE_OVER_LIMIT, True)]


def test_a_small_number_of_items_is_no_excuse_at_the_gate() -> None:
    assert [each.kind for each in check(edition([item(outlet=XINHUA)]))] == [FindingKind.SHARE_OVER_LIMIT]


@pytest.mark.parametrize(
    ("denominator", "passes"),
    [(Denominator.ITEMS, False), (Denominator.ITEMS_AND_RELEASES, False), (Denominator.OVERALL, True)],
)
def test_the_gate_counts_what_the_house_counts(denominator: Denominator, *, passes: bool) -> None:
    rule = replace(RULE, limit=Fraction(1, 5), denominator=denominator)
    items = [*filed(79), *(item(100 + number, outlet=XINHUA) for number in range(23))]
    around = Writing(must_reads=(MustRead("Canary", "en"),) * 10, releases=(Release("STATE", "Designation"),) * 10)

    found = check(edition(items, of=house(state_media=rule), writing=around))

    assert (found == ()) is passes


def test_what_is_not_filed_is_not_looked_at() -> None:
    others = [
        item(2 + place, state=state, title=None, outlet=XINHUA)
        for place, state in enumerate(ItemState)
        if state is not ItemState.FILED
    ]

    assert check(edition([item(1), *others])) == ()


def test_what_blocks_comes_first_the_share_before_the_items_and_the_sections_last() -> None:
    unread = item(1, reading=Reading.FAILED, outlet=XINHUA)
    bare = item(2, title=None, source=None, published_on=None, outlet=None, reading=Reading.WAITING)

    found = check(edition([unread, bare], of=SHORT))

    assert [(each.kind, each.item and each.item.id) for each in found] == [
        (FindingKind.SHARE_OVER_LIMIT, None),
        (FindingKind.NO_DATE, 2),
        (FindingKind.NO_TITLE, 2),
        (FindingKind.NO_SOURCE, 2),
        (FindingKind.OUTLET_UNDECIDED, 2),
        (FindingKind.NOT_READ, 1),
        (FindingKind.NOT_READ, 2),
        (FindingKind.SECTION_SHORT, None),
    ]
    assert [each.blocking for each in found] == [True] * 5 + [False] * 3


def test_a_share_over_the_limit_can_only_be_declared() -> None:
    over = [*filed(7), *(item(10 + number, outlet=XINHUA) for number in range(3))]

    declared = check(edition(over, writing=Writing(special="The summit was reported by the state alone.")))

    assert [(each.kind, each.blocking) for each in declared] == [(FindingKind.SHARE_OVER_LIMIT, False)]


@pytest.mark.parametrize(
    ("disclaimer", "is_wrong"),
    [
        ("They are no more than 20 percent of it.", False),
        ("They are no more than 10 percent of it.", True),
        ("Como máximo el 9,9 % de los textos.", True),
        ("A few of them.", False),
    ],
)
def test_a_disclaimer_may_not_promise_less_than_there_is(disclaimer: str, *, is_wrong: bool) -> None:
    items = [*filed(9), item(10, outlet=XINHUA), item(11, outlet=XINHUA)]

    found = check(edition(items, writing=Writing(disclaimer=disclaimer)))

    assert [(each.kind, each.blocking) for each in found] == [(FindingKind.DISCLAIMER_WRONG, True)] * is_wrong


def test_a_reason_changes_nothing_of_what_is_found_and_goes_with_it() -> None:
    why = Reason("new development", "U0ANA", "Ana")
    repeated = item(7, earlier=Earlier(17, "Iran", "", None), used_again=why)
    old = item(8, published_on=date(2020, 11, 30), kept_outside=why)

    findings = check(edition([repeated, old]))

    assert [(each.kind, each.item) for each in findings] == [
        (FindingKind.USED_AGAIN, repeated),
        (FindingKind.OUTSIDE_WINDOW, old),
    ]


@pytest.mark.parametrize(
    ("day", "where"),
    [
        (date(2020, 11, 30), Outside.OLDER),
        (date(2020, 12, 1), None),
        (date(2021, 1, 14), None),
        (date(2021, 1, 15), Outside.NEWER),
    ],
)
def test_a_window_counts_both_its_days(day: date, where: Outside | None) -> None:
    assert ISSUE.outside(day) is where
