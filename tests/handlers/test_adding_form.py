"""The form in which links are added remembers all that it has to, within what Slack lets it keep."""

import json
from typing import Any

from bot.desk.adding import Asked
from bot.desk.drops import Drop
from bot.ports import OfferedDesk
from bot.render import Renderer
from handlers.blocks.adding import Opened, add_form, sent_in

RENDER = Renderer()
METADATA_LIMIT = 3000
MANY = tuple(f"https://a.b/{number}" for number in range(1000))
SAID = Drop("T1", "C000LOUNGE", "1610360000.000100", "1610360000.000100", "U001BEN", MANY, revision="9" * 37)
DESKS = tuple(OfferedDesk(number, f"C{number:010}", f"desk-{number}-{'x' * 60}") for number in range(1, 101))


def sent(asked: Asked, opened: Opened, **written: Any) -> dict[str, Any]:  # noqa: ANN401 - states of elements
    """The form as it comes back, with what stands in its fields and what was written over that."""
    view: dict[str, Any] = add_form(asked, opened, RENDER).to_dict()
    fields = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    values = {name: {"value": {"value": each.get("initial_value")}} for name, each in fields.items()}
    values |= {name: {"value": value} for name, value in written.items()}
    return {**view, "id": "V1", "state": {"values": values}}


def test_a_message_with_a_thousand_links_among_a_hundred_desks_fits() -> None:
    asked = Asked(elsewhere=True, desks=DESKS)

    view = sent(asked, Opened(SAID, DESKS), desk={"selected_option": {"value": "7"}})

    assert len(view["private_metadata"]) <= METADATA_LIMIT
    assert "more do not fit in here" in json.dumps(view["blocks"])
    addition, opened = sent_in(view, "T1", "U001ANA")
    assert addition.links == MANY[: len(addition.links)]
    assert len(addition.links) > 100
    assert addition.said is not None
    assert addition.said.links == addition.links
    assert (addition.said.member, addition.said.revision) == (SAID.member, SAID.revision)
    assert addition.desk == 7
    assert [(desk.id, desk.name) for desk in opened.desks] == [(desk.id, desk.name) for desk in DESKS]


def test_links_of_the_message_are_known_among_those_that_were_typed() -> None:
    """One whose end would close a sentence in prose is whole."""
    odd = "https://reuters.example/is-it-true?"
    said = Drop("T1", "C1", "1.1", "1.1", "U001BEN", (odd,))
    view = sent(Asked(has_links=True), Opened(said), links={"value": f"{odd}\nSee https://tass.example/a, please\n\n"})

    addition, _ = sent_in(view, "T1", "U001ANA")

    assert addition.links == (odd, "https://tass.example/a")
    assert addition.said is not None
    assert addition.said.links == (odd,)
    assert (addition.desk, addition.anyway) == (None, False)
