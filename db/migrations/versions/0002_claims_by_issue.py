"""A due time is claimed by issue and snooze, not by number and member: numbers change, and members snooze twice."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_CLAIMS = sa.table("claims", sa.column("desk_id"), sa.column("name"), sa.column("period"))
_ISSUES = sa.table("issues", sa.column("id"), sa.column("desk_id"), sa.column("number"))
_SNOOZES = sa.table("snoozes", sa.column("issue_id"), sa.column("person"), sa.column("until", UtcDateTime()))


def upgrade() -> None:
    """Name what was claimed as the desk names it now, so that nothing is posted again."""
    connection = op.get_bind()
    for issue in connection.execute(sa.select(_ISSUES)).all():
        mine = sa.and_(_CLAIMS.c.desk_id == issue.desk_id, _CLAIMS.c.period == f"No. {issue.number}")
        connection.execute(sa.update(_CLAIMS).where(mine).values(period=f"issue {issue.id}"))
    for snooze in connection.execute(sa.select(_SNOOZES)).all():
        again = f"remind {snooze.person} again"
        mine = sa.and_(_CLAIMS.c.name == again, _CLAIMS.c.period == f"issue {snooze.issue_id}")
        connection.execute(sa.update(_CLAIMS).where(mine).values(name=f"{again} at {snooze.until.isoformat()}"))


def downgrade() -> None:
    """Give claims the issue's number back; a member who snoozed twice keeps both claims under their own names."""
    connection = op.get_bind()
    for issue in connection.execute(sa.select(_ISSUES)).all():
        mine = sa.and_(_CLAIMS.c.desk_id == issue.desk_id, _CLAIMS.c.period == f"issue {issue.id}")
        connection.execute(sa.update(_CLAIMS).where(mine).values(period=f"No. {issue.number}"))
