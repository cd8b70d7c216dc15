"""How a school authority calls: who, for which years, and the words of its guide."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.kernel.access import Holder, Role, Scope
from samnarvaro.outreach.domain.guide import LONGEST_WORDS, STEPS, Step
from samnarvaro.outreach.domain.needs import CALLERS, SHIPPED, Stage
from samnarvaro.outreach.models import GuideWords, Routine


class CannotSetRoutine(Exception):
    """Not the viewer's to set, or not a caller, or words that are too long."""


@transaction.atomic
def set_routine(
    stage: Stage, *, caller: Holder, words: Mapping[Step, str], by: Scope, at: datetime
) -> None:
    """Say who calls for a stage, and in which words; empty words are the shipped ones again.

    Rows that are raised already stay whose they are. Raises CannotSetRoutine.
    """
    if not by.is_system and by.role is not Role.SCHOOL_ADMINISTRATOR:
        raise CannotSetRoutine
    own = {step: words.get(step, "").strip() for step in STEPS[stage]}
    if caller not in CALLERS or any(len(each) > LONGEST_WORDS for each in own.values()):
        raise CannotSetRoutine
    shipped = next(each for each in SHIPPED if each.stage is stage)
    Routine.objects.update_or_create(
        stage=stage.value,
        defaults={
            "grades": list(shipped.grades),
            "whom": shipped.whom.value,
            "caller": caller.value,
        },
    )
    GuideWords.objects.filter(stage=stage.value).delete()
    GuideWords.objects.bulk_create(
        GuideWords(stage=stage.value, step=step.value, words=each)
        for step, each in own.items()
        if each
    )
    detail = {"caller": caller.value, "own_words": sum(map(bool, own.values()))}
    audit.record("outreach.routine_set", by=by, at=at, target=f"routine:{stage}", detail=detail)
