"""A form that was sent twice makes one version of a contract."""

from migration_sql import run

revision = "017"
down_revision = "016"


def upgrade() -> None:
    run(FORM_OF_VERSIONS)


# A random token that each form to register carries. Versions from before, and those that programs made, have
# none; unique leaves them alone.
FORM_OF_VERSIONS = """
alter table contract_versions add column form_token uuid
  constraint uq_contract_versions_form_token unique;
"""
