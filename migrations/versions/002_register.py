"""The register of agencies: names, contacts, licences and their decisions, imports."""

from migration_sql import run

revision = "002"
down_revision = "001"


def upgrade() -> None:
    run(AGENCIES)
    run(PARTS)
    run(LICENCES)
    run(IMPORTS)


AGENCIES = """
create table registers (
  id text constraint pk_registers primary key,
  title text not null,
  country text not null,
  numbers text not null,
  created_at timestamptz not null,
  constraint ck_registers_numbers check (numbers in ('official', 'row_key')),
  constraint ck_registers_id check (id ~ '^[a-z0-9][a-z0-9-]{0,63}$')
);
create table agencies (
  id uuid constraint pk_agencies primary key,
  register_id text not null constraint fk_agencies_register_id_registers references registers,
  identity_key text not null,
  source_key text,
  licence_no text,
  licence_no_norm text collate "C",
  licence_digits text collate "C",
  legal_name text not null,
  name_norm text collate "C" not null,
  country text not null,
  note text not null default '',
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint uq_agencies_identity_key unique (register_id, identity_key),
  constraint uq_agencies_source_key unique (register_id, source_key),
  constraint ck_agencies_legal_name check (length(legal_name) between 1 and 300)
);
create index ix_agencies_name_norm on agencies (name_norm, id);
create index ix_agencies_licence_no_norm on agencies (licence_no_norm, id);
create index ix_agencies_licence_digits on agencies (licence_digits, id);
"""

PARTS = """
create table agency_names (
  id uuid constraint pk_agency_names primary key,
  agency_id uuid not null constraint fk_agency_names_agency_id_agencies references agencies on delete cascade,
  position integer not null,
  kind text not null,
  name text not null,
  name_norm text collate "C" not null,
  source text not null,
  constraint ck_agency_names_kind check (kind in ('legal', 'trading', 'alias', 'former'))
);
create index ix_agency_names_agency_id on agency_names (agency_id, position);
create index ix_agency_names_prefix on agency_names (name_norm, agency_id);
create index ix_agency_names_fuzzy on agency_names using gin (name_norm gin_trgm_ops);
create table agency_addresses (
  id uuid constraint pk_agency_addresses primary key,
  agency_id uuid not null constraint fk_agency_addresses_agency_id_agencies references agencies on delete cascade,
  position integer not null,
  address text not null,
  city text not null,
  source text not null
);
create index ix_agency_addresses_agency_id on agency_addresses (agency_id, position);
create table agency_contacts (
  id uuid constraint pk_agency_contacts primary key,
  agency_id uuid not null constraint fk_agency_contacts_agency_id_agencies references agencies on delete cascade,
  position integer not null,
  kind text not null,
  value text not null,
  value_norm text collate "C" not null,
  source text not null,
  constraint ck_agency_contacts_kind check (kind in ('phone', 'email', 'website'))
);
create index ix_agency_contacts_agency_id on agency_contacts (agency_id, position);
create index ix_agency_contacts_value_norm on agency_contacts (kind, value_norm);
create table agency_branches (
  id uuid constraint pk_agency_branches primary key,
  agency_id uuid not null constraint fk_agency_branches_agency_id_agencies references agencies on delete cascade,
  position integer not null,
  name text not null,
  address text not null,
  phone text not null
);
create index ix_agency_branches_agency_id on agency_branches (agency_id, position);
create table agency_people (
  id uuid constraint pk_agency_people primary key,
  agency_id uuid not null constraint fk_agency_people_agency_id_agencies references agencies on delete cascade,
  position integer not null,
  name text not null,
  role text not null,
  from_on date,
  until_on date,
  constraint ck_agency_people_role check (role in ('owner', 'director', 'manager', 'authorised')),
  constraint ck_agency_people_dates check (until_on >= from_on)
);
create index ix_agency_people_agency_id on agency_people (agency_id, position);
create table agency_sectors (
  agency_id uuid not null constraint fk_agency_sectors_agency_id_agencies references agencies on delete cascade,
  sector text not null,
  constraint pk_agency_sectors primary key (agency_id, sector)
);
create table agency_destinations (
  agency_id uuid not null constraint fk_agency_destinations_agency_id_agencies references agencies on delete cascade,
  country text not null,
  constraint pk_agency_destinations primary key (agency_id, country),
  constraint ck_agency_destinations_country check (country ~ '^[A-Z]{2}$')
);
create table deployments (
  agency_id uuid not null constraint fk_deployments_agency_id_agencies references agencies on delete cascade,
  year integer not null,
  sex text not null,
  destination text not null,
  workers integer not null,
  source text not null,
  constraint pk_deployments primary key (agency_id, year, sex, destination),
  constraint ck_deployments_year check (year between 1950 and 2200),
  constraint ck_deployments_sex check (sex in ('women', 'men', 'unknown')),
  constraint ck_deployments_destination check (destination ~ '^[A-Z]{2}$'),
  constraint ck_deployments_workers check (workers >= 0)
);
"""

