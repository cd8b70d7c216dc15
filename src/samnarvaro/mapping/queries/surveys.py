"""Well-being surveys of the schools that the viewer follows. No scope, no rows; none is of a pupil."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samnarvaro.kernel.access import Role, Scope
from samnarvaro.mapping.domain import survey as domain
from samnarvaro.mapping.domain.survey import MAKERS, Item, Question, Standing
from samnarvaro.mapping.models import Survey, SurveyClass, SurveyQuestion, SurveySet
from samnarvaro.mapping.queries import survey_sums
from samnarvaro.mapping.queries.survey_sums import Of, Part, Response

_ORDER = list(Standing)


class NoSuchSurvey(Exception):
    """There is none, or it is not the viewer's to see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A survey in a list, as it stands on a day."""

    pk: int
    public: UUID
    unit: int
    unit_public: UUID
    unit_name: str
    title: str
    opens_on: date
    closes_on: date
    closed_on: date | None
    made_by: str
    standing: Standing
    may_change: bool

    @property
    def ended_on(self) -> date:
        return min(self.closed_on or self.closes_on, self.closes_on)


@dataclass(frozen=True, slots=True)
class Asked:
    """A class that a survey asks."""

    group: int
    public: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Whole:
    """A survey with what it asks, and of whom."""

    line: Line
    questions: tuple[Question, ...]
    classes: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """What of a closed survey is shown to the viewer, and of the one before it, question by question."""

    parts: list[Part]
    before: Line | None
    parts_before: list[Part]
    questions_before: tuple[Question, ...]

    def earlier(self, part: Part, question: Question) -> list[int] | None:
        """Return what the same part answered to the same question last time, if it was asked."""
        same = next((p for p in self.parts_before if (p.of, p.key) == (part.of, part.key)), None)
        asked = [each.same_as for each in self.questions_before]
        if same is None or question.same_as not in asked:
            return None
        return same.counts[asked.index(question.same_as)]


def may_make(unit: int, *, by: Scope) -> bool:
    """Tell whether the viewer makes surveys at a school (id)."""
    return by.role in MAKERS and unit in by.units


def lines(*, by: Scope, on: date) -> list[Line]:
    """Return the surveys that the viewer sees: what is being done first, then the newest."""
    found = [_line(row, by, on) for row in _visible(by)]
    found.sort(key=lambda line: line.closes_on, reverse=True)
    return sorted(found, key=lambda line: _ORDER.index(line.standing))


def get(public: UUID, *, unit: UUID, by: Scope, on: date) -> Whole:
    """Return a survey of a school (both public ids). Raises NoSuchSurvey."""
    row = _visible(by).filter(public=public, unit__public=unit).first()
    if row is None:
        raise NoSuchSurvey
    classes = SurveyClass.objects.filter(survey=row).select_related("group").order_by("group__name")
    return Whole(
        _line(row, by, on),
        questions_of(row.pk),
        tuple(Asked(each.group_id, each.group.public, each.group.name) for each in classes),
    )


def _visible(by: Scope) -> SurveySet:
    """A draft is there for those who make surveys alone."""
    rows = Survey.objects.visible_in(by)
    if by.role not in MAKERS:
        rows = rows.filter(is_draft=False)
    return rows.select_related("unit", "made_by")


def _line(row: Survey, by: Scope, on: date) -> Line:
    return Line(
        pk=row.pk,
        public=row.public,
        unit=row.unit_id,
        unit_public=row.unit.public,
        unit_name=row.unit.name,
        title=row.title,
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        closed_on=row.closed_on,
        made_by=row.made_by.name,
        standing=standing_of(row, on),
        may_change=may_make(row.unit_id, by=by),
    )


def standing_of(row: Survey, on: date) -> Standing:
    return domain.standing(
        is_draft=row.is_draft, opens_on=row.opens_on, closes_on=row.closes_on,
        closed_on=row.closed_on, on=on,
    )  # fmt: skip


def questions_of(survey: int) -> tuple[Question, ...]:
    """Return what a survey (id) asks, in its order."""
    rows = SurveyQuestion.objects.filter(survey=survey).order_by("number")
    return tuple(
        Question(Item(item) if item else None, words)
        for item, words in rows.values_list("item", "words")
    )


def responses(survey: Line, *, by: Scope) -> list[Response]:
    """Return how many have answered, of the classes that the viewer is told of."""
    every = survey_sums.responses(survey.pk)
    return [each for each in every if _sees(Of.GROUP, each.group, survey, by)]


def results(whole: Whole, *, by: Scope, on: date) -> Results:
    """Return what may be shown of a closed survey, beside the school's last one before it.

    Of one that is not closed nothing is shown.
    """
    survey = whole.line
    if survey.standing is not Standing.CLOSED:
        return Results([], None, [], ())
    before = _before(survey, by, on)
    surveys = [survey, before] if before else [survey]
    parts = survey_sums.parts([each.pk for each in surveys])
    mine = [
        [part for part in parts.get(each.pk, []) if _sees(part.of, part.group, each, by)]
        for each in surveys
    ]
    return Results(
        mine[0], before, mine[1] if before else [], questions_of(before.pk) if before else ()
    )


def _before(survey: Line, by: Scope, on: date) -> Line | None:
    rows = _visible(by).filter(unit=survey.unit, is_draft=False, closes_on__lt=survey.opens_on)
    row = rows.order_by("-closes_on", "-pk").first()
    return _line(row, by, on) if row else None


def _sees(of: Of, group: int | None, survey: Line, by: Scope) -> bool:
    """A maker sees all of it, the authority no class, a mentor the school and its own class."""
    if by.role is Role.MENTOR:
        return of is Of.SCHOOL or group in by.groups
    if survey.unit not in by.units:
        return False
    return of is not Of.GROUP or by.role in MAKERS
