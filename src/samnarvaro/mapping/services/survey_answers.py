"""Somebody with a slip answers, and is nobody: no scope, no log, no row of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from samnarvaro.base import wall
from samnarvaro.mapping.domain.survey import ANSWERS, Answer, Question
from samnarvaro.mapping.models import SurveySlip, SurveySum
from samnarvaro.mapping.queries import surveys
from samnarvaro.mapping.services.survey_codes import digest

if TYPE_CHECKING:
    from django.db.models import QuerySet


class NoSuchCode(Exception):
    """No survey that is open today has given out such a code that is not used."""


class NotAnswered(Exception):
    """Some question has no answer; not wanting to say is one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a slip lets one answer."""

    title: str
    questions: tuple[Question, ...]


def asked(code: str, *, on: date) -> Asked:
    """Return what a code lets one answer. Raises NoSuchCode: used, voided, closed and made up alike."""
    with wall.system("survey answer"):
        slip = _open(on).filter(digest=digest(code)).select_related("of__survey").first()
    if slip is None:
        raise NoSuchCode
    return Asked(slip.of.survey.title, surveys.questions_of(slip.of.survey_id))


@transaction.atomic
def answer(code: str, said: Sequence[Answer], *, on: date) -> None:
    """Add what somebody said to the sums of the class, and forget the slip.

    Raises NoSuchCode and NotAnswered; then the slip is as it was.
    """
    with wall.system("survey answer"):
        slip = _open(on).select_for_update(of=("self",)).filter(digest=digest(code)).first()
        if slip is None:
            raise NoSuchCode
        row = SurveySum.objects.select_for_update().get(of=slip.of_id)
        if len(said) != len(row.counts):
            raise NotAnswered
        for told, each in zip(row.counts, said, strict=True):
            told[ANSWERS.index(each)] += 1
        row.answers += 1
        row.save(update_fields=["answers", "counts"])
        slip.delete()


def _open(on: date) -> "QuerySet[SurveySlip]":
    return SurveySlip.objects.filter(
        of__survey__is_draft=False,
        of__survey__closed_on=None,
        of__survey__opens_on__lte=on,
        of__survey__closes_on__gte=on,
    )
