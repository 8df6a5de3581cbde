"""Complaints: keys of people and of the escrow, drafts, sealed cases, their steps and judgements."""

from migration_sql import run

revision = "007"
down_revision = "006"


def upgrade() -> None:
    run(KEYS)
    run(DESKS)
    run(DRAFTS)
    run(STATES)
    run(CASES)
    run(HOLDERS)
    run(WORK)
    run(DECISIONS)
    run(GUARDS)
    run(APPEND_ONLY)


# A person's private key is sealed under the password, and under the sign-in while one is open. The
# escrow's private part is nowhere here: it is on paper, in three shares.
KEYS = """
create table person_keys (
  id uuid constraint pk_person_keys primary key,
  person_id uuid not null constraint uq_person_keys_person_id unique
    constraint fk_person_keys_person_id_people references people,
  public_key bytea not null,
  private_sealed bytea not null,
  salt bytea not null,
  made_at timestamptz not null
);
alter table sign_ins add column key_sealed bytea;
create table escrow_keys (
  id uuid constraint pk_escrow_keys primary key,
  public_key bytea not null,
  made_at timestamptz not null,
  retired_at timestamptz
);
create unique index uq_escrow_keys_current on escrow_keys ((retired_at is null))
  where retired_at is null;
"""

# A desk takes cases: an office, or oversight for complaints about officials. It takes none until a second
# person has confirmed it. An officer whom nobody admitted was let in by two shares of the escrow.
DESKS = """
create table complaint_desks (
  id uuid constraint pk_complaint_desks primary key,
  kind text not null,
  office_id uuid constraint uq_complaint_desks_office_id unique
    constraint fk_complaint_desks_office_id_offices references offices,
  takes_public boolean not null,
  opened_by uuid not null,
  opened_at timestamptz not null,
  confirmed_by uuid,
  confirmed_at timestamptz,
  constraint ck_complaint_desks_confirmed check
    ((confirmed_by is null) = (confirmed_at is null) and confirmed_by <> opened_by),
  constraint ck_complaint_desks_kind check (kind in ('office', 'oversight')),
  constraint ck_complaint_desks_office check ((kind = 'office') = (office_id is not null))
);
create unique index uq_complaint_desks_oversight on complaint_desks (kind)
  where kind = 'oversight';
create table desk_officers (
  desk_id uuid not null constraint fk_desk_officers_desk_id_complaint_desks
    references complaint_desks,
  person_id uuid not null constraint fk_desk_officers_person_id_people references people,
  cleared boolean not null,
  admitted_by uuid,
  admitted_at timestamptz not null,
  left_at timestamptz,
  constraint pk_desk_officers primary key (desk_id, person_id)
);
create index ix_desk_officers_person_id on desk_officers (person_id);
create table help_numbers (
  id uuid constraint pk_help_numbers primary key,
  position integer not null constraint uq_help_numbers_position unique,
  name text not null,
  number text not null,
  hours text not null,
  constraint ck_help_numbers_name check (length(name) between 1 and 80),
  constraint ck_help_numbers_number check (length(number) between 2 and 30)
);
"""

DRAFTS = """
create table complaint_drafts (
  token_hash bytea constraint pk_complaint_drafts primary key,
  case_id uuid not null constraint uq_complaint_drafts_case_id unique,
  sealed bytea not null,
  secret_by_token bytea,
  secret_by_code bytea,
  code_hash bytea constraint uq_complaint_drafts_code_hash unique,
  code_public bytea,
  pepper_sealed bytea,
  period text not null,
  operator_id uuid,
  saved_at timestamptz not null,
  expires_at timestamptz not null,
  sent_at timestamptz
);
create index ix_complaint_drafts_expires_at on complaint_drafts (expires_at);
create table complaint_files (
  id uuid constraint pk_complaint_files primary key,
  case_id uuid not null,
  facts_sealed bytea not null,
  original text not null,
  copy text not null,
  added_at timestamptz not null
);
create index ix_complaint_files_case_id on complaint_files (case_id, added_at, id);
create table complaint_code_tries (
  id bigint generated always as identity constraint pk_complaint_code_tries primary key,
  code_hash bytea not null,
  at timestamptz not null
);
create index ix_complaint_code_tries_code_hash on complaint_code_tries (code_hash, at);
create index ix_complaint_code_tries_at on complaint_code_tries (at);
create table complaint_visits (
  token_hash bytea constraint pk_complaint_visits primary key,
  case_id uuid not null,
  secret_sealed bytea not null,
  expires_at timestamptz not null
);
create index ix_complaint_visits_expires_at on complaint_visits (expires_at);
create table complaint_nonces (
  hash bytea constraint pk_complaint_nonces primary key,
  expires_at timestamptz not null
);
create index ix_complaint_nonces_expires_at on complaint_nonces (expires_at);
"""

