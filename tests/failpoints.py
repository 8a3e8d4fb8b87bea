"""Places in a process at which it can be made to die."""

from collections.abc import Callable

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session

_WROTE = "wrote"


def on_written_commit(side: str, call: Callable[[], None]) -> None:
    """Call a function on one side, `before_commit` or `after_commit`, of every commit of something that was written.

    Whoever looks for work and finds none commits too, as often as time allows: such commits keep nothing.
    """

    @event.listens_for(Session, "do_orm_execute")
    def executes(state: ORMExecuteState) -> None:
        if state.is_insert or state.is_update or state.is_delete:
            state.session.info[_WROTE] = True

    @event.listens_for(Session, "after_flush")
    def flushes(session: Session, _flush: object) -> None:
        session.info[_WROTE] = True

    @event.listens_for(Session, side)
    def commits(session: Session) -> None:
        if session.info.get(_WROTE) or session.new or session.dirty or session.deleted:
            call()
