"""The list of features: their routers, menu entries, constraints and tasks, gathered for `app`."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from litestar import Router

from recruitwatch.accounts import queries as accounts_queries
from recruitwatch.accounts.pages import accounts_pages
from recruitwatch.accounts.rules import may
from recruitwatch.accounts.values import ROLE_NAMES, Permission
from recruitwatch.actor import Actor
from recruitwatch.agencies import queries as agencies_queries
from recruitwatch.agencies.api import agencies_api
from recruitwatch.agencies.pages import agencies_pages
from recruitwatch.audits import queries as audits_queries
from recruitwatch.audits.pages import audits_pages
from recruitwatch.brokers import queries as brokers_queries
from recruitwatch.brokers.pages import brokers_pages
from recruitwatch.checklists import queries as checklists_queries
from recruitwatch.checklists.api import checklists_api
from recruitwatch.checklists.pages import checklists_pages
from recruitwatch.complaints import queries as complaints_queries
from recruitwatch.complaints.actions.retaining import retain
from recruitwatch.complaints.pages import complaints_pages, help_pages
from recruitwatch.complaints.pages.calls import calls_pages
from recruitwatch.contracts import queries as contracts_queries
from recruitwatch.contracts.pages import contracts_pages
from recruitwatch.db.constraints import Constraints
from recruitwatch.db.engine import OpenSession
from recruitwatch.errors import N_
from recruitwatch.findings import queries as findings_queries
from recruitwatch.findings.pages import findings_pages
from recruitwatch.jobs.pages import jobs_pages
from recruitwatch.jobs.worker import DailyTask, JobFunction
from recruitwatch.keys import Vault
from recruitwatch.oversight.pages import oversight_pages
from recruitwatch.portal.pages import portal_pages
from recruitwatch.reconciliation.api import reconciliation_api
from recruitwatch.reconciliation.pages import reconciliation_pages
from recruitwatch.registers.actions.tasks import JOBS as REGISTER_JOBS
from recruitwatch.registers.pages import registers_pages
from recruitwatch.scorecards import queries as scorecards_queries
from recruitwatch.scorecards.actions.daily_check import check_cards
from recruitwatch.scorecards.actions.issuing_all import JOBS as CARD_JOBS
from recruitwatch.scorecards.api import scorecards_api
from recruitwatch.scorecards.pages import scorecards_pages
from recruitwatch.scorecards.pages.public import public_card_pages
from recruitwatch.settings import Settings
from recruitwatch.web.navigation import Entry, Menu

ROUTERS: Sequence[Router] = (
    accounts_pages,
    jobs_pages,
    registers_pages,
    checklists_pages,
    checklists_api,
    agencies_pages,
    agencies_api,
    brokers_pages,
    oversight_pages,
    findings_pages,
    audits_pages,
    scorecards_pages,
    public_card_pages,
    scorecards_api,
    portal_pages,
    contracts_pages,
    reconciliation_api,
    reconciliation_pages,
    help_pages,
    complaints_pages,
    calls_pages,
)

CONSTRAINTS: Constraints = {
    **accounts_queries.CONSTRAINTS,
    **agencies_queries.CONSTRAINTS,
    **brokers_queries.CONSTRAINTS,
    **checklists_queries.CONSTRAINTS,
    **findings_queries.CONSTRAINTS,
    **audits_queries.CONSTRAINTS,
    **complaints_queries.CONSTRAINTS,
    **contracts_queries.CONSTRAINTS,
    **scorecards_queries.CONSTRAINTS,
}


JOB_KINDS: Mapping[str, JobFunction] = {**REGISTER_JOBS, **CARD_JOBS}


def daily_tasks(vault: Vault, settings: Settings) -> Sequence[DailyTask]:
    """What is due once a day: what of complaints is over goes, and its keys with it; cards are compared
    with the issued ones."""

    async def keep_no_longer(open_session: OpenSession, now: datetime) -> None:
        await retain(open_session, now, vault, settings.sealed_files)

    return (keep_no_longer, check_cards)


def _seen_with(permission: Permission):  # type: ignore[no-untyped-def]
    def seen(actor: Actor) -> bool:
        return may(actor, permission)

    return seen


MENU = Menu(
    entries=(
        Entry("/home", N_("Home"), _seen_with(Permission.WORKPLACE)),
        Entry("/cases", N_("Cases"), _seen_with(Permission.COMPLAINT_READ)),
        Entry("/calls", N_("Take a call"), _seen_with(Permission.COMPLAINT_TAKE)),
        Entry("/audits", N_("Audits"), _seen_with(Permission.AUDIT_READ)),
        Entry("/reviews", N_("Reviews"), _seen_with(Permission.AUDIT_REVIEW)),
        Entry("/findings", N_("Findings"), _seen_with(Permission.FINDING_READ)),
        Entry("/contracts", N_("Contracts"), _seen_with(Permission.CONTRACT_MAKE)),
        Entry("/contracts/check", N_("Check a contract"), _seen_with(Permission.CONTRACT_CHECK)),
        Entry("/register", N_("Register"), _seen_with(Permission.REGISTER_READ)),
        Entry("/brokers", N_("Brokers"), _seen_with(Permission.BROKER_READ)),
        Entry("/cards/work", N_("Cards"), _seen_with(Permission.CARD_ISSUE)),
        Entry("/contests", N_("Contests"), _seen_with(Permission.CONTEST_READ)),
        Entry("/checklists", N_("Checklists"), _seen_with(Permission.WORKPLACE)),
        Entry("/parameters", N_("National figures"), _seen_with(Permission.PARAMETER_SET)),
        Entry("/imports", N_("Imports"), _seen_with(Permission.REGISTER_IMPORT)),
        Entry(
            "/matching/quality",
            N_("How agencies are found"),
            _seen_with(Permission.MATCHING_QUALITY),
        ),
        Entry("/desks", N_("Desks"), _seen_with(Permission.DESK_MANAGE)),
        Entry("/help-numbers", N_("Help numbers"), _seen_with(Permission.HELP_NUMBERS_SET)),
        Entry("/people", N_("People"), _seen_with(Permission.PEOPLE_MANAGE)),
        Entry("/history", N_("History"), _seen_with(Permission.HISTORY_READ)),
        Entry("/agency", N_("Your agency"), _seen_with(Permission.AGENCY_PLACE)),
        Entry("/agency/cards", N_("Cards"), _seen_with(Permission.AGENCY_PLACE)),
        Entry("/agency/contests", N_("Contests"), _seen_with(Permission.AGENCY_PLACE)),
        Entry("/agency/findings", N_("Findings"), _seen_with(Permission.AGENCY_PLACE)),
        Entry("/account", N_("Your account"), _seen_with(Permission.AGENCY_PLACE)),
    ),
    agency_entries=(
        Entry("/agencies/ID/card", N_("Scorecard"), _seen_with(Permission.CARD_READ)),
        Entry("/audits/new?agency=ID", N_("Start an audit"), _seen_with(Permission.AUDIT_WRITE)),
        Entry("/audits?agency=ID", N_("Audits"), _seen_with(Permission.AUDIT_READ)),
        Entry(
            "/findings?agency=ID&stands=all", N_("Findings"), _seen_with(Permission.FINDING_READ)
        ),
        Entry(
            "/agencies/ID/people",
            N_("People who may sign in"),
            _seen_with(Permission.AGENCY_PEOPLE_MANAGE),
        ),
        Entry(
            "/contracts/check?agency=ID",
            N_("Check a contract"),
            _seen_with(Permission.CONTRACT_CHECK),
        ),
        Entry("/brokers?agency=ID", N_("Brokers"), _seen_with(Permission.BROKER_READ)),
    ),
    roles={role.value: name for role, name in ROLE_NAMES.items()},
)
