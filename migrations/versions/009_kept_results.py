"""Results of approved audits: what each answer earned, kept when the audit is approved (decision 0019)."""

from migration_sql import run

revision = "009"
down_revision = "008"


def upgrade() -> None:
    run(RESULTS)
    run(DUE)
    run(APPROVED_BEFORE)


RESULTS = """
create table audit_results (
  submission_id uuid constraint pk_audit_results primary key
    constraint fk_audit_results_submission_id_audit_reviews references audit_reviews,
  agency_id uuid not null constraint fk_audit_results_agency_id_agencies references agencies,
  visited_on date not null,
  approved_at timestamptz not null,
  result text not null
);
create index ix_audit_results_agency_id on audit_results (agency_id, visited_on, submission_id);
create trigger audit_results_append_only before update or delete or truncate on audit_results
  for each statement execute function forbid_change();
"""

# What is approved and has no result yet: always true, whoever approves, so that a card can ask this short
# list instead of comparing all audits with all results. The application's role may only read it; the
# functions run as the owner.
DUE = """
create table audit_results_due (
  submission_id uuid constraint pk_audit_results_due primary key
    constraint fk_audit_results_due_submission_id_audit_reviews references audit_reviews
);
create function result_is_due() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  insert into audit_results_due
    select submission_id from added where verdict = 'approved';
  return null;
end $$;
create function result_is_kept() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  delete from audit_results_due due using added where due.submission_id = added.submission_id;
  return null;
end $$;
create trigger audit_reviews_result_due after insert on audit_reviews
  referencing new table as added for each statement execute function result_is_due();
create trigger audit_results_result_kept after insert on audit_results
  referencing new table as added for each statement execute function result_is_kept();
"""

APPROVED_BEFORE = """
insert into audit_results_due
  select submission_id from audit_reviews where verdict = 'approved';
"""
