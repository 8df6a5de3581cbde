"""Brokers as records of their own: names, numbers, areas, ties to agencies by evidence (decision 0024)."""

from alembic import op
from migration_sql import run
from sqlalchemy import text

from recruitwatch.brokers.rules import heard_keys
from recruitwatch.names.rules import normalise

revision = "011"
down_revision = "010"


def upgrade() -> None:
    run(DETAILS)
    run(ENTERED_BEFORE)
    _give_search_keys()
    run(TIES)
    run(JUDGED)
    run(ERASING)


# A name or a number may be wrong and a person may ask that it goes: these can be removed, and history
# says that something was. What was judged is only ever added to.
DETAILS = """
create table broker_names (
  id uuid constraint pk_broker_names primary key,
  broker_id uuid not null constraint fk_broker_names_broker_id_brokers references brokers,
  name text not null,
  name_norm text not null,
  heard text[] not null default '{}',
  constraint uq_broker_names_once unique (broker_id, name),
  constraint ck_broker_names_name check (length(name) between 1 and 200)
);
create index ix_broker_names_name_norm on broker_names (name_norm, broker_id);
create index ix_broker_names_name_norm_trgm on broker_names using gin (name_norm gin_trgm_ops);
create index ix_broker_names_heard on broker_names using gin (heard);
create table broker_phones (
  id uuid constraint pk_broker_phones primary key,
  broker_id uuid not null constraint fk_broker_phones_broker_id_brokers references brokers,
  kind text not null,
  service text not null,
  value text not null,
  value_norm text not null,
  constraint uq_broker_phones_once unique (broker_id, kind, service, value),
  constraint ck_broker_phones_kind check (kind in ('phone', 'wallet')),
  constraint ck_broker_phones_service check (service = '' or kind = 'wallet'),
  constraint ck_broker_phones_value check (length(value) between 1 and 60)
);
create index ix_broker_phones_value_norm on broker_phones (value_norm, broker_id);
create table broker_areas (
  id uuid constraint pk_broker_areas primary key,
  broker_id uuid not null constraint fk_broker_areas_broker_id_brokers references brokers,
  area text not null,
  area_norm text not null,
  constraint uq_broker_areas_once unique (broker_id, area),
  constraint ck_broker_areas_area check (length(area) between 1 and 200)
);
create index ix_broker_areas_area_norm on broker_areas (area_norm, broker_id);
"""

ENTERED_BEFORE = """
insert into broker_names (id, broker_id, name, name_norm)
  select gen_random_uuid(), id, name, lower(name) from brokers;
insert into broker_phones (id, broker_id, kind, service, value, value_norm)
  select gen_random_uuid(), id, 'phone', '', phone, phone_norm from brokers where phone <> '';
insert into broker_areas (id, broker_id, area, area_norm)
  select gen_random_uuid(), id, area, lower(area) from brokers where area <> '';
alter table brokers drop column phone, drop column phone_norm, drop column area;
alter table brokers add column hidden_at timestamptz;
alter table brokers add column look_again_on date;
update brokers set look_again_on = make_date(extract(year from entered_at)::integer + 3, 1, 1);
alter table brokers alter column look_again_on set not null;
create index ix_brokers_look_again_on on brokers (look_again_on, id);
"""


def _give_search_keys() -> None:
    """The key of a name is made by the rule that searches it, not by the database."""
    connection = op.get_bind()
    for table, column in (("broker_names", "name"), ("broker_areas", "area")):
        for identity, said in connection.execute(text(f"select id, {column} from {table}")):
            connection.execute(
                text(f"update {table} set {column}_norm = :key where id = :id"),
                {"key": normalise(said), "id": identity},
            )
    for identity, said in connection.execute(text("select id, name from broker_names")):
        connection.execute(
            text("update broker_names set heard = :keys where id = :id"),
            {"keys": list(heard_keys(said)), "id": identity},
        )


