"""Consultations without identity: those one has asked, and those asked of one's own zone."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samnarvaro.cases.domain.sides import ADVISERS, Ages
from samnarvaro.cases.models import Stub
from samnarvaro.kernel.access import Role, Scope


class NoSuchStub(Exception):
    """There is none, or it was asked of another zone."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A question and its advice; of who asks the role alone."""

    public: UUID
    ages: Ages
    question: str
    asked_on: date
    asked_as: Role
    advice: str
    advised_on: date | None
    may_advise: bool


def mine(*, by: Scope) -> list[Shown]:
    """Return them: those without advice first, then the newest."""
    rows = Stub.objects.visible_in(by).order_by("-asked_on", "-pk")
    found = [
        Shown(
            row.public, Ages(row.ages), row.question, row.asked_on, Role(row.asked_as), row.advice,
            row.advised_on,
            may_advise=row.to_zone == by.zone and by.role in ADVISERS and row.advised_on is None,
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda each: each.advised_on is not None)
