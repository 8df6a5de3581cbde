"""Alembic environment. The caller hands over an open connection in `config.attributes`."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=context.config.attributes.get("metadata"))
with context.begin_transaction():
    context.execute("set local lock_timeout = '5s'")
    context.run_migrations()
