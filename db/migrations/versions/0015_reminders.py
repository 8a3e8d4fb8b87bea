"""Members are reminded each in their own time: who was reminded how often, who is away, and who was in a channel."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add them; reminders that were sent before are not counted."""
    op.add_column("people", sa.Column("away_until", UtcDateTime(), nullable=True))
    op.add_column("desks", sa.Column("roster", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("desks", sa.Column("roster_at", UtcDateTime(), nullable=True))
    op.create_table(
        "reminders",
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["issues.id"], name=op.f("fk_reminders_issue_id_issues")),
        sa.PrimaryKeyConstraint("issue_id", "key", name=op.f("pk_reminders")),
    )


def downgrade() -> None:
    op.drop_table("reminders")
    op.drop_column("desks", "roster_at")
    op.drop_column("desks", "roster")
    op.drop_column("people", "away_until")
