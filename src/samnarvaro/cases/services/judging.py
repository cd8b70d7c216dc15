"""The principal judges a pupil's absence; an investigation begins, and is reported at once."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from samnarvaro.attendance.queries import pupil as attendance
from samnarvaro.audit import services as audit
from samnarvaro.cases.domain import investigation as domain
from samnarvaro.cases.domain.investigation import Fault, Judgement, State
from samnarvaro.cases.models import Investigation, RegisterEntry
from samnarvaro.cases.services.refusing import Refused
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.days import trailing
from samnarvaro.organisation import queries as organisation
from samnarvaro.organisation.domain.school_types import SchoolType
from samnarvaro.people import queries as people

FIGURES_OF = 60  # calendar days before the judgement whose absence stands in the investigation
# Investigations there are not reported to the school authority by law.
NOT_REPORTED = frozenset({SchoolType.UPPER_SECONDARY, SchoolType.ADAPTED_UPPER_SECONDARY})


@transaction.atomic
def judge(
    pupil: UUID, *, judgement: Judgement | None, why: str, by: Scope, at: datetime, on: date
) -> UUID:
    """Write down what the principal judges a pupil's (public id) absence to be, and why.

    Repeated or long absence opens an investigation, which is reported to the school authority in the
    same act. Raises people's NoSuchPupil, and Refused.
    """
    found = people.get(pupil, by=by)
    going_on = Investigation.objects.visible_in(by).going_on().filter(pupil=found.pk)
    why = why.strip()
    faults = domain.faults_in_judgement(
        judgement, why, role=by.role, is_open=going_on.select_for_update().exists()
    )
    place = people.placement(found.pk, by=by)
    if faults or judgement is None or place is None:
        raise Refused(faults or [Fault.NOT_NOW])
    row = _open(found.pk, judgement, why, unit=place.unit, by=by, on=on)
    if row.state == State.OPEN and place.school_type not in NOT_REPORTED:
        _report(row, found.home_municipality, by=by, at=at, on=on)
    audit.record(
        "investigation.judged",
        by=by,
        at=at,
        pupil=str(pupil),
        target=f"investigation:{row.public}",
        detail={"state": row.state},
    )
    return row.public


def _open(
    pupil: int, judgement: Judgement, why: str, *, unit: int, by: Scope, on: date
) -> Investigation:
    days = trailing(on, FIGURES_OF)
    figures = attendance.history(pupil, until=on, by=by).figures(days)
    needed = judgement is not Judgement.NOT_NEEDED
    try:
        with transaction.atomic():
            return Investigation.objects.create(
                pupil_id=pupil,
                unit_id=unit,
                state=State.OPEN if needed else State.NOT_NEEDED,
                judgement=judgement,
                why=why,
                judged_on=on,
                judged_by_id=by.person,
                days=FIGURES_OF if figures else 0,
                scheduled=figures.scheduled if figures else 0,
                excused=figures.excused if figures else 0,
                unexcused=figures.unexcused if figures else 0,
            )
    except IntegrityError:
        # Somebody else opened one in the same moment; the database lets one in.
        raise Refused([Fault.ALREADY_OPEN]) from None


def _report(row: Investigation, home: str, *, by: Scope, at: datetime, on: date) -> None:
    """Enter it in the register; tell whether another municipality is to be told too."""
    authority = organisation.authority()
    ours = authority.code if authority else ""
    entry = RegisterEntry.objects.create(
        investigation=row,
        pupil=row.pupil,
        unit=row.unit,
        state=row.state,
        reported_at=at,
        reported_on=on,
        reported_by_id=by.person,
        must_tell_home=home not in ("", ours),
    )
    audit.record(
        "register.reported",
        by=by,
        at=at,
        pupil=str(row.pupil.public),
        target=f"register:{entry.public}",
    )
