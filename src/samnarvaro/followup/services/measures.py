"""A mentor starts an early measure in one line, and closes it by telling how it went."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.followup.domain.measures import Fault, Outcome, faults_at_end, faults_at_start
from samnarvaro.followup.models import EarlyMeasure
from samnarvaro.followup.queries import NoSuchMeasure
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.people import queries as people


class NotAMentors(Exception):
    """Only a mentor starts and closes early measures."""


class _Refused(Exception):
    """Carries every reason at once."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


class CannotStart(_Refused):
    """The measure is not started."""


class CannotClose(_Refused):
    """The measure is not closed."""


@transaction.atomic
def start_measure(
    pupil: UUID,
    *,
    what: str,
    days: tuple[date | None, date | None],
    by: Scope,
    at: datetime,
    on: date,
) -> UUID:
    """Start a measure for a pupil (public id); `days` are its first, and when it is looked at again.

    Raises NotAMentors, people's NoSuchPupil, and CannotStart.
    """
    _stop_if_no_mentor(by)
    found, what = people.get(pupil, by=by), what.strip()
    first_day, look_on = days
    faults = faults_at_start(what, first_day, look_on, on=on)
    if faults or first_day is None or look_on is None:
        raise CannotStart(faults)
    measure = EarlyMeasure.objects.create(
        pupil=found,
        what=what,
        first_day=first_day,
        look_on=look_on,
        started_on=on,
        started_by=by.viewer,
        started_by_name=people.name_of_viewer(by=by),
    )
    _log("started", measure, by, at)
    return measure.public


@transaction.atomic
def close_measure(
    public: UUID, *, outcome: Outcome | None, how: str, by: Scope, at: datetime, on: date
) -> None:
    """Close a measure by telling how it went. Raises NotAMentors, NoSuchMeasure, CannotClose."""
    _stop_if_no_mentor(by)
    own = EarlyMeasure.objects.visible_in(by).select_related("pupil")
    measure = own.select_for_update(of=("self",)).filter(public=public).first()
    if measure is None:
        raise NoSuchMeasure
    how = how.strip()
    faults = faults_at_end(outcome, how, is_closed=measure.closed_on is not None)
    if faults or outcome is None:
        raise CannotClose(faults)
    measure.closed_on, measure.outcome, measure.how = on, outcome.value, how
    measure.closed_by, measure.closed_by_name = by.viewer, people.name_of_viewer(by=by)
    measure.save(update_fields=["closed_on", "outcome", "how", "closed_by", "closed_by_name"])
    _log("closed", measure, by, at)


def _stop_if_no_mentor(by: Scope) -> None:
    if by.role is not Role.MENTOR:
        raise NotAMentors


def _log(what: str, measure: EarlyMeasure, by: Scope, at: datetime) -> None:
    audit.record(
        f"early_measure.{what}",
        by=by,
        at=at,
        pupil=str(measure.pupil.public),
        target=f"early_measure:{measure.public}",
    )
