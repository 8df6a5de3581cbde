"""Audits from draft to approval, and the findings with the agency's right of reply."""

from migration_sql import run

revision = "004"
down_revision = "003"


def upgrade() -> None:
    run(AUDITS)
    run(FROZEN)
    run(SUBMISSIONS)
    run(FINDINGS)
    run(DUE_PROCESS)


AUDITS = """
create table audits (
  id uuid constraint pk_audits primary key,
  agency_id uuid not null constraint fk_audits_agency_id_agencies references agencies,
  state text not null,
  announced boolean not null,
  unannounced_reason text not null,
  visited_on date not null,
  facts jsonb not null,
  inspector_id uuid not null constraint fk_audits_inspector_id_people references people,
  office_id uuid not null constraint fk_audits_office_id_offices references offices,
  revision integer not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint ck_audits_state check (state in ('draft', 'submitted', 'returned', 'approved', 'abandoned')),
  constraint ck_audits_unannounced check (announced or length(unannounced_reason) > 0)
);
create index ix_audits_agency_id on audits (agency_id, visited_on);
create index ix_audits_inspector_id on audits (inspector_id, state);
create index ix_audits_state on audits (state, updated_at, id);
create table audit_lists (
  audit_id uuid not null constraint fk_audit_lists_audit_id_audits references audits,
  checklist_id text not null,
  version integer not null,
  constraint pk_audit_lists primary key (audit_id, checklist_id),
  constraint fk_audit_lists_checklist_versions foreign key (checklist_id, version)
    references checklist_versions (checklist_id, version)
);
create table audit_interviews (
  audit_id uuid not null constraint fk_audit_interviews_audit_id_audits references audits,
  checklist_id text not null,
  interview_no integer not null,
  held_on date not null,
  facts jsonb not null,
  created_at timestamptz not null,
  constraint pk_audit_interviews primary key (audit_id, checklist_id, interview_no)
);
create table audit_answers (
  audit_id uuid not null constraint fk_audit_answers_audit_id_audits references audits,
  checklist_id text not null,
  interview_no integer not null default 0,
  item_id text not null,
  value jsonb,
  evidence smallint,
  note text not null,
  na_reason text not null,
  answered_by uuid not null,
  answered_at timestamptz not null,
  constraint pk_audit_answers primary key (audit_id, checklist_id, interview_no, item_id),
  constraint ck_audit_answers_evidence check (evidence between 0 and 3)
);
"""

# What was submitted stands: drafts can be written only while the audit is a draft or was returned.
# The share lock makes a late answer wait for a submission that is under way, and then be refused.
FROZEN = """
create function forbid_change_of_submitted() returns trigger language plpgsql as $$
declare audit_state text;
begin
  select state into audit_state from audits where id = coalesce(new.audit_id, old.audit_id) for share;
  if audit_state not in ('draft', 'returned') then
    raise exception 'the audit is %', audit_state using errcode = 'insufficient_privilege';
  end if;
  return coalesce(new, old);
end $$;
create trigger audit_lists_frozen before insert or update or delete on audit_lists
  for each row execute function forbid_change_of_submitted();
create trigger audit_interviews_frozen before insert or update or delete on audit_interviews
  for each row execute function forbid_change_of_submitted();
create trigger audit_answers_frozen before insert or update or delete on audit_answers
  for each row execute function forbid_change_of_submitted();
"""

SUBMISSIONS = """
create table audit_submissions (
  id uuid constraint pk_audit_submissions primary key,
  audit_id uuid not null constraint fk_audit_submissions_audit_id_audits references audits,
  agency_id uuid not null,
  revision integer not null,
  document text not null,
  sha256 text not null,
  submitted_by uuid not null,
  submitted_at timestamptz not null,
  constraint uq_audit_submissions_revision unique (audit_id, revision)
);
create index ix_audit_submissions_agency_id on audit_submissions (agency_id);
create table audit_reviews (
  submission_id uuid constraint pk_audit_reviews primary key
    constraint fk_audit_reviews_submission_id_audit_submissions references audit_submissions,
  verdict text not null,
  reason text not null,
  inspector_id uuid not null,
  reviewer_id uuid not null,
  reviewed_at timestamptz not null,
  constraint ck_audit_reviews_verdict check (verdict in ('approved', 'returned')),
  constraint ck_audit_reviews_other_person check (reviewer_id <> inspector_id),
  constraint ck_audit_reviews_reason check (verdict = 'approved' or length(reason) > 0)
);
create function review_by_another_person() returns trigger language plpgsql as $$
begin
  if exists (select 1 from audit_submissions where id = new.submission_id
             and (submitted_by = new.reviewer_id or submitted_by <> new.inspector_id))
     or exists (select 1 from audit_answers
                join audit_submissions on audit_submissions.audit_id = audit_answers.audit_id
                where audit_submissions.id = new.submission_id
                and answered_by = new.reviewer_id) then
    raise exception 'nobody reviews their own audit' using errcode = 'check_violation',
      constraint = 'tr_audit_reviews_other_person';
  end if;
  return new;
end $$;
create trigger audit_reviews_other_person before insert on audit_reviews
  for each row execute function review_by_another_person();
create trigger audit_submissions_append_only before update or delete or truncate on audit_submissions
  for each statement execute function forbid_change();
create trigger audit_reviews_append_only before update or delete or truncate on audit_reviews
  for each statement execute function forbid_change();
"""

