"""People of agencies, who see their own draft and findings only, and the lines of a card they contest."""

from migration_sql import run

revision = "010"
down_revision = "009"


def upgrade() -> None:
    run(PEOPLE)
    run(CONTESTS)
    run(DUE_PROCESS)
    run(APPEND_ONLY)


# A person belongs to an office of the ministry or to an agency, never to both, and an agency's people
# have one role, which nobody else has.
PEOPLE = """
alter table people alter column office_id drop not null;
alter table people add column agency_id uuid
  constraint fk_people_agency_id_agencies references agencies;
alter table people add constraint ck_people_one_side
  check ((office_id is null) <> (agency_id is null));
create index ix_people_agency_id on people (agency_id);
alter table person_roles drop constraint ck_person_roles_role;
alter table person_roles add constraint ck_person_roles_role check (role in ('administrator',
  'inspector', 'reviewer', 'complaints_officer', 'regulator', 'hotline_operator', 'oversight',
  'agency'));
create function person_role_side() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
declare of_agency boolean;
begin
  select agency_id is not null into of_agency from people where id = new.person_id;
  if of_agency <> (new.role = 'agency') then
    raise exception 'people of agencies have the role of agencies, and nobody else has it'
      using errcode = 'check_violation', constraint = 'tr_person_roles_side';
  end if;
  return new;
end $$;
create trigger person_roles_side before insert or update on person_roles
  for each row execute function person_role_side();
create function person_stays_on_side() returns trigger language plpgsql as $$
begin
  if new.agency_id is distinct from old.agency_id then
    raise exception 'nobody changes between an agency and the ministry'
      using errcode = 'check_violation', constraint = 'tr_people_side';
  end if;
  return new;
end $$;
create trigger people_side before update on people
  for each row execute function person_stays_on_side();
"""

# `points` is what the line cost when it was contested. A line of one card is contested once: who does
# not agree with the decision takes it to the appeal outside the unit.
CONTESTS = """
create table card_contests (
  id uuid constraint pk_card_contests primary key,
  card_id uuid not null constraint fk_card_contests_card_id_public_cards references public_cards,
  agency_id uuid not null constraint fk_card_contests_agency_id_agencies references agencies,
  filed_by uuid not null constraint fk_card_contests_filed_by_people references people,
  filed_at timestamptz not null,
  due_on date not null
);
create index ix_card_contests_agency_id on card_contests (agency_id, filed_at, id);
create index ix_card_contests_card_id on card_contests (card_id);
create index ix_card_contests_due_on on card_contests (due_on, id);
create table contested_lines (
  contest_id uuid not null constraint fk_contested_lines_contest_id_card_contests
    references card_contests,
  line_id text not null,
  card_id uuid not null constraint fk_contested_lines_card_id_public_cards references public_cards,
  points double precision,
  ground text not null,
  reason text not null,
  constraint pk_contested_lines primary key (contest_id, line_id),
  constraint uq_contested_lines_once unique (card_id, line_id),
  constraint ck_contested_lines_ground check (ground in ('wrong_fact', 'wrong_rule', 'wrong_weight',
    'wrong_attribution', 'already_fixed')),
  constraint ck_contested_lines_reason check (length(reason) between 1 and 4000)
);
create table contest_papers (
  id uuid constraint pk_contest_papers primary key,
  contest_id uuid not null constraint fk_contest_papers_contest_id_card_contests
    references card_contests,
  file_name text not null,
  media_type text not null,
  sha256 text not null,
  copy_sha256 text not null,
  size integer not null,
  added_at timestamptz not null
);
create index ix_contest_papers_contest_id on contest_papers (contest_id, added_at, id);
create table line_decisions (
  contest_id uuid not null,
  line_id text not null,
  upheld boolean not null,
  reason text not null,
  correction text,
  decided_by uuid not null constraint fk_line_decisions_decided_by_people references people,
  decided_at timestamptz not null,
  constraint pk_line_decisions primary key (contest_id, line_id),
  constraint fk_line_decisions_contest_id_contested_lines foreign key (contest_id, line_id)
    references contested_lines,
  constraint ck_line_decisions_reason check (length(reason) between 1 and 4000),
  constraint ck_line_decisions_correction check (upheld = (correction is not null))
);
alter table public_cards add column contest_id uuid
  constraint fk_public_cards_contest_id_card_contests references card_contests;
create unique index uq_public_cards_contest_id on public_cards (contest_id);
"""

# Only the agency's own people contest, once they have got the draft; whoever issued or published the card
# decides nothing about it.
DUE_PROCESS = """
create function contest_due_process() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  perform 1 from public_cards where card_id = new.card_id and agency_id = new.agency_id;
  if not found then
    raise exception 'the card is of another agency' using errcode = 'check_violation',
      constraint = 'tr_card_contests_agency';
  end if;
  perform 1 from people where id = new.filed_by and agency_id = new.agency_id;
  if not found then
    raise exception 'only the agency contests its card' using errcode = 'check_violation',
      constraint = 'tr_card_contests_filed_by';
  end if;
  perform 1 from card_steps where card_id = new.card_id and kind = 'served';
  if not found then
    raise exception 'the agency has not got the draft' using errcode = 'check_violation',
      constraint = 'tr_card_contests_not_served';
  end if;
  return new;
end $$;
create trigger card_contests_due_process before insert on card_contests
  for each row execute function contest_due_process();
create function contested_line_of_card() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  perform 1 from card_contests where id = new.contest_id and card_id = new.card_id;
  if not found then
    raise exception 'the line is of another card' using errcode = 'check_violation',
      constraint = 'tr_contested_lines_card';
  end if;
  return new;
end $$;
create trigger contested_lines_of_card before insert on contested_lines
  for each row execute function contested_line_of_card();
create function line_decider() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
declare contested uuid;
begin
  select card_id into contested from card_contests where id = new.contest_id;
  perform 1 from issued_scorecards where id = contested and issued_by = new.decided_by
    union all select 1 from card_steps where card_id = contested and taken_by = new.decided_by
      and kind in ('served', 'published', 'recalled')
    union all select 1 from people where id = new.decided_by and agency_id is not null;
  if found then
    raise exception 'another officer decides' using errcode = 'check_violation',
      constraint = 'tr_line_decisions_decider';
  end if;
  return new;
end $$;
create trigger line_decisions_decider before insert on line_decisions
  for each row execute function line_decider();
"""

APPEND_ONLY = """
create trigger card_contests_append_only before update or delete or truncate on card_contests
  for each statement execute function forbid_change();
create trigger contested_lines_append_only before update or delete or truncate on contested_lines
  for each statement execute function forbid_change();
create trigger contest_papers_append_only before update or delete or truncate on contest_papers
  for each statement execute function forbid_change();
create trigger line_decisions_append_only before update or delete or truncate on line_decisions
  for each statement execute function forbid_change();
"""
