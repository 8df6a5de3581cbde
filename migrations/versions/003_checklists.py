"""Published checklists and vocabularies, and the values a ministry sets for their parameters."""

from migration_sql import run

revision = "003"
down_revision = "002"


def upgrade() -> None:
    run(CHECKLISTS)


CHECKLISTS = """
create table vocabulary_versions (
  version integer constraint pk_vocabulary_versions primary key,
  sha256 text not null,
  content bytea not null,
  loaded_at timestamptz not null
);
create table checklist_versions (
  checklist_id text not null,
  version integer not null,
  vocabulary integer not null
    constraint fk_checklist_versions_vocabulary_vocabulary_versions references vocabulary_versions,
  title text not null,
  unit text not null,
  sha256 text not null,
  content bytea not null,
  supersedes integer,
  loaded_at timestamptz not null,
  constraint pk_checklist_versions primary key (checklist_id, version)
);
create trigger vocabulary_versions_append_only before update or delete or truncate on vocabulary_versions
  for each statement execute function forbid_change();
create trigger checklist_versions_append_only before update or delete or truncate on checklist_versions
  for each statement execute function forbid_change();
create table parameter_values (
  id bigint generated always as identity constraint pk_parameter_values primary key,
  name text not null,
  amount numeric,
  currency text,
  reason text not null,
  set_by uuid not null,
  set_at timestamptz not null,
  constraint ck_parameter_values_reason check (length(reason) between 1 and 1000)
);
create index ix_parameter_values_name on parameter_values (name, id);
create trigger parameter_values_append_only before update or delete or truncate on parameter_values
  for each statement execute function forbid_change();
"""
