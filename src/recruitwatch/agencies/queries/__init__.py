"""SQL of the register: records, registers, licences, search."""

from recruitwatch.agencies.queries.downloads import each_public_agency, load_public_agencies
from recruitwatch.agencies.queries.licences import (
    get_agency_of_licence,
    get_document,
    get_licence_of_decision,
    get_public_agency,
    get_status,
    insert_decision,
    insert_licence,
    list_deployments_of,
    list_licences,
    list_licences_of,
    lock_licences,
)
from recruitwatch.agencies.queries.matching import match_said
from recruitwatch.agencies.queries.readings import get_register_version
from recruitwatch.agencies.queries.records import (
    delete_agencies,
    get_agency,
    insert_agencies,
    insert_agency,
    load_agencies,
    load_register_records,
    lock_agency,
    read_again,
    set_agency_record,
    set_agency_records,
)
from recruitwatch.agencies.queries.registers import get_register, insert_register, list_registers
from recruitwatch.agencies.queries.search import (
    LONGEST_QUERY,
    count_agencies,
    list_agencies,
    list_beginning,
    list_lines,
    list_meant,
    list_ranked,
    list_same,
    search,
    search_or_list,
)
from recruitwatch.agencies.values import (
    AgencyInUse,
    AgencyTwice,
    DecisionCorrectedAlready,
    LicenceNumberTaken,
    LicenceOverlaps,
)

CONSTRAINTS = {
    "uq_agencies_identity_key": AgencyTwice,
    "uq_agencies_source_key": AgencyTwice,
    # Actions read the agency before they refer to it, so these are only broken by removing one.
    "fk_licences_agency_id_agencies": AgencyInUse,
    "fk_audits_agency_id_agencies": AgencyInUse,
    "fk_findings_agency_id_agencies": AgencyInUse,
    "fk_issued_scorecards_agency_id_agencies": AgencyInUse,
    "ex_licences_agency_period": LicenceOverlaps,
    "ex_licences_number_period": LicenceNumberTaken,
    "uq_licence_decisions_supersedes_id": DecisionCorrectedAlready,
}

__all__ = [
    "CONSTRAINTS",
    "LONGEST_QUERY",
    "count_agencies",
    "delete_agencies",
    "each_public_agency",
    "get_agency",
    "get_agency_of_licence",
    "get_document",
    "get_licence_of_decision",
    "get_public_agency",
    "get_register",
    "get_register_version",
    "get_status",
    "insert_agencies",
    "insert_agency",
    "insert_decision",
    "insert_licence",
    "insert_register",
    "list_agencies",
    "list_beginning",
    "list_deployments_of",
    "list_licences",
    "list_licences_of",
    "list_lines",
    "list_meant",
    "list_ranked",
    "list_registers",
    "list_same",
    "load_agencies",
    "load_public_agencies",
    "load_register_records",
    "lock_agency",
    "lock_licences",
    "match_said",
    "read_again",
    "search",
    "search_or_list",
    "set_agency_record",
    "set_agency_records",
]
