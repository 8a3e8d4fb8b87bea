"""Places in a process at which it can be made to die."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import CursorResult, Result, event
from sqlalchemy.orm import ORMExecuteState, Session

_WROTE = "wrote"


def on_written_commit(side: str, call: Callable[[], None]) -> None:
    """Call a function on one side, `before_commit` or `after_commit`, of every commit of something that was written.

    Whoever looks for work and finds none commits too, as often as time allows: such commits keep nothing, even where
    the statement that looks would have taken what it found.
    """

    @event.listens_for(Session, "do_orm_execute")
    def executes(state: ORMExecuteState) -> Result[Any] | None:
        if not (state.is_insert or state.is_update or state.is_delete):
            return None
        result = state.invoke_statement()
        if isinstance(result, CursorResult) and not result.returns_rows:
            state.session.info[_WROTE] = True
            return result
        rows = result.freeze()
        if rows.data:
            state.session.info[_WROTE] = True
        return rows()

    @event.listens_for(Session, "after_flush")
    def flushes(session: Session, _flush: object) -> None:
        session.info[_WROTE] = True

    @event.listens_for(Session, side)
    def commits(session: Session) -> None:
        if session.info.get(_WROTE) or session.new or session.dirty or session.deleted:
            call()
