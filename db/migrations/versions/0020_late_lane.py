"""Items can be added to a closed issue, and links of a direct message wait for their desk."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision: str = "0020"
down_revision: str | None = "0019"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add them to what is there: nothing was late so far, and direct messages held no links."""
    op.add_column("items", sa.Column("late", sa.JSON(), nullable=True))
    op.create_table(
        "late_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("editors", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_requests")),
        sa.UniqueConstraint("item_id", "issue_id", name=op.f("uq_late_requests_item_id_issue_id")),
        sa.ForeignKeyConstraint(["desk_id"], ["desks.id"], name=op.f("fk_late_requests_desk_id_desks")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_late_requests_item_id_items")),
        sa.ForeignKeyConstraint(["issue_id"], ["issues.id"], name=op.f("fk_late_requests_issue_id_issues")),
    )
    op.create_table(
        "direct_links",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=True),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.Column("revision", sa.String(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("desks", sa.JSON(), nullable=False),
        sa.Column("desk_id", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "channel", "message", name=op.f("pk_direct_links")),
        sa.ForeignKeyConstraint(["desk_id"], ["desks.id"], name=op.f("fk_direct_links_desk_id_desks")),
    )


def downgrade() -> None:
    """Drop them; what was added late stays in its issue."""
    op.drop_table("direct_links")
    op.drop_table("late_requests")
    op.drop_column("items", "late")