FINDINGS = """
create table findings (
  id uuid constraint pk_findings primary key,
  agency_id uuid not null constraint fk_findings_agency_id_agencies references agencies,
  source_kind text not null,
  source_id uuid not null,
  checklist_id text not null,
  checklist_version integer not null,
  item_id text not null,
  principle text not null,
  severity text not null,
  gate text,
  question text not null,
  statement text not null,
  answer jsonb,
  evidence smallint,
  note text not null,
  workers_failing integer,
  workers_asked integer,
  borne_out_by text,
  trips_gate boolean not null,
  office_id uuid not null,
  found_by uuid not null,
  barred uuid[] not null,
  reviewers uuid[] not null,
  found_on date not null,
  opened_at timestamptz not null,
  constraint uq_findings_item unique (source_id, item_id),
  constraint ck_findings_severity check (severity in ('critical', 'major', 'minor', 'info')),
  constraint ck_findings_gate check (gate in ('cap_D', 'cap_E')),
  constraint ck_findings_source_kind check (source_kind in ('audit', 'contract')),
  constraint ck_findings_evidence check (evidence between 0 and 3),
  constraint ck_findings_workers check ((workers_failing is null) = (workers_asked is null)
    and workers_failing <= workers_asked),
  constraint ck_findings_barred check (found_by = any (barred) and reviewers <@ barred)
);
create index ix_findings_agency_id on findings (agency_id, opened_at, id);
create index ix_findings_opened_at on findings (opened_at, id);
create table finding_steps (
  id bigint generated always as identity constraint pk_finding_steps primary key,
  finding_id uuid not null constraint fk_finding_steps_finding_id_findings references findings,
  kind text not null,
  on_date date not null,
  text text not null,
  taken_by uuid not null,
  taken_at timestamptz not null,
  constraint ck_finding_steps_kind check (kind in ('served', 'replied', 'confirmed', 'dismissed')),
  constraint ck_finding_steps_on_date check (on_date <= (taken_at at time zone 'UTC')::date + 1)
);
create index ix_finding_steps_finding_id on finding_steps (finding_id, id);
create unique index uq_finding_steps_served on finding_steps (finding_id) where kind = 'served';
create unique index uq_finding_steps_decided on finding_steps (finding_id)
  where kind in ('confirmed', 'dismissed');
create trigger findings_append_only before update or delete or truncate on findings
  for each statement execute function forbid_change();
create trigger finding_steps_append_only before update or delete or truncate on finding_steps
  for each statement execute function forbid_change();
"""

# The right of reply is a matter of the data model: no decision before the evidence was served and
# the agency replied or its 14 full days passed, and never by anybody who worked on the audit or
# reviewed it. Evidence that is the word of fewer than five workers is never served. Days are the
# ministry's own and zones lie up to a day from UTC: the exact day is a matter of the rules. The function
# runs as the owner, since the application's role may not lock rows that it may not change.
DUE_PROCESS = """
create function finding_due_process() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
declare finding findings; served date; replied boolean;
begin
  select * into finding from findings where id = new.finding_id for update;
  select max(on_date) filter (where kind = 'served'), bool_or(kind = 'replied')
    into served, replied from finding_steps where finding_id = new.finding_id;
  if exists (select 1 from finding_steps where finding_id = new.finding_id
             and kind in ('confirmed', 'dismissed')) then
    raise exception 'the finding is decided' using errcode = 'check_violation',
      constraint = 'tr_finding_steps_decided';
  end if;
  if new.kind = 'served' and finding.workers_asked < 5 and finding.borne_out_by is null then
    raise exception 'the finding is the word of few workers' using errcode = 'check_violation',
      constraint = 'tr_finding_steps_few_workers';
  end if;
  if new.kind = 'served' and new.on_date < (finding.opened_at at time zone 'UTC')::date - 1 then
    raise exception 'the finding was opened later' using errcode = 'check_violation',
      constraint = 'tr_finding_steps_before_opened';
  end if;
  if new.kind <> 'served' and served is null then
    raise exception 'the evidence was not served' using errcode = 'check_violation',
      constraint = 'tr_finding_steps_not_served';
  end if;
  if new.kind <> 'served' and new.on_date < served then
    raise exception 'the evidence was served later' using errcode = 'check_violation',
      constraint = 'tr_finding_steps_before_served';
  end if;
  if new.kind in ('confirmed', 'dismissed') then
    if new.taken_by = finding.found_by then
      raise exception 'the inspector may not decide' using errcode = 'check_violation',
        constraint = 'tr_finding_steps_same_person';
    end if;
    if new.taken_by = any (finding.reviewers) then
      raise exception 'a reviewer may not decide' using errcode = 'check_violation',
        constraint = 'tr_finding_steps_reviewer';
    end if;
    if new.taken_by = any (finding.barred) then
      raise exception 'who answered may not decide' using errcode = 'check_violation',
        constraint = 'tr_finding_steps_worked_on';
    end if;
    if not coalesce(replied, false) and new.on_date <= served + 14 then
      raise exception 'the reply period is open' using errcode = 'check_violation',
        constraint = 'tr_finding_steps_reply_open';
    end if;
  end if;
  return new;
end $$;
create trigger finding_steps_due_process before insert on finding_steps
  for each row execute function finding_due_process();
"""
