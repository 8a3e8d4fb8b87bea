"""What will be posted when: the plan of an issue and of the next, and of the house where there is no desk yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.desk.base import DeskBase
from bot.desk.errors import MomentFarError, MomentPassedError
from bot.desk.reminders import claim_of, period_of
from bot.desk.reminding import Outcome
from bot.editorial.calendar import (
    CalendarRule,
    Due,
    closes_at,
    deadline_following,
    due_times,
    is_listed,
    late_until,
    next_deadline,
    window,
)
from bot.editorial.house import House
from bot.editorial.houses import Houses
from bot.editorial.issue import Issue
from bot.editorial.role import Act
from bot.ports import NOBODYS, DeskRecord, UnitOfWork, UnitOfWorkFactory

_A_YEAR = 366
"""A deadline further ahead than these days is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class PlannedPost:
    """What is due, and what became of it; None as long as it is still to come.

    `is_begun` where some were told and others are not yet: each is in their own working hours.
    """

    due: Due
    outcome: Outcome | None = None
    is_begun: bool = False


@dataclass(frozen=True, slots=True)
class PlannedIssue:
    """An issue as it is planned; `is_listed` is False where the house lists days and this is behind the last one."""

    number: int
    window: tuple[date, date]
    deadline: datetime
    closes_at: datetime
    late_until: datetime | None
    posts: tuple[PlannedPost, ...]
    is_listed: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """The issues to come, in order; `desk` is None where it is the plan of a house without one."""

    house: House
    desk: DeskRecord | None
    now: datetime
    issues: tuple[PlannedIssue, ...]


@dataclass(frozen=True, slots=True)
class DeadlineMove:
    """Another deadline for an issue, and what it would bring; nothing of it is done yet."""

    house: House
    issue: Issue
    to: PlannedIssue
    now: datetime


class Planning(DeskBase):
    async def calendar(self, desk: DeskRecord, *, by: str, now: datetime) -> Plan:
        """What will be posted when, for the open issue and the next, for a member."""
        await self._member(desk.workspace, by, now)
        async with self._unit_of_work() as work:
            issue = await self._open_issue_of(work, desk, now)
            first = _of(issue, self.house_of(desk).calendar, await work.claims.taken(desk.id, period_of(issue)))
        return Plan(self.house_of(desk), desk, now, (first, _next(self.house_of(desk).calendar, first)))

    async def planned(self, desk: DeskRecord, *, now: datetime) -> PlannedIssue:
        """The plan of the open issue of a desk, for what the desk itself says."""
        async with self._unit_of_work() as work:
            issue = await self._open_issue_of(work, desk, now)
            return _of(issue, self.house_of(desk).calendar, await work.claims.taken(desk.id, period_of(issue)))

    async def propose_deadline(self, desk: DeskRecord, deadline: datetime, *, by: str, now: datetime) -> DeadlineMove:
        """What another deadline for the open issue would bring, for an editor.

        Raises:
            MomentPassedError: the deadline does not lie ahead.
            MomentFarError: it lies more than a year ahead.
        """
        await self._editor(desk, by, now, Act.DEADLINE)
        must_be_ahead(deadline, now)
        async with self._unit_of_work() as work:
            issue = await self._open_issue_of(work, desk, now)
            claimed = await work.claims.taken(desk.id, period_of(issue))
        rule = self.house_of(desk).calendar
        again = comes_again(rule, deadline, claimed, now)
        to = _issue(rule, issue.number, deadline, (issue.window_start, issue.window_end), _without(claimed, again))
        return DeadlineMove(self.house_of(desk), issue, to, now)


async def plans_until(houses: Houses, unit_of_work: UnitOfWorkFactory, until: date, *, now: datetime) -> Sequence[Plan]:
    """What each desk on record will post until a day is over; of the default house where there is none.

    What was put on record before anybody was there has a plan of its own as long as no desk took it over.
    """
    async with unit_of_work() as work:
        desks = await work.desks.all()
        at_work = [desk for desk in desks if desk.workspace != NOBODYS] or desks
        firsts = [(houses.of(desk.house), desk) for desk in at_work]
        plans = [_until(house, desk, await _first_of(work, house, desk, now), until, now) for house, desk in firsts]
    return plans or [plan_of_house(houses.default, until, now=now)]


