"""Checked contracts whose faults were opened as findings of an agency, and which rules they broke. The
papers themselves are not kept: a hash and a number lead to them (decision 0026)."""

from migration_sql import run

revision = "013"
down_revision = "012"


def upgrade() -> None:
    run(CHECKS)


CHECKS = """
create table contract_checks (
  id uuid constraint pk_contract_checks primary key,
  agency_id uuid not null constraint fk_contract_checks_agency_id_agencies references agencies,
  contract_number text not null,
  papers_sha256 text not null,
  signed_on date not null,
  opened_by uuid not null,
  opened_at timestamptz not null,
  constraint uq_contract_checks_papers unique (agency_id, papers_sha256)
);
create table contract_check_rules (
  check_id uuid not null constraint fk_contract_check_rules_check_id_contract_checks
    references contract_checks,
  rule text not null,
  item_id text not null,
  severity text not null,
  constraint pk_contract_check_rules primary key (check_id, rule),
  constraint ck_contract_check_rules_severity
    check (severity in ('critical', 'serious', 'moderate', 'minor'))
);
create trigger contract_checks_append_only before update or delete or truncate on contract_checks
  for each statement execute function forbid_change();
create trigger contract_check_rules_append_only
  before update or delete or truncate on contract_check_rules
  for each statement execute function forbid_change();
"""
