"""Room for state media: which held items return, and what could make room."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.item import Item, ItemState
from bot.editorial.outlet import Outlet, Verdict, verdict
from bot.editorial.quota import Tally, forecast, has_room
from bot.editorial.room import crowded, returning, told_elsewhere
from tests.editorial.values import CHINA, IFP_NEWS, IRAN, PRENSA_LATINA, REUTERS, RULE, XINHUA, edition, house, item

HELD_AT = datetime(2021, 1, 12, 9, tzinfo=UTC)
TANKERS = "Iran sends its biggest fleet of tankers to Venezuela yet"


def held(number: int, outlet: Outlet | None = XINHUA, *, after: int = 0) -> Item:
    """An item that was held so many minutes after the first."""
    return item(number, outlet=outlet, state=ItemState.HELD, filed_at=HELD_AT + timedelta(minutes=after))


def test_the_oldest_returns_first_whatever_came_first() -> None:
    waiting = [held(1, after=5), held(2, after=1), held(3, after=9)]

    assert [each.id for each in returning(waiting, Tally(18, 100), house())] == [2, 1]


def test_nothing_returns_where_one_more_is_over_the_limit() -> None:
    assert returning([held(1)], Tally(20, 100), house()) == ()
    assert [each.id for each in returning([held(1)], Tally(20, 104), house())] == [1]


def test_what_is_no_state_media_returns_and_makes_room_for_what_was_held_before_it() -> None:
    waiting = [held(1, after=1), held(2, REUTERS, after=2), held(3, REUTERS, after=3), held(4, IFP_NEWS, after=4)]

    assert [each.id for each in returning(waiting, Tally(20, 101), house())] == [2, 3, 4, 1]


@given(
    st.lists(st.sampled_from([XINHUA, REUTERS, IFP_NEWS, None]), max_size=12),
    st.integers(0, 40),
    st.integers(0, 200),
    st.fractions(min_value=Fraction(1, 100), max_value=1),
    st.integers(0, 60),
)
def test_all_that_has_room_returns_and_none_of_it_breaks_the_promise(
    outlets: list[Outlet | None], state: int, others: int, limit: Fraction, planned: int
) -> None:
    whole = replace(house(), planned_items=planned, state_media=replace(RULE, limit=limit))
    waiting = [held(number, outlet, after=number) for number, outlet in enumerate(outlets)]
    counted = Tally(state, state + others)

    returned = returning(waiting, counted, whole)

    for each in returned:
        ruled = verdict(each.outlet, RULE.watched)
        counted = counted.plus(ruled)
        assert ruled is not Verdict.STATE_MEDIA or forecast(counted, planned) <= limit
    left = [each for each in waiting if each not in returned]
    assert not any(has_room(counted, verdict(each.outlet, RULE.watched), limit, planned) for each in left)
    same_kind = [each.id for each in returned if verdict(each.outlet, RULE.watched) is Verdict.STATE_MEDIA]
    assert same_kind == sorted(same_kind)


def test_sections_are_named_in_which_state_media_exceed_the_limit() -> None:
    items = [
        *(item(number, section="china", outlet=XINHUA if number < 2 else REUTERS) for number in range(5)),
        *(item(number, section="iran", outlet=PRENSA_LATINA if number < 11 else REUTERS) for number in range(10, 15)),
        item(20, section="hezbollah", outlet=XINHUA, state=ItemState.HELD),
        item(21, section="releases", outlet=REUTERS),
    ]

    found = crowded(items, house(IRAN, CHINA))

    assert [(each.section.key, each.tally.state, each.tally.total) for each in found] == [("china", 2, 5)]


def test_a_story_of_state_media_is_named_with_the_other_outlet_that_tells_it() -> None:
    ours = item(1, outlet=XINHUA, host="xinhuanet.com", source="Xinhua", title=TANKERS)
    theirs = item(2, title="Iran sends its biggest fleet of tankers to Venezuela", state=ItemState.PENDING)
    spiked = replace(theirs, id=3, state=ItemState.SPIKED)
    own = replace(ours, id=4, outlet=PRENSA_LATINA, source="Prensa Latina", host="prensa-latina.cu")
    second = item(5, state=ItemState.SECOND_SOURCE, second_of=1, title="Something else")

    assert told_elsewhere([ours, spiked, own], RULE.watched) == ()
    assert told_elsewhere([ours, theirs], RULE.watched) == ((ours, theirs),)
    assert told_elsewhere([ours, theirs, second], RULE.watched) == ((ours, second),)
    assert told_elsewhere([replace(ours, state=ItemState.HELD), theirs], RULE.watched) == ()


def test_what_is_held_is_neither_counted_nor_printed() -> None:
    printed = edition([item(1), held(2)])

    assert printed.tally == Tally(0, 1)
    assert [each.id for each in printed.items] == [1]
