"""The PostgreSQL of the default install: found, set up, started, shared, stopped by us."""

from recruitwatch.db.embedded.cluster import Cluster, cluster
from recruitwatch.db.embedded.failures import EmbeddedPostgresError

__all__ = ["Cluster", "EmbeddedPostgresError", "cluster"]
