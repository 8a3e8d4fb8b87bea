"""Items keep a page's second headline and the part of the site; what people cite a place as is remembered."""

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
        "namings",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "place", name=op.f("pk_namings")),
    )
    with op.batch_alter_table("items") as items:
        items.add_column(sa.Column("alternative", sa.Text(), nullable=True))
        items.add_column(sa.Column("site_part", sa.String(), nullable=True))


def downgrade() -> None:
    """Drop them."""
    with op.batch_alter_table("items") as items:
        items.drop_column("site_part")
        items.drop_column("alternative")
    op.drop_table("namings")
