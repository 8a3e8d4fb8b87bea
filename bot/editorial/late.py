"""The late lane: what came after the freeze of an issue may still be asked into it."""

from datetime import datetime

from bot.editorial.issue import Issue, IssueState


def may_be_asked(issue: Issue, came_at: datetime) -> bool:
    """Whether an editor may be asked to add to an issue what came at this moment: after its freeze, and unpublished."""
    return issue.state is IssueState.CLOSED and came_at >= issue.frozen_at
