"""What officers teach the matcher: how well it did at each judgement, names that workers use, and which cases
were compared with the register as it stands (decision 0028).

No word of a worker stands here but the name of an agency that an officer typed as such.
"""

from migration_sql import run

revision = "014"
down_revision = "013"


def upgrade() -> None:
    run(JUDGEMENTS)
    run(VERSIONS)
    run(LOOKS)
    run(TAUGHT)


# `rank` is the place of the judged agency among those that were suggested; empty where it was none of them.
JUDGEMENTS = """
create table match_judgements (
  link_id uuid constraint pk_match_judgements primary key
    constraint fk_match_judgements_link_id_complaint_links references complaint_links,
  matcher text not null,
  script text not null,
  outcome text not null,
  rank integer,
  score double precision,
  constraint ck_match_judgements_outcome check (outcome in ('certain', 'suggested', 'unmatched')),
  constraint ck_match_judgements_rank check (rank between 1 and 5)
);
create trigger match_judgements_append_only before update or delete or truncate
  on match_judgements for each statement execute function forbid_change();
"""

# One number for each register, so that imports into two do not wait for each other, and one for what is known
# besides: brokers and taught names. Readings are written under the lock of their register. So the sum of
# all numbers grows with every change that anybody can see.
VERSIONS = """
create table register_versions (
  register_id text constraint pk_register_versions primary key,
  version bigint not null
);
insert into register_versions select distinct register_id, 1 from agency_readings;
create function raise_register_version() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  insert into register_versions as known (register_id, version)
    select distinct register_id, 1 from added order by 1
    on conflict (register_id) do update set version = known.version + 1;
  return null;
end $$;
create function raise_known_version() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  insert into register_versions as known (register_id, version) values ('', 1)
    on conflict (register_id) do update set version = known.version + 1;
  return null;
end $$;
create trigger brokers_versioned after insert on brokers
  for each statement execute function raise_known_version();
create trigger broker_names_versioned after insert on broker_names
  for each statement execute function raise_known_version();
create trigger broker_phones_versioned after insert on broker_phones
  for each statement execute function raise_known_version();
create trigger broker_agencies_versioned after insert on broker_agencies
  for each statement execute function raise_known_version();
create trigger agency_readings_versioned_in after insert on agency_readings
  referencing new table as added for each statement execute function raise_register_version();
create trigger agency_readings_versioned_over after update on agency_readings
  referencing new table as added for each statement execute function raise_register_version();
"""

LOOKS = """
create table case_register_looks (
  case_id uuid constraint pk_case_register_looks primary key
    constraint fk_case_register_looks_case_id_complaints references complaints,
  version bigint not null,
  fits boolean not null
);
"""

# The month and a number are all that is known of where a name comes from. Which case taught it stands sealed
# in the case.
TAUGHT = """
create table taught_names (
  id uuid constraint pk_taught_names primary key,
  agency_id uuid not null
    constraint fk_taught_names_agency_id_agencies references agencies on delete cascade,
  name text not null,
  name_norm text collate "C" not null,
  heard text collate "C" not null,
  cases integer not null,
  since_month date not null,
  is_public boolean not null default false,
  constraint uq_taught_names_name_norm unique (agency_id, name_norm),
  constraint ck_taught_names_name check (length(name) between 2 and 100),
  constraint ck_taught_names_cases check (cases > 0),
  constraint ck_taught_names_month check (extract(day from since_month) = 1)
);
create index ix_taught_names_heard on taught_names (heard);
create trigger taught_names_versioned after insert on taught_names
  for each statement execute function raise_known_version();
create table link_taught_names (
  link_id uuid constraint pk_link_taught_names primary key
    constraint fk_link_taught_names_link_id_complaint_links references complaint_links,
  name_sealed bytea not null
);
create trigger link_taught_names_append_only before update or delete or truncate
  on link_taught_names for each statement execute function forbid_change();
"""
