"""What a status says of whoever has it."""

import pytest

from bot.editorial.absence import says_away


@pytest.mark.parametrize(
    ("emoji", "words"),
    [
        (":palm_tree:", "Vacationing"),
        (":face_with_thermometer:", ""),
        (":desert_island:", ""),
        ("", "Out of Office until Monday"),
        (":baby:", "On parental leave"),
        ("", "OOO"),
        (":sunny:", "De vacaciones"),
    ],
)
def test_a_status_of_somebody_who_does_not_work_says_so(emoji: str, words: str) -> None:
    assert says_away(emoji, words)


@pytest.mark.parametrize(
    ("emoji", "words"),
    [
        ("", ""),
        (":bus:", "Commuting"),
        (":house_with_garden:", "Working remotely"),
        (":spiral_calendar_pad:", "In a meeting"),
        (":books:", "Reading on Vacationland & the office"),
        ("", "Leave links in the channel"),
    ],
)
def test_any_other_status_says_nothing_of_the_kind(emoji: str, words: str) -> None:
    assert not says_away(emoji, words)
