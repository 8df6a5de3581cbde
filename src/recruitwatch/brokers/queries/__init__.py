"""SQL of brokers, by what it is for."""

from recruitwatch.brokers.values import (
    LastName,
    OnePersonAlready,
    OnRecordAlready,
    SaidMeanwhile,
    StillTied,
)
from recruitwatch.db.constraints import Constraints

CONSTRAINTS: Constraints = {
    "uq_broker_names_once": OnRecordAlready,
    "tr_broker_names_last": LastName,
    "uq_broker_phones_once": OnRecordAlready,
    "uq_broker_areas_once": OnRecordAlready,
    "uq_broker_agencies_supersedes": SaidMeanwhile,
    "uq_broker_agencies_first": SaidMeanwhile,
    "tr_broker_agencies_follows": SaidMeanwhile,
    "uq_broker_merges_supersedes": SaidMeanwhile,
    "uq_broker_merges_first": SaidMeanwhile,
    "tr_broker_merges_follows": SaidMeanwhile,
    "tr_broker_merges_ring": OnePersonAlready,
    "tr_brokers_tied": StillTied,
}