# One word on a broker and an agency stands at a time: the last of its chain. The same holds for one record
# and the record that it is a part of.
TIES = """
create table broker_agencies (
  id uuid constraint pk_broker_agencies primary key,
  broker_id uuid not null constraint fk_broker_agencies_broker_id_brokers references brokers,
  agency_id uuid not null constraint fk_broker_agencies_agency_id_agencies references agencies,
  judgement text not null,
  evidence text[] not null,
  confidence text not null,
  reason text not null,
  supersedes uuid constraint uq_broker_agencies_supersedes unique
    constraint fk_broker_agencies_supersedes_broker_agencies references broker_agencies,
  judged_by uuid not null constraint fk_broker_agencies_judged_by_people references people,
  judged_at timestamptz not null,
  constraint ck_broker_agencies_judgement check
    (judgement in ('confirmed', 'rejected', 'withdrawn')),
  constraint ck_broker_agencies_evidence check
    (evidence <@ array['document', 'same_number', 'admitted', 'finding', 'visit', 'decision', 'cases']
     and (judgement = 'confirmed') = (cardinality(evidence) > 0)),
  constraint ck_broker_agencies_confidence check
    (case when judgement <> 'confirmed' then confidence = ''
      when confidence = 'certain' then cardinality(evidence) > 1
        or evidence && array['admitted', 'finding', 'decision']
      else confidence = 'likely' end),
  constraint ck_broker_agencies_withdrawn check
    (judgement <> 'withdrawn' or supersedes is not null),
  constraint ck_broker_agencies_reason check (length(reason) between 1 and 2000)
);
create unique index uq_broker_agencies_first on broker_agencies (broker_id, agency_id)
  where supersedes is null;
create index ix_broker_agencies_agency_id on broker_agencies (agency_id, broker_id);
create table broker_merges (
  id uuid constraint pk_broker_merges primary key,
  broker_id uuid not null constraint fk_broker_merges_broker_id_brokers references brokers,
  into_id uuid constraint fk_broker_merges_into_id_brokers references brokers,
  reason text not null,
  supersedes uuid constraint uq_broker_merges_supersedes unique
    constraint fk_broker_merges_supersedes_broker_merges references broker_merges,
  judged_by uuid not null constraint fk_broker_merges_judged_by_people references people,
  judged_at timestamptz not null,
  constraint ck_broker_merges_into check
    (into_id <> broker_id and (into_id is not null or supersedes is not null)),
  constraint ck_broker_merges_reason check (length(reason) between 1 and 2000)
);
create unique index uq_broker_merges_first on broker_merges (broker_id) where supersedes is null;
create index ix_broker_merges_into_id on broker_merges (into_id);
"""

# Chains stay within one pair, and records that are one person form a tree: two merges at once could
# otherwise close a ring, so they wait for each other.
JUDGED = """
create function broker_tie_follows() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  if new.supersedes is not null and not exists (select 1 from broker_agencies
      where id = new.supersedes and broker_id = new.broker_id and agency_id = new.agency_id) then
    raise exception 'a later word is on the same broker and agency'
      using errcode = 'check_violation', constraint = 'tr_broker_agencies_follows';
  end if;
  return new;
end $$;
create trigger broker_agencies_follows before insert on broker_agencies
  for each row execute function broker_tie_follows();
create function broker_merge_follows() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
declare above uuid := new.into_id;
begin
  perform pg_advisory_xact_lock(hashtext('broker_merges'));
  if new.supersedes is not null and not exists (select 1 from broker_merges
      where id = new.supersedes and broker_id = new.broker_id) then
    raise exception 'a later word is on the same record'
      using errcode = 'check_violation', constraint = 'tr_broker_merges_follows';
  end if;
  while above is not null loop
    if above = new.broker_id then
      raise exception 'these records are one person already'
        using errcode = 'check_violation', constraint = 'tr_broker_merges_ring';
    end if;
    above := (select m.into_id from broker_merges m where m.broker_id = above
      and not exists (select 1 from broker_merges l where l.supersedes = m.id));
  end loop;
  return new;
end $$;
create trigger broker_merges_follows before insert on broker_merges
  for each row execute function broker_merge_follows();
"""

