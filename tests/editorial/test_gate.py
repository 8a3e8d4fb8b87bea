from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from bot.editorial.edition import Edition, MustRead, Paragraph, Release, Writing
from bot.editorial.gate import FindingKind, check
from bot.editorial.house import Denominator, House
from bot.editorial.issue import Outside
from bot.editorial.item import Attestation, Earlier, Item, ItemState, Late, Reading, Reason
from bot.editorial.outlet import Verdict
from bot.editorial.page_check import PageCheck
from bot.editorial.waiver import Waiver
from tests.editorial import values
from tests.editorial.values import CHINA, IFP_NEWS, IRAN, ISSUE, REUTERS, RULE, XINHUA, filed, house, item, section

SHORT = house(IRAN, replace(CHINA, sections=(section("china", title="China", minimum=2),)))


def edition(items: Iterable[Item], *, of: House | None = None, writing: Writing | None = None) -> Edition:
    """An edition that has a headline, whatever else is written around its items."""
    around = writing or Writing()
    return values.edition(items, of=of, writing=replace(around, headline=around.headline or "Calm waters"))


def test_a_sound_issue_passes() -> None:
    assert check(edition(filed(5))) == ()


def test_a_date_in_the_future_blocks_and_may_be_waived() -> None:
    (found,) = check(edition([item(published_on=date(2021, 1, 12))]), latest=date(2021, 1, 11))

    assert (found.kind, found.blocking, found.can_be_waived) == (FindingKind.FUTURE_DATE, True, True)
    assert check(edition([item(published_on=date(2021, 1, 11))]), latest=date(2021, 1, 11)) == ()


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
        ({"late": Late("U0BEN", "Ben", "U0ANA", "Ana", ISSUE.closes_at)}, FindingKind.ACCEPTED_LATE, False),
        ({"reading": Reading.FAILED}, FindingKind.NOT_READ, False),
        ({"reading": Reading.WAITING}, FindingKind.NOT_READ, False),
        ({"checked": PageCheck(gone=True)}, FindingKind.DEAD_LINK, True),
        (
            {"checked": PageCheck(gone=True), "reading": Reading.FAILED},
            FindingKind.DEAD_LINK,
            True,
        ),
        ({"checked": PageCheck(moved_to="https://reuters.com/new")}, FindingKind.PAGE_MOVED, False),
        ({"checked": PageCheck(title_now="Iran sends no tankers")}, FindingKind.PAGE_CHANGED, False),
        ({"checked": PageCheck(day_now=date(2021, 1, 12))}, FindingKind.PAGE_CHANGED, False),
        ({"title": "Iran sends TK tankers"}, FindingKind.PLACEHOLDER, True),
        ({"summary": "Iran sends [insert number] tankers"}, FindingKind.PLACEHOLDER, True),
        ({"paywalled": True}, FindingKind.PAYWALLED, False),
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


@pytest.mark.parametrize(
    "text",
    ["TK", "TKTK", "TBD", "He said XXX tons", "A count of ???", "Lorem ipsum dolor", "See (placeholder)", "TODO: ask"],
)
def test_what_is_still_to_come_blocks_wherever_it_stands(text: str) -> None:
    writings = {
        "headline": Writing(headline=text),
        "overview": Writing(overview=(Paragraph(text),)),
        "must_reads": Writing(must_reads=(MustRead(text, "en"),)),
        "releases": Writing(releases=(Release("STATE", text),)),
        "narrative:iran": Writing(narratives={"iran": ("Sound.", text)}),
    }

    found = {passage: check(edition([item()], writing=writing)) for passage, writing in writings.items()}

    assert {
        passage: [(each.kind, each.blocking, each.passage) for each in kinds] for passage, kinds in found.items()
    } == {passage: [(FindingKind.PLACEHOLDER, True, passage)] for passage in writings}


@pytest.mark.parametrize(
    "text", ["TKO in the third round", "Xi meets Maduro", "Why?", "Tk 500 million of Bangladesh", "[video]"]
)
def test_what_only_looks_like_a_placeholder_passes(text: str) -> None:
    assert check(edition([item(title=text)], writing=Writing(headline=text))) == ()


def test_an_issue_without_a_headline_is_advised_to_have_one() -> None:
    found = check(values.edition([item()]))

    assert [(each.kind, each.blocking) for each in found] == [(FindingKind.NO_HEADLINE, False)]
    assert check(values.edition([])) == ()


def test_state_media_are_attested_where_the_house_names_topics() -> None:
    asking = house(state_media=replace(RULE, topics=("economic",)))
    word = Attestation("economic", "U0ANA", values.ISSUE.deadline)
    state = item(9, outlet=XINHUA)

    asked = check(edition([*filed(8), state], of=asking))
    attested = check(edition([*filed(8), replace(state, attestation=word)], of=asking))

    assert [(each.kind, each.blocking, each.item) for each in asked] == [(FindingKind.NOT_ATTESTED, True, state)]
    assert not asked[0].can_be_waived
    assert attested == check(edition([*filed(8), state])) == ()


def test_a_section_over_its_length_blocks_and_says_how_long_it_is() -> None:
    printed = "Iran sends fleet of tankers – Reuters on 11-JAN"
    narrative = Writing(narratives={"iran": ("Ten chars.",)})
    limit = 2 * len(printed) + 10

    fits = check(edition(filed(2), of=house(section_characters=limit), writing=narrative))
    over = check(edition(filed(2), of=house(section_characters=limit - 1), writing=narrative))

    assert fits == ()
    assert [(each.kind, each.blocking, each.section and each.section.key, each.count) for each in over] == [
        (FindingKind.SECTION_TOO_LONG, True, "iran", limit)
    ]


def test_links_that_nobody_looked_at_lately_block_and_a_long_mail_is_advice() -> None:
    found = check(edition([item()]), unchecked=3, mail_is_cut=True)

    assert [(each.kind, each.blocking, each.count) for each in found] == [
        (FindingKind.LINKS_UNCHECKED, True, 3),
        (FindingKind.MAIL_TOO_LONG, False, 0),
    ]


def test_what_an_editor_waives_blocks_no_more_and_names_them() -> None:
    dead = item(7, checked=PageCheck(gone=True), published_on=None)
    waiver = Waiver("dead link:7", "Eva", "The archive has it.", values.ISSUE.deadline)

    found = check(edition([*filed(6), dead]), waivers={waiver.finding: waiver})

    assert [(each.key, each.blocking, each.waiver) for each in found] == [
        ("no date:7", True, None),
        ("dead link:7", False, waiver),
    ]


@pytest.mark.parametrize("finding", ["share over limit:", "disclaimer wrong:", "not attested:1", "links unchecked:"])
def test_a_promise_is_never_waived(finding: str) -> None:
    asking = house(state_media=replace(RULE, topics=("economic",)))
    over = edition([item(outlet=XINHUA)], of=asking, writing=Writing(disclaimer="At most 5 percent."))
    waivers = {finding: Waiver(finding, "Eva", "Because.", values.ISSUE.deadline)}

    found = check(over, waivers=waivers, unchecked=1)

    assert finding in {each.key for each in found if each.blocking}


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
