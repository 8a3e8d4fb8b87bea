"""What members asked of editors for closed issues."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.editorial.issue import IssueState
from bot.ports import DeskRecord, LateRequest, LateState
from db.models import IssueRow, LateRequestRow
from db.repositories.statements import insert_unless_there


class LateRequestRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(
        self, desk: DeskRecord, *, item_id: int, issue_id: int, by: str, editors: Collection[str], at: datetime
    ) -> LateRequest | None:
        """Put a request on record; None where the item was asked into this issue before."""
        insert = insert_unless_there(
            self._session,
            LateRequestRow,
            workspace=desk.workspace,
            desk_id=desk.id,
            item_id=item_id,
            issue_id=issue_id,
            asked_by=by,
            asked_at=at,
            editors=list(editors),
            state=LateState.ASKED.value,
            reason="",
        )
        row = await self._session.scalar(insert.returning(LateRequestRow))
        return _request(row) if row is not None else None

    async def get(self, request_id: int) -> LateRequest | None:
        row = await self._session.get(LateRequestRow, request_id, populate_existing=True)
        return _request(row) if row is not None else None

    async def of_items(self, items: Collection[int], issue_id: int) -> Mapping[int, LateRequest]:
        """What was asked for each of these items and an issue; those that nobody asked for are left out."""
        query = select(LateRequestRow).where(LateRequestRow.item_id.in_(items), LateRequestRow.issue_id == issue_id)
        return {row.item_id: _request(row) for row in await self._session.scalars(query)}

    async def undecided(self, desk: DeskRecord) -> Sequence[LateRequest]:
        """What was asked into closed issues of a desk and nobody decided, oldest first."""
        query = (
            select(LateRequestRow)
            .join(IssueRow, IssueRow.id == LateRequestRow.issue_id)
            .where(
                LateRequestRow.desk_id == desk.id,
                LateRequestRow.state == LateState.ASKED.value,
                IssueRow.state == IssueState.CLOSED.value,
            )
            .order_by(LateRequestRow.id)
        )
        return [_request(row) for row in await self._session.scalars(query)]

    async def change(self, request_id: int, *, expect: LateState, values: Mapping[str, Any]) -> LateRequest | None:
        """Write values if the request still is as expected; None where somebody was faster."""
        statement = (
            update(LateRequestRow)
            .where(LateRequestRow.id == request_id, LateRequestRow.state == expect.value)
            .values(**values)
            .returning(LateRequestRow)
            .execution_options(populate_existing=True)
        )
        row = await self._session.scalar(statement)
        return _request(row) if row is not None else None


def _request(row: LateRequestRow) -> LateRequest:
    return LateRequest(
        id=row.id,
        workspace=row.workspace,
        item_id=row.item_id,
        issue_id=row.issue_id,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        editors=tuple(row.editors),
        state=LateState(row.state),
        by=row.by,
        at=row.at,
        reason=row.reason,
    )
