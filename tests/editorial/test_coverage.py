"""What readers see computed: counted again by other means, for any issue."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.country import COUNTRIES, NAMES
from bot.editorial.coverage import coverage_of, disclosure_of
from bot.editorial.edition import MustRead, Release, Writing
from bot.editorial.house import Denominator
from bot.editorial.item import Item
from tests.editorial.values import BBC, IFP_NEWS, PRENSA_LATINA, REUTERS, RULE, XINHUA, edition, house, item

STATE = {"Xinhua", "Prensa Latina"}
TITLES = {"iran": "Iran", "hezbollah": "Hezbollah", "china": "China", "fishing": "Fishing"}


def _items() -> st.SearchStrategy[list[Item]]:
    facts = st.tuples(
        st.sampled_from(sorted(TITLES)),
        st.sampled_from([REUTERS, BBC, XINHUA, PRENSA_LATINA, IFP_NEWS, None]),
        st.sampled_from(["en", "es", "fa", None]),
        st.none() | st.integers(0, 60),
    )
    return st.lists(facts, max_size=40).map(
        lambda drawn: [
            item(
                number,
                section=section,
                outlet=outlet,
                language=language,
                published_on=date(2020, 12, 1) + timedelta(days) if days is not None else None,
            )
            for number, (section, outlet, language, days) in enumerate(drawn, start=1)
        ]
    )


@given(_items())
def test_each_section_is_counted_as_a_recount_counts_it(items: list[Item]) -> None:
    table = coverage_of(edition(items))

    held = Counter(each.section for each in items)
    state = Counter(each.section for each in items if each.outlet is not None and each.outlet.name in STATE)
    foreign = Counter(each.section for each in items if each.language in {"es", "fa"})
    assert [row.title for row in table.rows] == [title for key, title in TITLES.items() if held[key]]
    for row in table.rows:
        key = row.title.lower()
        days = sorted(each.published_on for each in items if each.section == key and each.published_on is not None)
        assert (row.items, row.state, row.foreign) == (held[key], state[key], foreign[key])
        assert row.share == Fraction(state[key], held[key])
        assert ([row.oldest, row.newest] if days else []) == days[:1] + days[-1:]


@given(_items())
def test_the_totals_are_the_sums_of_the_sections(items: list[Item]) -> None:
    table = coverage_of(edition(items))

    for figure in ("items", "state", "foreign"):
        assert getattr(table.total, figure) == sum(getattr(row, figure) for row in table.rows)
    assert table.total.items == len(items)
    assert table.total.oldest == min((row.oldest for row in table.rows if row.oldest), default=None)
    assert table.total.newest == max((row.newest for row in table.rows if row.newest), default=None)


def test_the_disclosure_says_what_the_rule_counts_and_whom_the_house_watches() -> None:
    whole = edition(
        [item(1, outlet=XINHUA), item(2), item(3), item(4, outlet=IFP_NEWS)],
        writing=Writing(releases=(Release("STATE", "A"),), must_reads=(MustRead("B", "en"),)),
    )

    told = disclosure_of(whole)

    assert (told.tally.state, told.tally.total, told.tally.undecided) == (1, 6, 1)
    assert (told.limit, told.is_within) == (Fraction(1, 5), True)
    assert told.counts == "the overall issue: dated items, releases and must reads"
    assert told.watched == ("China", "Cuba", "Iran")


def test_what_is_over_by_a_narrower_rule_is_disclosed_as_over() -> None:
    of_items = house(state_media=replace(RULE, denominator=Denominator.ITEMS))

    told = disclosure_of(edition([item(1, outlet=XINHUA), item(2)], of=of_items))

    assert (told.counts, told.is_within) == ("the dated items", False)


def test_every_country_has_a_name_of_its_own() -> None:
    assert len(COUNTRIES) == len(set(NAMES.values())) == 249
    assert (NAMES["VE"], NAMES["KP"], NAMES["CI"]) == ("Venezuela", "North Korea", "Côte d’Ivoire")
