"""What is owed to a channel is found without looking at what was shown, and what was shown without what is owed."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_OWED, _SHOWN = sa.text("wanted > shown"), sa.text("wanted <= shown")


def upgrade() -> None:
    """Two indexes, of a part of the rows each, in place of the one over all of them."""
    op.create_index(
        "ix_outbox_owed", "outbox", ["workspace", "channel", "id"], sqlite_where=_OWED, postgresql_where=_OWED
    )
    op.create_index("ix_outbox_shown", "outbox", ["due_at"], sqlite_where=_SHOWN, postgresql_where=_SHOWN)
    op.drop_index("ix_outbox_due", table_name="outbox")


def downgrade() -> None:
    """One index over all rows again."""
    op.create_index("ix_outbox_due", "outbox", ["state", "due_at"])
    op.drop_index("ix_outbox_shown", table_name="outbox")
    op.drop_index("ix_outbox_owed", table_name="outbox")
