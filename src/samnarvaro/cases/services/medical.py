"""The medical perspective: written by the school's medical branch, and handed over by it alone.

The branch is a secrecy zone of its own. What a nurse writes here is one item, given once, on a ground
that the law names: it opens no record, and the nurse reads nothing of the investigation by it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.base import wall
from samnarvaro.cases.domain.investigation import (
    MEDICAL_BRANCH,
    Fault,
    Perspective,
    State,
    in_words,
)
from samnarvaro.cases.models import Investigation, PerspectiveText
from samnarvaro.cases.services.refusing import Refused
from samnarvaro.consents.domain.handing_over import Code
from samnarvaro.consents.queries import own
from samnarvaro.kernel.access import Scope
from samnarvaro.people import queries as people
from samnarvaro.people.queries import parties

# By what the branch may hand its judgement to the principal: the family's yes, or one item by law.
CONSENT = "consent"
GROUNDS = (CONSENT, Code.MEDICAL_TO_STUDENT_HEALTH.value)


@dataclass(frozen=True, slots=True)
class Given:
    """What the viewer itself has handed over."""

    text: str
    at: datetime
    ground: str


@dataclass(frozen=True, slots=True)
class Asked:
    """That the school investigates a child's absence, and what the viewer has told of it."""

    tie: own.Tie
    since: date
    given: list[Given]


def asked(tie: UUID, *, by: Scope) -> Asked:
    """Return whether the school investigates the absence of the child of one of the viewer's own ties.

    Raises own.NoSuchTie, also where nothing is asked.
    """
    about = _tie(tie, by)
    with wall.system("the medical perspective"):
        row = _going_on(about.pupil)
        if row is None:
            raise own.NoSuchTie
        rows = PerspectiveText.objects.filter(
            investigation=row, kind=Perspective.MEDICAL, written_by=by.person
        )
        given = [Given(each.text, each.written_at, each.ground) for each in rows.order_by("-pk")]
    return Asked(about, row.judged_on, given)


@transaction.atomic
def hand_over(tie: UUID, *, text: str, ground: str, by: Scope, at: datetime) -> None:
    """Give the school the medical perspective of a child of one's own. Raises NoSuchTie, Refused."""
    about = _tie(tie, by)
    faults = in_words(text, Fault.TEXT)
    if ground not in GROUNDS:
        faults.append(Fault.NO_GROUND)
    name = people.name_of_viewer(by=by)
    with wall.system("the medical perspective"):
        row = _going_on(about.pupil, lock=True)
        if row is None or parties.is_protected(about.pupil):
            raise own.NoSuchTie
        if faults:
            raise Refused(faults)
        PerspectiveText.objects.create(
            investigation=row, kind=Perspective.MEDICAL, text=text.strip(), whose=name,
            written_by_id=by.person, written_at=at, ground=ground,
        )  # fmt: skip
        row.version += 1
        row.save(update_fields=["version"])
    audit.record(
        "investigation.medical_handed_over",
        by=by,
        at=at,
        pupil=str(about.pupil_public),
        target=f"investigation:{row.public}",
        detail={"ground": ground},
    )


def _tie(tie: UUID, by: Scope) -> own.Tie:
    about = own.tie(tie, by=by)
    if by.role not in MEDICAL_BRANCH:
        raise own.NoSuchTie
    return about


def _going_on(pupil: int, *, lock: bool = False) -> Investigation | None:
    rows = Investigation.objects.filter(pupil=pupil, state=State.OPEN)
    return (rows.select_for_update() if lock else rows).first()
