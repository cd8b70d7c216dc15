"""A school makes a survey, opens it, prints its slips and closes it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.kernel.access import Scope
from samnarvaro.mapping.domain import survey as domain
from samnarvaro.mapping.domain.survey import Fault, Question, Standing, Wanted
from samnarvaro.mapping.models import Survey, SurveyClass, SurveyQuestion, SurveySlip
from samnarvaro.mapping.queries import survey_sums
from samnarvaro.mapping.queries import surveys as queries
from samnarvaro.mapping.queries.surveys import NoSuchSurvey
from samnarvaro.mapping.services import survey_codes
from samnarvaro.organisation import queries as organisation
from samnarvaro.organisation.domain.school_days import school_year_of
from samnarvaro.people.queries.members import roll
from samnarvaro.staircase.domain.school_measures import names_one_of


class NotTheMakers(Exception):
    """The viewer does not make surveys at this school, or there is no such school."""


class CannotDo(Exception):
    """Nothing is changed; carries every reason at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(", ".join(faults))
        self.faults = tuple(faults)


@transaction.atomic
def draft_survey(unit: UUID, wanted: Wanted, *, by: Scope, at: datetime, on: date) -> UUID:
    """Begin a survey at a school (public id). Raises NotTheMakers, CannotDo."""
    here = _unit(unit, by)
    _refuse(_faults(here, wanted, by, on))
    row = Survey(unit_id=here, made_by_id=by.person)
    _write(row, wanted)
    _log("drafted", row, by, at)
    return row.public


@transaction.atomic
def alter_draft(survey: UUID, wanted: Wanted, *, by: Scope, at: datetime, on: date) -> None:
    """Change a survey that is not opened yet. Raises NoSuchSurvey, CannotDo."""
    row = _lock(survey, by)
    _refuse([*_not_a_draft(row), *_faults(row.unit_id, wanted, by, on)])
    _write(row, wanted)
    _log("altered", row, by, at)


@transaction.atomic
def discard_draft(survey: UUID, *, by: Scope, at: datetime) -> None:
    """Throw a survey away that was never opened. Raises NoSuchSurvey, CannotDo."""
    row = _lock(survey, by)
    _refuse(_not_a_draft(row))
    _log("discarded", row, by, at)
    row.delete()


@transaction.atomic
def open_survey(survey: UUID, *, by: Scope, at: datetime, on: date) -> None:
    """Let a survey be answered from its first day to its last; from now on it is what it is.

    Raises NoSuchSurvey, CannotDo.
    """
    row = _lock(survey, by)
    classes = list(SurveyClass.objects.filter(survey=row))
    questions = queries.questions_of(row.pk)
    wanted = Wanted(
        title=row.title, opens_on=row.opens_on, closes_on=row.closes_on, questions=questions,
        groups=frozenset(each.group_id for each in classes),
    )  # fmt: skip
    _refuse([*_not_a_draft(row), *_faults(row.unit_id, wanted, by, on)])
    row.is_draft = False
    row.save(update_fields=["is_draft"])
    survey_sums.begin(classes, questions=len(questions))
    _log("opened", row, by, at, questions=len(questions), classes=len(classes))


@transaction.atomic
def close_survey(survey: UUID, *, by: Scope, at: datetime, on: date) -> None:
    """Close a survey before its last day; the slips that are out are void. It is not opened again.

    Raises NoSuchSurvey, CannotDo.
    """
    row = _lock(survey, by)
    _refuse(_not_open(row, on))
    _void(SurveySlip.objects.filter(of__survey=row).values_list("pk", flat=True))
    row.closed_on = on
    row.save(update_fields=["closed_on"])
    _log("closed", row, by, at)


