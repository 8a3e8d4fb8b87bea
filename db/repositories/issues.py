"""Issues and the event log."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.editorial.issue import Issue, IssueState
from bot.ports import Change, DeskRecord
from db.models import ChangeRow, DeskRow, IssueRow
from db.repositories.desks import record_of


class IssueRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def open_of(self, desk_id: int) -> Issue | None:
        query = select(IssueRow).where(IssueRow.desk_id == desk_id, IssueRow.state == IssueState.OPEN)
        row = await self._session.scalar(query)
        return _issue(row) if row is not None else None

    async def get(self, issue_id: int) -> Issue:
        return _issue(await self._session.get_one(IssueRow, issue_id, populate_existing=True))

    async def numbered(self, desk_id: int, number: int) -> Issue | None:
        row = await self._session.scalar(select(IssueRow).where(IssueRow.desk_id == desk_id, IssueRow.number == number))
        return _issue(row) if row is not None else None

    async def published(self, desk_id: int) -> Sequence[Issue]:
        """The published issues of a desk, newest first."""
        query = (
            select(IssueRow)
            .where(IssueRow.desk_id == desk_id, IssueRow.state == IssueState.PUBLISHED)
            .order_by(IssueRow.published_at.desc(), IssueRow.number.desc())
        )
        return [_issue(row) for row in await self._session.scalars(query)]

    async def unpublished(self, desk_id: int) -> Sequence[Issue]:
        """The issues of a desk that still change, the oldest first."""
        query = select(IssueRow).where(IssueRow.desk_id == desk_id, IssueRow.state != IssueState.PUBLISHED)
        return [_issue(row) for row in await self._session.scalars(query.order_by(IssueRow.id))]

    async def before(self, issue: Issue) -> Issue | None:
        """The issue of a desk that closed last before another opened."""
        query = (
            select(IssueRow)
            .where(IssueRow.desk_id == issue.desk_id, IssueRow.id < issue.id, IssueRow.closed_at.is_not(None))
            .order_by(IssueRow.id.desc())
            .limit(1)
        )
        row = await self._session.scalar(query)
        return _issue(row) if row is not None else None

    async def last_number(self, desk_id: int) -> int | None:
        return await self._session.scalar(select(func.max(IssueRow.number)).where(IssueRow.desk_id == desk_id))

    async def has_number(self, desk_id: int, number: int) -> bool:
        query = select(IssueRow.id).where(IssueRow.desk_id == desk_id, IssueRow.number == number)
        return await self._session.scalar(query) is not None

    async def add(
        self,
        desk: DeskRecord,
        number: int,
        window: tuple[date, date],
        deadline: datetime,
        closes_at: datetime,
        at: datetime,
        state: IssueState = IssueState.OPEN,
    ) -> Issue:
        """Put an issue on record; one that was printed elsewhere counts as published when it closed."""
        row = IssueRow(
            desk_id=desk.id,
            workspace=desk.workspace,
            number=number,
            state=state.value,
            window_start=window[0],
            window_end=window[1],
            deadline=deadline,
            closes_at=closes_at,
            opened_at=at,
            published_at=closes_at if state is IssueState.PUBLISHED else None,
        )
        self._session.add(row)
        await self._session.flush()
        return _issue(row)

    async def change(self, issue_id: int, *, expect: Mapping[str, Any], values: Mapping[str, Any]) -> Issue | None:
        """Write values if the issue still is as expected; None where it is not."""
        statement = (
            update(IssueRow)
            .where(IssueRow.id == issue_id, *(getattr(IssueRow, name) == value for name, value in expect.items()))
            .values(**values)
            .returning(IssueRow)
            .execution_options(populate_existing=True)
        )
        row = await self._session.scalar(statement)
        return _issue(row) if row is not None else None


class ChangeRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._added: list[Change] = []

    @property
    def added(self) -> Sequence[Change]:
        """What this transaction wrote into the log so far."""
        return tuple(self._added)

    async def add(self, change: Change) -> None:
        self._added.append(change)
        self._session.add(
            ChangeRow(
                workspace=change.desk.workspace,
                desk_id=change.desk.id,
                issue_id=change.issue_id,
                item_id=change.item_id,
                verb=change.verb,
                by=change.by,
                at=change.at,
                before=dict(change.before),
                after=dict(change.after),
            )
        )
        await self._session.flush()

    async def of_item(self, item_id: int) -> Sequence[Change]:
        """What happened to an item, oldest first."""
        return await self._of(ChangeRow.item_id == item_id)

    async def of_items(self, items: Collection[int], verbs: Collection[str]) -> Mapping[int, Sequence[Change]]:
        """What of this kind happened to each of several items, oldest first."""
        found = await self._of(ChangeRow.item_id.in_(items), ChangeRow.verb.in_(verbs))
        return {item: [change for change in found if change.item_id == item] for item in items}

    async def of_issue(self, issue_id: int, since: datetime, verbs: Collection[str]) -> Sequence[Change]:
        """What of this kind happened to an issue from a moment on, oldest first."""
        return await self._of(ChangeRow.issue_id == issue_id, ChangeRow.at >= since, ChangeRow.verb.in_(verbs))

    async def newest_of(self, issue_id: int) -> int:
        """The last line of the log about an issue."""
        query = select(func.max(ChangeRow.id)).where(ChangeRow.issue_id == issue_id)
        return await self._session.scalar(query) or 0

    async def has_later(self, issue_id: int, change_id: int, since: datetime, *, but: Collection[str]) -> bool:
        """Whether anything of another kind happened to an issue after a line of the log, from a moment on."""
        query = select(ChangeRow.id).where(
            ChangeRow.issue_id == issue_id,
            ChangeRow.at >= since,
            ChangeRow.id > change_id,
            ChangeRow.verb.not_in(but),
        )
        return await self._session.scalar(query.limit(1)) is not None

    async def _of(self, *conditions: ColumnElement[bool]) -> Sequence[Change]:
        query = (
            select(ChangeRow, DeskRow)
            .join(DeskRow, DeskRow.id == ChangeRow.desk_id)
            .where(*conditions)
            .order_by(ChangeRow.id)
        )
        return [_change(row, desk) for row, desk in await self._session.execute(query)]


def _issue(row: IssueRow) -> Issue:
    return Issue(
        id=row.id,
        desk_id=row.desk_id,
        number=row.number,
        state=IssueState(row.state),
        window_start=row.window_start,
        window_end=row.window_end,
        deadline=row.deadline,
        closes_at=row.closes_at,
        published_at=row.published_at,
        closed_at=row.closed_at,
    )


def _change(row: ChangeRow, desk: DeskRow) -> Change:
    return Change(
        id=row.id,
        verb=row.verb,
        by=row.by,
        at=row.at,
        desk=record_of(desk),
        issue_id=row.issue_id,
        item_id=row.item_id,
        before=row.before,
        after=row.after,
    )
