from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.editorial.house import RELEASES
from bot.editorial.item import Attestation, Earlier, Item, ItemState, Reading
from bot.editorial.kind import Kind
from bot.editorial.needs import Need, needs_of
from bot.editorial.opinion import OpinionSign, SignedBy
from tests.editorial.values import REUTERS, RULE, XINHUA, item

ASKING = replace(RULE, topics=("economic",))
NOON = datetime(2021, 1, 11, 12, tzinfo=UTC)


def complete(**values: object) -> Item:
    """An item of which nothing is open."""
    found = item(state=ItemState.FILED, section="iran")
    whole = {"title": "Ships", "published_on": date(2021, 1, 11), "outlet": REUTERS, "reading": Reading.READ}
    return replace(found, **{**whole, **values})  # type: ignore[arg-type] # fields of an item


@pytest.mark.parametrize(
    ("values", "needs"),
    [
        ({}, ()),
        ({"state": ItemState.PENDING, "section": None}, (Need.SECTION,)),
        ({"title": None}, (Need.TITLE,)),
        ({"published_on": None}, (Need.DATE,)),
        ({"published_on": date(2021, 1, 12)}, ()),
        ({"published_on": date(2021, 1, 13)}, (Need.DATE,)),
        ({"outlet": None}, (Need.OUTLET,)),
        ({"outlet": None, "section": RELEASES}, ()),
        ({"reading": Reading.FAILED, "title": None, "published_on": None}, (Need.TITLE, Need.DATE)),
        ({"reading": Reading.WAITING, "title": None, "published_on": None, "outlet": None}, ()),
        ({"state": ItemState.PENDING, "reading": Reading.WAITING, "title": None}, (Need.SECTION,)),
        ({"state": ItemState.PENDING, "kind": Kind.HOME, "published_on": None}, (Need.DECISION,)),
        ({"state": ItemState.PENDING, "earlier": Earlier(17, "Iran", "U_ANA", None)}, (Need.DECISION,)),
        ({"kind": Kind.HOME, "published_on": None}, (Need.DATE,)),
        ({"outlet": XINHUA}, (Need.WORD,)),
        ({"outlet": XINHUA, "state": ItemState.PENDING, "section": None}, (Need.SECTION, Need.WORD)),
        ({"outlet": XINHUA, "attestation": Attestation("economic", "U_ANA", NOON)}, ()),
        (
            {"outlet": XINHUA, "state": ItemState.PENDING, "opinion": OpinionSign(SignedBy.SECTION, "opinión")},
            (Need.DECISION,),
        ),
    ],
)
def test_what_is_open_of_an_item_stands_in_the_order_in_which_it_is_settled(
    values: dict[str, object], needs: tuple[Need, ...]
) -> None:
    assert needs_of(complete(**values), ASKING, date(2021, 1, 12)) == needs