STATES = """
create table complaint_states (
  state text constraint pk_complaint_states primary key,
  enterable boolean not null
);
insert into complaint_states (state, enterable) values
  ('received', true),
  ('triage', true),
  ('screen', true),
  ('duplicate', true),
  ('not_a_complaint', true),
  ('partly_outside', true),
  ('referred_out', false),
  ('linking', true),
  ('unlinked_pattern', true),
  ('assigned', true),
  ('reassign', true),
  ('plan', true),
  ('consent_notice', false),
  ('hold', false),
  ('noticed', false),
  ('reply_in', false),
  ('reply_late', false),
  ('inspect_only', true),
  ('investigate', true),
  ('conciliate', false),
  ('settled', false),
  ('decide', true),
  ('remedy', false),
  ('paid', false),
  ('part_paid', false),
  ('default', false),
  ('enforce', false),
  ('appeal', false),
  ('closed', true),
  ('reopened', true);
create table complaint_transitions (
  before_state text not null constraint fk_complaint_transitions_before_state_complaint_states
    references complaint_states,
  after_state text not null constraint fk_complaint_transitions_after_state_complaint_states
    references complaint_states,
  mover text not null,
  enabled boolean not null,
  constraint pk_complaint_transitions primary key (before_state, after_state),
  constraint ck_complaint_transitions_mover check (mover in ('officer', 'worker', 'either'))
);
insert into complaint_transitions (before_state, after_state, mover, enabled) values
  ('received', 'triage', 'officer', true),
  ('triage', 'screen', 'officer', true),
  ('triage', 'duplicate', 'officer', true),
  ('triage', 'not_a_complaint', 'officer', true),
  ('screen', 'linking', 'officer', true),
  ('screen', 'partly_outside', 'officer', true),
  ('screen', 'referred_out', 'officer', false),
  ('partly_outside', 'linking', 'officer', true),
  ('linking', 'assigned', 'officer', true),
  ('linking', 'unlinked_pattern', 'officer', true),
  ('unlinked_pattern', 'linking', 'officer', true),
  ('unlinked_pattern', 'assigned', 'officer', true),
  ('assigned', 'plan', 'officer', true),
  ('assigned', 'reassign', 'officer', true),
  ('reassign', 'assigned', 'officer', true),
  ('plan', 'inspect_only', 'officer', true),
  ('plan', 'investigate', 'officer', true),
  ('plan', 'consent_notice', 'officer', false),
  ('consent_notice', 'noticed', 'officer', false),
  ('consent_notice', 'inspect_only', 'officer', false),
  ('consent_notice', 'hold', 'officer', false),
  ('hold', 'consent_notice', 'officer', false),
  ('noticed', 'reply_in', 'officer', false),
  ('noticed', 'reply_late', 'officer', false),
  ('reply_in', 'investigate', 'officer', false),
  ('reply_late', 'investigate', 'officer', false),
  ('inspect_only', 'investigate', 'officer', true),
  ('investigate', 'linking', 'officer', true),
  ('investigate', 'conciliate', 'officer', false),
  ('conciliate', 'settled', 'officer', false),
  ('conciliate', 'decide', 'officer', false),
  ('settled', 'remedy', 'officer', false),
  ('settled', 'closed', 'officer', false),
  ('decide', 'closed', 'officer', true),
  ('decide', 'investigate', 'officer', true),
  ('decide', 'remedy', 'officer', false),
  ('remedy', 'paid', 'officer', false),
  ('remedy', 'part_paid', 'officer', false),
  ('remedy', 'default', 'officer', false),
  ('paid', 'closed', 'officer', false),
  ('part_paid', 'remedy', 'officer', false),
  ('default', 'enforce', 'officer', false),
  ('enforce', 'remedy', 'officer', false),
  ('enforce', 'closed', 'officer', false),
  ('closed', 'appeal', 'officer', false),
  ('appeal', 'decide', 'officer', false),
  ('duplicate', 'triage', 'officer', true),
  ('not_a_complaint', 'triage', 'officer', true),
  ('closed', 'reopened', 'either', true),
  ('reopened', 'triage', 'officer', true),
  ('reopened', 'linking', 'officer', true),
  ('reopened', 'investigate', 'officer', true),
  ('assigned', 'decide', 'worker', true),
  ('duplicate', 'decide', 'either', true),
  ('inspect_only', 'decide', 'worker', true),
  ('investigate', 'decide', 'either', true),
  ('linking', 'decide', 'worker', true),
  ('not_a_complaint', 'decide', 'either', true),
  ('partly_outside', 'decide', 'worker', true),
  ('plan', 'decide', 'worker', true),
  ('reassign', 'decide', 'worker', true),
  ('received', 'decide', 'worker', true),
  ('reopened', 'decide', 'either', true),
  ('screen', 'decide', 'worker', true),
  ('triage', 'decide', 'worker', true),
  ('unlinked_pattern', 'decide', 'worker', true);
"""

