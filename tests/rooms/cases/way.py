"""Ways through a case, for tests: to tell a fact, to move, and to come to a step."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from samnarvaro.cases.domain.steps import Fact, Referrer, Step
from samnarvaro.cases.domain.telling import Told
from samnarvaro.cases.models import Case
from samnarvaro.cases.services import cases as services
from samnarvaro.kernel.access import Scope

NEED = "någon som möter vid dörren"
# What each fact is told by, where a test does not care.
SAID: dict[Fact, dict[str, Any]] = {
    Fact.TRIGGER: {"choice": "several_parties", "words": "hemmet och skolan"},
    Fact.PROFESSIONS: {"words": "kurator och skolsocionom"},
    Fact.FORM: {"choice": "meeting"},
    Fact.DECISION: {"words": "teamet hjälper till"},
    Fact.YES_SUPPORT: {"choice": "guardians"},
    Fact.INVITATION: {"words": "ringde båda"},
    Fact.MAPPING: {"choice": "why_not", "words": "görs nästa vecka"},
    Fact.GOAL: {"words": "komma till bilden"},
    Fact.INTERVENTION: {"words": "möts vid grinden"},
    Fact.RESPONSIBLE: {"words": "Karin Sjö"},
    Fact.LOOK_ON: {},
    Fact.EVALUATION: {"choice": "better", "words": "kommer oftare"},
    Fact.KEEPING: {"words": "ett samtal i månaden"},
    Fact.REASON: {"choice": "completed", "words": "målen är nådda"},
    Fact.AFTERWARDS: {"words": "ett samtal i maj"},
    Fact.STATUS: {"choice": "2"},
    Fact.WISH: {"choice": "guardian", "words": "det räcker nu"},
}


def open_case(pupil: UUID, *, by: Scope, at: datetime, on: date) -> UUID:
    return services.open_case(pupil, need=NEED, referrer=Referrer.SCHOOL, by=by, at=at, on=on)


def tell(case: UUID, *facts: Fact, by: Scope, at: datetime, on: date) -> None:
    for fact in facts:
        said = {"day": on + timedelta(days=30)} | SAID[fact]
        services.tell(case, Told(fact=fact, **said), by=by, at=at, on=on)


def move(case: UUID, to: Step, *, by: Scope, at: datetime, on: date) -> None:
    version = Case.objects.get(public=case).version
    services.move(case, to, version=version, by=by, at=at, on=on)


def to_planning(case: UUID, **common: Any) -> None:
    """To step 3; the family's answer to sharing must be there."""
    tell(case, Fact.TRIGGER, Fact.PROFESSIONS, Fact.FORM, **common)
    move(case, Step.INTAKE, **common)
    tell(case, Fact.DECISION, Fact.INVITATION, Fact.YES_SUPPORT, Fact.MAPPING, **common)
    move(case, Step.PLANNING, **common)


def to_follow_up(case: UUID, **common: Any) -> None:
    to_planning(case, **common)
    tell(case, Fact.GOAL, Fact.INTERVENTION, Fact.RESPONSIBLE, Fact.LOOK_ON, **common)
    move(case, Step.CARRYING_OUT, **common)
    move(case, Step.FOLLOW_UP, **common)


def close(case: UUID, **common: Any) -> None:
    tell(case, Fact.REASON, Fact.AFTERWARDS, Fact.STATUS, **common)
    move(case, Step.CLOSURE, **common)
