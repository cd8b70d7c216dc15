"""Tables of mappings, of the attendance statuses, of what pupils reach, of notes about classes, of
well-being surveys, of instruments with what was answered to them, and of relation maps.
"""

from samnarvaro.mapping.models.conference import ClassDecision, ClassNote, ClassNoteSet
from samnarvaro.mapping.models.instrument import InstrumentVersion, Response, ResponseSet
from samnarvaro.mapping.models.knowledge import KnowledgeResult, KnowledgeSet
from samnarvaro.mapping.models.mapping import READS, Factor, Mapping, MappingSet
from samnarvaro.mapping.models.relation import PupilView, Relation, RelationAdult, RelationRound
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
    "ClassDecision",
    "ClassNote",
    "ClassNoteSet",
    "Factor",
    "InstrumentVersion",
    "KnowledgeResult",
    "KnowledgeSet",
    "Mapping",
    "MappingSet",
    "PupilView",
    "Relation",
    "RelationAdult",
    "RelationRound",
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