# What is not sealed here is for routing and figures: no column holds a word of the worker.
CASES = """
create table complaints (
  id uuid constraint pk_complaints primary key,
  reference text not null constraint uq_complaints_reference unique,
  card_mark text not null constraint uq_complaints_card_mark unique,
  desk_id uuid not null constraint fk_complaints_desk_id_complaint_desks references complaint_desks,
  compartment text not null,
  channel text not null,
  language text not null,
  state text not null constraint fk_complaints_state_complaint_states references complaint_states,
  state_since timestamptz not null,
  state_due_at timestamptz,
  last_step_id bigint not null default 0,
  urgency text not null,
  urgency_change_id uuid,
  safety boolean not null,
  filed_at timestamptz not null,
  contact_due_at timestamptz not null,
  contacted_at timestamptz,
  decide_due_on date not null,
  next_news_on date not null,
  assigned_to uuid constraint fk_complaints_assigned_to_people references people,
  withdrawn_at timestamptz,
  withdrawn_pressed boolean not null default false,
  closed_at timestamptz,
  statement_sealed bytea,
  code_hash bytea constraint uq_complaints_code_hash unique,
  code_public bytea,
  secret_by_code bytea,
  escrow_id uuid constraint fk_complaints_escrow_id_escrow_keys references escrow_keys,
  secret_by_escrow bytea,
  pepper_sealed bytea,
  period text not null,
  erased_at timestamptz,
  was_hidden boolean not null default false,
  constraint ck_complaints_compartment check (compartment in ('general', 'protected', 'oversight')),
  constraint ck_complaints_channel check (channel in ('worker', 'operator')),
  constraint ck_complaints_urgency check (urgency in ('S1', 'S2', 'S3', 'S4')),
  constraint ck_complaints_sealed check (erased_at is not null or (statement_sealed is not null
    and code_hash is not null and code_public is not null and secret_by_code is not null
    and secret_by_escrow is not null and pepper_sealed is not null))
);
create index ix_complaints_queue on complaints (desk_id, urgency, contact_due_at, id)
  where closed_at is null;
create index ix_complaints_filed_at on complaints (filed_at, id);
create index ix_complaints_period on complaints (period) where erased_at is null;
"""

HOLDERS = """
create table case_exclusions (
  id bigint generated always as identity constraint pk_case_exclusions primary key,
  case_id uuid not null constraint fk_case_exclusions_case_id_complaints references complaints,
  office_id uuid,
  person_id uuid,
  constraint ck_case_exclusions_one check ((office_id is null) <> (person_id is null))
);
create index ix_case_exclusions_case_id on case_exclusions (case_id);
create table case_keys (
  case_id uuid not null constraint fk_case_keys_case_id_complaints references complaints,
  key_id uuid not null constraint fk_case_keys_key_id_person_keys
    references person_keys on delete cascade,
  wrapped bytea not null,
  given_by uuid,
  given_at timestamptz not null,
  constraint pk_case_keys primary key (case_id, key_id)
);
create index ix_case_keys_key_id on case_keys (key_id, case_id);
create table complaint_openings (
  id bigint generated always as identity constraint pk_complaint_openings primary key,
  case_id uuid not null constraint fk_complaint_openings_case_id_complaints references complaints,
  person_id uuid not null,
  role text not null,
  part text not null,
  at timestamptz not null,
  constraint ck_complaint_openings_part check (part in ('case', 'copy', 'original'))
);
create index ix_complaint_openings_case_id on complaint_openings (case_id, id);
"""