# What a source says of a status is kept in the source's own word; only a ministry's decision
# makes a licence state. Decisions are never edited: a mistake is superseded.
LICENCES = """
create table status_claims (
  id uuid constraint pk_status_claims primary key,
  agency_id uuid not null constraint fk_status_claims_agency_id_agencies references agencies on delete cascade,
  position integer not null,
  source text not null,
  word text not null,
  stated_on date,
  valid_until date
);
create index ix_status_claims_agency_id on status_claims (agency_id, position);
create table licences (
  id uuid constraint pk_licences primary key,
  agency_id uuid not null constraint fk_licences_agency_id_agencies references agencies,
  register_id text not null constraint fk_licences_register_id_registers references registers,
  licence_no text,
  licence_no_norm text collate "C",
  valid daterange not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  constraint ck_licences_valid check (not isempty(valid)),
  constraint ex_licences_agency_period exclude using gist (agency_id with =, valid with &&),
  constraint ex_licences_number_period exclude using gist
    (register_id with =, licence_no_norm with =, valid with &&) where (licence_no_norm is not null)
);
create table licence_decisions (
  id uuid constraint pk_licence_decisions primary key,
  licence_id uuid not null constraint fk_licence_decisions_licence_id_licences references licences,
  state text not null,
  effective_on date not null,
  until_on date,
  ground text not null,
  document_no text not null,
  document_name text,
  document_type text,
  document_sha256 text,
  document_size integer,
  decided_by uuid not null,
  decided_at timestamptz not null,
  supersedes_id uuid constraint fk_licence_decisions_supersedes_id_licence_decisions references licence_decisions
    constraint uq_licence_decisions_supersedes_id unique,
  constraint ck_licence_decisions_state check (state in ('applied', 'valid', 'suspended',
    'cancelled', 'delisted', 'banned')),
  constraint ck_licence_decisions_ground check (length(ground) between 1 and 2000),
  constraint ck_licence_decisions_dates check (until_on >= effective_on)
);
create index ix_licence_decisions_licence_id on licence_decisions (licence_id, effective_on, decided_at);
create trigger licence_decisions_append_only before update or delete or truncate on licence_decisions
  for each statement execute function forbid_change();
"""

# An import outlives the register it made: undoing it takes the register away again, and the import
# stays on record. So register_id refers to no table.
IMPORTS = """
create table import_uploads (
  id uuid constraint pk_import_uploads primary key,
  file_name text not null,
  sha256 text not null,
  content bytea not null,
  aliases_name text,
  aliases_content bytea,
  uploaded_by uuid not null,
  uploaded_at timestamptz not null
);
create table imports (
  id uuid constraint pk_imports primary key,
  register_id text not null,
  made_register boolean not null default false,
  file_name text not null,
  sha256 text not null,
  rows_read integer not null,
  created integer not null,
  changed integer not null,
  unchanged integer not null,
  refused integer not null,
  report jsonb not null,
  imported_by uuid,
  imported_at timestamptz not null,
  undone_by uuid,
  undone_at timestamptz
);
create index ix_imports_imported_at on imports (imported_at, id);
create table import_changes (
  import_id uuid not null constraint fk_import_changes_import_id_imports references imports,
  agency_id uuid not null,
  row_no integer not null,
  before jsonb,
  after jsonb not null,
  version_after integer not null,
  constraint pk_import_changes primary key (import_id, agency_id)
);
create index ix_import_changes_agency_id on import_changes (agency_id);
"""
