"""Runs migrations on the connection that `db.schema` hands over."""

from alembic import context

from db.models import Base
from db.search_index import is_modelled

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    compare_type=True,
    include_name=is_modelled,
    render_as_batch=True,
    user_module_prefix="db.types.",
)
with context.begin_transaction():
    context.run_migrations()