WORK = """
create table complaint_messages (
  id uuid constraint pk_complaint_messages primary key,
  case_id uuid not null constraint fk_complaint_messages_case_id_complaints references complaints,
  from_worker boolean not null,
  written_by uuid,
  sealed bytea not null,
  at timestamptz not null,
  constraint ck_complaint_messages_writer check (from_worker = (written_by is null))
);
create index ix_complaint_messages_case_id on complaint_messages (case_id, at, id);
create table complaint_classifications (
  id bigint generated always as identity constraint pk_complaint_classifications primary key,
  case_id uuid not null constraint fk_complaint_classifications_case_id_complaints
    references complaints,
  book_version integer not null,
  codes text[] not null,
  main_code text not null,
  stage text not null,
  escalators text[] not null,
  conditions text[] not null,
  compartment text not null,
  set_by uuid not null,
  set_at timestamptz not null,
  constraint ck_complaint_classifications_main check (main_code = any (codes)),
  constraint ck_complaint_classifications_stage check
    (stage in ('before_departure', 'transit', 'at_work', 'return', 'unknown'))
);
create index ix_complaint_classifications_case_id on complaint_classifications (case_id, id);
create table complaint_urgencies (
  id uuid constraint pk_complaint_urgencies primary key,
  case_id uuid not null constraint fk_complaint_urgencies_case_id_complaints references complaints,
  from_urgency text not null,
  to_urgency text not null,
  reason_sealed bytea not null,
  set_by uuid,
  set_at timestamptz not null,
  constraint ck_complaint_urgencies_worker check (set_by is not null or to_urgency = 'S1')
);
create index ix_complaint_urgencies_case_id on complaint_urgencies (case_id, set_at, id);
create table complaint_urgency_seconds (
  change_id uuid constraint pk_complaint_urgency_seconds primary key
    constraint fk_complaint_urgency_seconds_change_id_complaint_urgencies
    references complaint_urgencies,
  person_id uuid not null,
  at timestamptz not null
);
create table complaint_safety_ends (
  id uuid constraint pk_complaint_safety_ends primary key,
  case_id uuid not null constraint fk_complaint_safety_ends_case_id_complaints references complaints,
  reason_sealed bytea not null,
  ended_by uuid not null,
  ended_at timestamptz not null
);
create index ix_complaint_safety_ends_case_id on complaint_safety_ends (case_id, ended_at, id);
create table brokers (
  id uuid constraint pk_brokers primary key,
  name text not null,
  phone text not null,
  phone_norm text not null,
  area text not null,
  entered_by uuid not null,
  entered_at timestamptz not null,
  constraint ck_brokers_name check (length(name) between 1 and 200)
);
create index ix_brokers_name on brokers (name, id);
create index ix_brokers_phone_norm on brokers (phone_norm);
create table complaint_links (
  id uuid constraint pk_complaint_links primary key,
  case_id uuid not null constraint fk_complaint_links_case_id_complaints references complaints,
  target text not null,
  agency_id uuid constraint fk_complaint_links_agency_id_agencies references agencies,
  broker_id uuid constraint fk_complaint_links_broker_id_brokers references brokers,
  judgement text not null,
  basis text not null,
  reason_sealed bytea not null,
  supersedes uuid constraint uq_complaint_links_supersedes unique
    constraint fk_complaint_links_supersedes_complaint_links references complaint_links,
  judged_by uuid not null,
  judged_at timestamptz not null,
  constraint ck_complaint_links_target check (target in ('agency', 'broker', 'none')),
  constraint ck_complaint_links_agency check ((target = 'agency') = (agency_id is not null)),
  constraint ck_complaint_links_broker check ((target = 'broker') = (broker_id is not null)),
  constraint ck_complaint_links_judgement check (judgement in ('confirmed', 'rejected', 'withdrawn')),
  constraint ck_complaint_links_basis check (basis in ('document', 'two_facts', 'admitted', 'none'))
);
create index ix_complaint_links_case_id on complaint_links (case_id, judged_at, id);
create index ix_complaint_links_agency_id on complaint_links (agency_id) where agency_id is not null;
"""

