"""Tables of mappings, of the attendance statuses and of well-being surveys."""

from samnarvaro.mapping.models.mapping import READS, Factor, Mapping, MappingSet
from samnarvaro.mapping.models.status import AttendanceStatus, StatusSet
from samnarvaro.mapping.models.survey import (
    Survey,
    SurveyClass,
    SurveyQuestion,
    SurveySet,
    SurveySlip,
    SurveySum,
)

__all__ = [
    "READS",
    "AttendanceStatus",
    "Factor",
    "Mapping",
    "MappingSet",
    "StatusSet",
    "Survey",
    "SurveyClass",
    "SurveyQuestion",
    "SurveySet",
    "SurveySlip",
    "SurveySum",
]
