"""The first tables of the desk."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import db.types

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "desks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("created_at", db.types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desks")),
        sa.UniqueConstraint("workspace", "channel", name=op.f("uq_desks_workspace_channel")),
    )
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("received_at", db.types.UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", db.types.UtcDateTime(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("event_id", name=op.f("uq_inbox_event_id")),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index("ix_inbox_due", ["state", "due_at"], unique=False)

    op.create_table(
        "lanes",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("free_at", db.types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "channel", name=op.f("pk_lanes")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=True),
        sa.Column("recipient", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("in_doubt", sa.Boolean(), nullable=False),
        sa.Column("asked_at", db.types.UtcDateTime(), nullable=False),
        sa.Column("due_at", db.types.UtcDateTime(), nullable=False),
        sa.Column("leased_until", db.types.UtcDateTime(), nullable=True),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("workspace", "key", name=op.f("uq_outbox_workspace_key")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_due", ["state", "due_at"], unique=False)

    op.create_table(
        "outlets",
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("control", sa.String(), nullable=False),
        sa.Column("ruling", sa.String(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("domain", name=op.f("pk_outlets")),
    )
    op.create_table(
        "people",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("seen_at", db.types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "person", name=op.f("pk_people")),
    )
    op.create_table(
        "rulings",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("ruling", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", db.types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "domain", name=op.f("pk_rulings")),
    )
    op.create_table(
        "claims",
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("at", db.types.UtcDateTime(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["desk_id"], ["desks.id"], name=op.f("fk_claims_desk_id_desks")),
        sa.PrimaryKeyConstraint("desk_id", "name", "period", name=op.f("pk_claims")),
    )
    op.create_table(
        "editors",
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("since", db.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["desk_id"], ["desks.id"], name=op.f("fk_editors_desk_id_desks")),
        sa.PrimaryKeyConstraint("desk_id", "person", name=op.f("pk_editors")),
    )
    op.create_table(
        "issues",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("window_start", sa.Date(), nullable=False),
        sa.Column("window_end", sa.Date(), nullable=False),
        sa.Column("deadline", db.types.UtcDateTime(), nullable=False),
        sa.Column("closes_at", db.types.UtcDateTime(), nullable=False),
        sa.Column("opened_at", db.types.UtcDateTime(), nullable=False),
        sa.Column("closed_at", db.types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["desk_id"], ["desks.id"], name=op.f("fk_issues_desk_id_desks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issues")),
        sa.UniqueConstraint("desk_id", "number", name=op.f("uq_issues_desk_id_number")),
    )
    with op.batch_alter_table("issues", schema=None) as batch_op:
        batch_op.create_index(
            "uq_issues_open",
            ["desk_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "posted",
        sa.Column("outbox_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("ts", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_posted_outbox_id_outbox")),
        sa.PrimaryKeyConstraint("outbox_id", "part", name=op.f("pk_posted")),
    )
    op.create_table(
        "items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("dropped", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reading", sa.String(), nullable=False),
        sa.Column("read_attempts", sa.Integer(), nullable=False),
        sa.Column("read_at", db.types.UtcDateTime(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("section", sa.String(), nullable=True),
        sa.Column("moved_from", sa.String(), nullable=True),
        sa.Column("found_by", sa.String(), nullable=False),
        sa.Column("filed_by", sa.String(), nullable=True),
        sa.Column("filed_at", db.types.UtcDateTime(), nullable=True),
        sa.Column("edited", sa.JSON(), nullable=False),
        sa.Column("created_at", db.types.UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["desk_id"], ["desks.id"], name=op.f("fk_items_desk_id_desks")),
        sa.ForeignKeyConstraint(["issue_id"], ["issues.id"], name=op.f("fk_items_issue_id_issues")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_items")),
        sa.UniqueConstraint(
            "workspace", "channel", "message", "key", name=op.f("uq_items_workspace_channel_message_key")
        ),
    )
    with op.batch_alter_table("items", schema=None) as batch_op:
        batch_op.create_index("ix_items_issue", ["issue_id", "state"], unique=False)
        batch_op.create_index("ix_items_reading_due", ["reading", "read_at"], unique=False)
        batch_op.create_index(
            "uq_items_on_the_list",
            ["issue_id", "key"],
            unique=True,
            sqlite_where=sa.text("state IN ('pending', 'filed')"),
            postgresql_where=sa.text("state IN ('pending', 'filed')"),
        )

    op.create_table(
        "snoozes",
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("until", db.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["issues.id"], name=op.f("fk_snoozes_issue_id_issues")),
        sa.PrimaryKeyConstraint("issue_id", "person", name=op.f("pk_snoozes")),
    )
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", db.types.UtcDateTime(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["desk_id"], ["desks.id"], name=op.f("fk_changes_desk_id_desks")),
        sa.ForeignKeyConstraint(["issue_id"], ["issues.id"], name=op.f("fk_changes_issue_id_issues")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_changes_item_id_items")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
    )
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.create_index("ix_changes_issue", ["issue_id", "at"], unique=False)
        batch_op.create_index("ix_changes_item", ["item_id", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.drop_index("ix_changes_item")
        batch_op.drop_index("ix_changes_issue")

    op.drop_table("changes")
    op.drop_table("snoozes")
    with op.batch_alter_table("items", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_items_on_the_list",
            sqlite_where=sa.text("state IN ('pending', 'filed')"),
            postgresql_where=sa.text("state IN ('pending', 'filed')"),
        )
        batch_op.drop_index("ix_items_reading_due")
        batch_op.drop_index("ix_items_issue")

    op.drop_table("items")
    op.drop_table("posted")
    with op.batch_alter_table("issues", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_issues_open", sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'")
        )

    op.drop_table("issues")
    op.drop_table("editors")
    op.drop_table("claims")
    op.drop_table("rulings")
    op.drop_table("people")
    op.drop_table("outlets")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_due")

    op.drop_table("outbox")
    op.drop_table("lanes")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index("ix_inbox_due")

    op.drop_table("inbox")
    op.drop_table("desks")