def plan_of_house(house: House, until: date, *, now: datetime) -> Plan:
    """What a desk of this house would post until a day is over, if it began now."""
    return _until(house, None, _new(house.calendar, house.first_number, now), until, now)


def must_be_ahead(deadline: datetime, now: datetime) -> None:
    """Refuse a deadline that has passed, or that nobody can mean."""
    if deadline <= now:
        raise MomentPassedError(deadline)
    if not is_ahead(deadline, now):
        raise MomentFarError(deadline)


def is_ahead(deadline: datetime, now: datetime) -> bool:
    """Whether a deadline lies ahead, and no more than a year."""
    return now < deadline and (deadline - now).days <= _A_YEAR


def comes_again(rule: CalendarRule, deadline: datetime, claimed: Mapping[str, str], now: datetime) -> Sequence[str]:
    """What was passed over for being late and lies ahead of another deadline: it is due anew.

    What was posted is not, however far the deadline moves.
    """
    ahead = {due.name for due in due_times(rule, deadline) if due.at > now}
    return sorted(name for name, outcome in claimed.items() if outcome == Outcome.SKIPPED and name in ahead)


def _of(issue: Issue, rule: CalendarRule, claimed: Mapping[str, str]) -> PlannedIssue:
    return _issue(
        rule, issue.number, issue.deadline, (issue.window_start, issue.window_end), claimed, freeze=issue.closes_at
    )


def _new(rule: CalendarRule, number: int, after: datetime) -> PlannedIssue:
    deadline = next_deadline(rule, after)
    return _issue(rule, number, deadline, window(rule, deadline), {})


def _issue(
    rule: CalendarRule,
    number: int,
    deadline: datetime,
    covers: tuple[date, date],
    claimed: Mapping[str, str],
    *,
    freeze: datetime | None = None,
) -> PlannedIssue:
    closes = freeze or closes_at(rule, deadline)
    posts = tuple(_post(due, claimed) for due in due_times(rule, deadline))
    return PlannedIssue(
        number, covers, deadline, closes, late_until(rule, closes), posts, is_listed=is_listed(rule, deadline)
    )


def _post(due: Due, claimed: Mapping[str, str]) -> PlannedPost:
    outcome = claimed.get(due.name)
    is_begun = any(name.startswith(claim_of(due.name, "")) for name in claimed)
    return PlannedPost(due, Outcome(outcome) if outcome is not None else None, is_begun=is_begun)


def _next(rule: CalendarRule, issue: PlannedIssue) -> PlannedIssue:
    """The issue that opens when one closes, as the desk itself will open it."""
    deadline = deadline_following(rule, issue.deadline, issue.window[1], now=issue.closes_at)
    return _issue(rule, issue.number + 1, deadline, window(rule, deadline), {})


def _until(house: House, desk: DeskRecord | None, first: PlannedIssue, until: date, now: datetime) -> Plan:
    """The issues of which anything is posted until a day is over."""
    zone, issue = ZoneInfo(house.calendar.zone), first
    found: list[PlannedIssue] = []
    while issue.posts[0].due.at.astimezone(zone).date() <= until:
        found.append(issue)
        issue = _next(house.calendar, issue)
    return Plan(house, desk, now, tuple(found))


async def _first_of(work: UnitOfWork, house: House, desk: DeskRecord, now: datetime) -> PlannedIssue:
    issue = await work.issues.open_of(desk.id)
    if issue is not None:
        return _of(issue, house.calendar, await work.claims.taken(desk.id, period_of(issue)))
    last = await work.issues.last_number(desk.id)
    return _new(house.calendar, house.first_number if last is None else last + 1, now)


def _without(claimed: Mapping[str, str], names: Sequence[str]) -> Mapping[str, str]:
    return {name: outcome for name, outcome in claimed.items() if name not in names}
