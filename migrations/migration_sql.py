"""Run a script of several statements inside the migration's transaction.

asyncpg prepares one statement at a time; its simple protocol takes a whole script, which keeps the
functions and triggers of a migration readable as plain SQL.
"""

from alembic import op
from sqlalchemy.util import await_only


def run(script: str) -> None:
    op.execute("select 1")  # opens the transaction: the raw connection alone would not
    raw = op.get_bind().connection.driver_connection
    await_only(raw.execute(script))
