from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.ordering import Placed, arranged, is_stale

_placed = st.builds(Placed, st.text("abcdefgh", min_size=1), st.none(), st.booleans())
_lists = st.lists(_placed, unique_by=lambda each: each.key)


def _by_date(keys: str) -> list[Placed]:
    return [Placed(key) for key in keys]


def _by_hand(keys: str) -> list[Placed]:
    return [Placed(key, rank) for rank, key in enumerate(keys, start=1)]


def _said(ranks: dict[str, int | None]) -> str:
    """Keys in order, in capitals where they have a place by hand."""
    return "".join(key.upper() if rank is not None else key for key, rank in ranks.items())


@pytest.mark.parametrize(
    ("stands", "wanted", "expected"),
    [
        (_by_date("abcd"), {"d": 1}, "Dabc"),
        (_by_date("abcd"), {"d": 2}, "ADbc"),
        (_by_date("abcd"), {"b": 2}, "ABcd"),
        (_by_date("abcd"), {"a": 3}, "BCAd"),
        (_by_date("abcd"), {"d": 99}, "ABCD"),
        (_by_hand("abcd"), {"a": 2, "b": 1}, "BACD"),
        (_by_hand("abcd"), {"c": 1, "d": 1}, "CDAB"),
        (_by_hand("abcd"), {"b": None}, "ACDb"),
        (_by_hand("abcd"), dict.fromkeys("abcd"), "abcd"),
        ([*_by_hand("ab"), *_by_date("cd")], {"d": 3}, "ABDc"),
        ([*_by_hand("ab"), *_by_date("cd")], {"a": 1, "b": 2, "c": None, "d": None}, "ABcd"),
        ([Placed("p", None, pinned=True), *_by_date("ab")], {"b": 1}, "PBa"),
        (_by_date("ab"), {"gone": 1}, "ab"),
    ],
)
def test_what_is_wanted_elsewhere_goes_there_and_the_others_make_room(
    stands: Sequence[Placed], wanted: dict[str, int | None], expected: str
) -> None:
    assert _said(arranged(stands, wanted)) == expected


@given(_lists.flatmap(lambda stands: st.tuples(st.just(stands), st.permutations(stands))))
def test_a_place_for_each_gives_that_order_below_what_is_pinned(both: tuple[list[Placed], list[Placed]]) -> None:
    stands, wanted = both

    ranks = arranged(stands, {each.key: place for place, each in enumerate(wanted, start=1)})

    assert list(ranks) == [each.key for each in sorted(wanted, key=lambda each: not each.pinned)]
    assert list(ranks.values()) == list(range(1, len(stands) + 1))


@pytest.mark.parametrize(
    ("stands", "expected"),
    [
        (_by_hand("ab"), False),
        (_by_hand("a"), False),
        ([*_by_hand("ab"), Placed("new")], False),
        (_by_hand("ba"), True),
        ([Placed("a", 1, pinned=True), Placed("b", 2)], True),
        ([*_by_hand("ab"), Placed("new", 3)], True),
        ([*_by_hand("ab"), Placed("new", None, pinned=True)], True),
    ],
)
def test_an_order_is_stale_where_somebody_ordered_or_pinned(stands: Sequence[Placed], *, expected: bool) -> None:
    assert is_stale(_by_hand("ab"), stands) is expected
