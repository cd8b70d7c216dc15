"""The sums of a survey, as far as they may be shown. Nobody else reads them.

In the second wall they are shut to every person: here the system reads them, and lets out how many
have answered, and of closed surveys what tells of five answers or more.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Count

from samnarvaro.base import wall
from samnarvaro.mapping.domain import survey as domain
from samnarvaro.mapping.domain.survey import ANSWERS, Answered
from samnarvaro.mapping.models import SurveyClass, SurveySlip, SurveySum

Counts = list[list[int]]  # of each question, how many gave each answer


class Of(StrEnum):
    """Whose answers a part of the results sums."""

    SCHOOL = "school"
    GRADE = "grade"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Response:
    """How many of a class have answered, and how many slips are out."""

    group: int
    name: str
    answers: int
    out: int

    @property
    def printed(self) -> int:
        return self.answers + self.out


@dataclass(frozen=True, slots=True)
class Part:
    """What all who answered in a school, a year or a class said together."""

    of: Of
    name: str
    key: str  # what it is called in an address
    answers: int
    counts: Counts = field(default_factory=list)
    group: int | None = None


def responses(survey: int) -> list[Response]:
    """Return how many have answered in each class of a survey (id), in name order."""
    out = dict(
        SurveySlip.objects.filter(of__survey=survey).values_list("of__group").annotate(Count("pk"))
    )
    return [
        Response(row.of.group_id, row.of.group.name, row.answers, out.get(row.of.group_id, 0))
        for row in _sums([survey])
    ]


def parts(surveys: Collection[int]) -> dict[int, list[Part]]:
    """Return what may be shown of some closed surveys (ids): the school first, then years and classes."""
    rows: dict[int, list[SurveySum]] = {}
    for row in _sums(surveys):
        rows.setdefault(row.of.survey_id, []).append(row)
    return {survey: _parts(each) for survey, each in rows.items()}


def _sums(surveys: Collection[int]) -> list[SurveySum]:
    with wall.system("survey results"):
        rows = SurveySum.objects.filter(of__survey__in=surveys).select_related("of__group")
        return list(rows.order_by("of__group__name", "of"))


def _parts(rows: Sequence[SurveySum]) -> list[Part]:
    shown = domain.shown(
        [Answered(row.of.group_id, row.of.group.grade, row.answers) for row in rows]
    )
    found = [_together(Of.SCHOOL, "", "skola", rows)] if shown.school else []
    for grade in sorted(shown.grades, key=_in_order):
        of_grade = [row for row in rows if row.of.group.grade == grade]
        found.append(_together(Of.GRADE, grade, f"ar-{grade}", of_grade))
    for row in rows:
        if row.of.group_id in shown.groups:
            group = row.of.group
            found.append(_together(Of.GROUP, group.name, str(group.public), [row]))
    return found


def _in_order(grade: str) -> tuple[int, str]:
    return (int(grade), grade) if grade.isdecimal() else (0, grade)  # F before 1


def _together(of: Of, name: str, key: str, rows: Sequence[SurveySum]) -> Part:
    counts = [
        [sum(told) for told in zip(*of_question, strict=True)]
        for of_question in zip(*(row.counts for row in rows), strict=True)
    ]
    group = rows[0].of.group_id if of is Of.GROUP else None
    return Part(of, name, key, sum(row.answers for row in rows), counts, group)


def answered(of: SurveyClass) -> int:
    """Return how many of a class have answered."""
    with wall.system("survey slips"):
        return SurveySum.objects.get(of=of).answers


def begin(classes: Collection[SurveyClass], *, questions: int) -> None:
    """Let a survey's sums begin at nothing."""
    with wall.system("survey opens"):
        SurveySum.objects.bulk_create(
            [SurveySum(of=each, counts=[[0] * len(ANSWERS)] * questions) for each in classes]
        )
