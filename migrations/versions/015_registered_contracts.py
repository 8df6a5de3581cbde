"""Registered contracts: a number, versions that never change, and the end of a contract."""

from migration_sql import run

revision = "015"
down_revision = "014"


def upgrade() -> None:
    run(CONTRACTS)
    run(IN_ORDER)
    run(APPEND_ONLY)


# The terms hold names, passports and addresses: they are sealed under a key that is destroyed on time.
# What is plain is what the public page of a contract shows, and the agency's place in the register.
CONTRACTS = """
create table registered_contracts (
  id uuid constraint pk_registered_contracts primary key,
  number text not null constraint uq_registered_contracts_number unique,
  agency_id uuid constraint fk_registered_contracts_agency_id_agencies references agencies,
  registered_at timestamptz not null,
  constraint ck_registered_contracts_number check (number ~ '^[0-9]{4}(-[2-9A-HJKMNP-Z]{5}){2}-[2-9A-HJKMNP-Z]$')
);
create index ix_registered_contracts_registered_at on registered_contracts (registered_at, id);
create index ix_registered_contracts_agency_id on registered_contracts (agency_id, id);
create table contract_versions (
  contract_id uuid not null
    constraint fk_contract_versions_contract_id_registered_contracts references registered_contracts,
  version integer not null,
  sha256 text not null,
  pack text not null,
  template_version integer not null,
  origin text not null,
  destination text not null,
  signed_on date not null,
  initials text not null,
  sealed_terms bytea not null,
  sealed_until text not null,
  reason text not null,
  registered_by uuid not null constraint fk_contract_versions_registered_by_people references people,
  registered_at timestamptz not null,
  constraint pk_contract_versions primary key (contract_id, version),
  constraint ck_contract_versions_version check (version >= 1),
  constraint ck_contract_versions_sha256 check (sha256 ~ '^[0-9a-f]{64}$'),
  constraint ck_contract_versions_initials check (length(initials) <= 40),
  constraint ck_contract_versions_reason check
    ((version = 1) = (reason = '') and length(reason) <= 2000)
);
create table contract_cancellations (
  contract_id uuid constraint pk_contract_cancellations primary key
    constraint fk_contract_cancellations_contract_id_registered_contracts references registered_contracts,
  reason text not null,
  cancelled_by uuid not null constraint fk_contract_cancellations_cancelled_by_people references people,
  cancelled_at timestamptz not null,
  constraint ck_contract_cancellations_reason check (length(reason) between 1 and 2000)
);
"""

# Versions follow each other without a gap, and nothing follows the end of a contract.
IN_ORDER = """
create function contract_version_follows() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  perform 1 from registered_contracts where id = new.contract_id for update;
  if exists (select 1 from contract_cancellations where contract_id = new.contract_id) then
    raise exception 'the contract is cancelled' using errcode = 'check_violation',
      constraint = 'tr_contract_versions_cancelled';
  end if;
  if new.version <> 1 + (select count(*) from contract_versions
      where contract_id = new.contract_id) then
    raise exception 'versions follow each other' using errcode = 'check_violation',
      constraint = 'tr_contract_versions_follows';
  end if;
  return new;
end $$;
create trigger contract_versions_follow before insert on contract_versions
  for each row execute function contract_version_follows();
create function contract_cancellation_waits() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  perform 1 from registered_contracts where id = new.contract_id for update;
  return new;
end $$;
create trigger contract_cancellations_wait before insert on contract_cancellations
  for each row execute function contract_cancellation_waits();
"""

APPEND_ONLY = """
create trigger registered_contracts_append_only before update or delete or truncate
  on registered_contracts for each statement execute function forbid_change();
create trigger contract_versions_append_only before update or delete or truncate
  on contract_versions for each statement execute function forbid_change();
create trigger contract_cancellations_append_only before update or delete or truncate
  on contract_cancellations for each statement execute function forbid_change();
"""