DECISIONS = """
create table complaint_decisions (
  id uuid constraint pk_complaint_decisions primary key,
  case_id uuid not null constraint fk_complaint_decisions_case_id_complaints references complaints,
  outcome text not null,
  responsibility text not null,
  workers integer not null,
  severity text not null,
  category text not null,
  book_version integer not null,
  seconds_needed integer not null,
  reasons_sealed bytea not null,
  told_sealed bytea not null,
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  after_step bigint not null default 0,
  constraint ck_complaint_decisions_outcome check (outcome in ('substantiated',
    'partly_substantiated', 'not_substantiated', 'insufficient_evidence', 'settled_confirmed',
    'withdrawn_own_wish', 'withdrawn_pressure', 'referred_accepted', 'outside_mandate',
    'duplicate_linked', 'no_contact_sleeping', 'malicious')),
  constraint ck_complaint_decisions_responsibility check
    (responsibility in ('agency', 'employer', 'employer_told')),
  constraint ck_complaint_decisions_severity check (severity in ('critical', 'major', 'minor')),
  constraint ck_complaint_decisions_workers check (workers between 1 and 100000),
  constraint ck_complaint_decisions_seconds check (seconds_needed >= case outcome
    when 'malicious' then 2 when 'withdrawn_pressure' then 1 else 0 end)
);
create index ix_complaint_decisions_case_id on complaint_decisions (case_id, proposed_at, id);
create table complaint_decision_seconds (
  decision_id uuid not null
    constraint fk_complaint_decision_seconds_decision_id_complaint_decisions
    references complaint_decisions,
  person_id uuid not null,
  as_oversight boolean not null,
  at timestamptz not null,
  constraint pk_complaint_decision_seconds primary key (decision_id, person_id)
);
create table complaint_steps (
  id bigint generated always as identity constraint pk_complaint_steps primary key,
  case_id uuid not null constraint fk_complaint_steps_case_id_complaints references complaints,
  from_state text not null,
  to_state text not null,
  mover text not null,
  person_id uuid,
  decision_id uuid constraint fk_complaint_steps_decision_id_complaint_decisions
    references complaint_decisions,
  at timestamptz not null,
  constraint ck_complaint_steps_mover check (mover in ('officer', 'worker')),
  constraint ck_complaint_steps_person check ((mover = 'officer') = (person_id is not null))
);
create index ix_complaint_steps_case_id on complaint_steps (case_id, id);
"""

