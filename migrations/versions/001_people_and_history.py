"""People, offices, sign-ins, the history of every action, and long-running jobs."""

from alembic import op
from migration_sql import run

revision = "001"
down_revision = None


def upgrade() -> None:
    for extension in ("pg_trgm", "unaccent", "btree_gist"):
        op.execute(f"create extension if not exists {extension}")
    run(FORBID)
    run(HISTORY)
    run(ACCOUNTS)
    run(JOBS)


FORBID = """
create function forbid_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$
"""

HISTORY = """
create table history_entries (
  seq bigint generated always as identity constraint pk_history_entries primary key,
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null,
  actor_id uuid,
  actor_name text not null,
  office_id uuid,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  details jsonb not null default '{}'
);
create index ix_history_entries_subject on history_entries (subject_kind, subject_id, seq);
create index ix_history_entries_actor on history_entries (actor_id, seq);
create trigger history_entries_append_only before update or delete or truncate on history_entries
  for each statement execute function forbid_change();
"""

ACCOUNTS = """
create table offices (
  id uuid constraint pk_offices primary key,
  name text not null constraint uq_offices_name unique,
  created_at timestamptz not null,
  closed_at timestamptz,
  constraint ck_offices_name check (length(name) between 1 and 200)
);
create table people (
  id uuid constraint pk_people primary key,
  sign_in_name text not null constraint uq_people_sign_in_name unique,
  full_name text not null,
  office_id uuid not null constraint fk_people_office_id_offices references offices,
  password_hash text not null,
  must_change_password boolean not null,
  totp_sealed bytea,
  totp_confirmed_at timestamptz,
  totp_last_step bigint not null default 0,
  disabled_at timestamptz,
  created_at timestamptz not null,
  version integer not null default 1,
  constraint ck_people_sign_in_name check (sign_in_name = lower(sign_in_name)
    and length(sign_in_name) between 3 and 100)
);
create index ix_people_office_id on people (office_id);
create table person_roles (
  person_id uuid not null constraint fk_person_roles_person_id_people references people,
  role text not null,
  constraint pk_person_roles primary key (person_id, role),
  constraint ck_person_roles_role check (role in ('administrator', 'inspector', 'reviewer',
    'complaints_officer', 'regulator', 'hotline_operator', 'oversight'))
);
create table role_settings (
  role text constraint pk_role_settings primary key,
  second_factor_required boolean not null
);
create table sign_ins (
  token_hash bytea constraint pk_sign_ins primary key,
  person_id uuid not null constraint fk_sign_ins_person_id_people references people,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  second_factor_at timestamptz
);
create index ix_sign_ins_person_id on sign_ins (person_id);
create index ix_sign_ins_expires_at on sign_ins (expires_at);
create table sign_in_attempts (
  id bigint generated always as identity constraint pk_sign_in_attempts primary key,
  name_hash bytea not null,
  at timestamptz not null
);
create index ix_sign_in_attempts_name_hash on sign_in_attempts (name_hash, at);
create index ix_sign_in_attempts_at on sign_in_attempts (at);
"""

JOBS = """
create table job_runs (
  id uuid constraint pk_job_runs primary key,
  kind text not null,
  state text not null,
  payload jsonb not null,
  done integer not null default 0,
  total integer not null default 0,
  result jsonb,
  error text,
  requested_by uuid not null,
  requested_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  stop_requested_at timestamptz,
  constraint ck_job_runs_state check (state in ('queued', 'running', 'stopped', 'done', 'failed'))
);
create index ix_job_runs_requested_at on job_runs (requested_at, id);
"""