# A record is erased where nothing ties it to an agency or to another record. If a case names it, the case
# keeps the name until its own time is over; all else goes, and lists show it no more. Whoever erases gets
# the same answer either way: the answer must not tell that a case names somebody.
ERASING = """
create function broker_words_append_only() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  if tg_op <> 'DELETE' or not exists (select 1 from brokers
      where id = old.broker_id and hidden_at is not null) then
    raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
  end if;
  return old;
end $$;
create trigger broker_agencies_append_only before update or delete on broker_agencies
  for each row execute function broker_words_append_only();
create trigger broker_merges_append_only before update or delete on broker_merges
  for each row execute function broker_words_append_only();
create trigger broker_agencies_no_truncate before truncate on broker_agencies
  for each statement execute function forbid_change();
create trigger broker_merges_no_truncate before truncate on broker_merges
  for each statement execute function forbid_change();

create function remove_broker_name(wanted uuid) returns void language plpgsql
security definer set search_path = public, pg_temp as $$
declare record_id uuid; gone text;
begin
  select broker_id into record_id from broker_names where id = wanted;
  perform 1 from brokers where id = record_id for update;
  if not exists (select 1 from broker_names where broker_id = record_id and id <> wanted) then
    raise exception 'a record needs a name' using errcode = 'check_violation',
      constraint = 'tr_broker_names_last';
  end if;
  delete from broker_names where id = wanted returning name into gone;
  update brokers set name = (select n.name from broker_names n where n.broker_id = record_id
      order by n.name_norm, n.id limit 1)
    where id = record_id and name = gone;
end $$;

create function keep_broker(wanted uuid, until date) returns void language sql
security definer set search_path = public, pg_temp as $$
  update brokers set look_again_on = until
    where id = wanted and hidden_at is null and look_again_on < until
$$;

create function erase_broker(wanted uuid, at timestamptz) returns void language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtext('broker_merges'));
  perform 1 from brokers where id = wanted and hidden_at is null for update;
  if not found then
    return;
  end if;
  if exists (select 1 from broker_agencies t where t.broker_id = wanted
        and t.judgement = 'confirmed'
        and not exists (select 1 from broker_agencies l where l.supersedes = t.id))
     or exists (select 1 from broker_merges m where m.into_id is not null
        and wanted in (m.broker_id, m.into_id)
        and not exists (select 1 from broker_merges l where l.supersedes = m.id)) then
    raise exception 'this broker is tied' using errcode = 'check_violation',
      constraint = 'tr_brokers_tied';
  end if;
  update brokers set hidden_at = at where id = wanted;
  delete from broker_names where broker_id = wanted;
  delete from broker_phones where broker_id = wanted;
  delete from broker_areas where broker_id = wanted;
  delete from broker_agencies where broker_id = wanted;
  delete from broker_merges where broker_id = wanted;
  perform forget_broker(wanted);
end $$;

create function forget_broker(wanted uuid) returns void language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  if exists (select 1 from complaint_links where broker_id = wanted) then
    update brokers set name = '-' where id = wanted and hidden_at is not null
      and not exists (select 1 from complaint_links l join complaints c on c.id = l.case_id
        where l.broker_id = wanted and c.erased_at is null);
  else
    delete from brokers b where b.id = wanted and b.hidden_at is not null
      and not exists (select 1 from broker_merges m where m.into_id = wanted);
    update brokers set name = '-' where id = wanted and hidden_at is not null;
  end if;
end $$;

create function erased_case_forgets_brokers() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  perform forget_broker(b.id) from brokers b
    where b.hidden_at is not null and b.name <> '-'
      and exists (select 1 from complaint_links l
        where l.broker_id = b.id and l.case_id = new.id);
  return null;
end $$;
create trigger complaints_forget_brokers after update of erased_at on complaints
  for each row when (new.erased_at is not null and old.erased_at is null)
  execute function erased_case_forgets_brokers();
"""
