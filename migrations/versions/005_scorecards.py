"""Issued scorecards: immutable snapshots with their inputs."""

from migration_sql import run

revision = "005"
down_revision = "004"


def upgrade() -> None:
    run(SCORECARDS)


SCORECARDS = """
create table issued_scorecards (
  id uuid constraint pk_issued_scorecards primary key,
  agency_id uuid not null constraint fk_issued_scorecards_agency_id_agencies references agencies,
  revision integer not null,
  as_of date not null,
  profile text not null,
  grade text not null,
  inputs text not null,
  inputs_sha256 text not null,
  card text not null,
  issued_by uuid not null,
  issued_at timestamptz not null,
  constraint uq_issued_scorecards_revision unique (agency_id, revision),
  constraint ck_issued_scorecards_grade check (grade in ('A', 'B', 'C', 'D', 'E', 'U'))
);
create trigger issued_scorecards_append_only before update or delete or truncate on issued_scorecards
  for each statement execute function forbid_change();
"""
