"""The types of school that have a duty to be there: what the codes of SS 12000 call them."""

from enum import StrEnum


class SchoolType(StrEnum):
    """What a pupil goes to. One school may have several: they are told of the pupil's enrolment."""

    PRESCHOOL_CLASS = "FKLASS"
    COMPULSORY = "GR"
    ADAPTED_COMPULSORY = "GRS"
    SPECIAL = "SP"
    SAMI = "SAM"
    UPPER_SECONDARY = "GY"
    ADAPTED_UPPER_SECONDARY = "GYS"


_OF_GRADE = {"F": SchoolType.PRESCHOOL_CLASS, "10": SchoolType.ADAPTED_COMPULSORY}
_COMPULSORY = frozenset(map(str, range(1, 10)))


def school_type_of(told: str, grade: str) -> str:
    """Return the school type that is told of an enrolment, or else the one that its school year says.

    F is preschool class, 1–9 compulsory school, 10 is there in the adapted one alone. The empty text
    where neither is known. Other types are there only when told.
    """
    if told:
        return told
    return _OF_GRADE.get(grade, SchoolType.COMPULSORY if grade in _COMPULSORY else "")
