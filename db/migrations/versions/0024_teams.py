"""Roles at a desk: owners and editors, by person or by user group."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision: str = "0024"
down_revision: str | None = "0023"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Name the editor whom a desk has had longest its owner; the others stay editors."""
    op.add_column("editors", sa.Column("role", sa.String(), nullable=False, server_default="editor"))
    editors = sa.table("editors", sa.column("desk_id"), sa.column("person"), sa.column("role"), sa.column("since"))
    others = editors.alias("others")
    first = (
        sa.select(others.c.person)
        .where(others.c.desk_id == editors.c.desk_id)
        .order_by(others.c.since, others.c.person)
        .limit(1)
        .scalar_subquery()
    )
    op.execute(sa.update(editors).where(editors.c.person == first).values(role="owner"))
    op.create_table(
        "editor_groups",
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("desk_id", "group", name=op.f("pk_editor_groups")),
        sa.ForeignKeyConstraint(["desk_id"], ["desks.id"], name=op.f("fk_editor_groups_desk_id_desks")),
    )
    op.create_table(
        "teams",
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("desk_id", name=op.f("pk_teams")),
        sa.ForeignKeyConstraint(["desk_id"], ["desks.id"], name=op.f("fk_teams_desk_id_desks")),
    )


def downgrade() -> None:
    """Forget roles; owners stay editors."""
    op.drop_table("teams")
    op.drop_table("editor_groups")
    op.drop_column("editors", "role")
