"""Members choose their desk and language, and the homes that they opened are kept up to date."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision: str = "0018"
down_revision: str | None = "0017"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Nobody has chosen anything yet; who opened a home before is known when they open it again."""
    op.create_table(
        "preferences",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("desk_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("welcomed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["desk_id"], ["desks.id"], name="fk_preferences_desk_id_desks"),
        sa.PrimaryKeyConstraint("workspace", "person", name="pk_preferences"),
    )
    op.create_table(
        "homes",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("desk_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["desk_id"], ["desks.id"], name="fk_homes_desk_id_desks"),
        sa.PrimaryKeyConstraint("workspace", "person", name="pk_homes"),
    )
    op.create_index("ix_homes_opened", "homes", ["opened_at"])
    op.create_index("ix_changes_desk", "changes", ["desk_id", "id"])


def downgrade() -> None:
    """Forget what members chose, and which homes are looked at."""
    op.drop_index("ix_changes_desk", table_name="changes")
    op.drop_table("homes")
    op.drop_table("preferences")
