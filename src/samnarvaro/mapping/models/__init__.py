"""Tables of mappings, of the attendance statuses, of instruments with what was answered, and of well-being surveys."""

from samnarvaro.mapping.models.instrument import InstrumentVersion, Response, ResponseSet
from samnarvaro.mapping.models.mapping import Factor, Mapping, MappingSet, READS
from samnarvaro.mapping.models.status import AttendanceStatus, StatusSet
from samnarvaro.mapping.models.survey import 

__all__ = [
    "AttendanceStatus",
    "Factor",
    "InstrumentVersion",
    "Mapping",
    "MappingSet",
    "READS",
    "Response",
    "ResponseSet",
    "StatusSet",
    "Survey",
    "SurveyClass",
    "SurveyQuestion",
    "SurveySet",
    "SurveySlip",
    "SurveySum",
]
