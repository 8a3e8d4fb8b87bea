"""Items keep a page's second headline, the part of the site and a stamp; what people say of a place is remembered."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add them; pages that were read before gave no second headline, and stand for their host."""
    op.create_table(
        "habits",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "place", "kind", name=op.f("pk_habits")),
    )
    with op.batch_alter_table("items") as items:
        items.add_column(sa.Column("alternative", sa.Text(), nullable=True))
        items.add_column(sa.Column("site_part", sa.String(), nullable=True))
        items.add_column(sa.Column("stamped_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    """Drop them."""
    with op.batch_alter_table("items") as items:
        items.drop_column("stamped_at")
        items.drop_column("site_part")
        items.drop_column("alternative")
    op.drop_table("habits")