@transaction.atomic
def print_slips(
    survey: UUID, *, group: UUID, wanted: int, by: Scope, at: datetime, on: date
) -> list[str]:
    """Return new codes for a class (public id), to be printed now: they are not kept.

    The slips of the class that are out and not used are void. Raises NoSuchSurvey, CannotDo.
    """
    row = _lock(survey, by)
    of = SurveyClass.objects.filter(survey=row, group__public=group).first()
    if of is None:
        raise NoSuchSurvey
    _refuse(_not_open(row, on))
    _void(SurveySlip.objects.filter(of=of).values_list("pk", flat=True))
    pupils = len(roll(row.unit_id, by=by, group=of.group_id))
    most = domain.most_slips(pupils=pupils, answered=survey_sums.answered(of))
    _refuse([Fault.NO_SLIPS] if wanted < 1 else [Fault.TOO_MANY_SLIPS] if wanted > most else [])
    codes = [survey_codes.draw() for _ in range(wanted)]
    SurveySlip.objects.bulk_create(
        [SurveySlip(of=of, digest=survey_codes.digest(code)) for code in codes]
    )
    _log("slips", row, by, at, group=of.group_id, slips=wanted)
    return [survey_codes.readable(code) for code in codes]


def _void(slips: Iterable[int]) -> None:
    """Wait for whoever is answering with one of these, then let the rest be worth nothing."""
    held = SurveySlip.objects.select_for_update().filter(pk__in=list(slips)).order_by("pk")
    SurveySlip.objects.filter(pk__in=[each.pk for each in held]).delete()


def _unit(public: UUID, by: Scope) -> int:
    try:
        unit = organisation.unit(public).pk
    except organisation.NoSuchUnit:
        raise NotTheMakers from None
    if not queries.may_make(unit, by=by):
        raise NotTheMakers
    return unit


def _lock(survey: UUID, by: Scope) -> Survey:
    rows = Survey.objects.visible_in(by).select_for_update(of=("self",))
    row = rows.filter(public=survey).first()
    if row is None or not queries.may_make(row.unit_id, by=by):
        raise NoSuchSurvey
    return row


def _not_a_draft(row: Survey) -> list[Fault]:
    return [] if row.is_draft else [Fault.NOT_A_DRAFT]


def _not_open(row: Survey, on: date) -> list[Fault]:
    is_out = queries.standing_of(row, on) in (Standing.COMING, Standing.OPEN)
    return [] if is_out else [Fault.NOT_OPEN]


def _faults(unit: int, wanted: Wanted, by: Scope, on: date) -> list[Fault]:
    found = domain.faults(wanted, on=on)
    year = school_year_of(on)
    ours = {each.pk for each in organisation.groups(of_unit=unit, school_year=year)}
    if not wanted.groups <= ours and Fault.NO_CLASS not in found:
        found.append(Fault.NO_CLASS)
    names = [pupil.name for pupil in roll(unit, by=by)]
    texts = [wanted.title, *(each.words for each in wanted.questions)]
    if any(names_one_of(text, names) for text in texts):
        found.append(Fault.NAMES_A_PUPIL)
    return found


def _refuse(faults: Sequence[Fault]) -> None:
    if faults:
        raise CannotDo(faults)


def _write(row: Survey, wanted: Wanted) -> None:
    if wanted.opens_on is None or wanted.closes_on is None:
        raise CannotDo([Fault.OPENS])  # the domain has refused it already
    row.title, row.opens_on, row.closes_on = wanted.title.strip(), wanted.opens_on, wanted.closes_on
    row.save()
    SurveyQuestion.objects.filter(survey=row).delete()
    SurveyQuestion.objects.bulk_create(
        [_question(row, number, each) for number, each in enumerate(wanted.questions)]
    )
    SurveyClass.objects.filter(survey=row).delete()
    SurveyClass.objects.bulk_create(
        [SurveyClass(survey=row, group_id=group) for group in sorted(wanted.groups)]
    )


def _question(row: Survey, number: int, question: Question) -> SurveyQuestion:
    item = question.item.value if question.item else ""
    words = "" if item else question.words.strip()
    return SurveyQuestion(survey=row, number=number, item=item, words=words)


def _log(act: str, row: Survey, by: Scope, at: datetime, **detail: int) -> None:
    audit.record(
        f"survey.{act}", by=by, at=at, target=f"survey:{row.public}",
        detail={"unit": row.unit_id, **detail},
    )  # fmt: skip
