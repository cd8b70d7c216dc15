"""Reads of the log: who has been shown a child, what a viewer did, and whether the log is whole."""

from samnarvaro.audit.queries.extract import Shown, shown_of
from samnarvaro.audit.queries.read import Done, count_readings_of, done_by, viewers_of
from samnarvaro.audit.queries.verifying import verify

__all__ = ["Done", "Shown", "count_readings_of", "done_by", "shown_of", "verify", "viewers_of"]
