from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.item import Item, ItemState
from bot.editorial.rundown import SectionGoneError, assemble
from tests.editorial.values import ISSUE, house, item

NOON = datetime(2021, 1, 11, 12, tzinfo=UTC)

_items = st.lists(
    st.builds(
        lambda number, day, minute, section: item(
            number,
            published_on=day,
            filed_at=NOON + timedelta(minutes=minute),
            section=section,
        ),
        st.integers(1, 500),
        st.none() | st.dates(date(2020, 12, 1), date(2021, 1, 14)),
        st.integers(0, 3),
        st.sampled_from(["iran", "hezbollah", "china", "fishing"]),
    ),
    unique_by=lambda each: each.id,
)


def test_the_newest_stands_first_through_the_turn_of_the_year() -> None:
    """Story 28: 31 Dec 2020 stands below 4 Jan 2021."""
    days = [date(2020, 12, 31), date(2021, 1, 4), date(2020, 11, 21), date(2021, 1, 14), date(2021, 1, 1)]
    items = [item(number, published_on=day) for number, day in enumerate(days)]

    printed = assemble(house(), ISSUE, items).items

    assert [each.published_on for each in printed] == sorted(days, reverse=True)


def test_items_of_one_day_stand_as_they_were_filed() -> None:
    late = item(1, filed_at=NOON + timedelta(hours=2))
    early = item(2, filed_at=NOON)
    same = item(3, filed_at=NOON)

    assert assemble(house(), ISSUE, [late, same, early]).items == (early, same, late)


def test_undated_items_stand_last_as_they_were_filed() -> None:
    second = item(1, published_on=None, filed_at=NOON + timedelta(hours=1))
    first = item(2, published_on=None, filed_at=NOON)
    old = item(3, published_on=date(1, 1, 2))

    assert assemble(house(), ISSUE, [second, first, old]).items == (old, first, second)


def test_what_is_pinned_leads_then_what_has_a_place_then_the_newest() -> None:
    old, new = date(2020, 12, 31), date(2021, 1, 10)
    pinned = item(1, published_on=old, pinned=True)
    placed = [item(3, published_on=old, rank=1), item(2, published_on=new, rank=2)]
    by_date = [item(4, published_on=new), item(5, published_on=old)]

    printed = assemble(house(), ISSUE, [*reversed(by_date), *reversed(placed), pinned]).items

    assert printed == (pinned, *placed, *by_date)


def test_only_filed_items_are_printed() -> None:
    stands = item(1)
    others = [item(2 + place, state=state) for place, state in enumerate(ItemState) if state is not ItemState.FILED]

    assert assemble(house(), ISSUE, [*others, stands]).items == (stands,)


def test_every_section_of_the_house_has_its_place_even_where_it_is_empty() -> None:
    rundown = assemble(house(), ISSUE, [item(1, section="fishing")])

    assert [chapter.chapter.key for chapter in rundown.chapters] == ["iran", "china"]
    assert [each.section.key for chapter in rundown.chapters for each in chapter.sections] == [
        "iran",
        "hezbollah",
        "china",
        "fishing",
    ]
    assert [len(chapter.items) for chapter in rundown.chapters] == [0, 1]


@given(_items)
def test_every_item_is_printed_once_under_its_section_and_newest_first(items: list[Item]) -> None:
    rundown = assemble(house(), ISSUE, items)

    assert sorted(each.id for each in rundown.items) == sorted(each.id for each in items)
    for chapter in rundown.chapters:
        for part in chapter.sections:
            assert all(each.section == part.section.key for each in part.items)
            days = [each.published_on or date.min for each in part.items]
            assert days == sorted(days, reverse=True)


@given(st.data(), _items)
def test_the_order_does_not_depend_on_how_the_items_come(data: st.DataObject, items: list[Item]) -> None:
    shuffled = data.draw(st.permutations(items))

    assert assemble(house(), ISSUE, shuffled) == assemble(house(), ISSUE, items)


def test_an_item_whose_section_is_gone_is_not_dropped_in_silence() -> None:
    items = [item(1, section="turkey"), item(2, section="qatar"), item(3, section=None), item(4)]

    with pytest.raises(SectionGoneError, match=r"no section \?, qatar, turkey"):
        assemble(house(), ISSUE, items)


def test_a_spiked_item_may_stand_under_a_section_that_is_gone() -> None:
    assert not assemble(house(), ISSUE, [item(1, section="turkey", state=ItemState.SPIKED)]).items
