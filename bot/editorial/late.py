"""The late lane: what came after the freeze of an issue may still be asked into it."""

from datetime import datetime

from bot.editorial.calendar import CalendarRule
from bot.editorial.issue import Issue, IssueState


def came_late(issue: Issue, came_at: datetime) -> bool:
    """Whether what came at this moment came after the freeze of an issue that is still to be published."""
    return issue.state is IssueState.CLOSED and came_at >= issue.frozen_at


def is_lane_open(rule: CalendarRule, issue: Issue, now: datetime) -> bool:
    """Whether editors may be asked to add to an issue: until it is published, or as long as the house lets."""
    return issue.state is IssueState.CLOSED and (rule.late_for is None or now < issue.frozen_at + rule.late_for)
