"""A form that was sent twice makes one version of a contract."""

from migration_sql import run

revision = "017"
down_revision = "016"


def upgrade() -> None:
    run(FORM_OF_VERSIONS)


# A random token that each form to register carries, and a sum of what it asked for, by which the same terms
# sent again are told from other ones. Versions from before, and those that programs made, have neither;
# unique leaves them alone.
FORM_OF_VERSIONS = """
alter table contract_versions
  add column form_token uuid constraint uq_contract_versions_form_token unique,
  add column form_sha256 text,
  add constraint ck_contract_versions_form_sha256 check
    ((form_token is null) = (form_sha256 is null) and form_sha256 ~ '^[0-9a-f]{64}$');
"""
