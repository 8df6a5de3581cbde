"""Each version of a registered contract has the agency that its own terms name."""

from migration_sql import run

revision = "016"
down_revision = "015"


def upgrade() -> None:
    run(AGENCY_OF_VERSIONS)


# Of versions that are there already only the agency of the contract's first one is known: the terms are
# sealed, and what was shown until now stays so. The guard rests for this one filling of a new column.
AGENCY_OF_VERSIONS = """
alter table contract_versions add column agency_id uuid
  constraint fk_contract_versions_agency_id_agencies references agencies;
alter table contract_versions disable trigger contract_versions_append_only;
update contract_versions set agency_id = registered_contracts.agency_id
  from registered_contracts where registered_contracts.id = contract_versions.contract_id;
alter table contract_versions enable trigger contract_versions_append_only;
create index ix_contract_versions_agency_id on contract_versions (agency_id, contract_id, version);
alter table registered_contracts drop column agency_id;
"""
