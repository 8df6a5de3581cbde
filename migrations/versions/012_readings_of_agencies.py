"""How the matcher reads each agency: its keys, its words, and how many agencies have each key (decision 0020).

The rows follow from the register and the word tables; `recruitwatch migrate` writes those that are missing
or were read with other tables.
"""

from migration_sql import run

revision = "012"
down_revision = "011"


def upgrade() -> None:
    run(READINGS)
    run(COUNTS)
    run(NO_TRIGRAMS)


# One row with a list of keys under a GIN index is a tenth of one row a key. What waits in a pending list
# is read whole by every search, so there is none.
READINGS = """
create table agency_readings (
  agency_id uuid constraint pk_agency_readings primary key
    constraint fk_agency_readings_agency_id_agencies references agencies on delete cascade,
  register_id text not null,
  read_with text not null,
  keys text[] collate "C" not null,
  reading bytea not null
);
create index ix_agency_readings_keys on agency_readings using gin (keys) with (fastupdate = off);
"""

# Counts are always true, whoever writes readings. Whoever counts in a register waits for whoever counts
# there already: otherwise two could wait for each other. The key '' counts the agencies.
COUNTS = """
create table agency_key_counts (
  key text collate "C" not null,
  register_id text not null,
  agencies integer not null,
  constraint pk_agency_key_counts primary key (key, register_id),
  constraint ck_agency_key_counts_agencies check (agencies >= 0)
);
create function count_agency_keys() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    perform lock_agency_keys(array(select distinct register_id from added));
    insert into agency_key_counts as known (key, register_id, agencies)
      select key, register_id, count(*) from added, unnest(keys || ''::text) key group by 1, 2
      on conflict (key, register_id) do update set agencies = known.agencies + excluded.agencies;
  elsif tg_op = 'DELETE' then
    perform lock_agency_keys(array(select distinct register_id from removed));
    update agency_key_counts known set agencies = known.agencies - gone.agencies from (
      select key, register_id, count(*) agencies from removed, unnest(keys || ''::text) key group by 1, 2
    ) gone where known.key = gone.key and known.register_id = gone.register_id;
  else
    perform lock_agency_keys(array(
      select register_id from added union select register_id from removed));
    insert into agency_key_counts as known (key, register_id, agencies)
      select key, register_id, 0 from (
        select key, register_id from added, unnest(keys || ''::text) key
        except select key, register_id from removed, unnest(keys || ''::text) key) fresh
      on conflict (key, register_id) do nothing;
    update agency_key_counts known set agencies = known.agencies + moved.agencies from (
      select key, register_id, sum(n) agencies from (
        select key, register_id, 1 n from added, unnest(keys || ''::text) key
        union all select key, register_id, -1 from removed, unnest(keys || ''::text) key) both_sides
      group by 1, 2 having sum(n) <> 0
    ) moved where known.key = moved.key and known.register_id = moved.register_id;
  end if;
  return null;
end $$;
create function lock_agency_keys(registers text[]) returns void language sql
set search_path = public, pg_temp as $$
  select pg_advisory_xact_lock(7412, hashtext(register_id)) from (
    select distinct unnest(registers) register_id order by 1) ordered;
$$;
create trigger agency_readings_counted_in after insert on agency_readings
  referencing new table as added for each statement execute function count_agency_keys();
create trigger agency_readings_counted_out after delete on agency_readings
  referencing old table as removed for each statement execute function count_agency_keys();
create trigger agency_readings_counted_over after update on agency_readings
  referencing new table as added old table as removed
  for each statement execute function count_agency_keys();
"""

# Searches asked it; now they ask the keys.
NO_TRIGRAMS = "drop index ix_agency_names_fuzzy"