# The table of steps is kept by the database, whoever writes to it. The functions run as the owner, since
# the application's role may not lock or change all they need.
GUARDS = """
create function complaint_begins_received() returns trigger language plpgsql as $$
begin
  if new.state <> 'received' or new.last_step_id <> 0 or new.closed_at is not null then
    raise exception 'a case begins as received' using errcode = 'check_violation',
      constraint = 'tr_complaints_begin';
  end if;
  return new;
end $$;
create trigger complaints_begin before insert on complaints
  for each row execute function complaint_begins_received();

-- Nobody closes alone a case of somebody in danger, whom nobody spoke to, or who was pushed to stop.
create function complaint_needs_another(present complaints) returns boolean
language sql immutable as $$
  select present.urgency = 'S1' or present.contacted_at is null or present.withdrawn_pressed
$$;

create function complaint_step_allowed() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
declare present complaints; rule complaint_transitions; decision complaint_decisions;
begin
  select * into present from complaints where id = new.case_id for no key update;
  if new.from_state is distinct from present.state then
    raise exception 'the case stands elsewhere' using errcode = 'check_violation',
      constraint = 'tr_complaint_steps_stale';
  end if;
  select * into rule from complaint_transitions
    where before_state = new.from_state and after_state = new.to_state and enabled;
  if rule.before_state is null or rule.mover not in ('either', new.mover)
     or not (select enterable from complaint_states where state = new.to_state) then
    raise exception 'this step does not exist' using errcode = 'check_violation',
      constraint = 'tr_complaint_steps_allowed';
  end if;
  if new.to_state = 'assigned' and new.from_state in ('linking', 'unlinked_pattern') and not exists (
      select 1 from complaint_links own where own.case_id = new.case_id
      and own.judgement = 'confirmed' and not exists (
        select 1 from complaint_links later where later.supersedes = own.id)) then
    raise exception 'nobody judged whom the case is about' using errcode = 'check_violation',
      constraint = 'tr_complaint_steps_unlinked';
  end if;
  if new.to_state = 'closed' then
    select * into decision from complaint_decisions where id = new.decision_id;
    if decision.id is null or decision.case_id <> new.case_id
       or decision.after_step <> present.last_step_id
       or (select count(*) from complaint_decision_seconds where decision_id = decision.id)
            < greatest(decision.seconds_needed, complaint_needs_another(present)::integer)
       or decision.outcome = 'malicious' and not exists (select 1 from complaint_decision_seconds
            where decision_id = decision.id and as_oversight) then
      raise exception 'nobody decided the case' using errcode = 'check_violation',
        constraint = 'tr_complaint_steps_undecided';
    end if;
  elsif new.decision_id is not null then
    raise exception 'only closing rests on a decision' using errcode = 'check_violation',
      constraint = 'tr_complaint_steps_allowed';
  end if;
  return new;
end $$;
create trigger complaint_steps_allowed before insert on complaint_steps
  for each row execute function complaint_step_allowed();

-- Only a decision of the present stand closes: one from before more was found, or before a reopening,
-- is told by the numbers of steps, since clocks differ and go back.
create function complaint_decided_at_its_decision() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
declare present complaints;
begin
  select * into present from complaints where id = new.case_id for no key update;
  if present.state is distinct from 'decide' then
    raise exception 'the case does not stand at its decision' using errcode = 'check_violation',
      constraint = 'tr_complaint_decisions_stand';
  end if;
  if new.outcome in ('withdrawn_own_wish', 'withdrawn_pressure')
     and present.withdrawn_at is null then
    raise exception 'she did not take the case back' using errcode = 'check_violation',
      constraint = 'tr_complaint_decisions_withdrawn';
  end if;
  new.seconds_needed := greatest(new.seconds_needed, complaint_needs_another(present)::integer);
  new.after_step := present.last_step_id;
  return new;
end $$;
create trigger complaint_decisions_stand before insert on complaint_decisions
  for each row execute function complaint_decided_at_its_decision();

create function complaint_step_taken() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  update complaints set state = new.to_state, state_since = new.at, last_step_id = new.id,
    closed_at = case when new.to_state = 'closed' then new.at end
    where id = new.case_id;
  return null;
end $$;
create trigger complaint_steps_taken after insert on complaint_steps
  for each row execute function complaint_step_taken();

create function complaint_changes_by_steps() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  if (new.state, new.last_step_id, new.closed_at) is distinct from
     (old.state, old.last_step_id, old.closed_at) and not exists (
      select 1 from complaint_steps where id = new.last_step_id and case_id = new.id
      and id > old.last_step_id and from_state = old.state and to_state = new.state
      and (to_state = 'closed') = (new.closed_at is not null)) then
    raise exception 'a case moves by steps only' using errcode = 'check_violation',
      constraint = 'tr_complaints_by_steps';
  end if;
  if new.urgency > old.urgency and not exists (
      select 1 from complaint_urgencies change where change.id = new.urgency_change_id
      and change.case_id = new.id and change.from_urgency = old.urgency
      and change.to_urgency = new.urgency
      and change.id is distinct from old.urgency_change_id
      and not exists (select 1 from complaint_urgencies later where later.case_id = new.id
           and later.set_at > change.set_at)
      and (old.urgency <> 'S1' or exists (select 1 from complaint_urgency_seconds
           where change_id = change.id))) then
    raise exception 'lowering needs an officer with a reason, from S1 two'
      using errcode = 'check_violation', constraint = 'tr_complaints_urgency';
  end if;
  if array_position(array['general', 'protected', 'oversight'], new.compartment)
     < array_position(array['general', 'protected', 'oversight'], old.compartment) then
    raise exception 'a case moves to fewer readers only' using errcode = 'check_violation',
      constraint = 'tr_complaints_readers';
  end if;
  if (new.id, new.reference, new.card_mark, new.channel, new.filed_at) is distinct from
     (old.id, old.reference, old.card_mark, old.channel, old.filed_at)
     or (old.was_hidden and not new.was_hidden)
     or (new.erased_at is null and (new.statement_sealed, new.code_hash, new.code_public,
         new.secret_by_code) is distinct from
         (old.statement_sealed, old.code_hash, old.code_public, old.secret_by_code)) then
    raise exception 'what was filed stands' using errcode = 'check_violation',
      constraint = 'tr_complaints_filed';
  end if;
  return new;
end $$;
create trigger complaints_by_steps before update on complaints
  for each row execute function complaint_changes_by_steps();

create function second_is_another() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  if (tg_table_name = 'complaint_decision_seconds' and exists (select 1 from complaint_decisions
        where id = (to_jsonb(new)->>'decision_id')::uuid and proposed_by = new.person_id))
     or ((to_jsonb(new)->>'as_oversight')::boolean and not exists (select 1 from person_roles
        where person_id = new.person_id and role = 'oversight'))
     or (tg_table_name = 'complaint_urgency_seconds' and exists (select 1 from complaint_urgencies
        where id = (to_jsonb(new)->>'change_id')::uuid and set_by = new.person_id)) then
    raise exception 'nobody seconds themselves' using errcode = 'check_violation',
      constraint = 'tr_seconds_another';
  end if;
  return new;
end $$;
create trigger complaint_decision_seconds_another before insert on complaint_decision_seconds
  for each row execute function second_is_another();
create trigger complaint_urgency_seconds_another before insert on complaint_urgency_seconds
  for each row execute function second_is_another();

create function case_keys_for_the_desk() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  if exists (
      select 1 from added
      join complaints on complaints.id = added.case_id
      join complaint_desks on complaint_desks.id = complaints.desk_id
      join person_keys on person_keys.id = added.key_id
      join people on people.id = person_keys.person_id
      left join desk_officers on desk_officers.desk_id = complaints.desk_id
        and desk_officers.person_id = people.id and desk_officers.left_at is null
      where desk_officers.person_id is null
        or desk_officers.admitted_at < person_keys.made_at
        or people.disabled_at is not null
        or complaint_desks.confirmed_at is null
        or (complaint_desks.kind = 'office' and people.office_id <> complaint_desks.office_id)
        or (complaint_desks.kind = 'office' and complaints.compartment = 'oversight')
        or not exists (select 1 from person_roles where person_id = people.id and role =
             case complaint_desks.kind when 'office' then 'complaints_officer' else 'oversight' end)
        or (complaints.compartment = 'protected' and not desk_officers.cleared)
        or exists (select 1 from case_exclusions own where own.case_id = complaints.id
             and (own.person_id = people.id or own.office_id = people.office_id))) then
    raise exception 'this person may not hold the key of this case'
      using errcode = 'check_violation', constraint = 'tr_case_keys_holder';
  end if;
  return null;
end $$;
create trigger case_keys_holder after insert on case_keys referencing new table as added
  for each statement execute function case_keys_for_the_desk();
create trigger case_keys_holder_changed after update on case_keys referencing new table as added
  for each statement execute function case_keys_for_the_desk();
"""

