"""What is still to be done of a plan, moment by moment."""

from datetime import UTC, date, datetime

from bot.desk.planning import plan_of_house
from bot.editorial.house_file import read_house
from bot.render import Renderer
from bot.settings import SHIPPED_HOUSE
from handlers.blocks.calendar import moments_ahead

HOUSE = read_house(SHIPPED_HOUSE.read_text(encoding="utf-8"), SHIPPED_HOUSE.name)


def test_what_is_done_at_one_moment_is_told_together_and_what_was_done_is_not_told() -> None:
    begins = datetime(2021, 1, 13, 21, 59, tzinfo=UTC)

    moments = moments_ahead(plan_of_house(HOUSE, date(2021, 1, 31), now=begins), Renderer())

    assert moments == [
        (
            datetime(2021, 1, 13, 22, tzinfo=UTC),
            ["No. 19: the channel hears which sections are short", "No. 19: the draft is posted"],
        ),
        (datetime(2021, 1, 14, 22, tzinfo=UTC), ["No. 19: the freeze: later links are for the next issue"]),
    ]
