"""A short way through an investigation, for tests and pages that want one to be decided."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from samnarvaro.cases.domain.investigation import (
    Consulted,
    Judgement,
    Outcome,
    Perspective,
    Support,
)
from samnarvaro.cases.models import Investigation
from samnarvaro.cases.services import investigating, judging
from samnarvaro.cases.services.investigating import Round, Talk
from samnarvaro.kernel.access import Scope


def version_of(public: UUID) -> int:
    return Investigation.objects.get(public=public).version


def fill(public: UUID, *, by: Scope, at: datetime, on: date) -> None:
    """Write everything that a decision needs."""
    common: dict[str, Any] = {"by": by, "at": at}
    for who in Consulted:
        talk = Talk(consulted=who, held_on=on, was_held=True, text="vi talades vid")
        investigating.consult(public, talk=talk, on=on, **common)
    investigating.plan(public, what="möts vid grinden", responsible="Mira", **common)
    investigating.analyse(
        public, text="ljudet i matsalen", version=version_of(public), on=on, **common
    )
    investigating.check_support(
        public, support=Support.NOT_MET, words="klarar målen", version=version_of(public), on=on,
        **common,
    )  # fmt: skip


def decided(pupil: UUID, *, by: Scope, at: datetime, on: date) -> UUID:
    """Judge, fill, decide and follow up once."""
    common: dict[str, Any] = {"by": by, "at": at, "on": on}
    public = judging.judge(pupil, judgement=Judgement.LONG, why="tre veckor borta", **common)
    fill(public, **common)
    investigating.see_it(
        public, kind=Perspective.SOCIAL, text="två vänner", whose="Karin, kurator", by=by, at=at
    )
    later = on + timedelta(days=42)
    investigating.decide(
        public, text="så gör vi", look_on=later, version=version_of(public), **common
    )
    told = Round(outcome=Outcome.BETTER, text="kommer oftare", look_on=later)
    investigating.follow_up(public, told=told, version=version_of(public), **common)
    return public
