"""The late lane: from the freeze until the issue is published, or as long as the house lets."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.editorial.issue import Issue, IssueState
from bot.editorial.late import came_late, is_lane_open
from tests.editorial.values import CALENDAR, ISSUE

FREEZE = ISSUE.closes_at
CLOSED = replace(ISSUE, state=IssueState.CLOSED, closed_at=FREEZE + timedelta(minutes=2))
EARLY = replace(CLOSED, closed_at=FREEZE - timedelta(days=2))


@pytest.mark.parametrize(
    ("issue", "came_at", "is_late"),
    [
        (CLOSED, FREEZE, True),
        (CLOSED, FREEZE - timedelta(seconds=1), False),
        (EARLY, FREEZE - timedelta(days=1), True),
        (replace(CLOSED, state=IssueState.OPEN), FREEZE, False),
        (replace(CLOSED, state=IssueState.PUBLISHED), FREEZE, False),
    ],
)
def test_what_came_after_the_freeze_of_an_unpublished_issue_is_late(
    issue: Issue, came_at: datetime, *, is_late: bool
) -> None:
    assert came_late(issue, came_at) is is_late


@pytest.mark.parametrize(
    ("hours", "now", "is_open"),
    [
        (None, FREEZE + timedelta(days=300), True),
        (2, FREEZE + timedelta(hours=2) - timedelta(seconds=1), True),
        (2, FREEZE + timedelta(hours=2), False),
        (0, FREEZE, False),
    ],
)
def test_the_house_says_how_long_the_lane_is_open(hours: int | None, now: datetime, *, is_open: bool) -> None:
    rule = replace(CALENDAR, late_for=timedelta(hours=hours) if hours is not None else None)

    assert is_lane_open(rule, CLOSED, now) is is_open
    assert not is_lane_open(rule, replace(CLOSED, state=IssueState.PUBLISHED), now)
