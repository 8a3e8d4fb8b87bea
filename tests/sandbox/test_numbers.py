"""Fields for numbers: Slack itself refuses what is none, before the app hears of it."""

from typing import Any

import pytest

from bot.sandbox.forms import unfilled


def _form(**limits: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    element = {"type": "number_input", "action_id": "value", "is_decimal_allowed": False, **limits}
    return {"blocks": [{"type": "input", "block_id": "place", "optional": True, "element": element}]}


def _state(written: str | None) -> dict[str, Any]:
    return {"place": {"value": {"type": "number_input", "value": written}}}


@pytest.mark.parametrize(
    ("written", "limits"),
    [
        (None, {"min_value": "1"}),
        ("1", {"min_value": "1", "max_value": "3"}),
        ("3", {"min_value": "1", "max_value": "3"}),
        ("-7", {}),
        ("1.5", {"is_decimal_allowed": True}),
    ],
)
def test_a_number_within_its_limits_is_taken(written: str | None, limits: dict[str, Any]) -> None:
    assert unfilled(_form(**limits), _state(written)) == {}


@pytest.mark.parametrize(
    ("written", "limits"),
    [("first", {}), ("1.5", {}), ("0", {"min_value": "1"}), ("4", {"max_value": "3"}), ("1e3", {})],
)
def test_what_is_no_such_number_is_said_at_its_field(written: str, limits: dict[str, Any]) -> None:
    assert list(unfilled(_form(**limits), _state(written))) == ["place"]
