"""Releases that were filed from their links stand beside those that editors wrote, each once."""

from dataclasses import replace
from typing import Any

import pytest

from bot.editorial.edition import Release, Writing
from bot.editorial.gate import FindingKind, check
from bot.editorial.house import Denominator
from bot.editorial.item import Item, ItemState
from bot.editorial.outlet import Control, Outlet, Verdict
from bot.editorial.quota import Tally
from bot.editorial.releases import may_be_release, with_filed
from bot.editorial.rundown import assemble
from tests.editorial.values import IFP_NEWS, ISSUE, REUTERS, RULE, XINHUA, edition, filed, house, item

TREASURY = Outlet("treasury.gov", "Treasury Department", "US", Control.GOVERNMENT)
SM1232 = "https://home.treasury.gov/news/sm1232"


def release(number: int = 1, **changes: Any) -> Item:  # noqa: ANN401 - any field of an item
    whole: dict[str, Any] = {
        "url": f"{SM1232}?page={number}",
        "key": f"home.treasury.gov/news/sm1232?page={number}",
        "title": f"Treasury acts, part {number}",
        "agency": "TREASURY",
        "outlet": TREASURY,
        "section": "releases",
    }
    return item(number, **{**whole, **changes})


def test_what_was_filed_is_printed_behind_what_editors_wrote_in_the_order_given() -> None:
    written = Writing(releases=(Release("STATE", "State speaks"),))

    found = with_filed(written, [release(2), release(1)], house())

    assert found.releases == (
        Release("STATE", "State speaks"),
        Release("TREASURY", "Treasury acts, part 2", f"{SM1232}?page=2"),
        Release("TREASURY", "Treasury acts, part 1", f"{SM1232}?page=1"),
    )


@pytest.mark.parametrize(
    "written",
    [
        Release("TREASURY", "Said otherwise", f"{SM1232}?page=1"),
        Release("TREASURY", "Said otherwise", "http://home.treasury.gov/news/sm1232/?utm_source=mail&page=1#top"),
        Release("Treasury", "TREASURY ACTS, PART 1"),
    ],
    ids=["address", "address spelled otherwise", "words without address"],
)
def test_the_same_release_is_printed_once_as_editors_wrote_it(written: Release) -> None:
    assert with_filed(Writing(releases=(written,)), [release(1)], house()).releases == (written,)


def test_releases_of_one_title_under_two_addresses_are_two() -> None:
    written = Release("TREASURY", "Treasury acts, part 1", "https://home.treasury.gov/another")

    assert len(with_filed(Writing(releases=(written,)), [release(1)], house()).releases) == 2


def test_two_links_that_lead_to_one_page_are_one_release() -> None:
    both = [release(1), release(2, url=f"{SM1232}?page=1")]

    assert len(with_filed(Writing(), both, house()).releases) == 1


def test_a_writing_that_holds_what_was_filed_stays_as_it_is() -> None:
    once = with_filed(Writing(), [release(1), release(2)], house())

    assert with_filed(once, [release(1), release(2)], house()) == once


@pytest.mark.parametrize(
    ("denominator", "total"), [(Denominator.ITEMS, 2), (Denominator.ITEMS_AND_RELEASES, 4), (Denominator.OVERALL, 4)]
)
def test_a_filed_release_counts_as_a_release_and_as_no_item(denominator: Denominator, total: int) -> None:
    letter = house(state_media=replace(RULE, denominator=denominator))
    items = [item(1), item(2, outlet=XINHUA), release(3), release(4, outlet=None)]
    whole = assemble(letter, ISSUE, items)
    writing = with_filed(Writing(), whole.releases, letter)

    assert writing.tally(items, letter.state_media) == Tally(state=1, total=total)
    assert edition(items, of=letter, writing=writing).tally == Tally(state=1, total=total)
    assert [each.id for each in whole.items] == [1, 2]
    assert [each.id for each in whole.releases] == [3, 4]


def test_what_was_spiked_is_no_release() -> None:
    assert assemble(house(), ISSUE, [release(state=ItemState.SPIKED)]).releases == ()


@pytest.mark.parametrize(
    ("outlet", "may"),
    [
        (TREASURY, True),
        (REUTERS, True),
        (None, True),
        (IFP_NEWS, True),
        (XINHUA, False),
        (replace(TREASURY, ruling=Verdict.STATE_MEDIA), False),
        (replace(XINHUA, ruling=Verdict.OTHER), True),
    ],
)
def test_state_media_is_no_release(outlet: Outlet | None, *, may: bool) -> None:
    assert may_be_release(release(outlet=outlet), house()) is may


@pytest.mark.parametrize(
    ("changes", "kinds"),
    [
        ({}, []),
        ({"outlet": None, "source": None, "published_on": None}, []),
        ({"title": None}, [FindingKind.NO_TITLE]),
        ({"agency": None}, [FindingKind.NO_AGENCY]),
        ({"agency": ""}, [FindingKind.NO_AGENCY]),
        ({"title": None, "agency": None}, [FindingKind.NO_TITLE, FindingKind.NO_AGENCY]),
        ({"outlet": XINHUA}, [FindingKind.RELEASE_IS_STATE_MEDIA]),
    ],
)
def test_what_a_release_lacks_blocks(changes: dict[str, Any], kinds: list[FindingKind]) -> None:
    wanting = release(7, **changes)

    found = check(edition([*filed(5), wanting], writing=Writing(headline="Calm waters")))

    assert [(each.kind, each.blocking, each.item) for each in found] == [(kind, True, wanting) for kind in kinds]


def test_a_release_outside_the_window_is_advice() -> None:
    old = release(published_on=ISSUE.window_start.replace(year=2019))

    (found,) = check(edition([old], writing=Writing(headline="Calm waters")))

    assert (found.kind, found.blocking) == (FindingKind.OUTSIDE_WINDOW, False)
