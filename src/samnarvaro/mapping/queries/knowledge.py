"""Reads of what pupils reach in their subjects: one pupil, a class by name, a school as counts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from samnarvaro.base.asked import of_one
from samnarvaro.base.sections import ShownPupil
from samnarvaro.kernel.access import NOBODY, Role, Scope
from samnarvaro.mapping.domain import few, knowledge
from samnarvaro.mapping.domain.few import Part
from samnarvaro.mapping.domain.knowledge import Counted, Eligibility, Subject, Term, Told
from samnarvaro.mapping.models import READS, KnowledgeResult, KnowledgeSet
from samnarvaro.mapping.queries.places import LEADS, School, SchoolClass
from samnarvaro.organisation import queries as organisation
from samnarvaro.people.queries.members import members, roll
from samnarvaro.people.queries.readable import readable

_SAYS = ("at_risk", "not_reached", "eligibility")


@dataclass(frozen=True, slots=True)
class Result:
    """What holds of a pupil for a term: told on which day of a check, by whom (nobody: in a file)."""

    public: UUID
    term: str
    day: date
    told: Told
    by: str


@dataclass(frozen=True, slots=True)
class InClass:
    """A pupil of a class, with what holds of it for a term and for the one before."""

    pupil: ShownPupil
    result: Result | None
    before: Result | None


@dataclass(frozen=True, slots=True)
class SchoolCounts:
    """A school's counts for a term, none of which tells of a few. Years are grades put together."""

    pupils: int
    told: int
    years: list[Part[str]]
    subjects: list[tuple[Subject, Counted]]
    has_few: bool  # some subject is not told of, since too few are on one side
    eligible: list[Part[Eligibility]]


def may_tell(of: SchoolClass, *, by: Scope) -> bool:
    """Tell whether the viewer tells of the pupils of a class: its mentor, or the school's principal."""
    if by.role is Role.MENTOR:
        return of.pk in by.groups
    return by.role in LEADS and of.school.pk in by.units


def of_class(of: SchoolClass, term: Term, *, by: Scope) -> list[InClass]:
    """Return the pupils of a class whose results the viewer reads, in name order.

    Who has protected personal data stands in no class.
    """
    return of_pupils(roll(of.school.pk, by=by, group=of.pk), term, by=by)


def of_pupils(pupils: Iterable[ShownPupil], term: Term, *, by: Scope) -> list[InClass]:
    """Return those of some pupils, who exist for the viewer, whose results it reads; in their order."""
    here = {pupil.pk: pupil for pupil in pupils}
    mine = set(readable(by=by, classes=READS).filter(pk__in=here).values_list("pk", flat=True))
    rows = KnowledgeResult.objects.visible_in(by).holding().filter(pupil__in=mine)
    found: defaultdict[int, dict[str, Result]] = defaultdict(dict)
    for row in rows.filter(term__in=[term.code, term.before.code]).select_related("author"):
        found[row.pupil_id][row.term] = _result(row)
    return [
        InClass(pupil, found[pk].get(term.code), found[pk].get(term.before.code))
        for pk, pupil in here.items()
        if pk in mine
    ]


def newest_of(pupil: int, *, by: Scope) -> Result | None:
    """Return what was told last of a pupil (id), if anything."""
    return next((_result(row) for row in _asking(pupil, by)), None)


@of_one
def _asking(by: Scope) -> KnowledgeSet:
    rows = KnowledgeResult.objects.visible_in(by).holding().filter(pupil=NOBODY)
    return rows.select_related("author").order_by("-day", "-pk")[:1]


def of_school(of: School, term: Term, *, by: Scope) -> SchoolCounts:
    """Count the pupils in a school's classes. No count tells of fewer than five, nor lets one be
    reckoned: for those too who do not read the pupils' own results.
    """
    grades = _grades(of.pk, by)
    rows = KnowledgeResult.objects.holding().filter(term=term.code, pupil__in=list(grades))
    told = {pk: _told(says) for pk, *says in rows.values_list("pupil_id", *_SAYS)}
    by_grade: defaultdict[str, list[Told]] = defaultdict(list)
    for pk, each in told.items():
        by_grade[grades[pk]].append(each)
    sides = {
        grade: knowledge.counted(by_grade[grade]).sides
        for grade in sorted(by_grade, key=lambda grade: (len(grade), grade))
    }
    subjects = knowledge.by_subject(told.values())
    shown = [(key, found) for key, found in subjects.items() if few.is_enough(found.sides)]
    return SchoolCounts(
        pupils=len(grades),
        told=len(told),
        years=few.fold(sides),
        subjects=sorted(shown, key=lambda pair: -pair[1].with_some),
        has_few=len(shown) < len(subjects),
        eligible=few.fold(_eligible(told)),
    )


def _eligible(told: Mapping[int, Told]) -> dict[Eligibility, tuple[int]]:
    counts = Counter(each.eligibility for each in told.values() if each.eligibility)
    return {each: (counts[each],) for each in Eligibility}


def _grades(unit: int, by: Scope) -> dict[int, str]:
    """Return the pupils (ids) of a school who stand in a class, with its grade."""
    placed = {pk: group for pk, group in members(unit, by=by) if group is not None}
    grades = {each.pk: each.grade for each in organisation.classes_by_id(set(placed.values()))}
    return {pk: grades[group] for pk, group in placed.items()}


def _result(row: KnowledgeResult) -> Result:
    told = _told([getattr(row, name) for name in _SAYS])
    return Result(row.public, row.term, row.day, told, row.author.name if row.author else "")


def _told(says: list[Any]) -> Told:
    at_risk, not_reached, eligibility = says
    return Told(
        at_risk=tuple(map(Subject, at_risk)),
        not_reached=tuple(map(Subject, not_reached)),
        eligibility=Eligibility(eligibility) if eligibility else None,
    )
