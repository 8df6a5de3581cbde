"""What the application's role may do with each table, on one page. Applied after every migration.

The role is neither owner nor superuser. It cannot change or delete history, submitted audits,
reviews, findings, licence decisions, published checklists, issued scorecards, or what was judged
about a complaint.
"""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

READ = "select"
APPEND = "select, insert"
WRITE = "select, insert, update"
ERASE = "select, insert, delete"
FULL = "select, insert, update, delete"

PRIVILEGES = {
    "alembic_version": READ,
    "history_entries": APPEND,
    "offices": WRITE,
    "people": WRITE,
    "person_roles": FULL,
    "role_settings": WRITE,
    "sign_ins": FULL,
    "sign_in_attempts": FULL,
    "job_runs": FULL,
    "pgqueuer": FULL,
    "pgqueuer_log": FULL,
    "pgqueuer_schedules": FULL,
    "pgqueuer_statistics": FULL,
    "registers": FULL,
    "agencies": FULL,
    "agency_names": FULL,
    "agency_addresses": FULL,
    "agency_contacts": FULL,
    "agency_branches": FULL,
    "agency_people": FULL,
    "agency_sectors": FULL,
    "agency_destinations": FULL,
    "deployments": FULL,
    "status_claims": FULL,
    "agency_readings": FULL,
    "agency_key_counts": READ,
    "register_versions": READ,
    "taught_names": FULL,
    "licences": APPEND,
    "licence_decisions": APPEND,
    "import_uploads": FULL,
    "imports": WRITE,
    "import_changes": APPEND,
    "vocabulary_versions": APPEND,
    "checklist_versions": APPEND,
    "parameter_values": APPEND,
    "audits": WRITE,
    "audit_lists": FULL,
    "audit_interviews": FULL,
    "audit_answers": FULL,
    "audit_submissions": APPEND,
    "audit_reviews": APPEND,
    "audit_results": APPEND,
    "audit_results_due": READ,
    "contract_checks": APPEND,
    "contract_check_rules": APPEND,
    "findings": APPEND,
    "finding_steps": APPEND,
    "issued_scorecards": APPEND,
    "public_cards": APPEND,
    "card_steps": APPEND,
    "card_papers": APPEND,
    "card_contests": APPEND,
    "contested_lines": APPEND,
    "contest_papers": APPEND,
    "line_decisions": APPEND,
    "person_keys": FULL,
    "escrow_keys": WRITE,
    "complaint_desks": WRITE,
    "desk_officers": WRITE,
    "help_numbers": FULL,
    "complaint_drafts": FULL,
    "complaint_files": FULL,
    "complaint_code_tries": FULL,
    "complaint_visits": FULL,
    "complaint_nonces": FULL,
    "complaint_states": READ,
    "complaint_transitions": READ,
    "complaints": WRITE,
    "case_exclusions": ERASE,
    "case_keys": FULL,
    "complaint_openings": APPEND,
    "complaint_messages": APPEND,
    "complaint_classifications": APPEND,
    "complaint_urgencies": APPEND,
    "complaint_urgency_seconds": APPEND,
    "complaint_safety_ends": APPEND,
    "brokers": APPEND,
    "broker_names": APPEND,
    "broker_phones": ERASE,
    "broker_areas": ERASE,
    "broker_agencies": APPEND,
    "broker_merges": APPEND,
    "registered_contracts": APPEND,
    "contract_versions": APPEND,
    "contract_cancellations": APPEND,
    "complaint_links": APPEND,
    "match_judgements": APPEND,
    "link_taught_names": APPEND,
    "case_register_looks": FULL,
    "complaint_decisions": APPEND,
    "complaint_decision_seconds": APPEND,
    "complaint_steps": APPEND,
}


async def apply_privileges(connection: AsyncConnection, role: str) -> None:
    """Give the role exactly these rights, and none on a table that is not listed."""
    name = '"' + role.replace('"', '""') + '"'
    await connection.execute(text(f"revoke all on all tables in schema public from {name}"))
    await connection.execute(text(f"grant usage on schema public to {name}"))
    for table, rights in PRIVILEGES.items():
        await connection.execute(text(f"grant {rights} on {table} to {name}"))
    await connection.execute(
        text(f"grant usage, select on all sequences in schema public to {name}")
    )
