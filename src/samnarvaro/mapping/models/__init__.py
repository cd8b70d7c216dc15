"""Tables of mappings and of the attendance statuses."""

from samnarvaro.mapping.models.mapping import READS, Factor, Mapping, MappingSet
from samnarvaro.mapping.models.status import AttendanceStatus, StatusSet

__all__ = ["READS", "AttendanceStatus", "Factor", "Mapping", "MappingSet", "StatusSet"]