APPEND_ONLY = """
create trigger complaint_openings_append_only before update or delete or truncate
  on complaint_openings for each statement execute function forbid_change();
create trigger complaint_messages_append_only before update or delete or truncate
  on complaint_messages for each statement execute function forbid_change();
create trigger complaint_classifications_append_only before update or delete or truncate
  on complaint_classifications for each statement execute function forbid_change();
create trigger complaint_urgencies_append_only before update or delete or truncate
  on complaint_urgencies for each statement execute function forbid_change();
create trigger complaint_urgency_seconds_append_only before update or delete or truncate
  on complaint_urgency_seconds for each statement execute function forbid_change();
create trigger complaint_safety_ends_append_only before update or delete or truncate
  on complaint_safety_ends for each statement execute function forbid_change();
create trigger complaint_links_append_only before update or delete or truncate
  on complaint_links for each statement execute function forbid_change();
create trigger complaint_decisions_append_only before update or delete or truncate
  on complaint_decisions for each statement execute function forbid_change();
create trigger complaint_decision_seconds_append_only before update or delete or truncate
  on complaint_decision_seconds for each statement execute function forbid_change();
create trigger complaint_steps_append_only before update or delete or truncate
  on complaint_steps for each statement execute function forbid_change();
create trigger case_exclusions_append_only before update or truncate
  on case_exclusions for each statement execute function forbid_change();
create function case_exclusions_until_erased() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from complaints where id = old.case_id and erased_at is not null) then
    raise exception 'case_exclusions is append-only until its case is erased'
      using errcode = 'insufficient_privilege';
  end if;
  return old;
end $$;
create trigger case_exclusions_erased before delete on case_exclusions
  for each row execute function case_exclusions_until_erased();
"""
