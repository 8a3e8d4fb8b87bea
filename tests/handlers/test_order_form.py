"""The form of an order: what it carries is what it gives back, and the longest is one that Slack takes."""

from datetime import date

import pytest

from bot.desk.views import OrderEntry, OrderForm
from bot.editorial.ordering import Placed
from bot.render import Renderer
from bot.sandbox.limits import is_too_large, view_refusals
from handlers.blocks.order import order_form, place_of, places_in
from tests.editorial.values import ISSUE, house


def _form(count: int, *, key: str = "{}") -> OrderForm:
    entries = tuple(
        OrderEntry(key.format(number), "Ships & <b>oil</b>: " * 40, number, number == 1, "Reuters", date(2021, 1, 4))
        for number in range(1, count + 1)
    )
    return OrderForm(house(), ISSUE, "iran", entries, "Ana Ruiz", ISSUE.deadline)


@pytest.mark.parametrize("mine", [None, {}])
def test_the_longest_form_is_one_that_slack_takes(mine: dict[str, int | None] | None) -> None:
    view = order_form(_form(120, key="{:012d}"), Renderer(), mine=mine).to_dict()

    assert (view_refusals(view), is_too_large(view)) == ([], False)


def test_a_form_gives_back_what_it_was_made_for_and_what_was_written() -> None:
    view = order_form(_form(2, key="{}0"), Renderer()).to_dict()
    fields = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    view["state"] = {"values": dict(zip(fields, [{"value": {"value": "2"}}, {"value": {"value": None}}], strict=True))}

    assert place_of(view) == (ISSUE.id, "iran", [Placed("10", 1, pinned=True), Placed("20", 2)])
    assert places_in(view) == {"10": 2, "20": None}


def test_fields_of_another_order_have_other_names_as_slack_keeps_what_was_typed_under_a_name() -> None:
    forms = [order_form(_form(count), Renderer()).to_dict() for count in (2, 3)]

    first, second = ({block["block_id"] for block in view["blocks"] if block["type"] == "input"} for view in forms)

    assert first.isdisjoint(second)
