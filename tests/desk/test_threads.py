"""Which item of a thread a reply was posted under."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.desk.threads import nearest_above
from bot.editorial.item import Item, ItemState, Reading

NOON = datetime(2021, 1, 11, 12, 0, tzinfo=UTC)
ITEM = Item(
    id=1,
    issue_id=1,
    url="https://reuters.example/tankers",
    host="reuters.example",
    state=ItemState.PENDING,
    reading=Reading.READ,
    found_by="U0ANA",
    created_at=NOON,
)
FIRST = replace(ITEM, message=f"{NOON.timestamp() - 60:.6f}")
SECOND = replace(ITEM, id=2, message=f"{NOON.timestamp() - 30:.6f}")
BELOW = replace(ITEM, id=3, message=f"{NOON.timestamp() + 30:.6f}")


def test_it_is_the_last_one_above_and_never_one_below() -> None:
    assert nearest_above([SECOND, BELOW, FIRST], NOON.timestamp()) == SECOND
    assert nearest_above([BELOW], NOON.timestamp()) is None


def test_a_message_that_came_late_is_where_it_was_written() -> None:
    late = replace(FIRST, id=9)

    assert nearest_above([late, SECOND], NOON.timestamp()) == SECOND


def test_of_one_message_it_is_the_last() -> None:
    beside = replace(SECOND, id=4)

    assert nearest_above([beside, SECOND], NOON.timestamp()) == beside


def test_what_was_typed_into_a_form_is_of_when_it_came() -> None:
    typed = replace(ITEM, id=5, message="added:V1")

    assert nearest_above([typed, SECOND], NOON.timestamp() + 1) == typed
    assert nearest_above([typed, SECOND], NOON.timestamp()) == SECOND
