"""What a click says, read into values."""

import json
from pathlib import Path
from typing import Any

import pytest

from handlers.payloads import Click, chosen, item_and_choice, review_place

CLICK = {"type": "block_actions", "team": {"id": "T024"}, "user": {"id": "U061"}, "trigger_id": "13.37.abc"}


def test_a_click_names_workspace_member_and_trigger() -> None:
    assert Click.from_body(CLICK) == Click(workspace="T024", member="U061", trigger="13.37.abc")


@pytest.mark.parametrize("team", [None, {}], ids=["null", "empty"])
def test_where_the_app_belongs_to_an_organisation_the_member_brings_the_workspace(team: dict[str, Any] | None) -> None:
    click = Click.from_body({**CLICK, "team": team, "user": {"id": "U061", "team_id": "T099"}})

    assert click.workspace == "T099"


def test_a_closed_form_has_no_trigger() -> None:
    body = {name: value for name, value in CLICK.items() if name != "trigger_id"}

    assert Click.from_body(body).trigger == ""


def test_a_button_and_a_menu_say_their_value_alike() -> None:
    option = {"text": {"type": "plain_text", "text": "Iran"}, "value": "7:iran"}

    assert chosen({"type": "button", "value": "7:iran"}) == "7:iran"
    assert chosen({"type": "static_select", "selected_option": option}) == "7:iran"
    assert chosen({"type": "overflow", "selected_option": option, "value": None}) == "7:iran"


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("7:iran", (7, "iran")),
        ("7:", (7, "")),
        ("7", (7, "")),
        ("7:a:b", (7, "a:b")),
        ("12345:not-state", (12345, "not-state")),
    ],
)
def test_an_item_and_what_was_chosen_for_it(value: str, read: tuple[int, str]) -> None:
    assert item_and_choice({"value": value}) == read


@pytest.mark.parametrize("value", ["", ":iran", "iran"])
def test_a_value_without_an_item_is_no_choice(value: str) -> None:
    with pytest.raises(ValueError, match="int"):
        item_and_choice({"value": value})


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ("3:1610360000.000100:1", (3, "1610360000.000100", 1)),
        ("3:added:13.37.abc:0", (3, "added:13.37.abc", 0)),
    ],
)
def test_a_place_in_a_review(value: str, place: tuple[int, str, int]) -> None:
    assert review_place(value) == place


@pytest.mark.parametrize(
    "name", ["BlockActionPayload", "ViewSubmissionPayload", "ViewClosedPayload", "MessageShortcutPayload"]
)
def test_every_interaction_that_slack_was_seen_to_send_can_be_read(shared: Path, name: str) -> None:
    body = json.loads((shared / "slack" / "payloads" / f"{name}.json").read_text(encoding="utf-8"))

    click = Click.from_body(body)

    assert (click.workspace, click.member) == ("", "")
